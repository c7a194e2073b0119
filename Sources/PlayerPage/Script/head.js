// The head: title, clock, views, and a menu of everything that has a key.

const viewTitles = { demo: "Demo", whatif: "What-if", events: "Events", checks: "Checks" };

function drawHead() {
  const question = openQuestion() >= 0;
  const chapter = app.data.script.chapters[chapterAt(app.time)];
  // A scenario's title often gives its end away.
  const title = question ? chapter?.title ?? "What happens next?" : app.full.title;
  redraw(byId("title"), title, () => named(title));
  document.title = `${title} · Simulation`;
  redraw(byId("seed"), app.full.seed, () => ["seed ", h("span.mono", app.full.seed)]);
  redraw(byId("clock"), String(shownTime()), () => [clockText(shownTime()), h("small", headDate())]);
  redraw(byId("views"), `${app.view} ${app.data.plays.length} ${app.predict}`, viewButtons);
}
const headDate = () => dayText(app.time).replace(/.$/, ", ") + dateText(app.time) + " UTC";
function viewButtons() {
  const views = Object.entries(viewTitles).filter(([view]) => view !== "whatif" || app.full.plays.length > 1);
  const predict = asked().length > 0 && h("button", {
    "data-focus": "predict", "aria-pressed": app.predict, onclick: togglePredict,
  }, "Questions");
  return [views.map(([view, title]) => h("button", {
    "data-focus": view, "aria-current": app.view === view, onclick: () => setView(view),
  }, title)), predict];
}

/** A menu of real buttons: all actions, with their keys. */
function openMenu() {
  byId("menu-panel")?.remove();
  const item = command => h("button.plain", {
    onclick: () => { panel.hidePopover(); command.run(); },
  }, command.title, command.keys.length > 0 && h("kbd", command.keys[0]));
  const panel = h("nav.menu-panel", { id: "menu-panel", popover: "auto", "aria-label": "Menu" },
    commands.filter(command => command.inMenu?.() ?? false).map(item));
  panel.addEventListener("toggle", event => { if (/** @type {any} */ (event).newState === "closed") panel.remove(); });
  document.body.append(panel);
  panel.showPopover();
  panel.querySelector("button")?.focus();
}

/** Light, dark, or as the machine says. */
const dark = matchMedia("(prefers-color-scheme: dark)");
function applyTheme() {
  const isDark = app.theme === "dark" || (app.theme === "auto" && dark.matches);
  document.documentElement.dataset.theme = isDark ? "dark" : "light";
  app.densityKey = "";
}
function nextTheme() {
  const order = ["auto", "light", "dark"];
  app.theme = order[(order.indexOf(app.theme) + 1) % order.length];
  try { localStorage.setItem("gateway-sim-theme", app.theme); } catch { /* a page from a file may have no storage */ }
  applyTheme();
  toast(`Theme: ${app.theme}`);
  draw();
}
