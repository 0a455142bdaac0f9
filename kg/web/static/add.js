// Adding documents: files can be dropped, and the page of a reading follows it.
"use strict";

(() => {
  const form = document.querySelector("[data-add]");
  const job = document.querySelector("[data-job]");

  if (form) {
    const drop = form.querySelector("[data-drop]");
    const input = form.querySelector("#files");
    const names = form.querySelector("[data-files]");
    const tell = () => {
      names.replaceChildren(...[...input.files].map((file) => {
        const item = document.createElement("li");
        item.textContent = file.name;
        return item;
      }));
    };
    input.addEventListener("change", tell);
    for (const kind of ["dragenter", "dragover"]) {
      drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
    }
    for (const kind of ["dragleave", "drop"]) {
      drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.remove("over"); });
    }
    drop.addEventListener("drop", (event) => {
      input.files = event.dataTransfer.files;
      tell();
    });
    form.addEventListener("submit", () => { form.querySelector("button").disabled = true; });
  }

  if (job && job.dataset.done === "no") {
    const follow = async () => {
      const answer = await fetch(job.dataset.job, { headers: { Accept: "application/json" } });
      const found = answer.ok ? await answer.json() : { done: true };
      const bar = job.querySelector("progress");
      if (found.done) {
        location.replace(found.open || location.href);
        return;
      }
      if (bar) bar.value = found.read.length;
      setTimeout(follow, 400);
    };
    setTimeout(follow, 300);
  }
})();
