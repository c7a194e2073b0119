"use strict";
// The index's filter: a page is shown where its title, what it says about itself, its name or its folder's heading has every word that is typed.

function beginFilter() {
  const filter = document.getElementById("filter"), field = filter.querySelector("input"), status = filter.querySelector("span");
  const sections = [...document.querySelectorAll("section")];
  const has = (text, words) => words.every(word => text.toLowerCase().includes(word));
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(" ").filter(Boolean);
    let shown = 0;
    for (const section of sections) {
      const heading = section.querySelector("h2")?.textContent ?? "", items = [...section.querySelectorAll("li")];
      for (const item of items) item.hidden = !has(`${heading} ${item.textContent}`, words);
      section.hidden = items.every(item => item.hidden);
      shown += items.filter(item => !item.hidden).length;
    }
    status.textContent = words.length ? `${shown} shown` : "";
  });
  filter.hidden = false;
}
beginFilter();
