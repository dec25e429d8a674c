/* Dropping files and folders. Without this file the form is an ordinary one. */
"use strict";

for (const form of document.querySelectorAll("[data-drop]")) {
  const input = form.querySelector('input[type="file"]');
  const status = form.querySelector("[data-drop-status]");
  const folder = form.querySelector("[data-drop-folder]");
  form.querySelector("[data-drop-hint]").hidden = false;

  /** Put the files into the form and send it. */
  const send = (files) => {
    if (!files.length) return;
    const transfer = new DataTransfer();
    for (const file of files) transfer.items.add(file);
    input.files = transfer.files;
    tell(files.length);
    form.requestSubmit();
  };
  const tell = (count) => {
    status.textContent = count === 1 ? status.dataset.one : status.dataset.many.replace("%s", count);
  };

  form.addEventListener("submit", () => tell(input.files.length));
  for (const name of ["dragenter", "dragover"]) {
    form.addEventListener(name, (event) => { event.preventDefault(); form.dataset.over = ""; });
  }
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) delete form.dataset.over;
  });
  form.addEventListener("drop", async (event) => {
    event.preventDefault();
    delete form.dataset.over;
    // Entries must be taken before the event is over; folders are walked after.
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const files = entries.length ? (await Promise.all(entries.map(filesIn))).flat() : [...event.dataTransfer.files];
    send(files);
  });

  folder.hidden = !("webkitdirectory" in input);
  folder.addEventListener("click", () => {
    const chooser = Object.assign(document.createElement("input"), { type: "file", webkitdirectory: true });
    chooser.addEventListener("change", () => send([...chooser.files].filter(isMeant)));
    chooser.click();
  });
}

/** Files that a folder carries along are left out; the server does the same. */
function isMeant(file) {
  return !file.name.startsWith(".") && !file.name.startsWith("~$");
}

/** All files below an entry of a drop. A folder gives its entries a hundred at a time. */
async function filesIn(entry) {
  if (entry.isFile) return [await new Promise((resolve, reject) => entry.file(resolve, reject))].filter(isMeant);
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const part = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!part.length) break;
    found.push(...part);
  }
  return (await Promise.all(found.map(filesIn))).flat();
}
