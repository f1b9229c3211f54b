// Comforts of the editor: focus after an edit, and dragging. Everything works without them.
"use strict";

(() => {
  const focusWanted = () => {
    const editor = document.getElementById("editor");
    const wanted = editor && editor.dataset.focus && document.getElementById(editor.dataset.focus);
    if (!wanted) return;
    const target = wanted.disabled ? document.getElementById("reading-heading") : wanted;
    if (target && target.id === "reading-heading") target.tabIndex = -1;
    target.focus({ preventScroll: false });
  };

  document.addEventListener("htmx:afterSettle", focusWanted);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", focusWanted);
  else focusWanted();

  let dragged = null;
  document.addEventListener("dragstart", (event) => {
    const card = event.target.closest && event.target.closest("[data-spot]");
    if (!card) return;
    dragged = card;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.dataset.spot);
    card.classList.add("wb-card--dragged");
  });
  document.addEventListener("dragend", () => {
    if (dragged) dragged.classList.remove("wb-card--dragged");
    dragged = null;
    document.querySelectorAll(".wb-drop").forEach((each) => each.classList.remove("wb-drop"));
  });
  document.addEventListener("dragover", (event) => {
    const place = dragged && event.target.closest && event.target.closest("[data-drop]");
    if (!place) return;
    event.preventDefault();
    place.classList.add("wb-drop");
  });
  document.addEventListener("dragleave", (event) => {
    const place = event.target.closest && event.target.closest("[data-drop]");
    if (place && !place.contains(event.relatedTarget)) place.classList.remove("wb-drop");
  });
  document.addEventListener("drop", (event) => {
    const place = dragged && event.target.closest && event.target.closest("[data-drop]");
    const form = document.getElementById("drag-form");
    if (!place || !form) return;
    event.preventDefault();
    form.elements.namedItem("spot").value = dragged.dataset.spot;
    form.elements.namedItem("to").value = place.dataset.drop;
    form.requestSubmit();
  });
})();
