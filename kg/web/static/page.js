// What every page shares: parts that only make sense with scripts are shown.
"use strict";

document.documentElement.classList.add("scripts");
for (const element of document.querySelectorAll("[data-only-with-scripts]")) element.hidden = false;

// On narrow screens, facets begin closed: what was found comes first.
if (window.matchMedia("(max-width: 60rem)").matches) {
  for (const facet of document.querySelectorAll("aside details.facet")) {
    if (!facet.querySelector(".chosen")) facet.open = false;
  }
}
