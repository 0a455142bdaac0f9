// What every page shares: parts that only make sense with scripts are shown.
"use strict";

document.documentElement.classList.add("scripts");
for (const element of document.querySelectorAll("[data-only-with-scripts]")) element.hidden = false;
for (const element of document.querySelectorAll("[data-closed-with-scripts]")) element.open = false;

// On narrow screens, filters begin closed: what was found comes first.
if (window.matchMedia("(max-width: 60rem)").matches) {
  for (const filters of document.querySelectorAll("details.filters")) filters.open = false;
}
