// Where an instant stands on the timeline: linear, but a long stretch in which nothing happens is drawn as a short break.

/** A break's share of what is shown: wide enough for its duration where there are few. */
const breakShare = count => count <= mostWritten ? .036 : .016, mostWritten = 6, idleShare = .03, shortestIdle = 10 * minute;

/** @typedef {{from: number, to: number, x: number, width: number, idle: boolean}} Piece */

class TimeScale {
  /** @param {[number, number][]} busy stretches, in order @param {number} from @param {number} to @param {boolean} skips */
  constructor(busy, from, to, skips) {
    this.from = from;
    this.to = max(to, from + 1);
    /** @type {Piece[]} */
    this.pieces = [];
    this.length = 0;
    this.cut(skips ? idleGaps(busy, this.from, this.to) : []);
  }
  cut(gaps) {
    const shown = this.to - this.from - gaps.reduce((sum, [from, to]) => sum + to - from, 0);
    const breakWidth = max(shown, 1) * breakShare(gaps.length);
    let at = this.from;
    for (const [from, to] of gaps) {
      this.add(at, from, from - at, false);
      this.add(from, to, breakWidth, true);
      at = to;
    }
    this.add(at, this.to, this.to - at, false);
  }
  add(from, to, width, idle) {
    if (to <= from) return;
    this.pieces.push({ from, to, x: this.length, width, idle });
    this.length += width;
  }
  /** @returns {number} 0 … length */
  xOf(time) {
    const piece = this.pieces.find(piece => time < piece.to) ?? this.pieces[this.pieces.length - 1];
    const part = (max(piece.from, min(time, piece.to)) - piece.from) / (piece.to - piece.from);
    return piece.x + part * piece.width;
  }
  /** The share of the whole width, 0 … 1. */
  share(time) { return this.xOf(time) / this.length; }
  timeOf(x) {
    const piece = this.pieces.find(piece => x < piece.x + piece.width) ?? this.pieces[this.pieces.length - 1];
    return Math.round(piece.from + min(1, (x - piece.x) / piece.width) * (piece.to - piece.from));
  }
}

function idleGaps(busy, from, to) {
  const least = max(shortestIdle, (to - from) * idleShare), margin = least / 4;
  const gaps = [];
  let end = from;
  for (const [start, stop] of [...busy, [to, to]]) {
    if (start - end > least) gaps.push([end === from ? from : end + margin, start === to ? to : start - margin]);
    end = max(end, stop);
  }
  return gaps.filter(([start, stop]) => stop - start > margin);
}

/** Whatever happens, and every stretch in which a change is on its way. @returns {[number, number][]} */
function busyStretches(stage) {
  const { events, runs, policies, dataPolicies } = stage.play;
  const single = events.time.map(time => [time, time]);
  const groups = runs.first.map((first, row) => [first, runs.last[row]]);
  const onTheirWay = [...policies, ...dataPolicies].filter(policy => policy.savedAt !== null && !policy.hidden)
    .map(policy => [policy.savedAt, min(policy.latest ?? app.data.until, app.data.until)]);
  const told = [...app.data.script.chapters, ...app.data.script.questions].map(item => [item.time, item.time]);
  return [...single, ...groups, ...onTheirWay, ...told].sort((a, b) => a[0] - b[0]);
}

/** The scale in use: of all, or of the current chapter. @returns {TimeScale} */
function timeScale() {
  const chapters = app.data.script.chapters, at = app.zoom ? chapterAt(app.time) : -1;
  const from = at < 0 ? 0 : chapters[at].time;
  const to = app.zoom && chapters.length ? chapters[at + 1]?.time ?? app.data.until : app.data.until;
  const key = `${from} ${to} ${app.skipIdle} ${app.otherRow} ${app.view === "whatif"}`;
  if (app.scale?.key === key) return app.scale;
  const stretches = busyStretches(app.stage);
  const both = app.view === "whatif" && app.other ? [...stretches, ...busyStretches(app.other)].sort((a, b) => a[0] - b[0]) : stretches;
  const scale = new TimeScale(both, from, to, app.skipIdle);
  app.scale = Object.assign(scale, { key });
  return scale;
}
