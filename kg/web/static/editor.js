// SPARQL on this server's own endpoint: completion from its data, links to its pages, nothing asked of anybody else.
"use strict";

(() => {
  const root = document.getElementById("yasgui");
  if (!root || typeof Yasgui === "undefined") return;
  const endpoint = location.origin + root.dataset.endpoint;
  const terms = fetch(root.dataset.terms, { headers: { Accept: "application/json" } }).then((answer) => answer.json());

  Yasgui.Yasqe.forkAutocompleter("class", { name: "kg-class", bulk: true, persistenceId: null, get: async () => (await terms).classes });
  Yasgui.Yasqe.forkAutocompleter("property", { name: "kg-property", bulk: true, persistenceId: null, get: async () => (await terms).properties });
  Yasgui.Yasqe.defaults.autocompleters = ["prefixes", "variables", "kg-class", "kg-property"];

  const example = document.getElementById("example");
  const first = example.value || [
    "PREFIX kg: <https://w3id.org/foedus/ontology#>",
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>",
    "SELECT ?who ?whoLabel ?kind ?whom ?whomLabel WHERE {",
    "  ?claim kg:kind ?kind ; kg:actor ?who ; kg:target ?whom ; a ?kind .  # typed, so vouched for",
    "  ?who rdfs:label ?whoLabel . ?whom rdfs:label ?whomLabel .",
    "}",
    "LIMIT 50",
  ].join("\n");

  Yasgui.Yasqe.defaults.value = first;
  const yasgui = new Yasgui(root, {
    requestConfig: { endpoint, method: "POST" },
    copyEndpointOnNewTab: true,
    endpointCatalogueOptions: { getData: () => [], keys: [], renderItem: () => {} },
    persistenceId: `foedus ${endpoint}`,
  });
  window.kgEditor = yasgui;
  for (const tab of Object.keys(yasgui._tabs)) yasgui.getTab(tab).setEndpoint(endpoint);

  function start(text) {
    const tab = yasgui.getTab() || yasgui.addTab(true);
    tab.getYasqe().setValue(text);
  }
  if (example.value) start(example.value);
  example.addEventListener("change", () => { if (example.value) start(example.value); });

  // IRIs of the graph lead to the pages of this server, whatever base they were minted on.
  let base = "";
  terms.then((found) => { base = found.base; relink(); });
  function relink() {
    if (!base) return;
    for (const link of root.querySelectorAll(`a[href^="${base}"]`)) {
      const path = link.getAttribute("href").slice(base.length);
      if (link.textContent === base + path) link.textContent = path;
      link.href = root.dataset.page + path;
      link.removeAttribute("target");
    }
  }
  new MutationObserver(relink).observe(root, { childList: true, subtree: true });
})();
