// Every event in a list of which only the visible rows exist; and finding among them.

/** Every row has the height that the longest caption needs, so that a row's place is known without drawing it. */
function measureRows() {
  const longest = app.stage.play.events.time.reduce((most, _, row) => max(most, app.stage.caption(row).length), 0);
  rowHeight = isNarrow.matches ? 32 + 20 * min(8, Math.ceil(longest * 10 / (innerWidth - 72))) : 28;
}
let rowHeight = 28;
const spareRows = 10, tallest = 15_000_000;

function drawEvents() {
  const host = byId("view-events");
  redraw(host, `${eventCount()} ${openQuestion()} ${isNarrow.matches && innerWidth}`, eventList);
  const list = byId("event-list");
  const { row } = app.stage;
  if (list.shownRow !== row) { list.shownRow = row; showRow(list, row); }
  fillRows();
}
function eventList() {
  measureRows();
  const list = h("div.event-list.scroll", { id: "event-list", role: "listbox", tabIndex: 0, "aria-label": "Events", onscroll: fillRows, onwheel: fillRows, onkeydown: listKey },
    h("div.event-rows", { id: "event-rows", role: "presentation", style: { height: `${min(eventCount() * rowHeight, tallest)}px` } }));
  list.shownRow = -2;
  return h("div.card.grow", h("h2", "Events"), list);
}
/** The list takes the arrow keys as soon as it is there. */
function toggleEvents() {
  setView(app.view === "events" ? "demo" : "events");
  drawNow();
  if (app.view === "events") byId("event-list").focus();
}
function showRow(list, row) {
  const top = max(0, row) * rowHeight;
  if (top < list.scrollTop || top > list.scrollTop + list.clientHeight - rowHeight) list.scrollTop = top - list.clientHeight / 2;
}
function fillRows() {
  const list = byId("event-list"), rows = byId("event-rows");
  if (!list || app.view !== "events") return;
  const first = max(0, Math.floor(list.scrollTop / rowHeight) - spareRows);
  const last = min(eventCount(), first + Math.ceil((list.clientHeight || 600) / rowHeight) + 2 * spareRows);
  const built = [];
  for (let row = first; row < last; row++) built.push(eventRow(row));
  rows.replaceChildren(...built);
  list.setAttribute("aria-activedescendant", app.stage.row >= first && app.stage.row < last ? `event-${app.stage.row}` : "");
}
function eventRow(row) {
  const [kind, glyph] = lookOf(markLook(app.stage, row)), current = row === app.stage.row;
  return h(`div.event-row${row >= app.n ? ".ahead" : ""}`, { id: `event-${row}`, role: "option", "aria-selected": current, "aria-posinset": row + 1, "aria-setsize": eventCount(),
    style: { top: `${row * rowHeight}px`, height: `${rowHeight}px` }, onclick: () => { pause(); goToEvent(row + 1); } },
    timeNode(app.stage.event("time", row)), h("span.muted", app.stage.text(app.stage.event("part", row))),
    h("span", { title: app.stage.told(row) }, h(`span.glyph.${kind}`, glyph), " ", named(app.stage.caption(row))), h("strong", app.stage.word(row)));
}
function listKey(event) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const to = { Home: 1, End: eventCount() }[event.key] ?? (by ? max(1, app.n + by) : null);
  if (to === null || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  pause();
  goToEvent(to);
}

const mostFound = 50;
function openFind() {
  const input = h("input", { type: "search", "aria-label": "Find in events and chapters", autocomplete: "off", oninput: () => results.replaceChildren(...found(input.value)),
    onkeydown: event => { if (event.key === "Escape") closeDialog(); } });
  const results = h("ol.found", { "aria-label": "Found" });
  showDialog("Find", input, results);
  input.focus();
}
function found(text) {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return [];
  const lines = app.data.script.chapters.filter(chapter => chapter.title.toLowerCase().includes(wanted)).map(chapter => [chapter.title, () => goToMoment(chapter.time, chapter.event), chapter.time]);
  for (let row = 0; row < eventCount() && lines.length < mostFound; row++) {
    const caption = `${app.stage.caption(row)} ${app.stage.word(row)}`;
    if (`${caption} ${app.stage.told(row)}`.toLowerCase().includes(wanted)) lines.push([caption, () => goToEvent(row + 1), app.stage.event("time", row)]);
  }
  if (!lines.length) return [h("li.muted", "Nothing found.")];
  return lines.map(([title, go, time]) => h("li", h("button.link", { onclick: () => { closeDialog(); go(); } }, timeNode(time), " ", named(title))));
}
