// A document: clicking marked words shows their statements, clicking a statement shows its words.
"use strict";

(() => {
  const text = document.querySelector("[data-text]");
  const list = document.querySelector("[data-statements]");
  if (!text || !list) return;

  const numbers = (mark) => (mark.dataset.t || mark.dataset.n).split(" ");
  const statement = (number) => document.getElementById(`s${number}`);

  function pick(chosen) {
    const wanted = new Set(chosen);
    for (const mark of text.querySelectorAll("mark[data-n]")) {
      mark.classList.toggle("picked", (mark.dataset.n || "").split(" ").some((number) => wanted.has(number)));
    }
    for (const article of list.querySelectorAll("article[data-n]")) {
      article.classList.toggle("picked", wanted.has(article.dataset.n));
    }
  }

  function show(element) {
    if (list.contains(element) && getComputedStyle(list).overflowY !== "visible") {
      // Only the list moves, so that the text stays where the eye is.
      const below = element.getBoundingClientRect().top - list.getBoundingClientRect().top;
      list.scrollTo({ top: list.scrollTop + below - 48 });
    } else {
      const box = element.getBoundingClientRect();
      if (box.top < 0 || box.bottom > window.innerHeight) element.scrollIntoView({ block: "center" });
    }
  }

  text.addEventListener("click", (event) => {
    const mark = event.target.closest("mark[data-n]");
    if (!mark || event.metaKey || event.ctrlKey || String(getSelection())) return;
    event.preventDefault();
    const chosen = numbers(mark);
    pick(chosen);
    const first = statement(chosen[0]);
    if (!first) return;
    show(first);
    first.focus({ preventScroll: true });
    history.replaceState(null, "", `#s${chosen[0]}`);
  });

  list.addEventListener("click", (event) => {
    const article = event.target.closest("article[data-n]");
    if (!article || event.target.closest("a:not(.number), summary, button, details")) return;
    event.preventDefault();
    pick([article.dataset.n]);
    const anchor = document.getElementById(`t${article.dataset.n}`);
    if (anchor) show(anchor);
    history.replaceState(null, "", `#t${article.dataset.n}`);
  });

  function followHash() {
    const found = /^#[st](\d+)$/.exec(location.hash);
    if (!found) return;
    pick([found[1]]);
    const words = document.getElementById(`t${found[1]}`);
    const says = statement(found[1]);
    if (words) show(words);
    if (says) show(says);
  }
  window.addEventListener("hashchange", followHash);
  followHash();
})();
