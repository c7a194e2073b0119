// Each tenant's policy as saved beside the one in force: the hour between them is the subject of this simulation.

function drawPolicies() {
  const tenants = tenantsOf(app.stage);
  const key = JSON.stringify([app.full.start, app.tenant, openQuestion(), app.time, nearEvent(app.stage, tenants, [])[0], tenants.map(row => policyRows(app.stage, row)), dataPoliciesNow(app.stage)]);
  redraw(byId("policies"), key, () => policyCards(app.stage, tenants));
}

/** All but those that only a rule's id speaks of. */
const declaredTenants = stage => [...stage.cast.tenants.keys()].filter(row => stage.cast.tenants[row].domains.length);
/** Tenants with a policy ever, those that take part in connections after them. */
function tenantsOf(stage) {
  const rows = declaredTenants(stage);
  const weight = row => stage.play.policies.some(policy => policy.tenant === row && (policy.on || policy.savedAt !== null)) ? 0 : 1;
  return rows.sort((a, b) => weight(a) - weight(b) || a - b);
}
const policyRows = (stage, row, kind = "tenant") => [stage.value(kind, row, "saved"), stage.value(kind, row, "inForce")];
/** What is saved and will change what is in force, in order. */
function onTheWay(stage, row, kind = "tenant") {
  const [saved, inForce] = policyRows(stage, row, kind), all = kind === "tenant" ? stage.play.policies : stage.play.dataPolicies;
  return all.slice((inForce ?? -1) + 1, (saved ?? -1) + 1).filter(policy => policy[kind] === row && !policy.unchanged);
}
/** Of more rows than the map has room for, first those that the current event is about, then `others`. */
function nearEvent(stage, rows, others) {
  if (rows.length <= mostTenants) return rows;
  const about = ["tenant", "signIn"].map(field => stage.event(field, stage.row));
  return [...new Set([...about, ...others, ...rows])].filter(row => rows.includes(row));
}
/** Data policies that are saved or in force: their row, and the two. */
const dataPoliciesNow = stage => stage.cast.dataPolicies.map((_, row) => [row, ...policyRows(stage, row, "dataPolicy")])
  .filter(([, ...rows]) => rows.some(row => stage.version("dataPolicy", row).on));

/** Off, On, or on its way from one to the other. */
function tenantChip(stage, row, kind = "tenant") {
  const policy = stage.version(kind, stage.value(kind, row, "inForce"));
  return onTheWay(stage, row, kind).length ? chip("propagating") : chip(policy?.on ? "on" : "off");
}

function policyCards(stage, tenants) {
  const shown = app.tenant >= 0 ? [app.tenant] : nearEvent(stage, tenants, []).slice(0, 2), others = tenants.filter(row => !shown.includes(row));
  return [shown.map(row => policyCard(stage, row)), dataPoliciesNow(stage).map(([row]) => policyCard(stage, row, "dataPolicy")),
    others.length > 0 && h("ul.tenant-list", app.tenant >= 0 && h("li", h("button.link", { "data-focus": "tenant-all", onclick: () => { app.tenant = -1; draw(); } }, "Show two tenants")), others.map(row => tenantRow(stage, row)))];
}
function tenantRow(stage, row) {
  return h("li.row", h("button.link", {
    "data-focus": `tenant-${row}`, onclick: () => { app.tenant = row; draw(); },
  }, named(stage.tenant(row))), tenantChip(stage, row));
}
function policyCard(stage, row, kind = "tenant") {
  const [savedRow, inForceRow] = policyRows(stage, row, kind), saved = stage.version(kind, savedRow), inForce = stage.version(kind, inForceRow);
  const isTenant = kind === "tenant", title = called((isTenant ? stage.cast.tenants : stage.cast.dataPolicies)[row]);
  const since = saved?.savedAt === null ? "since before the start" : ["at ", timeNode(saved?.savedAt ?? 0)];
  return h("div.policy",
    h("h3.row", title, tenantChip(stage, row, kind)), !isTenant && h("small", "Data policy of ", named(stage.tenant(saved.tenant))),
    h("dl",
      neverChanges(stage, row, kind) ? policyLine("All along", saved) :
        [policyLine("Saved", saved, since), policyLine("In force", inForce, inForceSince(stage, row, kind))],
      takesEffect(onTheWay(stage, row, kind))),
    isTenant && saved?.rules.length + inForce?.rules.length > 0 && rulesTable(saved, inForce));
}
const neverChanges = (stage, row, kind) => ["saved", "inForce"].every(field => stage.history(kind, row, field).length < 2);
function policyLine(label, policy, when) {
  return h("div", h("dt", label), h("dd", h("strong", policyWord(policy)), " ", h("small", when)));
}
function inForceSince(stage, row, kind) {
  const change = stage.history(kind, row, "inForce").findLast(([, n]) => n <= stage.replay.n);
  return change && change[1] > 0 ? ["since ", timeNode(change[0])] : kind === "tenant" && "since before the start";
}
function takesEffect(waiting) {
  if (waiting.some(policy => policy.inForceAt === null)) return h("div.pending", h("dt", "In force from"), h("dd", "hidden while you predict"));
  return waiting.map(policy => h("div.pending", h("dt", waiting.length > 1 ? `${policyWord(policy)} from` : "In force from"),
    h("dd", timeNode(policy.inForceAt), " ", h("small", countdown(policy)))));
}
function countdown(policy) {
  const about = policy.earliest < policy.latest ? `between ${timeText(policy.earliest)} and ${timeText(policy.latest)}, here ` : "";
  return `${about}in ${spanText(policy.inForceAt - shownTime())}`;
}

const mostRules = 12;
/** An id that nothing is known about, short enough for a table. */
const shortTitle = rule => rule.title === rule.id && rule.id.length > 16 ? `${rule.id.slice(0, 8)}…${rule.id.slice(-4)}` : rule.title;
/** One row a tenant, with a mark for what is saved and what is in force. */
function rulesTable(saved, inForce) {
  const ids = [...new Set([...(saved?.rules ?? []), ...(inForce?.rules ?? [])].map(rule => rule.id))];
  return h("table", { "aria-label": "Rules" },
    tableHead(["Direction", "Tenant", "Saved", "In force"]),
    h("tbody", ids.slice(0, mostRules).map(id => ruleRow(id, saved, inForce))),
    ids.length > mostRules && h("caption", `and ${ids.length - mostRules} more`));
}
function ruleRow(id, saved, inForce) {
  const find = policy => policy?.rules.find(rule => rule.id === id);
  const [a, b] = [find(saved), find(inForce)], same = a?.direction === b?.direction;
  const mark = rule => rule ? h("td", sign("glyph", "✓"), h("span.visually-hidden", "yes"),
    !same && a && b && ` ${rule.direction.replace("bound", "")}`) : h("td", h("span.muted", "no"));
  return h("tr", h("td", directionWord[(a ?? b).direction]),
    h("td", { title: id }, named(shortTitle(a ?? b))), mark(a), mark(b));
}
