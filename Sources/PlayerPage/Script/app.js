// What the page shows is a function of the data, the instant and these settings; nothing else is remembered.

const app = {
  /** @type {Data} all of it */ full: /** @type {any} */ (null),
  /** @type {Data} what may be known now: all, or up to the open question */ data: /** @type {any} */ (null),
  /** @type {Stage} the scenario itself */ stage: /** @type {any} */ (null),
  /** @type {?Stage} the variant beside it */ other: null,
  otherRow: 1, time: 0, n: 0, view: "demo", pane: "map", seen: "maker", subject: "step", tenant: -1,
  flow: -1, openRun: -1, system: -1,
  /** @type {any} */ scale: null, densityKey: "", laneOf: -1, playing: false, speed: 1, skipIdle: true, zoom: false, singleKeys: true, theme: "auto",
  predict: false, /** how many questions were revealed */ revealed: 0, asked: -1, choice: -1, hint: false,
  /** @type {?{row: number, choice: number}} */ answered: null, /** @type {number[]} hands counted for each option */ hands: [], /** @type {?Window} */ notes: null, notesOpened: 0,
};

const asked = () => app.full.script.questions, eventCount = () => app.stage.replay.length;
/** The question that hides what follows it, if one does. @returns {number} its row */
function openQuestion() {
  return app.predict && app.revealed < asked().length ? app.revealed : -1;
}

/** Builds everything anew from what may be known now. */
function loadKnown() {
  const question = asked()[openQuestion()];
  app.data = question ? clipData(app.full, question.time, question.until) : app.full;
  app.stage = new Stage(app.data, 0);
  app.otherRow = min(app.otherRow, app.data.plays.length - 1);
  app.other = app.otherRow > 0 ? new Stage(app.data, app.otherRow) : null;
  app.scale = null;
  forgetHidden();
  if (!question) return goToTime(app.time);
  goToTime(min(app.time, question.time));
}

/** What a hidden view holds was built from what was known before. */
function forgetHidden() {
  for (const host of document.querySelectorAll("#main > .view")) {
    const parts = host.id === "view-demo" ? ["policies", "map", "seen-tabs", "seen", "explain"].map(byId) : [host];
    if (host.id !== `view-${app.view}`) for (const part of parts) redraw(part, "", () => []);
  }
}

/** Now as it is written: between events in whole seconds. */
const shownTime = () => app.time === app.stage.timeOf(app.n) ? app.time : app.time - app.time % 1000;
/** The latest instant that may be shown. */
const lastTime = () => asked()[openQuestion()]?.time ?? app.data.until;
const clampTime = time => max(0, min(time, lastTime()));

function goToTime(time) {
  app.time = clampTime(time);
  app.n = app.stage.goTo(app.time);
  draw();
}
/** To an instant at the event that it is about: where a chapter opens, or a question is answered. Two plays are compared after all that happens then. */
function goToMoment(time, event) {
  if (event >= 0 && event < eventCount() && app.stage.timeOf(event + 1) === time && app.view !== "whatif") goToEvent(event + 1); else goToTime(time);
}
/** To just after event n-1; n = 0 is the start. */
function goToEvent(n) {
  app.n = max(0, min(n, eventCount()));
  app.time = clampTime(app.stage.timeOf(app.n));
  app.stage.row = app.n - 1;
  draw();
}
/** A step by hand: the caption is announced. */
function step(by) {
  pause();
  if (by > 0 && app.n === eventCount()) return atTheEnd();
  goToEvent(app.n + by);
  announce(captionText());
}
function atTheEnd() {
  if (openQuestion() < 0) return goToTime(lastTime());
  goToTime(lastTime());
  setPane("why");
  byId("question")?.focus();
}
/** Whether an event turns something: a policy, a refusal, or runs that end otherwise than the flow's last ones. */
function isTurn(row) {
  const { stage } = app, markOf = at => stage.text(stage.event("mark", at)), flow = stage.event("flow", row);
  if (stage.event("runs", row) < 0) return ["bad", "paused", "saved", "inForce"].includes(markOf(row));
  let before = row - 1;
  while (before >= 0 && (stage.event("runs", before) < 0 || stage.event("flow", before) !== flow)) before--;
  return before < 0 ? markOf(row) === "bad" : stage.word(before) !== stage.word(row);
}
/** To the next or previous turn. */
function stepOutcome(by) {
  let n = app.n;
  do n += by; while (n > 0 && n < eventCount() && !isTurn(n - 1));
  pause();
  goToEvent(n);
  announce(captionText());
}
const chapterAt = time => app.data.script.chapters.findLastIndex(chapter => chapter.time <= time);
function stepChapter(by) {
  pause();
  const chapters = app.data.script.chapters;
  if (!chapters.length) return goToTime(by > 0 ? lastTime() : 0);
  const now = chapterAt(app.time), into = now >= 0 && app.time > chapters[now].time;
  const to = by < 0 && into ? now : now + by, chapter = chapters[to];
  goToMoment(to < 0 ? 0 : chapter?.time ?? lastTime(), chapter?.event ?? -1);
  announce(captionText());
}

function setView(view) {
  app.view = view === "whatif" && !app.other ? "demo" : view;
  draw();
}
function setPane(pane) { app.pane = pane; draw(); }
function setSeen(tab) { app.seen = tab; app.openRun = -1; draw(); }

/** The latest event's caption; of folded runs those so far. */
function captionNow() {
  const { row } = app.stage, group = app.stage.event("runs", row), all = app.stage.caption(row);
  const [, last, count] = group < 0 ? [0, 0, -1] : partUpTo(app.stage.play.runs.parts[group], 0, app.time);
  if (group < 0 || count === app.stage.play.runs.count[group]) return all;
  return all.slice(0, all.lastIndexOf(" to ")).replace(/^\d+\x20(run|trigger)s/, (_, word) => countText(count, word)) + (count > 1 ? ` to ${timeText(last)}` : "");
}
/** One sentence about now. */
function captionText() {
  if (app.n === 0) return "The start.";
  const { row } = app.stage, word = app.stage.word(row);
  return `${timeText(app.stage.event("time", row))}. ${sentence(captionNow())}${word ? `: ${word}` : ""}.`;
}
let announcedAt = 0;
/** Said to a screen reader, at most once a second and never while playing. */
function announce(text) {
  if (app.playing) return;
  const wait = max(0, announcedAt + 1000 - performance.now());
  clearTimeout(announce.timer);
  announce.timer = setTimeout(() => { announcedAt = performance.now(); byId("status").textContent = text; }, wait);
}
/** @type {any} */ announce.timer = 0;
function toast(text) {
  document.querySelector(".toast")?.remove();
  const note = h("p.toast", text);
  document.body.append(note);
  setTimeout(() => note.remove(), 2500);
  announce(text);
}

let drawing = false;
/** Draws once, however often it is asked for within a task. */
function draw() {
  if (drawing) return;
  drawing = true;
  queueMicrotask(() => { drawing = false; drawNow(); });
}
function drawNow() {
  if (questionNow() !== app.asked) { app.asked = questionNow(); if (app.asked >= 0) app.pane = "why"; }
  app.stage.replay.seek(app.n);
  app.other?.goTo(app.time);
  drawHead();
  drawViews();
  drawDock();
  drawNotesWindow();
  writeLink();
}
