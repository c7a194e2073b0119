// What can be done, and by which key. Presenter remotes send PageDown and PageUp, and "." or "b" for blank.

/** @typedef {{title: string, keys: string[], run: () => void, inMenu?: () => boolean}} Command */

const always = () => true, small = () => isMedium.matches;
/** @type {Command[]} */
const commands = [
  { title: "Demo", keys: [], run: () => setView("demo"), inMenu: small },
  { title: "Checks", keys: [], run: () => setView("checks"), inMenu: small },
  { title: "Play or pause", keys: ["Space", "K", "."], run: togglePlay },
  { title: "Next event", keys: ["→", "PageDown"], run: () => step(1) },
  { title: "Previous event", keys: ["←", "PageUp"], run: () => step(-1) },
  { title: "Next change of outcome", keys: ["Shift+→"], run: () => stepOutcome(1) },
  { title: "Previous change of outcome", keys: ["Shift+←"], run: () => stepOutcome(-1) },
  { title: "Next chapter", keys: ["Shift+PageDown", "]"], run: () => stepChapter(1) },
  { title: "Previous chapter", keys: ["Shift+PageUp", "["], run: () => stepChapter(-1) },
  { title: "What somebody else sees", keys: ["S"], run: () => chooseSeen(Object.keys(seenTabs).indexOf(app.seen) + 1) },
  { title: "Scroll the explanation down", keys: ["↓"], run: () => scrollExplanation(1) },
  { title: "Scroll the explanation up", keys: ["↑"], run: () => scrollExplanation(-1) },
  { title: "Start", keys: ["Home"], run: () => { pause(); goToTime(0); } },
  { title: "End", keys: ["End"], run: () => { pause(); goToTime(lastTime()); } },
  { title: "Faster", keys: ["+"], run: () => changeSpeed(1), inMenu: () => isNarrow.matches },
  { title: "Slower", keys: ["−"], run: () => changeSpeed(-1), inMenu: () => isNarrow.matches },
  { title: "Skip idle time", keys: ["I"], run: toggleIdle, inMenu: always },
  { title: "Zoom to the chapter, or all", keys: ["Z"], run: toggleZoom, inMenu: always },
  { title: "Events", keys: ["E"], run: toggleEvents, inMenu: small },
  { title: "Find", keys: ["/"], run: openFind, inMenu: always },
  { title: "What-if", keys: ["W"], run: () => setView(app.view === "whatif" ? "demo" : "whatif"), inMenu: () => small() && app.full.plays.length > 1 },
  { title: "Next difference", keys: ["D"], run: () => goToDifference(1) },
  { title: "Previous difference", keys: ["Shift+D"], run: () => goToDifference(-1) },
  { title: "Questions: ask, and hide what follows", keys: ["Q"], run: togglePredict, inMenu: () => small() && asked().length > 0 },
  { title: "Reveal the answer", keys: ["R"], run: reveal },
  { title: "Hint", keys: ["H"], run: showHint },
  { title: "Notes in a window of their own", keys: ["N"], run: openNotes, inMenu: always },
  { title: "Full screen", keys: ["F"], run: toggleFullScreen, inMenu: always },
  { title: "Blank the screen", keys: ["B"], run: toggleBlank, inMenu: always },
  { title: "Theme: auto, light, dark", keys: ["T"], run: nextTheme, inMenu: always },
  { title: "Copy a link to this moment", keys: ["C"], run: copyLink, inMenu: always },
  { title: "Print the handout", keys: ["P"], run: printHandout, inMenu: always },
  { title: "Help", keys: ["?"], run: openHelp, inMenu: always },
];
const keyNames = { " ": "Space", ArrowRight: "→", ArrowLeft: "←", ArrowDown: "↓", ArrowUp: "↑", "-": "−", "=": "+" };
const commandOf = new Map(commands.flatMap(command => command.keys.map(key => [key, command])));

