// Small comforts; everything works without them.
"use strict";

document.addEventListener("htmx:afterSettle", () => {
  const answer = document.getElementById("answer");
  if (!answer) return;
  const top = answer.getBoundingClientRect().top;
  if (top < 0 || top > window.innerHeight * 0.75) {
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    answer.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
  }
});

// A query that can't be answered still comes with a page part that says why.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 401 || event.detail.xhr.status === 403) {
    window.location.reload();
  }
});
