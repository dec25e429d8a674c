/* Choosing, deciding and marking in a document. All of it is links and forms that work without this file. */
"use strict";

const doc = document.querySelector("[data-document]");
const article = doc.querySelector(".gm-read");
const panel = doc.querySelector(".gm-found");
const tie = doc.querySelector(".gm-tie path");
const marking = doc.querySelector("[data-marking]");

const items = () => [...panel.querySelectorAll(".gm-find__item")];
const chosen = () => panel.querySelector(".gm-find__item[data-chosen]");
const marksOf = (id) => [...article.querySelectorAll(`mark[data-funn~="${CSS.escape(id)}"]`)];
const isOpen = (item) => item.dataset.state === "suggested";

/** Choose an entry: mark its passage, tie the two together, and keep the address true. */
function choose(item, { focus = false, scroll = true } = {}) {
  for (const other of items()) {
    delete other.dataset.chosen;
    other.querySelector(".gm-find__value a").removeAttribute("aria-current");
  }
  for (const mark of article.querySelectorAll("mark[aria-current]")) mark.removeAttribute("aria-current");
  for (const frame of article.querySelectorAll("rect")) frame.toggleAttribute("data-chosen", frame.dataset.funn === item?.dataset.id);
  if (!item) return draw();
  item.dataset.chosen = "";
  const link = item.querySelector(".gm-find__value a");
  link.setAttribute("aria-current", "true");
  const marks = marksOf(item.dataset.id);
  for (const mark of marks) mark.setAttribute("aria-current", "true");
  if (focus) link.focus({ preventScroll: true });
  if (scroll) {
    marks[0]?.scrollIntoView({ block: "nearest" });
    item.scrollIntoView({ block: "nearest" });
  }
  history.replaceState(null, "", link.href);
  draw();
}

/** The thread from the passage to its entry. */
function draw() {
  const item = chosen();
  const mark = item && marksOf(item.dataset.id).at(-1);
  if (!mark || !tie || getComputedStyle(tie.parentNode).display === "none") return tie?.setAttribute("d", "");
  const home = doc.getBoundingClientRect();
  const view = panel.getBoundingClientRect();
  const to = item.getBoundingClientRect();
  const from = [...mark.getClientRects()].at(-1);
  const inSight = to.bottom > view.top && to.top < view.bottom;
  if (!inSight) return tie.setAttribute("d", "");
  const edge = article.getBoundingClientRect().right;
  const x1 = from.right - home.left + 4;
  const y1 = from.bottom - home.top + 2;
  const x2 = to.left - home.left;
  const y2 = Math.min(Math.max(to.top + 22, view.top + 4), view.bottom - 4) - home.top;
  const turn = (Math.max(edge, from.right) - home.left + x2) / 2;
  tie.setAttribute("d", `M${x1} ${y1}${behindOriginal(mark, from, home, y1)}H${turn}V${y2}H${x2}`);
}

/** Where the page's image stands between the passage and the panel, the thread passes behind it. */
function behindOriginal(mark, from, home, y) {
  const image = mark.closest("section")?.querySelector(":scope > .gm-original[open]")?.getBoundingClientRect();
  if (!image || image.left < from.right || y + home.top < image.top || y + home.top > image.bottom) return "";
  return `H${image.left - home.left}M${image.right - home.left} ${y}`;
}

/** Rejected findings leave no mark in the text, unless something else stands there too. */
function showRejected() {
  const state = Object.fromEntries(items().map((item) => [item.dataset.id, item.dataset.state]));
  for (const mark of article.querySelectorAll("mark")) {
    mark.toggleAttribute("data-rejected", mark.dataset.funn.split(" ").every((id) => state[id] === "rejected"));
  }
}

function step(way, only = () => true) {
  const all = items();
  const at = all.indexOf(chosen());
  const order = way > 0 ? all.slice(at + 1) : all.slice(0, Math.max(at, 0)).reverse();
  const next = order.find(only);
  if (next) choose(next, { focus: true });
  return next;
}

/** Press the entry's own button, so that keyboard and mouse do the same thing. */
function act(name) {
  const button = chosen()?.querySelector(`[data-act="${name}"]`);
  if (!button) return;
  if (name === "accept" || name === "reject") goOn = chosen().dataset.id;
  button.click();
}
let goOn = "";

