// Paper: a cover, a page a chapter, and the answers with the checks on the last. Built for printing, removed afterwards.

function printHandout() {
  pause();
  buildHandout();
  window.print();
}
function buildHandout() {
  byId("handout")?.remove();
  const stage = new Stage(app.data, 0), parts = handoutParts();
  const pages = parts.map((part, at) => partSheet(stage, part, parts[at + 1]?.time ?? Infinity));
  document.body.append(h("div.handout", { id: "handout" }, cover(), pages, answersSheet(stage)));
}
const removeHandout = () => byId("handout")?.remove();

function cover() {
  return h("section.sheet", h("p", chip("remark", "Simulation")), h("h1", named(byId("title").textContent)), app.full.about && !asked().length && h("p", named(app.full.about)),
    h("p", `${dateText(0)}, ${clockText(0)} UTC · seed ${app.full.seed} · documentation edition ${app.full.edition} · ${app.full.generator}`),
    h("p", "Propagation: ", named(app.full.propagation.text)),
    h("h2", "Sources"), h("ul.plain", app.full.documentation.map(item => h("li", named(item.title), " ", h("small", item.url)))),
    h("p", "Screens are reconstructions. No tenant was asked."));
}
/** Chapters and what is before them, without what lies between a question and its answer: that is for the last sheet. */
function handoutParts() {
  const { chapters, questions } = app.data.script, parts = chapters.map(({ time, title }, at) => ({ time, title: `${at + 1}. ${title}` }));
  if (!parts.length || [...app.data.plays[0].events.time ?? [], ...questions.map(item => item.time)].some(time => time < parts[0].time))
    parts.unshift({ time: 0, title: parts.length ? "Before" : byId("title").textContent });
  return questions.reduce(withoutAnswer, parts.map((part, at) => ({ ...part, end: parts[at + 1]?.time ?? app.data.until + 1 })));
}
const withoutAnswer = (parts, { time, until }) => parts.flatMap(part => [{ ...part, end: min(part.end, time + 1) },
  { ...part, time: max(part.time, until + 1), title: part.title + (part.time > time ? "" : ", continued") }]).filter(part => part.time < part.end);
function partSheet(stage, { time, title, end }, next) {
  const { notes, questions } = app.data.script, last = end - 1;
  stage.replay.seek(stage.countAt(last));
  return h("section.sheet", h("h2", named(title), " ", h("small", timeText(time - time % minute))),
    h("div.columns", 
      h("div", h("h3", `At ${timeText(last - last % minute)}`), stateTable(stage), notes.filter(note => note.time >= time && note.time < end).map(note => h("p.note", named(note.text))),
        questions.filter(question => question.time >= time && question.time < next).map(question => h("div.note", h("strong", named(question.text)), h("ul.plain", question.options.map(option => h("li", "☐ ", named(option))))))),
      h("div", h("h3", "What happens"), happenings(stage, time, end))),
    end - time > minute && printLane(stage, time, min(end, app.data.until)));
}
function happenings(stage, from, end) {
  const rows = [...(stage.play.events.time ?? []).keys()].filter(row => stage.event("time", row) >= from && stage.event("time", row) < end), shown = rows.slice(0, 24);
  return h("ol.plain", shown.map(row => h("li", timeNode(stage.event("time", row)), " ", named(stage.caption(row)), stage.word(row) && `: ${stage.word(row)}`)),
    rows.length > shown.length && h("li.muted", `and ${rows.length - shown.length} more`));
}
function stateTable(stage) {
  const line = (title, ...cells) => h("tr", h("th", { scope: "row" }, named(title)), cells.map(text => h("td", text)));
  return h("table", h("tbody", 
    tenantsOf(stage).map(row => { const [saved, inForce] = policyRows(stage, row); return line(stage.tenant(row), `saved: ${policyWord(stage.policy(saved))}`, `in force: ${policyWord(stage.policy(inForce))}`); }),
    dataPoliciesNow(stage).map(([row, ...rows]) => line(stage.cast.dataPolicies[row].title, ...rows.map((version, at) => `${["saved", "in force"][at]}: ${policyWord(stage.version("dataPolicy", version))}`))),
    stage.cast.flows.map((flow, row) => stage.value("flow", row, "state") !== "absent" && line(flow.title, `flow: ${stage.value("flow", row, "state")}`, "")),
    connectionRows(stage).map(row => line(row.title, "connection", outcomeWords[row.outcome] ?? row.outcome))));
}
/** The lanes of the chapter, as words and patterns that survive a black and white printer. */
function printLane(stage, from, to) {
  const scale = new TimeScale([], from, max(to, from + 1), false);
  const flows = stage.cast.flows.map((_, row) => row).filter(row => runsOf(stage).has(row));
  const policies = tenantsOf(stage).filter(row => stage.history("tenant", row, "saved").length > 1);
  return h("div.lanes", policies.map(row => policyLane(stage, scale, row, stage.tenant(row))), dataPolicyLanes(stage, scale), flows.map(row => flowLane(stage, scale, 800, row, stage.cast.flows[row].title)),
    h("p.row.between", timeNode(from - from % minute), timeNode(to)));
}
function answersSheet(stage) {
  const questions = app.data.script.questions.filter((_, row) => openQuestion() < 0 || row < openQuestion());
  return h("section.sheet", h("h2", "Answers and checks"),
    h("ol.plain", questions.map(question => h("li.note", named(question.text), " ", h("strong", named(question.options[question.answer])), ". ", named(question.because ?? ""),
      happenings(stage, question.time + 1, question.until + 1)))),
    app.data.plays.map((play, row) => play.expectations.length > 0 && [row > 0 && h("h3", named(play.title || play.name)),
      h("table", h("tbody", play.expectations.map(item => h("tr", h("td", item.met ? "✓ Met" : item.undecided ? "Undecided" : "✕ Failed"), h("td", h("code", named(item.text)))))))]));
}
