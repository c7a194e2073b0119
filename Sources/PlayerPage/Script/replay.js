// State at event n = initial + the patches of events 0 … n-1. Patches carry before and after, so a step back is as
// cheap as a step forward; a copy every 512 events makes a jump as cheap as 512 steps at most.

const checkpointEvery = 512;

class Replay {
  /** @param {Play} play */
  constructor(play) {
    this.patches = play.events.patch;
    this.state = play.initial.slice();
    this.n = 0;
    this.checkpoints = [play.initial.slice()];
  }
  get length() { return this.patches.length; }

  /** Moves to just after `n` events. @param {number} n */
  seek(n) {
    const known = min(Math.floor(n / checkpointEvery), this.checkpoints.length - 1);
    if (Math.abs(n - this.n) > checkpointEvery) this.restore(known);
    while (this.n < n) this.forward();
    while (this.n > n) this.back();
    return this.state;
  }
  restore(row) {
    this.state = this.checkpoints[row].slice();
    this.n = row * checkpointEvery;
  }
  forward() {
    for (const [path, , after] of this.patches[this.n] ?? []) this.state[path] = after;
    this.n += 1;
    const row = this.n / checkpointEvery;
    if (row === this.checkpoints.length) this.checkpoints.push(this.state.slice());
  }
  back() {
    this.n -= 1;
    const patch = this.patches[this.n] ?? [];
    for (let at = patch.length - 1; at >= 0; at--) this.state[patch[at][0]] = patch[at][1];
  }
}

/**
 * What became of each path and when: [[time, n, value], …] beginning with its initial value.
 * @param {Play} play @returns {[number, number, any][][]}
 */
function historiesOf(play) {
  const all = play.initial.map(value => [[0, 0, value]]);
  play.events.patch.forEach((patch, row) => {
    for (const [path, , after] of patch) all[path].push([play.events.time[row], row + 1, after]);
  });
  return /** @type {any} */ (all);
}

/** A play with all that is asked of it again and again. */
class Stage {
  /** @param {Data} data @param {number} row */
  constructor(data, row) {
    this.data = data;
    this.play = data.plays[row];
    this.cast = data.casts[this.play.cast];
    this.replay = new Replay(this.play);
    this.histories = historiesOf(this.play);
    /** The event that is spoken of. */
    this.row = -1;
    /** @type {Object<string, Map<string, number>>} */
    this.named = {};
    this.rows = new Map(this.play.pathsOf.map(([kind, at, field], path) => [`${kind}/${at}/${field}`, path]));
  }
  /** The value of a thing's field now. */
  value(kind, row, field) {
    const path = this.rows.get(`${kind}/${row}/${field}`);
    return path === undefined ? null : this.replay.state[path];
  }
  /** The row of what has this name in a list of the cast; undefined where nothing has. */
  rowNamed(list, name) {
    return (this.named[list] ??= new Map(this.cast[list].map((item, row) => [item.name, row]))).get(name);
  }
  history(kind, row, field) { return this.histories[this.rows.get(`${kind}/${row}/${field}`)] ?? []; }
  text(row) { return row < 0 || row === null ? "" : this.data.strings[row]; }
  event(name, row) { return cell(this.play.events, name, row); }
  countAt(time) { return countUpTo(this.play.events.time, time); }
  /** To after all that happens at an instant; it is about the latest event, or, where that is over, about runs told before it that went on since. */
  goTo(time) {
    const { runs } = this.play, n = this.countAt(time), own = this.event("runs", n - 1), ran = group => partUpTo(runs.parts[group], 0, time)[1];
    const since = own < 0 ? this.timeOf(n) : ran(own);
    let end = own < 0 ? since : min(runs.last[own], time);
    this.replay.seek(n);
    this.row = n - 1;
    if (end < time) for (const groups of runsOf(this).values()) {
      const group = groups.findLast(at => runs.event[at] < n), last = min(runs.last[group], time);
      if (last >= end && ran(group) > since) [this.row, end] = [last > end ? runs.event[group] : max(this.row, runs.event[group]), last];
    }
    return n;
  }
  timeOf(n) { return n > 0 ? this.play.events.time[n - 1] : 0; }
  policy(row) { return row === null || row < 0 ? null : this.play.policies[row]; }
  /** A tenant's policy of that row, or a data policy; one that never was forbids nothing. */
  version(kind, row) { return kind === "tenant" ? this.policy(row) : this.play.dataPolicies[row] ?? { on: false, text: "none", content: -1 }; }
  /** The terminal's sentence, which calls things as the scenario does. */
  told(row) { return row < 0 ? "" : this.text(this.event("caption", row)); }
  /** The same with the names that people see. */
  caption(row) { return row < 0 ? "" : this.text(this.event("titled", row)) || this.told(row); }
  word(row) { return row < 0 ? "" : this.text(this.event("word", row)); }
  kind(row) { return row < 0 ? "" : this.text(this.event("kind", row)); }
  person(row) { return row < 0 || row === null ? "the platform" : this.cast.people[row].name; }
  tenant(row) { return row < 0 || row === null ? "" : this.cast.tenants[row].title; }
  grounds(row) { return row < 0 || row === undefined ? [] : this.data.groundLists[row]; }
  /** The event's outcome, with those that no policy was asked about told apart. */
  outcome(row) {
    const outcome = this.text(this.event("outcome", row));
    if (this.event("enforced", row) === 0) return "unenforced";
    return outcome && shownOutcome(this.data, outcome, this.event("grounds", row));
  }
}
