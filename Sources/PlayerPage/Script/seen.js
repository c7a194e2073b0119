// What the people concerned have on their screens now. Reconstructions in words and layout; nothing is copied.

const seenTabs = { maker: "Maker", flow: "Flow page", runs: "Runs", admin: "Admin center", systems: "Systems" };

function drawSeen() {
  const tabs = Object.entries(seenTabs).map(([id, title]) => ({ id, title, badge: id === "systems" && app.seen !== id && app.stage.event("system", app.stage.row) >= 0 && "•" }));
  const choices = { flow: flowChoice, runs: flowChoice, admin: tenantChoice, systems: systemChoice };
  redraw(byId("seen-tabs"), `${app.seen} ${app.flow} ${app.tenant} ${seenKey()}`, () => [tabList("What people see", tabs, app.seen, setSeen, "seen"), choices[app.seen]?.(app.stage)]);
  byId("seen").setAttribute("aria-labelledby", `tab-${app.seen}`);
  const draws = { maker: makerScreen, flow: flowScreen, runs: runsScreen, admin: adminScreen, systems: systemsScreen };
  redraw(byId("seen"), seenKey(), () => draws[app.seen](app.stage));
}
/** Only what the chosen screen depends on. */
function seenKey() {
  const time = app.seen === "runs" || app.seen === "flow" ? runsUpTo(app.stage, chosenFlow(app.stage), app.time).total : "";
  return JSON.stringify([app.seen, app.n, app.stage.row, app.flow, app.openRun, app.tenant, app.system, time, openQuestion()]);
}

/** A screen with its label: a reconstruction of what, after which source, who sees it and when. */
function replica(stage, surface, viewer, time, verbatim, ...content) {
  const source = stage.data.surfaces.find(item => item.id === surface) ?? { title: "A success", source: "no source: a summary", date: "" };
  return h("article.replica", { "aria-label": `Reconstruction: ${source.title}` },
    h("p.by", h("span.tag", "Reconstruction"), " ", h("strong", source.title), viewer !== null && [", seen by ", h("strong", named(viewer))], " at ", timeNode(time),
      h("small", `${source.date ? `After ${source.source}, ${source.date}` : sentence(source.source)} (${source.basis ?? "assumed"}); ${verbatim ? "words as there." : "words partly the simulator's."}`)),
    h("div.screen", content));
}
const nothingYet = (stage, rows) => h("p.muted", "Nothing yet.",
  !stage.play.clipped && rows.length > 0 && [" First at ", timeNode(rows[0]), "."]);

// --- Maker: what the latest thing that somebody made or opened looked like

