// Tenants as columns, a connection a row: an arrow from the creator's tenant to the one signed in to.
// A row of its own for each, so that no label can meet another's arrow.

const mostTenants = 6, mostConnections = 24;

function drawMap() {
  const rows = connectionRows(app.stage);
  const columns = nearEvent(app.stage, declaredTenants(app.stage), rows.flatMap(row => [row.creator, row.signIn])).slice(0, mostTenants).sort((a, b) => a - b);
  const key = JSON.stringify([wide(), rows.map(row => row.key), columns, columns.map(row => policyRows(app.stage, row))]);
  redraw(byId("map"), key, () => isNarrow.matches ? connectionList(rows, false) : [mapPicture(rows, columns), connectionList(rows, true)]);
}
/** Present connections, and those that were refused or deleted so long as the current event speaks of them. */
function connectionRows(stage) {
  const rows = stage.cast.connections.map((_, row) => connectionRow(stage, row)).filter(row => row !== null);
  return rows.length > mostConnections ? grouped(rows) : rows;
}
function connectionRow(stage, row) {
  const state = stage.value("connection", row, "state"), current = stage.event("connection", stage.row) === row;
  const definition = stage.cast.definitions[stage.value("connection", row, "definition")];
  if (!definition || (state === "absent" && !current)) return null;
  const decision = stage.play.decisions[stage.value("connection", row, "decision")];
  const outcome = state === "absent" && stage.kind(stage.row) === "connection.blocked" ? "blocked" : mapOutcome(stage, state, decision);
  const connector = stage.cast.connectors[definition.connector].title, title = stage.cast.connections[row].title;
  return { key: [row, state, outcome, definition.creator, definition.signIn, current].join(" "), row, name: stage.cast.connections[row].name, title, connector,
    creator: definition.creator, signIn: definition.signIn, owner: stage.person(definition.owner), guest: definition.guest, outcome, state, current, count: 1 };
}
/** The map tells what a use would meet now, whatever the step was about; so it says so. */
const useText = row => ["absent", "disabled"].includes(row.outcome) ? row.outcome : `${row.state === "absent" ? "creation" : "use now"}: ${outcomeWord(row.outcome)}`;
function mapOutcome(stage, state, decision) {
  if (state === "absent") return "absent";
  if (state === "disabled") return "disabled";
  return decision ? useOutcome(stage.data, decision.outcome, decision.grounds) : "connected";
}
function grouped(rows) {
  const groups = new Map();
  for (const row of rows) {
    const key = [row.creator, row.signIn, row.connector, row.outcome].join(" ");
    const group = groups.get(key);
    if (group) { group.count += 1; group.current ||= row.current; group.key = `${key} ${group.count}`; } else groups.set(key, { ...row, key, row: -1, title: row.connector });
  }
  for (const group of groups.values()) if (group.count > 1) group.title = countText(group.count, "connection");
  return [...groups.values()].sort((a, b) => Number(b.current) - Number(a.current));
}

function mapPicture(rows, columns) {
  const shown = rows.filter(row => columns.includes(row.creator) && columns.includes(row.signIn)).slice(0, mostConnections);
  const left = rows.length - shown.length;
  return h("div.picture", { role: "img", "aria-label": mapSummary(rows) },
    h("div.tenants", columns.map(row => tenantBox(row, columns.length > 3))),
    h("div.arrows", columns.map((_, at) => lifeline(at, columns.length)), shown.map(row => arrow(row, columns)),
      rows.length === 0 && h("p.muted.none", "No connection yet.")),
    left > 0 && h("p.muted", `${countText(left, "connection")} between further tenants: see the list of events.`));
}
function mapSummary(rows) {
  const counts = new Map();
  for (const row of rows) counts.set(row.outcome, (counts.get(row.outcome) ?? 0) + row.count);
  const words = [...counts].map(([outcome, count]) => `${count} ${outcomeWord(outcome)}`);
  return `Map at ${timeText(shownTime())}: ${countText(declaredTenants(app.stage).length, "tenant")}, connections: ${words.join(", ") || "none"}.`;
}
const columnAt = (at, count) => 12 + 76 * at / max(count - 1, 1);
function tenantBox(row, isShort) {
  const policy = app.stage.policy(app.stage.value("tenant", row, "inForce"));
  const border = onTheWay(app.stage, row).length ? "changing" : policy?.on ? "on" : "off";
  const state = h("small", isShort ? "" : border === "changing" ? "changing" : `isolation ${border}`);
  return h(`div.tenant.${border}`, isShort && h("span.glyph", { changing: "◔ ", on: "✓ ", off: "○ " }[border]), called(app.stage.cast.tenants[row]), state);
}
const lifeline = (at, count) => h("span.lifeline", { style: { left: `${columnAt(at, count)}%` } });
function arrow(row, columns) {
  const [from, to] = [columns.indexOf(row.creator), columns.indexOf(row.signIn)].map(at => columnAt(at, columns.length));
  const [kind, glyph] = lookOf(row.outcome);
  // What has no room on the line is left out as a whole: first the connector, which comes last.
  const label = h("span.label", h("span.glyph." + kind, glyph), called(row), h("small", row.guest ? "(guest) " : "", useText(row)), row.title !== row.connector && h("small", row.connector));
  const inside = from === to;
  const line = inside ? { left: `${from - 1}%`, width: "2%" } : { left: `${min(from, to)}%`, width: `${Math.abs(to - from)}%` };
  const beside = Math.abs(to - from) < 40, right = max(from, to), left = min(from, to);
  const place = !beside ? { [to < from ? "right" : "left"]: `${to < from ? 100 - from : from}%`, maxWidth: `calc(${right - left}% - 2.75rem)` } : (from + to) / 2 > 50 ? { right: `${100 - left + 2}%`, maxWidth: `${left - 2}%` } : { left: `${right + 2}%`, maxWidth: `${98 - right}%` };
  return h(`div.arrow.${kind}${row.current ? ".current" : ""}${inside ? ".inside" : ""}${beside ? ".beside" : ""}${to < from ? ".back" : ""}`, 
    h("span.line", { style: line }), h("span.place", { style: place }, label));
}

/** The same facts as a list: for a phone, and for those who do not see the map. */
function connectionList(rows, hidden) {
  return h(hidden ? "ul.visually-hidden" : "ul.connection-list", { "aria-label": "Connections" },
    rows.length === 0 && h("li.muted", "No connection yet."),
    rows.slice(0, mostRows).map(row => h("li", chip(row.outcome, sentence(useText(row))), " ", h("strong", called(row)), " ", h("small", 
      `${row.connector}, of ${row.owner}${row.guest ? ", a guest" : ""}, `, named(app.stage.tenant(row.creator)),
      row.creator === row.signIn ? " itself" : [" to ", named(app.stage.tenant(row.signIn))]))));
}
