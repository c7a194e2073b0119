// One view at a time: the demonstration, two plays side by side, all events, all checks.

function drawViews() {
  document.body.dataset.view = app.view;
  byId("panes").hidden = app.view !== "demo";
  for (const view of Object.keys(viewTitles)) byId(`view-${view}`).hidden = view !== app.view;
  if (app.view === "demo") drawDemo();
  if (app.view === "whatif") drawWhatIf();
  if (app.view === "events") drawEvents();
  if (app.view === "checks") drawChecks();
}

/** The fixed parts, made once. */
function buildViews() {
  const pane = (name, label, ...children) => h(`section.pane.${name}`, { "aria-label": label }, children);
  const demo = h("div.view.demo", { id: "view-demo", role: "group", "aria-label": "Demo" },
    pane("policies", "Policies", h("div.card.grow", h("h2", "Policies"), Object.assign(scrolling("Policies of each tenant"), { id: "policies" }))),
    pane("stage", "Stage",
      h("div.card.map", h("h2", { id: "map-title" }, "Connections"), h("div", { id: "map" })),
      h("div.card.seen.grow", h("h2.visually-hidden", "What people see"), h("div.tab-row", { id: "seen-tabs" }),
        h("div.scroll", { id: "seen", role: "tabpanel", tabIndex: 0, "aria-labelledby": "tab-maker" }))),
    pane("explain", "Explanation", h("div.card.grow", Object.assign(scrolling("Why, what to say, and what changed"), { id: "explain" }))));
  const whole = (view, label) => h(`div.view.${view}`, { id: `view-${view}`, hidden: true, role: "region", "aria-label": label });
  byId("main").append(h("div.panes", { id: "panes" }), demo,
    whole("whatif", "What-if"), whole("events", "Events"), whole("checks", "Checks"));
}

function drawDemo() {
  byId("view-demo").dataset.pane = shownPane();
  byId("view-demo").tabIndex = isNarrow.matches ? 0 : -1;
  redraw(byId("panes"), `${shownPane()} ${wide()} ${app.view}`, paneTabs);
  drawPolicies();
  drawMap();
  drawSeen();
  makeRoom();
  drawExplain();
}
/** Where what people see does not fit beneath the map, only the connection that the event is about stays, then none. */
function makeRoom() {
  const map = document.querySelector(".map"), fits = part => part.scrollHeight <= part.clientHeight + 1;
  for (const room of ["all", "current", "none"]) {
    map.dataset.room = room;
    if (fits(byId("seen")) && fits(map.parentElement)) return;
  }
}

const isNarrow = matchMedia("(max-width: 899px)"), isMedium = matchMedia("(max-width: 1199px)");
const wide = () => isNarrow.matches ? "narrow" : isMedium.matches ? "medium" : "wide";
const panesOf = {
  wide: [], medium: [["policy", "Policies"], ["why", "Why"]],
  narrow: [["map", "Map"], ["policy", "Policy"], ["see", "See"], ["why", "Why"]],
};
/** Where there is no room for all panes, one of these is shown. */
function shownPane() {
  const panes = panesOf[wide()];
  return panes.some(([pane]) => pane === app.pane) ? app.pane : panes[0]?.[0] ?? "all";
}
function paneTabs() {
  const panes = panesOf[wide()];
  return panes.length > 0 &&
    tabList("Panes", panes.map(([id, title]) => ({ id: `pane-${id}`, title })), `pane-${shownPane()}`, id => setPane(id.slice(5)), "view-demo");
}