panel.addEventListener("click", (event) => {
  const link = event.target.closest(".gm-find__value a");
  if (!link || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  choose(link.closest(".gm-find__item"));
});
article.addEventListener("click", (event) => {
  const mark = event.target.closest("mark[data-funn]");
  if (!mark || !getSelection().isCollapsed) return;
  const id = mark.dataset.funn.split(" ").find((one) => panel.querySelector(`#f-${one}`));
  if (id) choose(panel.querySelector(`#f-${id}`), { scroll: false });
  chosen()?.scrollIntoView({ block: "nearest" });
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) {
    if (event.key === "Escape") event.target.closest("[data-correct]")?.querySelector("a")?.click();
    return;
  }
  const acts = { j: () => step(1), k: () => step(-1), a: () => act("accept"), r: () => act("correct"), x: () => act("reject"), u: () => act("undo"), n: () => marking?.querySelector("a:not([hidden])")?.focus(), "?": help };
  if (!acts[event.key]) return;
  event.preventDefault();
  acts[event.key]();
});
function help() {
  const box = panel.querySelector("[data-keyhelp]");
  if (!box) return;
  box.open = !box.open;
  box.scrollIntoView({ block: "nearest" });
  box.querySelector("summary").focus();
}

document.addEventListener("htmx:afterSwap", () => {
  showRejected();
  // At once, before the next key: to the next suggestion after a decision, else stay.
  const item = goOn && panel.querySelector(`#f-${goOn}`);
  goOn = "";
  const next = item && !isOpen(item) && step(1, isOpen);
  const here = next || chosen();
  const form = here?.querySelector("[data-correct]");
  if (here) choose(here, { scroll: Boolean(next), focus: !form });
  // Where something must be put right, the summary is read first.
  if (form && !form.querySelector(".gm-error-summary")) form.querySelector("input:not([type=hidden]), select, textarea").focus();
});

/* Marking text: offsets are counted in the canonical text, in code points as the server counts them. */
const letters = (text) => [...text].length;
function offsetAt(node, offset) {
  const run = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
  if (!run || !article.contains(run)) return null;
  const before = node.nodeType === Node.TEXT_NODE ? node.data.slice(0, offset) : offset ? run.textContent : "";
  return Number(run.dataset.start) + letters(before);
}
/** The first and the last piece of document text inside the selection. */
function selected() {
  const selection = getSelection();
  if (!marking || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const runs = [...article.querySelectorAll("[data-start]")].filter((run) => range.intersectsNode(run) && run.firstChild);
  if (!runs.length) return null;
  const [first, last] = [runs[0], runs.at(-1)];
  const start = first.contains(range.startContainer) ? offsetAt(range.startContainer, range.startOffset) : Number(first.dataset.start);
  const end = last.contains(range.endContainer) ? offsetAt(range.endContainer, range.endOffset) : Number(last.dataset.start) + letters(last.textContent);
  if (start === null || end === null || end <= start || !range.toString().trim()) return null;
  return { start, end, page: first.closest("[data-page]").dataset.page, box: range.getBoundingClientRect() };
}
function offer() {
  const place = selected();
  if (!marking) return;
  if (!place) {
    if (!marking.contains(document.activeElement)) marking.hidden = true;
    return;
  }
  for (const link of marking.querySelectorAll("a")) {
    const url = new URL(link.href);
    url.search = new URLSearchParams({ slag: link.dataset.add, start: place.start, end: place.end, side: place.page, versjon: article.dataset.version });
    link.href = url;
  }
  marking.hidden = false;
  const home = doc.getBoundingClientRect();
  const room = Math.max(home.width - marking.offsetWidth, 0);
  marking.style.left = `${Math.min(Math.max(place.box.left - home.left, 0), room)}px`;
  marking.style.top = `${place.box.bottom - home.top + 8}px`;
}
let pause = 0;
document.addEventListener("selectionchange", () => { clearTimeout(pause); pause = setTimeout(offer, 150); });

addEventListener("resize", draw);
panel.addEventListener("scroll", draw);
addEventListener("scroll", draw, { passive: true });
addEventListener("load", draw);
article.addEventListener("toggle", draw, true);
if (matchMedia("(max-width: 72rem)").matches) doc.querySelector("[data-outline]")?.removeAttribute("open");
showRejected();
chosen()?.scrollIntoView({ block: "nearest" });
draw();
