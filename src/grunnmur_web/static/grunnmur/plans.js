/* The outline from the keyboard; each key presses a button that is there. The reader keeps the place after a move. */
"use strict";

const MOVES = { ArrowUp: "opp", ArrowDown: "ned", ArrowLeft: "ut", ArrowRight: "inn" };
let moved = "";

const nodes = () => [...document.querySelectorAll(".gm-node__text")];
function walk(way) {
  const all = nodes();
  const here = document.activeElement?.closest(".gm-node");
  const at = all.findIndex((one) => here?.contains(one));
  const next = all[at < 0 ? (way > 0 ? 0 : all.length - 1) : at + way];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}
function press(key) {
  const node = document.activeElement?.closest(".gm-node");
  const button = node?.querySelector(`[data-key="${key}"]:not([disabled])`);
  if (!button) return;
  moved = node.querySelector(".gm-node__text")?.id ?? "";
  button.click();
}
document.addEventListener("htmx:afterSettle", () => {
  const place = moved ? document.getElementById(moved) : null;
  moved = "";
  place?.focus({ preventScroll: true });
  place?.scrollIntoView({ block: "nearest" });
});
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.target.closest("input, textarea, select")) return;
  if (event.altKey && event.shiftKey && MOVES[event.key]) {
    event.preventDefault();
    press(MOVES[event.key]);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const acts = {
    j: () => walk(1),
    k: () => walk(-1),
    e: () => document.activeElement?.closest(".gm-node")?.querySelector(".gm-node__text")?.click(),
    u: () => document.querySelector('[data-act="undo"]')?.click(),
  };
  if (!acts[event.key]) return;
  event.preventDefault();
  acts[event.key]();
});
