// The lanes above the slider: chapters, policies, flows, density. A picture only: hidden from assistive technology,
// which has the slider, the lists and the tables for the same facts.

const leastMark = 18, markReach = leastMark / 2 - 1;

function lanesKey(scale) {
  return [scale.key, scale.length, byId("slider").clientWidth, app.view, app.other?.play.name, openQuestion(), app.revealed, app.stage.play.events.time?.length, policyTenants(app.stage), laneApps(app.stage), laneFlows(app.stage)].join(" ");
}
function lanes(scale) {
  const two = app.view === "whatif" && app.other;
  const width = byId("slider").clientWidth || 900;
  return [chapterLane(scale), two ? sidesLanes(scale, width) : stageLanes(app.stage, scale, width),
    lane("Density", "density", h("canvas", { id: "density" })), h("span.head-line", { id: "head-line" })];
}
/** Whose policy is on or changes. */
const policyTenants = stage => nearRows(stage, "tenant", stage.laneTenants ??= tenantsOf(stage).filter(row => stage.play.policies.some(policy => policy.tenant === row && (policy.savedAt !== null || policy.on))), 6);
const laneFlows = stage => nearRows(stage, "flow", stage.laneFlows ??= [...stage.cast.flows.keys()].filter(row => stage.history("flow", row, "state").length > 1 || runsOf(stage).has(row)), 12);
const laneApps = stage => nearRows(stage, "app", stage.laneApps ??= [...stage.cast.apps.keys()].filter(row => openings(stage, row).length), 6);
/** Rows of events. */
const openings = (stage, app) => (stage.play.events.app ?? []).flatMap((at, row) => at === app && stage.kind(row) === "app.opened" ? [row] : []);
/** Of too many rows those of the events round now: the same ones until one is missed. */
function nearRows(stage, field, rows, most) {
  const near = stage.near ??= {}, key = field + most, n = stage.row, now = stage.event(field, n);
  if (rows.length <= most) return rows;
  if (near[key] && (near[key].includes(now) || !rows.includes(now))) return near[key];
  const wanted = new Set(rows), found = new Set();
  for (let by = 0; found.size < most && by <= stage.replay.length; by++)
    for (const at of [n - by, n + by]) if (wanted.has(stage.event(field, at))) found.add(stage.event(field, at));
  return near[key] = rows.filter(row => found.has(row));
}
function stageLanes(stage, scale, width) {
  return [policyTenants(stage).map(row => policyLane(stage, scale, row, stage.tenant(row))),
    changingDataPolicies(stage).map(row => policyLane(stage, scale, row, stage.cast.dataPolicies[row].title, "dataPolicy")),
    laneApps(stage).map(row => appLane(stage, scale, width, row, stage.cast.apps[row].title)),
    laneFlows(stage).map(row => flowLane(stage, scale, width, row, stage.cast.flows[row].title))];
}
/** Of both plays what differs, each beside its like; of what is alike the first. */
function sidesLanes(scale, width) {
  const sides = [app.stage, app.other], flows = new Set(differencesKnown().map(difference => difference.flow));
  const lanesOf = (rowsOf, draw) => {
    const drawn = sides.map((stage, at) => rowsOf(stage).map(row => draw(stage, row, ["A · ", "B · "][at])));
    const pairs = drawn[0].map((lane, at) => [lane, drawn[1][at]].filter(isThere));
    const differing = pairs.filter(([a, b]) => !b || !a.lastChild.isEqualNode(b.lastChild));
    return differing.length ? differing : pairs.slice(0, 1);
  };
  return [lanesOf(policyTenants, (stage, row, side) => policyLane(stage, scale, row, side + stage.tenant(row))),
    lanesOf(changingDataPolicies, (stage, row, side) => policyLane(stage, scale, row, side + stage.cast.dataPolicies[row].title, "dataPolicy")),
    lanesOf(laneApps, (stage, row, side) => appLane(stage, scale, width, row, side + stage.cast.apps[row].title)),
    lanesOf(stage => [...stage.cast.flows.keys()].filter(row => flows.has(stage.cast.flows[row].name)), (stage, row, side) => flowLane(stage, scale, width, row, side + stage.cast.flows[row].title))];
}
const lane = (label, kind, ...content) => h(`div.lane.${kind}`, h("span.lane-label", { title: label }, named(label)), h("div.strip", content));
/** Scrolls to the lane that the event is about, shows whole lanes only, and says how many lie below. */
function showLane() {
  const host = byId("lanes"), step = app.stage.row, [axis, first] = host.children, stays = first.matches(".policy-lane, .calm-lane");
  const top = axis.offsetHeight + (stays ? first.offsetHeight : 0), at = ["flow", "app", "dataPolicy", "tenant"].map(kind => host.querySelector(`[data-of="${kind}-${app.stage.event(kind, step)}"]`)).find(isThere);
  if (at && app.laneOf !== step && !(stays && at === first)) host.scrollTop = max(min(host.scrollTop, at.offsetTop - top), at.offsetTop + at.offsetHeight - host.clientHeight);
  app.laneOf = step;
  const end = host.scrollTop + host.clientHeight + 3, below = item => item.offsetTop + item.offsetHeight > end;
  const others = [...host.querySelectorAll(".lane")].slice(stays ? 2 : 1);
  for (const item of others) item.style.visibility = below(item) || item.offsetTop + 1 < host.scrollTop + top ? "hidden" : "";
  return others.filter(below).length;
}
const of = (lane, kind, row) => { lane.dataset.of = `${kind}-${row}`; return lane; };
const percent = share => `${(share * 100).toFixed(3)}%`;
function span(scale, from, to, classes, ...content) {
  const [left, right] = [scale.share(from), scale.share(to)];
  return right > left && h(`span.span${classes}`, { style: { left: percent(left), width: percent(right - left) } }, content);
}

