// The address holds the moment: #t=PT1H42M&v=demo&see=runs&q=1. A trainer's slide leads straight back to it.

function linkText() {
  const parts = [`t=${isoText(app.time)}`];
  const chapter = chapterAt(app.time);
  // Of an instant at which more happens than was told.
  if (app.n < app.stage.countAt(app.time)) parts.push(`e=${app.n}`);
  if (chapter >= 0) parts.push(`c=${chapter + 1}`);
  if (app.view !== "demo") parts.push(`v=${app.view}`);
  if (app.seen !== "maker") parts.push(`see=${app.seen}`);
  if (app.flow >= 0) parts.push(`sel=flow:${encodeURIComponent(app.stage.cast.flows[app.flow].name)}`);
  if (app.predict) parts.push("q=1");
  if (app.predict && app.revealed) parts.push(`r=${app.revealed}`);
  if (app.view === "whatif" && app.other) parts.push(`b=${encodeURIComponent(app.other.play.name ?? String(app.otherRow))}`);
  return `#${parts.join("&")}`;
}
let linkTimer = 0;
/** Browsers refuse an address that changes many times a second, so it follows with a pause. */
function writeLink() {
  clearTimeout(linkTimer);
  linkTimer = setTimeout(() => {
    if (app.playing || location.hash === linkText()) return;
    try { history.replaceState(null, "", linkText()); } catch { /* some browsers refuse this for files; the page works without */ }
  }, 150);
}
/** Unknown keys are ignored; what is out of range is brought into it, and said. */
function readLink() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  const known = (titles, name, otherwise) => titles[name] ? name : otherwise;
  app.view = known(viewTitles, wanted.get("v"), "demo");
  app.seen = known(seenTabs, wanted.get("see"), "maker");
  if (wanted.has("see")) app.pane = "see";
  const other = app.full.plays.findIndex((play, row) => row > 0 && (play.name === wanted.get("b") || String(row) === wanted.get("b")));
  if (other > 0) app.otherRow = other;
  app.predict = wanted.get("q") === "1" && asked().length > 0;
  app.revealed = app.predict ? min(Number(wanted.get("r")) >>> 0, asked().length) : 0;
  const flow = /^flow:(.*)$/.exec(wanted.get("sel") ?? "")?.[1];
  app.flow = flow ? app.full.casts[0].flows.findIndex(item => item.name === flow) : -1;
  loadKnown();
  if (app.view === "whatif" && !app.other) app.view = "demo";
  goToLinked(wanted);
}
function goToLinked(wanted) {
  const has = key => wanted.has(key), event = Number(wanted.get("e")), time = isoTime(wanted.get("t") ?? "");
  const chapter = app.data.script.chapters[Number(wanted.get("c")) - 1];
  if (has("e") && Number.isInteger(event)) {
    if (event < 0 || event > eventCount()) toast("The link points beyond the events; this is the nearest.");
    return goToEvent(event);
  }
  if (time > lastTime()) toast("The link points beyond the end; this is the latest moment.");
  else if (has("e") || has("t") ? time === null : has("c") && !chapter) toast(`The link names no moment of this page (${location.hash}); this is the ${chapter ? "chapter" : "start"}.`);
  if (time === null && chapter) goToMoment(chapter.time, chapter.event); else goToTime(time ?? 0);
}
function copyLink() {
  const text = location.href.split("#")[0] + linkText();
  const shown = () => showDialog("Link to this moment", h("input", { type: "text", value: text, readOnly: true, "aria-label": "Link" }));
  if (!navigator.clipboard) return shown();
  navigator.clipboard.writeText(text).then(() => toast("Link copied."), shown);
}
