// The expectations with their verdicts, and what this play rests on.

function drawChecks() {
  redraw(byId("view-checks"), `${openQuestion()} ${app.data.plays[0].expectations.length}`, () => h("div.card.grow", scrolling("Checks", 
    app.data.plays.map((play, row) => checksOf(play, row)), aboutThis())));
}
function checksOf(play, row) {
  const counted = play.expectations.filter(item => !item.covers), met = counted.filter(item => item.met).length, all = counted.length;
  if (!all && row > 0) return null;
  return h("section", h("h2", row === 0 ? "Checks" : ["Checks of ", named(play.title || play.name)]),
    h("p", all ? `${met} of ${countText(all, "expectation")} met.` : play.clipped ? "Hidden while you predict." : "This scenario has no expectations: a demonstration."),
    all > 0 && h("table.checks", { "aria-label": "Expectations" }, tableHead(["Verdict", "Expectation", "Line", "Event"]),
      h("tbody", play.expectations.map((item, at) => checkRow(item, row, at)))));
}
function checkRow(item, play, at) {
  const [word, look] = item.met ? ["Met", "allowed"] : item.undecided ? ["Undecided", "propagating"] : ["Failed", "blocked"];
  return h("tr", h("td", chip(look, word)),
    h("td", h("code", named(item.text)), item.message && h("p", named(item.message)),
      !item.met && [h("p", "Expected: ", named(item.expected ?? "")), h("p", "Got: ", named(item.got ?? "")), (item.because ?? []).map(line => h("p.muted", named(line)))]),
    h("td.mono", item.line),
    h("td", item.event >= 0 || item.time !== null ? h("button.link", { "data-focus": `check-${play}-${at}`, onclick: () => goToCheck(item, play) }, item.time !== null ? timeNode(item.time) : "Show") : ""));
}
function goToCheck(item, play) {
  pause();
  if (play > 0) { app.otherRow = play; loadKnown(); }
  app.view = play > 0 ? "whatif" : "demo";
  if (play === 0 && item.event >= 0) return goToEvent(item.event + 1);
  goToTime(item.time ?? app.data.plays[play].events.time[item.event]);
}
function aboutThis() {
  const play = app.data.plays[0], list = (title, items) => items.length > 0 && h("section", h("h2", title), h("ul.plain", items.map(item => h("li", named(item)))));
  return [list("Settings relied on", play.settings), list("Assumed, for want of a source", play.assumptions),
    h("section", h("h2", "About this page"), h("p", "A simulation from documentation; no tenant was asked. Screens are reconstructions. The program decided everything; this page replays it."),
      h("dl.details", [["Scenario", app.full.file], ["Seed", app.full.seed], ["Documentation", `edition ${app.full.edition}`], ["Written by", app.full.generator], ["Fingerprint", play.clipped ? "" : play.fingerprint]]
        .map(([term, text]) => text && h("div", h("dt", term), h("dd.mono", named(String(text)))))))];
}
