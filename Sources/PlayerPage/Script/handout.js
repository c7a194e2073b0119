// Paper: a cover, a page a chapter, and the answers with the checks on the last. Built for printing, removed afterwards.

function printHandout() {
  pause();
  buildHandout();
  window.print();
}
function buildHandout() {
  byId("handout")?.remove();
  const stage = new Stage(app.data, 0), { chapters } = app.data.script;
  const parts = chapters.length ? chapters : [{ time: 0, title: byId("title").textContent }];
  const pages = parts.map((chapter, at) => chapterSheet(stage, chapter, at, parts[at + 1]?.time ?? app.data.until + 1));
  document.body.append(h("div.handout", { id: "handout" }, cover(), pages, answersSheet()));
}
const removeHandout = () => byId("handout")?.remove();

function cover() {
  return h("section.sheet", null, h("p", null, chip("remark", "Simulation")), h("h1", null, named(byId("title").textContent)), app.full.about && openQuestion() < 0 && h("p", null, named(app.full.about)),
    h("p", null, `${dateText(0)}, ${clockText(0)} UTC · seed ${app.full.seed} · documentation edition ${app.full.edition} · ${app.full.generator}`),
    h("p", null, "Propagation: ", named(app.full.propagation.text)),
    h("h2", null, "Sources"), h("ul.plain", null, app.full.documentation.map(item => h("li", null, named(item.title), " ", h("small", null, item.url)))),
    h("p", null, "Screens are reconstructions. No tenant was asked."));
}
function chapterSheet(stage, chapter, at, end) {
  const { notes, questions } = app.data.script, within = item => item.time >= chapter.time && item.time < end;
  stage.replay.seek(stage.countAt(end - 1));
  const rows = (stage.play.events.time ?? []).map((time, row) => ({ time, row })).filter(within);
  const shown = rows.slice(0, 24);
  return h("section.sheet", null, h("h2", null, `${at + 1}. `, named(chapter.title), " ", h("small", null, timeText(chapter.time))),
    h("div.columns", null,
      h("div", null, h("h3", null, `At ${timeText(min(end, app.data.until + 1) - 1 - (end - 1) % minute)}`), stateTable(stage), notes.filter(within).map(note => h("p.note", null, named(note.text))),
        questions.filter(within).map(question => h("div.note", null, h("strong", null, named(question.text)), h("ul.plain", null, question.options.map(option => h("li", null, "☐ ", named(option))))))),
      h("div", null, h("h3", null, "What happens"), h("ol.plain", null, shown.map(({ row }) => h("li", null, timeNode(stage.event("time", row)), " ", named(stage.caption(row)), stage.word(row) && `: ${stage.word(row)}`)),
        rows.length > shown.length && h("li.muted", null, `and ${rows.length - shown.length} more`)))),
    printLane(stage, chapter.time, min(end, app.data.until)));
}
function stateTable(stage) {
  const line = (title, ...cells) => h("tr", null, h("th", { scope: "row" }, named(title)), cells.map(text => h("td", null, text)));
  return h("table", null, h("tbody", null,
    tenantsOf(stage).map(row => { const [saved, inForce] = policyRows(stage, row); return line(stage.tenant(row), `saved: ${policyWord(stage.policy(saved))}`, `in force: ${policyWord(stage.policy(inForce))}`); }),
    stage.cast.flows.map((flow, row) => stage.value("flow", row, "state") !== "absent" && line(flow.title, `flow: ${stage.value("flow", row, "state")}`, "")),
    connectionRows(stage).map(row => line(row.title, "connection", outcomeWords[row.outcome] ?? row.outcome))));
}
/** The lanes of the chapter, as words and patterns that survive a black and white printer. */
function printLane(stage, from, to) {
  const scale = new TimeScale([], from, max(to, from + 1), false);
  const flows = stage.cast.flows.map((_, row) => row).filter(row => runsOf(stage).has(row));
  const policies = tenantsOf(stage).filter(row => stage.history("tenant", row, "saved").length > 1);
  return h("div.lanes", null, policies.map(row => policyLane(stage, scale, row, stage.tenant(row))), flows.map(row => flowLane(stage, scale, 800, row, stage.cast.flows[row].title)),
    h("p.row.between", null, timeNode(from), timeNode(to)));
}
function answersSheet() {
  const play = app.data.plays[0], questions = app.data.script.questions.filter((_, row) => openQuestion() < 0 || row < openQuestion());
  return h("section.sheet", null, h("h2", null, "Answers and checks"),
    h("ol.plain", null, questions.map(question => h("li.note", null, named(question.text), " ", h("strong", null, named(question.options[question.answer])), ". ", named(question.because ?? "")))),
    h("table", null, h("tbody", null, play.expectations.map(item => h("tr", null, h("td", null, item.met ? "✓ Met" : "✕ Failed"), h("td", null, h("code", null, named(item.text))))))));
}
