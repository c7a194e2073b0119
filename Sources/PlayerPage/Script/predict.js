// Predict before reveal: until it is revealed, nothing after the question exists for any panel (see clipData).

function togglePredict() {
  if (!asked().length) return toast("This scenario asks no question.");
  pause();
  app.revealed = max(questionHere(), 0);
  app.predict = !app.predict;
  forgetChoice();
  loadKnown();
  toast(app.predict ? "Questions: what follows one is hidden" : "Questions are off");
}
function forgetChoice() { app.choice = -1; app.hint = false; app.hands = []; }

/** The open question, once its time has come. */
function questionNow() {
  const row = openQuestion();
  return row >= 0 && app.time >= asked()[row].time ? row : -1;
}
/** Where questions are off, the one that is open at this moment. */
const questionHere = () => app.predict ? -1 : asked().findLastIndex(question => question.time <= app.time && app.time < question.until);
function questionOffer() {
  const row = questionHere();
  return row >= 0 && h("section.row", { "aria-label": "Question" }, h("strong", `? Question ${row + 1}`), named(asked()[row].text), h("button", { "data-focus": "ask", onclick: togglePredict }, "Ask it ", h("kbd", unspoken, "Q")));
}
function questionPanel(row) {
  const question = asked()[row];
  return h("section.question", { "aria-label": "Question", id: "question", tabIndex: -1 },
    h("h2", `Question ${row + 1}`), h("p.ask", named(question.text)),
    h("div.options", { role: "radiogroup", "aria-label": "Options", onkeydown: moveChoice }, question.options.map((option, at) => optionLine(option, at))),
    app.hint && h("p.hint", question.hint),
    h("p.row", h("button.primary", { "data-focus": "reveal", onclick: reveal }, "Reveal"),
      h("button", { "data-focus": "hint", onclick: showHint, "aria-pressed": app.hint }, "Hint")));
}
function optionLine(option, at) {
  const hands = app.hands[at] ?? 0, chosen = app.choice === at;
  return h("div.option", 
    h("button.choice", { role: "radio", "aria-checked": chosen, tabIndex: chosen || (app.choice < 0 && at === 0) ? 0 : -1,
      "data-focus": `option-${at}`, onclick: () => choose(at) }, h("kbd", unspoken, at + 1), " ", named(option)),
    h("button", { "data-focus": `hands-${at}`, "aria-label": `Hands for ${option}: ${hands}. Add one`,
      onclick: () => { app.hands[at] = hands + 1; app.hands = app.hands.slice(); draw(); } }, `✋ ${hands}`));
}
function moveChoice(event) {
  const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (!by || event.target.getAttribute("role") !== "radio") return;
  event.preventDefault();
  event.stopPropagation();
  const count = asked()[questionNow()].options.length;
  choose((max(app.choice, 0) + by + count) % count);
  requestAnimationFrame(() => /** @type {any} */ (document.querySelector('[role="radio"][aria-checked="true"]'))?.focus());
}
function choose(at) {
  if (questionNow() < 0 || at >= asked()[questionNow()].options.length) return;
  app.choice = at;
  draw();
}
function showHint() { if (questionNow() >= 0) { app.hint = true; draw(); } }

/** Shows what follows, up to the question's end, and why. */
function reveal() {
  const row = questionNow();
  if (row < 0) return;
  app.revealed = row + 1;
  app.answered = { row, choice: app.choice };
  forgetChoice();
  loadKnown();
  app.view = "demo";
  setPane("why");
  app.subject = "step";
  goToMoment(asked()[row].until, asked()[row].event);
  announce(`Answer: ${asked()[row].options[asked()[row].answer]}.`);
}
/** The answer, from its reveal until time moves past what it was about. */
function answerPanel() {
  const { row, choice } = app.answered ?? { row: -1, choice: -1 };
  const question = asked()[row];
  if (!question || !app.predict || app.time !== question.until) return null;
  const right = choice === question.answer;
  return h("section.answer", { "aria-label": "Answer" }, h("h2", "Answer"), h("p.ask", named(question.options[question.answer])),
    choice >= 0 && h("p", right ? "✓ As predicted." : ["✕ Predicted: ", named(question.options[choice]), "."]), question.because && h("p", named(question.because)));
}