function chapterLane(scale) {
  const { chapters, questions } = app.data.script, hides = openQuestion();
  const idle = scale.pieces.filter(piece => piece.idle), written = idle.length <= mostWritten && !isNarrow.matches;
  const breaks = idle.map(piece => h("span.break", {
    style: { left: percent(piece.x / scale.length), width: percent(piece.width / scale.length) }, title: `${spanText(piece.to - piece.from)} without events`,
  }, written && h("small", shortSpan(piece.to - piece.from))));
  const flags = chapters.map((chapter, at) => chapter.time >= scale.from && chapter.time <= scale.to &&
    h("span.flag", { style: { left: percent(scale.share(chapter.time)) }, title: chapter.title }, `${at + 1}`));
  const asks = questions.filter(question => question.time >= scale.from && question.time <= scale.to).map(question =>
    h(`span.flag.ask${chapters.some(chapter => chapter.time === question.time) ? ".beside-flag" : ""}`, { style: { left: percent(scale.share(question.time)) }, title: question.text }, "?"));
  const hidden = hides >= 0 && span(scale, asked()[hides].time, scale.to, ".hidden-part");
  return lane("", "axis", hourTicks(scale), breaks, flags, asks, hidden);
}
/** "2h" */
const shortSpan = span => spanText(span).split(" ").slice(0, 2).join("").replace("min", "m");
/** Ticks at round instants, as many as there is room for. */
function hourTicks(scale) {
  const strip = byId("slider").clientWidth || 900, most = max(2, Math.floor(strip / 90));
  const steps = [5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080].map(minutes => minutes * minute);
  const every = steps.find(step => (scale.to - scale.from) / step <= most) ?? 4 * 7 * day;
  const offset = app.full.start % every, ticks = [];
  const { chapters, questions } = app.data.script, flags = [...chapters, ...questions].map(item => scale.share(item.time));
  let lastShare = -1;
  for (let time = Math.ceil((scale.from + offset) / every) * every - offset; time < min(scale.to, lastTime() + 1); time += every) {
    const piece = scale.pieces.find(piece => time < piece.to), share = scale.share(time);
    const isNearFlag = flags.some(flag => flag > share - 22 / strip && flag < share + 48 / strip);
    const meetsBreak = scale.pieces.some(other => other.idle && other.x / scale.length < share + 48 / strip && (other.x + other.width) / scale.length > share);
    if (!piece || meetsBreak || isNearFlag || share < lastShare + 60 / strip || share > 1 - 36 / strip) continue;
    lastShare = share;
    ticks.push(h("span.tick", { style: { left: percent(share) } }, (app.full.start + time) % day === 0 && dayText(time) || clockText(time)));
  }
  return ticks;
}

