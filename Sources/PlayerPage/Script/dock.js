// The dock: transport, caption, chapters, lanes and the slider, all on one scale of time.

function buildDock() {
  const button = (id, title, glyph, run) => h("button.plain", { id, "aria-label": title, title, onclick: run }, h("span", unspoken, glyph));
  byId("dock").append(
    h("div.transport", 
      button("to-chapter-before", "Previous chapter", "|◂", () => stepChapter(-1)), button("step-back", "Previous event", "◂", () => step(-1)),
      h("button.play", { id: "play-pause", onclick: togglePlay }), button("step-on", "Next event", "▸", () => step(1)),
      button("to-chapter-after", "Next chapter", "▸|", () => stepChapter(1)),
      h("label.speed", h("span.visually-hidden", "Speed"), h("select", { id: "speed", onchange: event => { app.speed = Number(event.target.value); draw(); } },
        speeds.map(speed => h("option", { value: speed }, `${speed}×`)))),
      h("p.now.two-lines", { id: "caption" }),
      h("button", { id: "skip-idle", onclick: toggleIdle }, "Skip idle")),
    h("div.lanes", { id: "lanes", "aria-hidden": true, onscroll: draw }),
    h("div.track", h("div.slider", { id: "slider", role: "slider", tabIndex: 0, "aria-label": "Time", "aria-valuemin": 0, onkeydown: slideByKey },
      h("span.filled"), h("span.thumb")), h("span.legend", { id: "range" })),
  );
  slideByPointer(byId("slider"));
  slideByPointer(byId("lanes"));
}
function toggleIdle() { app.skipIdle = !app.skipIdle; draw(); }
function toggleZoom() { app.zoom = !app.zoom; toast(app.zoom ? "Zoom: this chapter" : "Zoom: all"); draw(); }

/** The chapter whose opening stops the clock. */
const chapterHere = () => !app.playing && app.time > 0 && app.data.script.chapters.find(chapter => chapter.time === app.time);

function drawDock() {
  const word = app.playing ? "Pause" : chapterHere() ? "Continue" : "Play";
  redraw(byId("play-pause"), word, () => [h("span", unspoken, app.playing ? "❚❚ " : "► "), word]);
  byId("speed").value = String(app.speed);
  byId("skip-idle").setAttribute("aria-pressed", String(app.skipIdle));
  redraw(byId("caption"), captionText() + openQuestion() + chapterHere()?.line, captionNodes);
  byId("caption").classList.toggle("long", captionText().length > (wide() === "wide" ? 150 : 90));
  const scale = timeScale();
  redraw(byId("lanes"), lanesKey(scale), () => lanes(scale));
  byId("lanes").classList.toggle("many", byId("lanes").children.length > 5);
  drawDensity(scale);
  placeHead(scale);
  drawSlider(scale);
}
function captionNodes() {
  if (app.n === 0) return h("span.muted", `Starts ${dateText(0)}, ${clockText(0)}. ${matchMedia("(pointer: coarse)").matches ? "Tap Play." : "Press Space to play."}`);
  const { row } = app.stage, [kind, glyph] = lookOf(markLook(app.stage, row)), chapter = chapterHere();
  return [chapter && h("bdi.muted", `Chapter: ${chapter.title} – Continue (Space). `), timeNode(app.stage.event("time", row)), h(`span.glyph.${kind}`, unspoken, ` ${glyph} `),
    app.stage.word(row) && [h("strong", sentence(app.stage.word(row))), " "], h("bdi", { title: app.stage.told(row) }, captionNow())];
}
/** What is saved is on its way if it is a policy. */
const markLook = (stage, row) => {
  const mark = stage.text(stage.event("mark", row));
  return mark === "saved" && !/^(p|dataP)olicy.saved$/.test(stage.kind(row)) ? "saved" : markLooks[mark] ?? "plain";
};
const markLooks = { good: "allowed", bad: "blocked", paused: "suspended", saved: "propagating", inForce: "saved", remark: "remark" };

// --- Slider: a step is an event, a place is an instant

function drawSlider(scale) {
  const slider = byId("slider"), share = max(0, min(1, scale.share(app.time)));
  slider.setAttribute("aria-valuemax", String(eventCount()));
  slider.setAttribute("aria-valuenow", String(app.n));
  slider.setAttribute("aria-valuetext", sliderText());
  slider.querySelector(".filled").style.width = slider.querySelector(".thumb").style.left = `${share * 100}%`;
  const below = showLane();
  redraw(byId("range"), `${app.n} ${eventCount()} ${openQuestion()} ${below}`, () => [h("span", !below && h("span.long", "Event "), `${app.n} of ${openQuestion() < 0 ? eventCount() : "?"}`), below > 0 && h("strong", `▾ ${below} more`)]);
}
function sliderText() {
  const tenant = tenantsOf(app.stage)[0], [saved, inForce] = tenant === undefined ? [null, null] : policyRows(app.stage, tenant).map(row => policyWord(app.stage.policy(row)));
  const policy = tenant === undefined ? "" : ` ${app.stage.tenant(tenant)} saved ${saved}, in force ${inForce}.`;
  return `${clockText(shownTime())}, day ${dayOf(app.time)}.${policy} Event ${app.n}${openQuestion() < 0 ? ` of ${eventCount()}` : ""}`;
}
function slideByKey(event) {
  const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
  const to = { Home: 0, End: eventCount() }[event.key] ?? (by ? app.n + by : null);
  if (to === null || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  event.stopPropagation();
  pause();
  goToEvent(to);
  announce(captionText());
}
function slideByPointer(element) {
  const go = event => {
    const strip = byId("slider").getBoundingClientRect(), scale = timeScale();
    goToTime(scale.timeOf(max(0, min(1, (event.clientX - strip.left) / strip.width)) * scale.length));
  };
  element.addEventListener("pointerdown", event => {
    if (event.button !== 0 || event.target.closest(".lane-label")) return;
    pause();
    element.setPointerCapture(event.pointerId);
    go(event);
  });
  element.addEventListener("pointermove", event => { if (element.hasPointerCapture(event.pointerId)) go(event); });
}