function makerScreen(stage) {
  const row = latestMade(stage);
  if (row < 0) return nothingYet(stage, madeRows(stage).slice(0, 1).map(at => stage.event("time", at)));
  const error = stage.play.errors[stage.event("error", row)], viewer = stage.person(stage.event("actor", row));
  const time = stage.event("time", row);
  if (!error) return replica(stage, stage.kind(row).startsWith("connection.") ? "connections" : "", viewer, time, false, doneScreen(stage, row));
  const draws = { "connection-card": connectionCard, "power-apps": appsError, "app": appsError, "flow-designer": flowDesigner };
  return replica(stage, error.surface, viewer, time, error.verbatim, (draws[error.surface] ?? plainError)(stage, row, error));
}
const isMade = (stage, row) => (["design", "app"].includes(stage.text(stage.event("part", row))) || stage.kind(row) === "share.changed") && stage.event("actor", row) >= 0;
/** Rows of what people made or opened, found once for a stage. @returns {number[]} */
function madeRows(stage) {
  stage.made ??= [...stage.play.events.time.keys()].filter(row => isMade(stage, row));
  return stage.made;
}
const latestMade = stage => madeRows(stage)[countUpTo(madeRows(stage), stage.replay.n - 1) - 1] ?? -1;
function subjectTitle(stage, row) {
  for (const [kind, list] of [["flow", "flows"], ["app", "apps"], ["connection", "connections"]]) {
    const at = stage.event(kind, row);
    if (at >= 0) return stage.cast[list][at].title;
  }
  return "";
}
const sharesOf = (stage, kind, row) => row >= 0 && stage.value(kind, row, "shares");
/** Whom the app or flow of an event is shared with now. */
const sharesLine = (stage, row) => ["app", "flow"].map(kind => sharesOf(stage, kind, stage.event(kind, row))).filter(isThere).map(shares => h("p", "Shared with ", named(shares), "."));
function doneScreen(stage, row) {
  const owner = stage.event("actor", row);
  const own = stage.cast.connections.map((_, at) => connectionRow(stage, at))
    .filter(item => item && item.state !== "absent" && item.owner === stage.person(owner));
  return [h("p.done", sign("glyph.allowed", "✓ "), named(sentence(stage.caption(row))), ": ", stage.word(row)), sharesLine(stage, row),
    own.length > 0 && h("table", { "aria-label": "Connections of this maker" },
      tableHead(["Name", "Connector", "Status"]),
      h("tbody", own.map(item => h("tr", h("td", named(item.title)), h("td", item.connector), h("td", sentence(item.state))))))];
}
function connectionCard(stage, row, error) {
  const connector = connectorOf(stage, row);
  return h("div.flow-card", 
    h("p.flow-card-title", sign("warn", "⚠"), " ", named(subjectTitle(stage, row) || connector)),
    h("p.notice", sign("info", "i"), named(error.message)),
    h("p.row", `Sign in to create a connection to ${connector}.`, fakeButton("Sign in"), fakeButton("Cancel")));
}
function connectorOf(stage, row) {
  const definition = stage.event("connection", row) < 0 ? null : stage.value("connection", stage.event("connection", row), "definition");
  return definition === null ? "the connector" : stage.cast.connectors[stage.cast.definitions[definition].connector].title;
}
/** A picture of a button: it does nothing, so it is none. */
const fakeButton = title => h("span.fake-button", title);
const appsError = (stage, row, error) => h("div.studio", 
  h("p.studio-bar", named(subjectTitle(stage, row) || "Power Apps")),
  h("div.box", h("p.box-title", "✕ Error"), h("p", named(error.message)), h("p", fakeButton("OK"))), sharesLine(stage, row));
const flowDesigner = (stage, row, error) => [
  h("p.banner.suspended", sign("glyph", "‖ "), "This flow was saved, but it is Suspended."),
  h("div.flow-card", h("p.flow-card-title", sign("warn", "⚠"), " ", named(subjectTitle(stage, row))),
    h("p.notice", named(error.message)))];
const plainError = (stage, row, error) => h("div.box", h("p.box-title", named(subjectTitle(stage, row) || "Request")),
  messageLines(error));
const messageLines = error => error.message.split("\n").map(line => h("p", named(line)));

// --- Flow page and run history

/** The flow somebody chose, else the one the latest event was about, else the first there is. */
function chosenFlow(stage) {
  if (app.flow >= 0 && app.flow < stage.cast.flows.length) return app.flow;
  for (let row = stage.row; row >= 0 && row > stage.row - 200; row--) if (stage.event("flow", row) >= 0) return stage.event("flow", row);
  return stage.cast.flows.findIndex((_, row) => stage.value("flow", row, "state") !== "absent");
}
function flowChoice(stage) {
  if (stage.cast.flows.length < 2) return null;
  const rows = [...new Set([...app.flow < 0 ? [] : [app.flow], ...nearRows(stage, "flow", [...stage.cast.flows.keys()], 100)])].sort((a, b) => a - b);
  return h("label.choice", choice("flow", "Flow", [[-1, "Latest flow"], ...rows.filter(row => stage.value("flow", row, "state") !== "absent").map(row => [row, stage.cast.flows[row].title])],
    app.flow, value => { app.flow = Number(value); app.openRun = -1; }));
}
function flowScreen(stage) {
  const row = chosenFlow(stage), state = row < 0 ? null : stage.value("flow", row, "state");
  if (!state || state === "absent") return nothingYet(stage, firstFlowTimes(stage));
  const text = stage.text(stage.value("flow", row, "page")), owner = stage.value("flow", row, "owner");
  const warned = text && state !== "suspended";
  return replica(stage, "flow-page", stage.person(owner), shownTime(), Boolean(warned),
    warned && h("p.banner.failed", sign("glyph", "⚠ "), text, " ", fakeButton("Flow checker ●")),
    state === "suspended" && h("p.banner.suspended", sign("glyph", "‖ "), "This flow is Suspended: it does not run until its maker resolves it and saves it or turns it on again."),
    state === "suspended" && text && h("p.notice", named(text)),
    flowDetails(stage, row, state));
}
const firstFlowTimes = stage => stage.play.events.time.filter((time, row) => stage.event("flow", row) >= 0 && time > app.time).slice(0, 1);
function flowDetails(stage, row, state) {
  const flow = stage.cast.flows[row], uses = stage.value("flow", row, "uses") ?? [];
  const trigger = { recurrence: flow.period ? `Scheduled, every ${spanText(flow.period)}` : "Scheduled", signal: "Automated", manual: "Instant" }[flow.trigger];
  const past = runsUpTo(stage, row, app.time);
  const item = (term, ...value) => h("div", h("dt", term), h("dd", value));
  return h("dl.details", item("Flow", named(flow.title)), item("Status", chip(state)), item("Type", trigger),
    item("Owner", named(stage.person(stage.value("flow", row, "owner")))), sharesOf(stage, "flow", row) && item("Shared with", named(sharesOf(stage, "flow", row))),
    item("Connections", uses.map((use, at) => [at > 0 && ", ", named(stage.cast.connections[use].title)])),
    item("28-day run history", past.total ? Object.entries(past.counts).map(([outcome, count], at) =>
      [at > 0 && ", ", `${count} ${sentence(outcome)}`]) : "no runs"));
}

