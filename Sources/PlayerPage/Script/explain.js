// Why it came out so, what to say about it, and what changed with this step. A question takes their place.

function drawExplain() {
  const key = JSON.stringify([captionText(), app.n, app.stage.row, app.subject, openQuestion(), app.revealed, app.choice, app.hint, app.hands, Boolean(app.notes),
    questionNow(), questionHere(), chapterAt(app.time), noteRows().length, app.time === asked()[app.answered?.row ?? -1]?.until]);
  redraw(byId("explain"), key, () => questionNow() >= 0 ? questionPanel(questionNow()) :
    [chapterLine(), answerPanel(), sayPanel(app.stage), questionOffer(), whyPanel(app.stage), changesPanel(app.stage)]);
}

function chapterLine() {
  const { chapters } = app.data.script, at = chapterAt(app.time);
  return at >= 0 && h("p.muted.chapter", `Chapter ${at + 1}: `, named(chapters[at].title));
}
/** Of what merely was recorded or sent, and of a flow that is turned off, nobody asks why. */
const isJudged = (stage, row) => stage.kind(row).startsWith("policy.") || stage.event("outcome", row) >= 0 && stage.kind(row) !== "flow.off";

/** The event a panel about "this step" explains. */
function whyPanel(stage) {
  const subjects = connectionRows(stage).filter(row => row.row >= 0 && row.state !== "absent");
  const chosen = subjects.find(row => app.subject === `connection-${row.row}`);
  const step = stage.row, decisionRow = chosen ? stage.value("connection", chosen.row, "decision") : isJudged(stage, step) ? stage.event("decision", step) : -1;
  const decision = stage.play.decisions[decisionRow];
  return h("section.why", { "aria-label": "Why" }, h("div.row.between", h("h2", "Why"), decision?.outcome && chip(shownOutcome(stage.data, decision.outcome, decision.grounds)), subjects.length > 0 && subjectChoice(subjects)),
    chosen ? h("p", "What a use of ", named(chosen.title), " meets now.") : h("p.caption", named(captionText())),
    decision ? decisionTree(stage, decision, chosen ? [] : stage.text(stage.event("remark", step)).split("\n").filter(isThere)) : !chosen && withoutDecision(stage, step));
}
function subjectChoice(subjects) {
  return choice("subject", "Explain", [["step", "This step"], ...subjects.map(row => [`connection-${row.row}`, row.title])], app.subject, value => { app.subject = value; });
}
const nobodyAsked = "No policy was asked in this step.";
function withoutDecision(stage, row) {
  if (row < 0) return h("p.muted", openQuestion() < 0 && app.full.about || "Nothing has happened yet.");
  const kind = stage.kind(row);
  return kind.startsWith("dataPolicy.") ? dataPolicyText(stage, stage.event("dataPolicy", row), kind.endsWith("saved"), causeLink(stage, row)) : h("p.muted", nobodyAsked);
}
function dataPolicyText(stage, subject, isSaved, cause) {
  const policy = stage.version("dataPolicy", stage.value("dataPolicy", subject, isSaved ? "saved" : "inForce"));
  return h("p", h("strong", policyWord(policy)), ". ", isSaved ? ["Makers are judged by it at once. What exists is reached ",
    policy.inForceAt === null ? "later: when is hidden while you predict." : ["at ", timeNode(policy.inForceAt), "."]] :
    ["From now on what exists is judged by it: connections may be disabled, flows suspended.", cause]);
}
function causeLink(stage, row) {
  const cause = stage.event("cause", row);
  return cause >= 0 && [" ", h("button.link", { "data-focus": "cause", onclick: () => goToEvent(cause + 1) }, "Its cause: ", timeText(stage.event("time", cause)))];
}
function decisionTree(stage, decision, remarks = []) {
  // A long text is what somebody was told; it stands in full under What people see.
  const isAside = step => step.weight === "aside" || step.weight !== "decides" && stage.text(step.text).length > 200;
  // First what decides, last what the trace merely has on record.
  const rank = step => step.weight === "decides" ? 0 : stage.text(step.text).match(/\bline\x20\d+[:)]/) ? 2 : 1;
  const first = decision.steps.find(step => step.weight === "decides"), steps = [...decision.steps].sort((a, b) => rank(a) - rank(b));
  const told = steps.filter(step => !isAside(step)), aside = steps.filter(isAside);
  const beside = remarks.map(line => h("li", h("span.info", unspoken, "!"), named(sentence(line))));
  return [h("ol.reasons", told.slice(0, 1).map(step => reason(stage, step, first)), beside, told.slice(1).map(step => reason(stage, step, first))),
    told.length === 0 && h("p.muted", stage.grounds(decision.grounds).map(ground => stage.data.grounds[ground]).join("; ") || nobodyAsked),
    aside.length > 0 && h("details", h("summary", { "data-focus": "aside" }, `Made no difference (${aside.length})`), h("ol.reasons", aside.map(step => reason(stage, step)))),
    basisLine(stage, decision), flipLine(decision)];
}
function reason(stage, step, first) {
  const decides = step.weight === "decides";
  return h(`li${decides ? ".decides" : ""}`, { style: { marginInlineStart: `${decides ? 0 : min(step.depth, 4) * .75}rem` } }, named(stage.text(step.text)),
    decides && h("span.tag", step === first ? "decides" : "would by itself"));
}
function basisLine(stage, decision) {
  const step = decision.steps.find(step => step.weight === "decides" && (step.basis || step.section)) ?? decision.steps.find(step => step.basis);
  return step && h("p.basis", `Basis: ${step.basis ?? "documented"}. `, sectionLink(stage.data, step.section));
}
const flipWords = { succeeded: "succeed", failed: "fail", notAdded: "not be added" };
const flipLine = decision => decision.flip && h("p.flip", `Would ${flipWords[decision.flip.outcome] ?? `be ${decision.flip.outcome}`} with `, h("code", named(decision.flip.edit)), ".");

