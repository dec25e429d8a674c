/* Dragging on the board, a few keys, and keeping one's place. Each of them only fills in and sends a form that is there. */
"use strict";

const work = () => document.querySelector("#arbeid");
let dragged = null;
let home = "";

document.addEventListener("dragstart", (event) => {
  const card = event.target.closest?.("[data-item][draggable], [data-theme][draggable]");
  if (!card) return;
  dragged = card;
  card.dataset.drag = "";
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", card.textContent.trim().slice(0, 80));
});
document.addEventListener("dragend", () => {
  for (const one of document.querySelectorAll("[data-over], [data-drag]")) {
    delete one.dataset.over;
    delete one.dataset.drag;
  }
  dragged = null;
});

/** Where what is dragged would land: an item in another theme, a theme in another area. */
function target(event) {
  if (!dragged) return null;
  if (dragged.matches("[data-item]")) {
    const theme = event.target.closest("[data-theme]");
    return theme && !theme.contains(dragged) ? theme : null;
  }
  const area = event.target.closest("[data-area]");
  return area && !area.contains(dragged) ? area : null;
}
document.addEventListener("dragover", (event) => {
  const place = target(event);
  for (const one of document.querySelectorAll("[data-over]")) if (one !== place) delete one.dataset.over;
  if (!place) return;
  event.preventDefault();
  place.dataset.over = "";
});
document.addEventListener("drop", (event) => {
  const place = target(event);
  if (!place) return;
  event.preventDefault();
  if (dragged.matches("[data-item]")) {
    const form = document.querySelector("[data-move-item]");
    form.elements.punkt.value = dragged.dataset.item;
    form.elements.tema.value = place.dataset.theme;
    form.requestSubmit();
  } else {
    const form = dragged.querySelector("[data-place]");
    form.elements.omrade.value = place.dataset.area;
    form.requestSubmit();
  }
});

/* After a decision the page is replaced; the reader stays where the form stood. */
document.addEventListener("submit", (event) => {
  home = event.target.closest("[id^=punkt-], [id^=tema-], [id^=forslag-]")?.id ?? "";
}, true);
document.addEventListener("htmx:afterSettle", () => {
  if (document.activeElement && document.activeElement !== document.body) return;
  const place = (home && document.getElementById(home)) || work();
  const focus = place?.querySelector("h2 a, h3 a, summary, a, button") ?? place;
  focus?.focus({ preventScroll: Boolean(!home) });
});

/** The items of a theme, or the themes of the board, from the keyboard: j and k walk, a accepts, u takes back. */
const stops = () => [...document.querySelectorAll(".gm-item__text a, .gm-theme h3 a")];
function walk(way) {
  const all = stops();
  const here = document.activeElement?.closest(".gm-item, .gm-theme");
  const at = all.findIndex((one) => here?.contains(one));
  const next = all[at < 0 ? (way > 0 ? 0 : all.length - 1) : at + way];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const acts = {
    j: () => walk(1),
    k: () => walk(-1),
    a: () => document.activeElement?.closest(".gm-item")?.querySelector("[id^=godta-]")?.click(),
    u: () => document.querySelector('[data-act="undo"]')?.click(),
  };
  if (!acts[event.key]) return;
  event.preventDefault();
  acts[event.key]();
});