/** Groups of a flow's runs within 28 days before `time`, newest first; runs of a kind that is no run stay out. */
function runsUpTo(stage, flow, time) {
  const groups = [], counts = {}, { runs } = stage.play;
  let total = 0;
  for (const row of runsOf(stage).get(flow) ?? []) {
    if (runs.first[row] > time) break;
    const verdict = stage.play.verdicts[runs.verdict[row]];
    if (verdict.kind === "flow.triggerFailed") continue;
    const [first, last, count] = partUpTo(runs.parts[row], time - 28 * day, time);
    if (!count) continue;
    const before = groups[groups.length - 1];
    if (before && before.verdict === verdict) Object.assign(before, { last, count: before.count + count });
    else groups.push({ row, verdict, first, last, count });
    counts[verdict.outcome] = (counts[verdict.outcome] ?? 0) + count;
    total += count;
  }
  return { groups: groups.reverse(), counts, total };
}
/** [first, last, count] of the runs of `parts` within from … to; runs are arithmetic, none is stored. */
function partUpTo(parts, from, to) {
  let first = Infinity, last = -Infinity, count = 0;
  for (let at = 0; at < parts.length; at += 3) {
    const [start, period, all] = [parts[at], parts[at + 1], parts[at + 2]];
    if (start > to) break;
    const low = period && start < from ? Math.ceil((from - start) / period) : start < from ? 1 : 0;
    const high = period ? min(all - 1, Math.floor((to - start) / period)) : 0;
    if (high < low) continue;
    first = min(first, start + low * period);
    last = max(last, start + high * period);
    count += high - low + 1;
  }
  return [first, last, count];
}
/** Rows by what a column holds, found once for a stage. @returns {Map<number, number[]>} */
function rowsBy(stage, name, column) {
  if (stage[name]) return stage[name];
  stage[name] = new Map();
  column?.forEach((value, row) => {
    if (value < 0) return;
    if (!stage[name].has(value)) stage[name].set(value, []);
    stage[name].get(value).push(row);
  });
  return stage[name];
}
const runsOf = stage => rowsBy(stage, "runRows", stage.play.runs.flow);
const mostRows = 100;
function runsScreen(stage) {
  const flow = chosenFlow(stage), { groups, total } = flow < 0 ? { groups: [], total: 0 } : runsUpTo(stage, flow, app.time);
  if (!total) return nothingYet(stage, flow < 0 ? [] : (runsOf(stage).get(flow) ?? []).map(row => stage.play.runs.first[row]));
  const open = groups.find(group => group.row === app.openRun);
  const owner = stage.person(stage.value("flow", flow, "owner"));
  if (open) return replica(stage, "run-details", owner, shownTime(), stage.play.errors[open.verdict.error]?.verbatim ?? false, runDetails(stage, flow, open));
  return replica(stage, "run-history", owner, shownTime(), true, h("table.runs", { "aria-label": `28-day run history of ${stage.cast.flows[flow].title}` },
    tableHead(["Start", "Duration", "Status"]),
    h("tbody", groups.slice(0, mostRows).map(runRow))),
    groups.length > mostRows && h("p.muted", `${groups.length - mostRows} older groups of runs are not shown.`));
}
function runRow(group) {
  const [kind, glyph] = lookOf(group.verdict.outcome);
  return h("tr", 
    h("td", h("button.link", { "data-focus": `run-${group.row}`, onclick: () => { app.openRun = group.row; draw(); } },
      timeNode(group.last), group.count > 1 && [" back to ", timeNode(group.first)])),
    h("td", spanText(group.verdict.duration)),
    h("td", sign(`glyph.${kind}`, glyph), ` ${group.count > 1 ? `${group.count} ` : ""}${sentence(group.verdict.outcome)}`));
}
function runDetails(stage, flow, group) {
  const { verdict } = group, error = stage.play.errors[verdict.error], failed = verdict.outcome === "failed";
  return [h("p.row", h("button", { "data-focus": "runs-back", onclick: () => { app.openRun = -1; draw(); } }, "All runs"),
    h("strong", named(stage.cast.flows[flow].title)), "Ran at ", timeNode(group.last)),
  !failed && h("p.banner.good", "✓ Your flow ran successfully."),
  h("ol.steps", verdict.steps.map((name, at) => runStep(name, at, verdict))),
  failed && error && h("dl.details", 
    [["Start time", timeText(group.last)], ["Duration", spanText(verdict.duration)], ["Error", error.message.split("\n")[0]],
      ["Error Details", error.message.split("\n").slice(1).join(" ")]].map(([term, text]) => text && h("div", h("dt", term), h("dd", named(text)))))];
}
function runStep(name, at, verdict) {
  const [mark, kind, word] = at === verdict.failedStep ? ["!", "blocked", "failed"] :
    verdict.failedStep >= 0 && at > verdict.failedStep ? ["--", "unevaluated", "skipped"] : ["✓", "allowed", "succeeded"];
  return h(`li.${kind}`, sign(`glyph.${kind}`, mark), " ", named(name), h("small", word));
}

