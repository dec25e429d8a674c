/* Everything works without this file; it only saves reloads. */
"use strict";

// The component library warns in the console about markup it would rather have; that is for developers.
window.dsWarnings = false;

/** Change appearance at once; the cookie tells the server next time. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-appearance]") || !event.submitter) return;
  event.preventDefault();
  const value = event.submitter.value;
  document.documentElement.dataset.colorScheme = value;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `utseende=${value}; path=/; max-age=31536000; samesite=lax${secure}`;
  for (const button of form.elements) {
    if (button.name !== "appearance") continue;
    if (button === event.submitter) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
});

/** After an answer with errors, the summary takes the focus, so that it is read first. */
function focusErrors(root) {
  root.querySelector(".gm-error-summary")?.focus();
}
document.addEventListener("DOMContentLoaded", () => focusErrors(document));
document.addEventListener("htmx:afterSwap", (event) => focusErrors(event.target));

/* Signed out meanwhile: what came is the page for signing in, and that belongs in the window, not in a part of it. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const came = new URL(event.detail.xhr.responseURL || location.href);
  if (!came.searchParams.has("next") || came.pathname === location.pathname) return;
  event.detail.shouldSwap = false;
  location.assign(`${came.pathname}?next=${encodeURIComponent(location.pathname + location.search)}`);
});
