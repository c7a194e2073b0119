// The page comes to life, or says in a sentence why it cannot.

function start() {
  app.full = app.data = readData();
  try { app.theme = localStorage.getItem("gateway-sim-theme") ?? "auto"; } catch { /* no storage for files */ }
  applyTheme();
  buildViews();
  buildDock();
  byId("menu").addEventListener("click", openMenu);
  document.addEventListener("keydown", onKey);
  addEventListener("hashchange", readLink);
  addEventListener("beforeprint", () => { if (!byId("handout")) buildHandout(); });
  addEventListener("afterprint", removeHandout);
  new ResizeObserver(() => { app.densityKey = ""; draw(); }).observe(document.body);
  for (const query of [isNarrow, isMedium, reduced]) query.addEventListener("change", () => draw());
  dark.addEventListener("change", () => { applyTheme(); draw(); });
  readLink();
  queueMicrotask(() => performance.mark("ready"));
}
function sayWhyNot(error) {
  document.body.replaceChildren(h("main.why-not", h("h1", "This page cannot be shown"), h("p", error.message)));
}
// What can be reached from outside: the names that are written shorter in a page.
Object.assign(globalThis, {
  Replay, app, asked, buildHandout, byId, chip, decisionTree, drawDock, drawNow, eventCount, goToEvent, goToTime, min, openQuestion, questionNow, removeHandout, reveal, seenTabs, setPane, setSeen, setView,
  timeScale, toast,
});
try { start(); } catch (error) { sayWhyNot(/** @type {Error} */ (error)); }