// --- Admin center: the saved policy, in the layout of the scenario's edition

function adminScreen(stage) {
  const row = chosenTenant(stage);
  if (row === undefined) return nothingYet(stage, []);
  const policy = stage.policy(stage.value("tenant", row, "saved"));
  const admin = stage.cast.people.find(person => person.home === row && person.setsIsolation)?.name ?? null;
  return replica(stage, "admin-center", admin, shownTime(), false, center(policy, centers[stage.data.edition]));
}
const chosenTenant = stage => app.tenant >= 0 ? app.tenant : tenantsOf(stage)[0];
function tenantChoice(stage) {
  const tenants = tenantsOf(stage), chosen = chosenTenant(stage);
  if (tenants.length < 2) return null;
  return h("label.choice", choice("admin-tenant", "Tenant", tenants.map(row => [row, stage.tenant(row)]), chosen, value => { app.tenant = Number(value); }));
}
const centers = {
  2023: ["Policies › Tenant isolation", "+ New tenant rule", "Tenant name"],
  2025: ["Security › Identity and access › Tenant isolation", "Add exceptions", "Microsoft Entra tenant name"],
};
function center(policy, [path, button, tenant]) {
  return [h("p.row.crumbs", path, fakeButton(button)),
    h("p.toggle-line", h(`span.toggle${policy?.on ? ".on" : ""}`, unspoken), h("strong", policy?.on ? "On" : "Off"), " Restrict cross-tenant connections"),
    adminGrid(policy, ["Allowed direction", tenant, "Tenant ID"])];
}
function adminGrid(policy, heads) {
  if (!policy?.rules.length) return h("p.muted", policy?.text ? "Never configured, no rules." : "No rules.");
  return h("table", { "aria-label": "Tenant rules" }, tableHead(heads),
    h("tbody", policy.rules.slice(0, mostRows).map(rule => h("tr", h("td", directionWord[rule.direction]), h("td", named(rule.title)), h("td.mono", named(rule.id))))),
    policy.rules.length > mostRows && h("caption", `and ${policy.rules.length - mostRows} more`));
}
