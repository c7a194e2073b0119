// The data element: read, checked, and cut where a question hides what follows.

/** Reads the embedded data and removes its element. @returns {Data} @throws with a sentence for people */
function readData() {
  const element = byId("play");
  if (!element) throw new Error("This page has no data.");
  const text = element.textContent;
  element.remove();
  document.querySelector("noscript")?.remove();
  let data;
  try { data = JSON.parse(text); } catch { throw new Error("The data of this page is cut off or damaged. Write the page again."); }
  if (data?.page !== "gateway-sim") throw new Error("The data of this page is not of gateway-sim.");
  if (data.format !== 1) throw new Error(`This page reads data of format 1; this is format ${data.format}.`);
  for (const play of data.plays) for (const policy of play.policies) policy.rules = policy.rules.map(row => play.rules[row]);
  return data;
}

/** A cell of a column that may be absent. */
const cell = (columns, name, row) => columns[name]?.[row] ?? -1;

/** The number of entries of the ascending `list` that are at most `value`. */
function countUpTo(list, value) {
  let low = 0, high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] <= value) low = middle + 1; else high = middle;
  }
  return low;
}

/** The line of a policy's record that says when it will come into force. */
const ahead = /\n?in\x20force\x20for\x20active.*/g;

/**
 * The data as somebody knows it who has seen nothing after `horizon`: every panel is built from this,
 * so that none of them can tell what is to come.
 * @param {Data} data @param {number} horizon @param {number} until  where the clock's range ends
 * @returns {Data}
 */
function clipData(data, horizon, until) {
  const known = list => list.filter(item => item.time <= horizon);
  return {
    ...data, until, strings: data.strings.map(text => text.replace(ahead, "")),
    plays: data.plays.map(play => clipPlay(play, horizon)),
    script: {
      chapters: known(data.script.chapters), notes: known(data.script.notes), questions: known(data.script.questions),
    },
  };
}
function clipPlay(play, horizon) {
  const rows = knownEvents(play, horizon);
  const runs = countKnown(play.runs.last, play.runs.event ?? [], rows);
  return {
    ...play, events: clipColumns(play.events, rows), runs: clipColumns(play.runs, runs),
    seen: clipColumns(play.seen, countUpTo(play.seen.event, rows - 1)),
    policies: play.policies.map(policy => clipPolicy(policy, horizon)), dataPolicies: play.dataPolicies.map(policy => clipPolicy(policy, horizon)),
    decisions: play.decisions.map(clipDecision),
    expectations: play.expectations.filter(item => (item.last ?? Infinity) <= horizon && item.event < rows),
    differences: play.differences.filter(item => item.last <= horizon), assumptions: [],
    clipped: true,
  };
}
/** Events up to the horizon; a group of runs that reaches beyond it would tell how they end. */
function knownEvents(play, horizon) {
  let rows = countUpTo(play.events.time, horizon);
  for (let row = rows - 1; row >= 0 && play.events.time[row] === horizon; row--) {
    const group = cell(play.events, "runs", row);
    if (group >= 0 && play.runs.last[group] > horizon) rows = row;
  }
  return rows;
}
const countKnown = (lasts, events, rows) => lasts.filter((_, group) => events[group] < rows).length;
const clipColumns = (columns, count) =>
  Object.fromEntries(Object.entries(columns).map(([name, list]) => [name, list.slice(0, count)]));
function clipPolicy(policy, horizon) {
  if ((policy.savedAt ?? 0) > horizon) return { ...policy, rules: [], text: "", inForceAt: null, hidden: true };
  return policy.inForceAt > horizon ? { ...policy, inForceAt: null, earliest: null, latest: null } : policy;
}
const clipDecision = decision =>
  ({ ...decision, steps: decision.steps.filter(step => !step.ahead) });