/** A documentation section: where it leads stands in its name; the address is kept for print. */
function sectionLink(data, id) {
  const section = data.documentation.find(item => item.id === id);
  return section && h("a", { href: section.url, target: "_blank", rel: "noreferrer" }, `Documentation: ${section.title}`);
}

/** Notes of the moment: of the latest instant that has any, within the current chapter. */
function noteRows() {
  const { notes, chapters } = app.data.script, from = chapters[chapterAt(app.time)]?.time ?? 0;
  const known = notes.filter(note => note.time <= app.time && note.time >= from);
  return known.filter(note => note.time === known[known.length - 1].time);
}
function sayPanel(stage) {
  const notes = noteRows(), links = notes.map(note => note.section && h("p.basis", sectionLink(stage.data, note.section)));
  if (!notes.length || app.notes) return links;
  return h("section.say", { "aria-label": "Say this" }, h("h2", "Say this"), notes.map((note, at) => [h("p", named(note.text)), links[at]]));
}

function changesPanel(stage) {
  const patch = stage.play.events.patch[stage.row] ?? [];
  const rows = patch.map(([path, before, after]) => changeRow(stage, stage.play.pathsOf[path], before, after)).filter(isThere);
  if (!rows.length) return null;
  return h("section.changes", { "aria-label": "Changes" }, h("h2", "Changes with this step"),
    h("table", { "aria-label": "Changes" }, tableHead(["What", "Was", "Now"]), h("tbody", rows)));
}
const fieldWords = { saved: "policy saved", inForce: "policy in force", state: "", uses: "connections", shares: "shared with", owner: "owner", tenant: "tenant", page: "page", decision: "use now", definition: "made of" };
function changeRow(stage, [kind, row, field], before, after) {
  if (["definition", "owner", "tenant"].includes(field)) return null;
  const lists = { tenant: "tenants", connection: "connections", app: "apps", flow: "flows", dataPolicy: "dataPolicies" };
  const [was, now] = [before, after].map(value => valueText(stage, field, kind, value));
  if (was === now) return null;
  const mark = was === "–" ? "+" : now === "–" ? "−" : "~";
  return h("tr", h("td", sign("mono", mark, " "), named(stage.cast[lists[kind]][row].title), fieldWords[field] && ` ${fieldWords[field]}`),
    h("td", named(was)), h("td", named(now)));
}
function valueText(stage, field, kind, value) {
  if (value === null || value === "absent" || value === -1) return "–";
  if (kind === "tenant" || kind === "dataPolicy") return policyWord(stage.version(kind, value));
  if (field === "uses") return value.map(row => stage.cast.connections[row].title).join(", ") || "–";
  if (field === "decision") return outcomeWord(useOutcome(stage.data, stage.play.decisions[value].outcome, stage.play.decisions[value].grounds)) ?? "–";
  if (field === "page") return value < 0 ? "–" : "a warning";
  return sentence(String(value));
}