/** The key as the table above writes it. */
function keyName(event) {
  const name = keyNames[event.key] ?? (event.key.length === 1 ? event.key.toUpperCase() : event.key);
  return event.shiftKey && /^([←→D]|Page.*)$/.test(name) ? `Shift+${name}` : name;
}
function onKey(event) {
  // AltGr, which types [ and ] on many keyboards, arrives as Ctrl and Alt on some machines.
  const types = event.getModifierState("AltGraph");
  if (event.defaultPrevented || event.metaKey || !types && event.ctrlKey) return;
  if (event.altKey && !types) return altKey(event);
  if (byId("blank")) { event.preventDefault(); return toggleBlank(); }
  if (isTaken(event)) return;
  const name = keyName(event), isSingle = name.length === 1 && /[A-Z./?[\]+−]/.test(name);
  if (isSingle && !app.singleKeys) return;
  const digit = Number(event.key);
  if (questionNow() >= 0 && digit >= 1 && digit <= 9) return choose(digit - 1);
  const command = commandOf.get(name);
  if (!command) return;
  event.preventDefault();
  command.run();
}
/** Fields keep their keys, but a list leaves a remote its own; a button keeps its Space and Enter, a pane its arrows, a dialog everything. */
function isTaken(event) {
  const target = /** @type {Element} */ (event.target);
  if (document.querySelector("dialog[open], .menu-panel")) return true;
  if (target.closest("input") || target.closest("select") && !/^(Page.*|[.b])$/.test(event.key)) return true;
  if (/^Arrow(Up|Down)$/.test(event.key) && (target.closest(".scroll") || app.view !== "demo" || byId("explain").scrollHeight <= byId("explain").clientHeight)) return true;
  if (target.closest('[role="radio"]') && /^(\x20|Enter|Arrow.*)$/.test(event.key)) return true;
  if (target.closest("button, a, summary") && /^(\x20|Enter)$/.test(event.key)) return true;
  return false;
}
function altKey(event) {
  // Alt types another sign on a Mac, so the key's place counts.
  const digit = Number(/^(?:Digit|Numpad)([1-5])$/.exec(event.code)?.[1]);
  if (!digit) return;
  event.preventDefault();
  chooseSeen(digit - 1);
}
function chooseSeen(at) {
  if (wide() === "narrow") app.pane = "see";
  app.view = "demo";
  const tabs = Object.keys(seenTabs);
  setSeen(tabs[at % tabs.length]);
}
const scrollExplanation = by => byId("explain").scrollBy(0, by * 80);

// --- Small things that only keys and the menu reach

function toggleBlank() {
  if (byId("blank")) { byId("blank").remove(); return; }
  pause();
  const blank = h("button.blank", { id: "blank", "aria-label": "Show the page again", onclick: toggleBlank });
  document.body.append(blank);
  blank.focus();
}
function toggleFullScreen() {
  const done = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.();
  done?.catch(() => toast("Full screen is not allowed here."));
}
function showDialog(title, ...content) {
  closeDialog();
  const dialog = h("dialog", { id: "dialog", "aria-label": title, onclose: event => event.target.remove() },
    h("header", h("h2", title), h("button", { onclick: closeDialog }, "Close")), content);
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
function closeDialog() { byId("dialog")?.close(); byId("dialog")?.remove(); }
function openHelp() {
  const single = h("input", { type: "checkbox", id: "single-keys", checked: app.singleKeys, onchange: event => { app.singleKeys = event.target.checked; } });
  showDialog("Help", h("p", "A presenter remote works: forward and back step through the events. Alt+1 to Alt+5, or S, choose what people see; with a question open, 1 to 9 choose an answer."),
    h("p", h("label.row", { htmlFor: "single-keys" }, single, "Single keys act")),
    h("table.keys", { "aria-label": "Keys" }, tableHead(["Key", "Action"]),
      h("tbody", commands.filter(command => command.keys.length).map(command => h("tr", 
        h("td", command.keys.map((key, at) => [at > 0 && " ", h("kbd", key)])), h("td", command.title))))),
    legend());
}
function legend() {
  return h("section", h("h3", "How outcomes look"), h("p.row", 
    ["allowed", "blocked", "suspended", "propagating", "unenforced", "unevaluated"].map(outcome => chip(outcome))));
}