/** What of "Off, never configured" or "On, 1 rule" has room. */
const wordFor = (text, width) => [text, text.replace(/\x20rules?$/, ""), text.split(",")[0]].find(part => part.length * 7 + 8 < width);
/** Above what is saved, below what is in force, hatched while they differ. */
function policyLane(stage, scale, subject, label, kind = "tenant") {
  const saved = segments(stage.history(kind, subject, "saved"), scale);
  const bars = field => segments(stage.history(kind, subject, field), scale).map(([from, to, row]) => [from, to, stage.version(kind, row)]).map(([from, to, policy]) =>
    span(scale, from, to, `.policy-bar.${field}.${policy?.on ? "on" : "off"}`, h("span.in", wordFor(policyWord(policy), (scale.share(to) - scale.share(from)) * (byId("slider").clientWidth || 900)))));
  const waits = segments(stage.history(kind, subject, "inForce"), scale).flatMap(([from, to, row]) =>
    saved.filter(part => stage.version(kind, part[2])?.content !== stage.version(kind, row)?.content && part[0] < to && part[1] > from).map(part => span(scale, max(from, part[0]), min(to, part[1]), ".waiting")));
  if (neverChanges(stage, subject, kind)) return of(lane(label, "calm-lane", bars("saved")), kind, subject);
  const ranges = stage.play.policies.filter(policy => kind === "tenant" && policy.tenant === subject && policy.earliest < policy.latest && policy.savedAt !== null).map(policy => span(scale, policy.earliest, policy.latest, ".range"));
  return of(lane(label, "policy-lane", bars("saved"), bars("inForce"), waits, ranges), kind, subject);
}
const changingDataPolicies = stage => [...stage.cast.dataPolicies.keys()].filter(row => stage.history("dataPolicy", row, "saved").length > 1);
/** A history as stretches up to the end of what may be shown. @returns {[number, number, any][]} */
function segments(changes, scale) {
  const end = openQuestion() < 0 ? scale.to : lastTime(), list = [];
  changes.forEach(([from, , value], at) => {
    const to = min(changes[at + 1]?.[0] ?? end, end);
    if (to > scale.from && from < scale.to && to > from) list.push([max(from, scale.from), min(to, scale.to), value]);
  });
  return list.length > mostSegments ? coarse(list, scale) : list;
}
const mostSegments = 200;
/** Stretches too narrow to be seen become one with the next; it has the last one's value. */
function coarse(list, scale) {
  const joined = [];
  for (const [from, to, value] of list) {
    const last = joined[joined.length - 1];
    if (last && (last[1] - last[0]) * mostSegments < scale.to - scale.from) joined[joined.length - 1] = [last[0], to, value];
    else joined.push([from, to, value]);
  }
  return joined;
}

function flowLane(stage, scale, width, flow, label) {
  const states = segments(stage.history("flow", flow, "state"), scale).filter(([, , state]) => state !== "absent")
    .map(([from, to, state]) => span(scale, from, to, `.state.${state}`));
  return of(lane(label, "flow-lane", runMarks(stage, scale, width, flow), states), "flow", flow);
}
/** When an app was opened, and whether it could be. */
function appLane(stage, scale, width, app, label) {
  const marks = [];
  for (const row of openings(stage, app)) {
    const time = stage.event("time", row), x = scale.share(time) * width;
    if (time >= scale.from && time <= scale.to) addMark(marks, x, x, stage.outcome(row), 1);
  }
  return of(lane(label, "app-lane", placed(marks, width)), "app", app);
}
/** A glyph a run while there is room, a count where there is none. */
function runMarks(stage, scale, width, flow) {
  const { runs, verdicts } = stage.play, marks = [];
  for (const row of runsOf(stage).get(flow) ?? []) {
    if (runs.last[row] < scale.from || runs.first[row] > scale.to) continue;
    const verdict = verdicts[runs.verdict[row]], outcome = shownOutcome(stage.data, verdict.outcome, verdict.grounds);
    const times = fewTimes(runs.parts[row], scale, width);
    if (times) times.forEach(time => addMark(marks, scale.share(time) * width, scale.share(time) * width, outcome, 1));
    else addMark(marks, scale.share(runs.first[row]) * width, scale.share(runs.last[row]) * width, outcome, runs.count[row]);
  }
  return placed(marks, width);
}
/** Marks without overlap, none beyond an end of the axis. */
function placed(marks, width) {
  marks.forEach((mark, at) => {
    const next = marks[at + 1], reach = min(markReach, ((next?.from ?? Infinity) - mark.to) / 2);
    mark.left = max(0, min(mark.left, width - 2 * markReach));
    mark.right = min(width, max(mark.to + reach, min(2 * markReach, next ? next.from - reach : width)));
    if (next) next.left = next.from - reach;
  });
  return marks.map(mark => markNode(mark, width));
}
/** The instants of a group's runs where each has room for its own mark, else null. */
function fewTimes(parts, scale, width) {
  const times = [];
  for (let at = 0; at < parts.length; at += 3) {
    const [start, period, count] = [parts[at], parts[at + 1], parts[at + 2]];
    if (count > 1 && (scale.share(start + (count - 1) * period) - scale.share(start)) * width / (count - 1) < leastMark) return null;
    for (let run = 0; run < count; run++) times.push(start + run * period);
  }
  return times.filter(time => time >= scale.from && time <= scale.to);
}
function addMark(marks, from, to, outcome, count) {
  const last = marks[marks.length - 1], isLike = last?.counts[outcome];
  if (!last || from - last.to >= (isLike ? leastMark - 1 : markReach)) return marks.push({ from, to, left: from - markReach, right: to, counts: { [outcome]: count } });
  last.to = max(to, last.to);
  last.counts[outcome] = (last.counts[outcome] ?? 0) + count;
}
function markNode(mark, width) {
  const entries = Object.entries(mark.counts), total = entries.reduce((sum, [, count]) => sum + count, 0), wide = mark.right - mark.left;
  const kind = entries.length > 1 ? "mixed" : lookOf(entries[0][0])[0];
  const parts = entries.map(([outcome, count]) => h(`span.glyph.${lookOf(outcome)[0]}`, glyphOf(outcome), total > 1 && wide > 22 * entries.length ? String(count) : ""));
  return h(`span.run-mark.${kind}${total > 1 ? ".group" : ""}`, { style: { left: percent(mark.left / width), width: percent(wide / width) } }, parts);
}

