// The administrators' systems: what each of them has on record by now, the newest first, in the program's own words.

/** Rows of events by system. */
const systemRows = stage => rowsBy(stage, "systemRows", stage.play.events.system);
function systemChoice(stage) {
  const known = [...systemRows(stage).keys()].sort((a, b) => a - b);
  if (known.length < 2) return null;
  return h("label.choice", choice("system", "System", [[-1, "All"], ...known.map(system => [system, stage.data.systems[system]])], app.system, value => { app.system = Number(value); }));
}
function systemsScreen(stage) {
  const all = systemRows(stage), wanted = all.has(app.system) ? [app.system] : [...all.keys()];
  const lists = wanted.map(system => [system, all.get(system).filter(row => row < stage.replay.n)]).filter(([, rows]) => rows.length)
    .sort((a, b) => b[1].at(-1) - a[1].at(-1));
  if (!lists.length) return nothingYet(stage, [...all.values()].map(rows => stage.event("time", rows[0])).sort((a, b) => a - b));
  return replica(stage, "systems", null, shownTime(), false, lists.map(([system, rows]) => h("section", h("h3", stage.data.systems[system]),
    h("table.records", { "aria-label": stage.data.systems[system] }, tableHead(["Time", "Record", "Status"]),
      h("tbody", rows.slice(-mostRows).reverse().map(row => systemRow(stage, row))),
      rows.length > mostRows && h("caption", `and ${rows.length - mostRows} older ones`)))));
}
function systemRow(stage, row) {
  const word = stage.word(row), details = stage.text(stage.event("details", row));
  return h("tr", h("td", timeNode(stage.event("time", row))),
    h("td", h("button.link", { "data-focus": `record-${row}`, title: stage.told(row), onclick: () => { pause(); goToEvent(row + 1); } }, named(sentence(stage.caption(row)))),
      details && details.split("\n").map(line => h("p.muted", named(line)))),
    h("td", word && chip(markLook(stage, row), sentence(word))));
}
