// The moving clock: simulated time advances along the timeline's own scale, so a compressed gap passes at once.

/** Seconds of a whole play at speed 1. */
const playSeconds = 90;
const speeds = [.25, .5, 1, 2, 4, 8];
const reduced = matchMedia("(prefers-reduced-motion: reduce)");
const hiddenGap = 500, stillStep = 700;
let lastFrame = 0;

function play() {
  if (app.playing) return;
  if (app.time >= lastTime()) {
    if (openQuestion() >= 0) return atTheEnd();
    goToTime(0);
  }
  app.playing = true;
  lastFrame = 0;
  requestAnimationFrame(reduced.matches ? stillFrame : frame);
  draw();
}
function pause() {
  if (!app.playing) return;
  app.playing = false;
  draw();
  announce(captionText());
}
const togglePlay = () => app.playing ? pause() : play();

function frame(now) {
  if (!app.playing) return;
  const passed = lastFrame ? now - lastFrame : 0;
  lastFrame = now;
  // A long gap between frames is a hidden tab, not time that somebody watched.
  if (passed > 0 && passed < hiddenGap) advance(passed);
  if (app.playing) requestAnimationFrame(frame);
}
function advance(passed) {
  const scale = timeScale();
  const x = scale.xOf(app.time) + passed / 1000 / playSeconds * app.speed * scale.length;
  stopOrGo(scale.timeOf(min(x, scale.length)));
}
/** With reduced motion time jumps from event to event. */
function stillFrame(now) {
  if (!app.playing) return;
  if (!lastFrame || now - lastFrame >= stillStep / min(app.speed, 1)) {
    lastFrame = now;
    const next = app.stage.play.events.time[app.n];
    if (next === undefined) stopOrGo(lastTime()); else goToEvent(app.n + 1);
  }
  if (app.playing) requestAnimationFrame(stillFrame);
}
/** On to `time`, but not across a chapter's opening or a question: there the trainer speaks. */
function stopOrGo(time) {
  const stop = app.data.script.chapters.find(chapter => chapter.time > app.time && chapter.time <= time);
  const end = min(stop?.time ?? Infinity, lastTime());
  if (time < end) return goToTime(time);
  goToMoment(end, end === stop?.time ? stop.event : -1);
  pause();
  if (openQuestion() >= 0 && end === lastTime()) atTheEnd();
}
function changeSpeed(by) {
  const at = speeds.indexOf(app.speed) + by;
  app.speed = speeds[max(0, min(at, speeds.length - 1))];
  toast(`Speed ${app.speed}×`);
  draw();
}
