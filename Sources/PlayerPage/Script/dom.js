// Elements are made here and nowhere else: text goes in as text, never as markup.

/**
 * An element, a button one that submits nothing; `props` are properties, `data-…`, `aria-…` and `role` attributes, `on…` listeners.
 * @param {string} tag  "div.card.grow"
 * @param {...any} children  props where there are any; elements and strings; null, false and undefined are left out
 * @returns {any}
 */
function h(tag, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  const props = children[0]?.constructor === Object ? children.shift() : {};
  if (name === "button") element.type = name;
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(props)) setProperty(element, key, value);
  element.append(...children.flat(Infinity).filter(isThere));
  return element;
}
function setProperty(element, key, value) {
  if (value === undefined || value === null) return;
  if (key === "style") Object.assign(element.style, value);
  else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
  else if (key in element && !key.includes("-") && key !== "role") element[key] = value;
  else element.setAttribute(key, String(value));
}
const isThere = child => child !== null && child !== undefined && child !== false && child !== "";

/** A name that somebody typed, isolated so that its direction cannot turn the sentence round it. */
const named = text => h("bdi", text);

/** What people see of a thing; the scenario's name for it where the pointer rests. */
const called = item => h("bdi", { title: item.name }, item.title);

/** Of signs that a word beside them says as well. */
const unspoken = { "aria-hidden": true }, sign = (kind, ...text) => h(`span.${kind}`, unspoken, text);
/** A part that scrolls by itself: with a name, and within reach of the keyboard. */
const scrolling = (label, ...content) => h("div.scroll", { tabIndex: 0, role: "group", "aria-label": label }, content);
const tableHead = titles => h("thead", h("tr", titles.map(title => h("th", { scope: "col" }, title))));

/** A list to choose from: pairs of a value and a title. */
const choice = (focus, label, options, selected, choose) => h("select", { "data-focus": focus, "aria-label": label, onchange: event => { choose(event.target.value); draw(); } },
  options.map(([value, title]) => h("option", { value, selected: value === selected }, title)));
/** @returns {any} the element of that id */
const byId = id => document.getElementById(id);

/**
 * Rebuilds `host` only where `key` has changed, and gives the focus back to the control of the same `data-focus`.
 * @param {any} host @param {string} key @param {() => any} build
 */
function redraw(host, key, build) {
  if (host.drawnKey === key) return;
  host.drawnKey = key;
  const focused = host.contains(document.activeElement) && document.activeElement.dataset.focus;
  const top = host.scrollTop;
  host.replaceChildren(...[build()].flat(Infinity).filter(isThere));
  host.scrollTop = top;
  if (focused) host.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
}

/** Tabs with one tab stop, arrows, Home and End. @param {{id: string, title: string, badge?: string}[]} items */
function tabList(label, items, selected, onSelect, controls) {
  const tabs = items.map(item => h("button", {
    role: "tab", id: `tab-${item.id}`, "aria-selected": item.id === selected, "aria-controls": controls,
    tabIndex: item.id === selected ? 0 : -1, "data-focus": `tab-${item.id}`, onclick: () => onSelect(item.id),
  }, item.title, item.badge && h("span.badge", item.badge)));
  const move = event => {
    const at = tabs.indexOf(document.activeElement), last = tabs.length - 1;
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: last }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    event.stopPropagation();
    const next = (to + tabs.length) % tabs.length;
    onSelect(items[next].id);
    byId(`tab-${items[next].id}`)?.focus();
  };
  return h("div.tabs", { role: "tablist", "aria-label": label, onkeydown: move }, tabs);
}
