// Paper: a title, chapter after chapter, and on a sheet of their own the answers. Built for printing, removed afterwards.

function printHandout() {
  pause();
  buildHandout();
  window.print();
}
function buildHandout() {
  byId("handout")?.remove();
  const stage = new Stage(app.data, 0), parts = handoutParts(), before = parts.filter(part => part.isBefore);
  const sheets = isHeld => parts.filter(part => !part.isBefore && part.isHeld === isHeld).map(part => h("section.sheet", partContent(stage, part)));
  document.body.append(h("div.handout", { id: "handout" }, h("section.sheet", cover(), before.map(part => partContent(stage, part))),
    sheets(false), answersSheet(stage, parts), sheets(true), sources()));
}
const removeHandout = () => byId("handout")?.remove();

function cover() {
  return [h("p", chip("remark", "Simulation")), h("h1", named(byId("title").textContent)), app.full.about && !asked().length && h("p", named(app.full.about)),
    h("p", `${dateText(0)}, ${clockText(0)} UTC · seed ${app.full.seed} · documentation edition ${app.full.edition} · ${app.full.generator}`),
    h("p", "Propagation: ", named(app.full.propagation.text), ". Screens are reconstructions. No tenant was asked.")];
}
const sources = () => h("section.sheet", h("h3", "Sources"), h("ul.plain.sources", app.full.documentation.map(item => h("li", named(item.title), " ", h("small", item.url)))));
/** Chapters and what is before them. `held`: what lies behind their first question, or within an earlier one, is told with the answers; `isHeld`: all of it. */
function handoutParts() {
  const { chapters, questions } = app.data.script, title = byId("title").textContent;
  const parts = chapters.map((chapter, at) => ({ time: chapter.time, title: `${at + 1}. ${chapter.title}` }));
  if (!parts.length || [...app.data.plays[0].events.time, ...questions.map(item => item.time)].some(time => time < parts[0].time))
    parts.unshift({ time: 0, title: parts.length ? "Before" : title, isBefore: parts.length > 0 });
  return parts.map((part, at) => {
    const end = parts[at + 1]?.time ?? app.data.until + 1, own = questions.filter(item => item.time >= part.time && item.time < end);
    const openAt = time => questions.find(item => item.time < time && time <= item.until), last = min(own[0]?.time ?? end - 1, app.data.until);
    const isHeld = !own.length && Boolean(openAt(part.time));
    return { ...part, questions: own, isHeld, last: !isHeld && openAt(last)?.time || last, holds: time => time >= part.time && time < end,
      held: time => isHeld || Boolean(openAt(time)) || time > (own[0]?.time ?? end) };
  });
}
function partContent(stage, part) {
  stage.goTo(part.last);
  return [h("h2", named(part.title), " ", h("small", timeText(part.time - part.time % minute))),
    h("div.columns",
      h("div", h("h3", `At ${timeText(part.last - part.last % minute)}`), stateTable(stage)),
      h("div", h("h3", "What happens"), happenings(stage, part, part.isHeld), notesOf(part, part.isHeld),
        part.questions.map(question => h("div.note", h("strong", named(question.text)), h("ul.plain", question.options.map(option => h("li", "☐ ", named(option)))))))),
    printLane(stage, part)];
}
function happenings(stage, part, held) {
  const times = stage.play.events.time, all = [...times.keys()].filter(row => part.holds(times[row])), told = new Set();
  const rows = all.filter(row => part.held(times[row]) === held), shown = rows.slice(0, 24);
  if (!rows.length) return !held && h("p.muted", all.length ? "Told with the answers." : "Nothing.");
  return h("ol.plain", shown.map(row => h("li", timeNode(times[row]), " ", named(stage.caption(row)), stage.word(row) && `: ${stage.word(row)}`,
    reasonsOf(stage, row).filter(text => text && !told.has(text) && told.add(text)).map(text => h("p", named(text))))),
    rows.length > shown.length && h("li.muted", `and ${rows.length - shown.length} more`));
}
/** Why it ended so, and what somebody was told. */
function reasonsOf(stage, row) {
  const { decisions, seen, errors } = stage.play, step = decisions[stage.event("decision", row)]?.steps.find(step => step.weight === "decides"), at = seen.event?.indexOf(row) ?? -1;
  return [step && `Why: ${stage.text(step.text)}`, at >= 0 && `${stage.person(cell(seen, "viewer", at))} sees: ${errors[seen.error[at]].message}`];
}
const notesOf = (part, held) => app.data.script.notes.filter(note => part.holds(note.time) && part.held(note.time) === held).map(note => {
  const section = app.data.documentation.find(item => item.id === note.section);
  return h("p.note", named(note.text), section && h("small", " ", section.title, section.url && `, ${section.url}`));
});
function stateTable(stage) {
  const line = (title, ...cells) => h("tr", h("th", { scope: "row" }, named(title)), cells.map(text => h("td", text)));
  return h("table", h("tbody", 
    tenantsOf(stage).map(row => { const [saved, inForce] = policyRows(stage, row); return line(stage.tenant(row), `saved: ${policyWord(stage.policy(saved))}`, `in force: ${policyWord(stage.policy(inForce))}`); }),
    dataPoliciesNow(stage).map(([row, ...rows]) => line(stage.cast.dataPolicies[row].title, ...rows.map((version, at) => `${["saved", "in force"][at]}: ${policyWord(stage.version("dataPolicy", version))}`))),
    stage.cast.flows.map((flow, row) => stage.value("flow", row, "state") !== "absent" && line(flow.title, `flow: ${stage.value("flow", row, "state")}`, "")),
    connectionRows(stage).map(row => line(row.title, "connection", outcomeWord(row.outcome)))));
}
/** The lanes up to the sheet's instant from where no answer lies on them, as words and patterns that survive a black and white printer. */
function printLane(stage, { last: to, time, isHeld }) {
  const from = isHeld ? time : max(0, ...app.data.script.questions.map(question => question.until + 1).filter(time => time <= to)), scale = new TimeScale([], from, to, false);
  const flows = stage.cast.flows.map((_, row) => row).filter(row => (runsOf(stage).get(row) ?? []).some(run => stage.play.runs.first[run] <= to && stage.play.runs.last[run] >= from));
  const changed = kind => row => stage.history(kind, row, "saved").some(([time, n]) => n > 0 && time <= to);
  const shown = [tenantsOf(stage).filter(changed("tenant")).map(row => policyLane(stage, scale, row, stage.tenant(row))),
    changingDataPolicies(stage).filter(changed("dataPolicy")).map(row => policyLane(stage, scale, row, stage.cast.dataPolicies[row].title, "dataPolicy")),
    flows.map(row => flowLane(stage, scale, 800, row, stage.cast.flows[row].title))].flat(Infinity);
  return to > from + minute && shown.length > 0 && h("div.lanes", shown, h("p.row.between", timeNode(from - from % minute), timeNode(to - to % minute)));
}
function answersSheet(stage, parts) {
  const questions = app.data.script.questions.filter((_, row) => openQuestion() < 0 || row < openQuestion());
  return h("section.sheet.answers", h("h2", "Answers"),
    h("ol.plain", questions.map(question => h("li.note", named(question.text), " ", h("strong", named(question.options[question.answer])), ". ", named(question.because ?? "")))),
    parts.map(part => part.isHeld ? [] : [happenings(stage, part, true), notesOf(part, true)].flat().filter(isThere)).map((told, at) =>
      told.length > 0 && [h("h3", named(parts[at].title), ", what happened then"), told]),
    app.data.plays.map((play, row) => checksOnPaper(play, row > 0 && (play.title || play.name))));
}
/** Of what is expected only what is not met, in words. */
function checksOnPaper({ expectations }, title) {
  const failed = expectations.filter(item => !item.met);
  return expectations.length > 0 && h("section", h("h3", "Checks", title && [": ", named(title)]), h("p", `${expectations.length - failed.length} of ${countText(expectations.length, "expectation")} met.`),
    failed.map(item => h("p", `✕ line ${item.line}: `, named(item.text), ": expected ", named(item.expected), ", got ", named(item.got))));
}
