// Notes for the trainer in a second window, off the projector.

function openNotes() {
  if (app.notes && !app.notes.closed) return app.notes.focus();
  app.notes = window.open("", "", "width=560,height=640");
  if (!app.notes) return toast("The browser refused a second window; the notes stay under Say this.");
  app.notes.document.title = "Notes";
  app.notes.document.documentElement.lang = "en";
  app.notes.addEventListener("keydown", onKey);
  app.notes.addEventListener("pagehide", () => { app.notes = null; draw(); });
  app.notesOpened = performance.now();
  tickNotes();
  draw();
}
/** The trainer's own clock goes on while the simulation's rests. */
function tickNotes() {
  if (!app.notes || app.notes.closed) return;
  const shown = app.notes.document.getElementById("elapsed");
  if (shown) shown.textContent = elapsedText();
  setTimeout(tickNotes, 1000);
}
const elapsedText = () => {
  const seconds = Math.floor((performance.now() - app.notesOpened) / 1000);
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
};
function drawNotesWindow() {
  if (!app.notes || app.notes.closed) { app.notes = null; return; }
  const host = app.notes.document.body;
  Object.assign(host.style, { font: "18px/1.5 system-ui, sans-serif", margin: "1.5rem", overflowWrap: "anywhere", background: "#fff", color: "#1a1f26" });
  host.replaceChildren(...noteSheet().flat(Infinity).filter(isThere).map(node => app.notes?.document.importNode(node, true)));
}
function noteSheet() {
  const { notes, chapters } = app.full.script, at = chapters.findLastIndex(chapter => chapter.time <= app.time);
  const next = notes.find(note => note.time > app.time), coming = app.full.plays[0].events.time[app.full.plays[0].events.time.findIndex(time => time > app.time)];
  const question = asked().findLast(item => item.time <= app.time && item.until >= app.time);
  const block = (title, ...text) => [h("h2", title), h("p", text)];
  return [h("h1", named(chapters[at]?.title ?? app.full.title)),
    h("p", `${timeText(shownTime())} · `, h("span", { id: "elapsed" }, elapsedText()), " on the clock"),
    noteRows().length > 0 && block("Say this", noteRows().map(note => [named(note.text), " ", sectionLink(app.full, note.section), " "])),
    question && block("Question", named(question.text), " Answer: ", h("strong", named(question.options[question.answer])), ". ", named(question.because ?? "")),
    next && block("Next note", timeText(next.time), ": ", named(next.text)),
    chapters[at + 1] && block("Next chapter", timeText(chapters[at + 1].time), ": ", named(chapters[at + 1].title)),
    coming !== undefined && h("p", `Next event at ${timeText(coming)}.`)];
}
