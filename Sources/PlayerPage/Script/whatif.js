// Two plays on one clock: what each of them shows now, and where they part.

function drawWhatIf() {
  if (!app.other) return;
  const [a, b] = [app.stage, app.other], rows = compared(a, b);
  const next = differenceAt(1), key = JSON.stringify([app.otherRow, app.data.plays.length, openQuestion(), rows, differencesKnown().length, nearDifference(), next]);
  redraw(byId("view-whatif"), key, () => [h("div.card.grow", sidesTable(a, b, rows)), h("div.card.grow", differenceList())]);
  document.querySelector(".differences [aria-current]")?.scrollIntoView({ block: "nearest" });
}
const differencesKnown = () => app.other?.play.differences ?? [];
/** @returns {[string, string, string][]} what, in A, in B */
function compared(a, b) {
  const rows = [];
  const both = (list, kind, field, write) => a.cast[list].forEach((item, row) => {
    const other = b.rowNamed(list, item.name);
    rows.push([list, item.title ?? item.name, field, write(a, row), other === undefined ? "–" : write(b, other)]);
  });
  both("tenants", "tenant", "saved", (stage, row) => policyWord(stage.policy(stage.value("tenant", row, "saved"))));
  both("tenants", "tenant", "in force", (stage, row) => policyWord(stage.policy(stage.value("tenant", row, "inForce"))));
  for (const [field, title] of Object.entries({ saved: "saved", inForce: "in force" }))
    both("dataPolicies", "dataPolicy", title, (stage, row) => policyWord(stage.version("dataPolicy", stage.value("dataPolicy", row, field))));
  both("connections", "connection", "use now", useNow);
  both("flows", "flow", "state", (stage, row) => sentence(stage.value("flow", row, "state") ?? "–"));
  both("flows", "flow", "latest run", latestRun);
  return rows.filter(row => !(row[3] === row[4] && ["–", "Absent", "None"].includes(row[3])));
}
function useNow(stage, row) {
  const item = connectionRow(stage, row);
  return item && item.state !== "absent" ? sentence(outcomeWord(item.outcome)) : "Absent";
}
function latestRun(stage, row) {
  const { groups } = runsUpTo(stage, row, app.time);
  return groups.length ? sentence(groups[0].verdict.outcome) + ` ${timeText(groups[0].last)}` : "–";
}
function sidesTable(a, b, rows) {
  return scrolling("Both plays", 
    app.data.plays.length > 2 && h("label.row.choice", "B ", h("select", { "data-focus": "other", onchange: chooseOther },
      app.data.plays.map((play, row) => row > 0 && h("option", { value: row, selected: row === app.otherRow }, play.title || play.name)))),
    h("table.sides", { "aria-label": `Both plays at ${timeText(shownTime())}` },
      tableHead(["What", "A: as written", ["B: ", named(b.play.title || b.play.name || "")]]),
      h("tbody", rows.map(([, title, field, inA, inB]) => h(`tr${inA === inB ? "" : ".differs"}`, h("th", { scope: "row" }, named(title), " ", h("small", field)),
        h("td", inA), h("td", inA === inB ? inB : [h("span.glyph", { "aria-label": "differs", role: "img" }, "≠ "), h("strong", inB)]))))));
}
function chooseOther(event) {
  app.otherRow = Number(event.target.value);
  loadKnown();
}
function differenceList() {
  const list = differencesKnown();
  return [h("div.row.between", h("h2", `Differences (${list.length})`), list.length > 0 && h("span.row", 
    h("button", { "data-focus": "difference-before", onclick: () => goToDifference(-1) }, "Previous"),
    h("button", { "data-focus": "difference-after", onclick: () => goToDifference(1) }, "Next"))),
  list.length === 0 ? h("p.muted", app.data.plays[0].clipped ? "None up to the question." : "None: both plays are equal.") :
    h("ol.scroll.differences", { tabIndex: 0, "aria-label": "Differences" }, list.map(differenceLine))];
}
function differenceLine(difference, row) {
  const side = (letter, text, outcome) => h("div", `${letter} `, text === null ? h("span.muted", "nothing") : [sign(`glyph.${lookOf(outcome)[0]}`, `${glyphOf(outcome)} `), named(text)]);
  return h("li", { "aria-current": row === nearDifference() ? "true" : undefined }, h("button.link", { "data-focus": `difference-${row}`, onclick: () => { pause(); goToTime(difference.time); } },
    timeNode(difference.time), difference.count > 1 && [" to ", timeNode(difference.last)], " ", named(app.stage.cast.flows.find(flow => flow.name === difference.flow)?.title ?? ""), difference.count > 1 && ` (${difference.count} runs)`),
    sideTexts(difference).map((text, at) => side("AB"[at], text, at ? difference.outcomeB : difference.outcomeA)));
}
/** Both sides in their events' sentences, or in the program's fuller words where those are equal. */
function sideTexts(difference) {
  const texts = [sideText(app.stage, difference.a, difference.eventA), sideText(app.other, difference.b, difference.eventB)];
  return texts[0] === texts[1] ? [difference.a, difference.b] : texts;
}
/** An event's own sentence; the program's text for runs. */
const sideText = (stage, text, row) => text === null || row < 0 || stage.event("runs", row) >= 0 ? text :
  [stage.caption(row), stage.word(row)].filter(isThere).join(": ");
const nearDifference = () => differencesKnown().findLastIndex(difference => difference.time <= app.time);
function differenceAt(by) {
  const list = differencesKnown();
  return by > 0 ? list.find(difference => difference.time > app.time) : list.findLast(difference => difference.time < app.time);
}
function goToDifference(by) {
  if (!app.other) return toast("There is no second play in this file.");
  const next = differenceAt(by);
  if (!next) return toast(by > 0 ? "No further difference." : "No earlier difference.");
  pause();
  if (app.view !== "whatif") app.view = "whatif";
  goToTime(next.time);
  announce(`Difference at ${timeText(next.time)}: A ${next.a ?? "nothing"}, B ${next.b ?? "nothing"}.`);
}