function placeHead(scale) {
  const line = byId("head-line"), slider = byId("slider");
  if (!line) return;
  line.style.height = `${byId("lanes").scrollHeight}px`;
  line.style.left = `${slider.offsetLeft + slider.clientWidth * max(0, min(1, scale.share(app.time)))}px`;
}

/** Events and runs a pixel, failures again in the top third. */
function drawDensity(scale) {
  const canvas = /** @type {HTMLCanvasElement} */ (byId("density"));
  const width = Math.round((canvas?.parentElement?.clientWidth ?? 0) * devicePixelRatio), height = Math.round((canvas?.parentElement?.clientHeight ?? 0) * devicePixelRatio);
  const key = `${byId("lanes").drawnKey} ${width} ${height} ${document.documentElement.dataset.theme}`;
  if (!canvas || !width || !height || app.densityKey === key) return;
  app.densityKey = key;
  Object.assign(canvas, { width, height });
  paintBins(canvas, binned(app.stage, scale, width), height);
}
function binned(stage, scale, width) {
  const all = new Float64Array(width), bad = new Float64Array(width);
  const put = (time, count, isBad) => {
    const x = min(width - 1, Math.floor(scale.share(time) * width));
    all[x] += count;
    if (isBad) bad[x] += count;
  };
  const { events, runs, verdicts } = stage.play;
  events.time.forEach((time, row) => {
    if (time < scale.from || time > scale.to) return;
    const group = stage.event("runs", row);
    if (group < 0) return put(time, 1, stage.text(stage.event("mark", row)) === "bad");
    spread(runs, group, verdicts[runs.verdict[group]].outcome === "failed", put);
  });
  return { all, bad };
}
/** A group's runs spread evenly over at most 200 places. */
function spread(runs, group, isBad, put) {
  const places = min(runs.count[group], 200), each = runs.count[group] / places;
  for (let at = 0; at < places; at++)
    put(runs.first[group] + (places > 1 ? at / (places - 1) * (runs.last[group] - runs.first[group]) : 0), each, isBad);
}
function paintBins(canvas, { all, bad }, height) {
  const context = canvas.getContext("2d"), style = getComputedStyle(document.documentElement);
  const most = all.reduce((a, b) => max(a, b), 1), bar = max(1, Math.round(devicePixelRatio));
  const paint = (bins, colour, part) => {
    context.fillStyle = style.getPropertyValue(colour);
    bins.forEach((count, x) => { if (count) context.fillRect(x, part === 1 ? height - max(2, count / most * height * .66) : 0, bar, part === 1 ? height : height / 3); });
  };
  paint(all, "--border", 1);
  paint(bad, "--blocked", 2);
}
