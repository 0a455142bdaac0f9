// The graph: actors and what ties them; click for details, double-click to open up more, take the picture away.
"use strict";

(() => {
  const canvas = document.querySelector("[data-graph]");
  if (!canvas || typeof cytoscape === "undefined") return;
  const tools = document.querySelector("[data-tools]");
  const panel = document.querySelector("[data-picked]");
  const css = getComputedStyle(document.documentElement);
  const color = (name) => css.getPropertyValue(`--${name}`).trim();

  // Kinds are told by shape, standings by the pattern of a line.
  const SHAPES = {
    State: "ellipse", Person: "round-rectangle", Coalition: "hexagon", Organization: "round-hexagon", Force: "triangle",
    Mechanism: "diamond", Meeting: "star", Agreement: "rectangle", Region: "octagon", Facility: "pentagon",
  };
  const PATTERNS = {
    fact: [], planned: [8, 5], conditional: [3, 4], possible: [1, 5], claimed: [10, 4, 2, 4], denied: [],
  };
  const WORDS = { fact: "stated as fact" };

  const elements = (found) => [
    ...found.nodes.map((node) => ({
      group: "nodes",
      data: {
        id: node.thing.path, label: node.thing.label, kind: node.thing.kind, degree: node.degree,
        shape: SHAPES[node.thing.kind] || "ellipse",
      },
      classes: node.centre ? "centre" : "",
    })),
    ...found.ties.map((tie) => ({
      group: "edges",
      data: {
        id: [tie.source, tie.target, tie.kind, tie.standing, tie.directed].join(" "), source: tie.source,
        target: tie.target, kind: tie.kind, label: tie.label, standing: tie.standing, count: tie.count,
        width: 1 + Math.log2(tie.count), arrow: tie.standing === "denied" ? "tee" : tie.directed ? "triangle" : "none",
        line: PATTERNS[tie.standing].length ? "dashed" : "solid", pattern: PATTERNS[tie.standing].length ? PATTERNS[tie.standing] : [1, 0],
      },
    })),
  ];

  const style = () => [
    { selector: "node", style: {
      label: "data(label)", shape: "data(shape)", width: 20, height: 20,
      "background-color": color("accent"), "background-opacity": 0.85, color: color("ink"), "font-size": 11,
      "font-family": "system-ui, sans-serif", "text-valign": "bottom", "text-margin-y": 3, "text-wrap": "wrap",
      "text-max-width": 110, "text-outline-color": color("sheet"), "text-outline-width": 2, "z-index": 10,
    } },
    { selector: "node.quiet", style: { label: "", "z-index": 1 } },
    { selector: "node.centre", style: { "border-width": 4, "border-color": color("ink"), "font-weight": 700 } },
    { selector: "edge", style: {
      width: "data(width)", "curve-style": "bezier", "line-color": color("soft"), "line-style": "data(line)",
      "line-dash-pattern": "data(pattern)", "target-arrow-shape": "data(arrow)", "target-arrow-color": color("soft"),
      "arrow-scale": 0.8, opacity: 0.6, "font-size": 9, color: color("ink"), "text-rotation": "autorotate",
      "text-outline-color": color("sheet"), "text-outline-width": 2, "z-index": 0,
    } },
    { selector: "node.near", style: { label: "data(label)", "z-index": 20 } },
    { selector: "edge.near", style: { label: "data(label)", opacity: 1, "line-color": color("accent"), "target-arrow-color": color("accent"), "z-index": 5 } },
    { selector: ".far", style: { opacity: 0.15, "text-opacity": 0.15 } },
    { selector: "node:selected", style: { "border-width": 3, "border-color": color("ink") } },
  ];

  const cy = cytoscape({ container: canvas, style: style(), minZoom: 0.1, maxZoom: 4, boxSelectionEnabled: false });
  window.kgGraph = cy;

  let whole = 1; // zoom at which all of it is seen
  function arrange(fresh) {
    const count = cy.nodes().length;
    const layout = cy.layout({
      name: "fcose", quality: "default", randomize: fresh, animate: false, idealEdgeLength: () => (count > 150 ? 70 : 90),
      nodeRepulsion: () => (count > 150 ? 12000 : 9000), gravity: 0.4, gravityRange: 2, tilingPaddingHorizontal: 40,
      tilingPaddingVertical: 40, padding: 36,
    });
    layout.one("layoutstop", () => { cy.resize(); cy.fit(undefined, 36); whole = cy.zoom(); adapt(); });
    layout.run();
  }

  // Letters keep their size on the screen; where names would lie upon each other, the better connected one is shown.
  function adapt() {
    const zoom = cy.zoom();
    const closer = Math.min(2.5, Math.max(1, zoom / whole) ** 0.5);
    const room = Math.sqrt((canvas.clientWidth * canvas.clientHeight) / Math.max(1, cy.nodes().length));
    const least = Math.min(14, Math.max(4, room / 6));
    const taken = [];
    cy.batch(() => {
      const most = Math.max(4, ...cy.nodes().map((node) => node.data("degree")));
      for (const node of cy.nodes().toArray().sort((a, b) => b.data("degree") - a.data("degree"))) {
        const size = (least * (1 + 1.6 * Math.sqrt(node.data("degree") / most)) * closer) / zoom;
        node.data("size", size);
        node.style({ width: size, height: size, "font-size": 11 / zoom, "text-max-width": 110 / zoom, "text-outline-width": 2 / zoom, "text-margin-y": 3 / zoom });
        const { x, y } = node.renderedPosition();
        const letters = node.data("label").length * 6;
        const wide = Math.min(110, letters) / 2 + 2;
        const top = y + (size * zoom) / 2 + 2;
        const box = { left: x - wide, right: x + wide, top, bottom: top + 13 * Math.ceil(letters / 110) };
        const free = taken.every((other) => box.right < other.left || other.right < box.left || box.bottom < other.top || other.bottom < box.top);
        node.toggleClass("quiet", !free);
        if (free) taken.push(box);
      }
      cy.edges().style({ "font-size": 9 / zoom,  "arrow-scale": Math.min(2, 0.7 / Math.sqrt(zoom)), "text-outline-width": 2 / zoom });
    });
  }
  let waiting = 0;
  cy.on("zoom", () => { clearTimeout(waiting); waiting = setTimeout(adapt, 60); });
  cy.on("dragfree", "node", adapt);

  async function load(address, fresh) {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`the graph could not be loaded: ${answer.status}`);
    const found = elements(await answer.json());
    cy.batch(() => cy.add(found.filter((element) => cy.getElementById(element.data.id).empty())));
    arrange(fresh);
  }

  // ---- what is picked

  const make = (tag, text, more = {}) => Object.assign(document.createElement(tag), text === null ? {} : { textContent: text }, more);
  const page = (path) => (path.includes("://") ? path : canvas.dataset.page + path);
  const claims = (pairs) => {
    const address = new URL(canvas.dataset.claims, location.href);
    for (const name of ["entity", "also", "kind", "standing"]) if (pairs[name]) address.searchParams.set(name, pairs[name]);
    return address.href;
  };

  function tell(node) {
    const heading = make("h2", null);
    heading.append(make("a", node.data("label"), { href: page(node.id()) }));
    const list = make("ul", null);
    for (const edge of node.connectedEdges().sort((a, b) => b.data("count") - a.data("count")).slice(0, 12)) {
      const other = edge.source().id() === node.id() ? edge.target() : edge.source();
      const item = make("li", null);
      item.append(`${edge.source().id() === node.id() ? "" : "← "}${edge.data("label")} `, make("a", other.data("label"), { href: page(other.id()) }), " ");
      item.append(make("a", `${edge.data("count")}`, { href: claims({ entity: edge.data("source"), also: edge.data("target"), kind: edge.data("kind"), standing: edge.data("standing") }), title: WORDS[edge.data("standing")] || edge.data("standing") }));
      if (edge.data("standing") !== "fact") item.append(make("span", ` ${edge.data("standing")}`, { className: "hint" }));
      list.append(item);
    }
    const more = make("button", "Open up more around it", { type: "button" });
    more.addEventListener("click", () => expand(node));
    panel.replaceChildren(heading, make("p", `${node.data("kind")}, tied to ${node.data("degree")}`, { className: "hint" }), list, more);
    panel.hidden = false;
  }

  function emphasise(around) {
    cy.batch(() => {
      cy.elements().removeClass("near far");
      if (around) {
        cy.elements().not(around.closedNeighborhood()).addClass("far");
        around.closedNeighborhood().addClass("near");
      }
    });
  }

  async function expand(node) {
    const address = new URL(canvas.dataset.more, location.href);
    address.searchParams.append("around", node.id());
    address.searchParams.set("most", "60");
    await load(address.href, false);
    emphasise(node);
  }

  cy.on("tap", "node", (event) => { emphasise(event.target); tell(event.target); });
  cy.on("dbltap", "node", (event) => { expand(event.target); });
  cy.on("tap", "edge", (event) => {
    const data = event.target.data();
    location.assign(claims({ entity: data.source, also: data.target, kind: data.kind, standing: data.standing }));
  });
  cy.on("tap", (event) => {
    if (event.target === cy) { emphasise(null); panel.hidden = true; }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { emphasise(null); panel.hidden = true; }
  });

  // ---- pictures

  function save(blob, name) {
    const link = make("a", null, { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  const escaped = (text) => String(text).replace(/[&<>"]/g, (char) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[char])
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "\ufffd");

  function svg() {
    const box = cy.elements().boundingBox();
    const parts = [];
    const ink = color("ink");
    const soft = color("soft");
    cy.edges().forEach((edge) => {
      const from = edge.sourceEndpoint();
      const to = edge.targetEndpoint();
      const bend = edge.midpoint();
      const over = { x: 2 * bend.x - (from.x + to.x) / 2, y: 2 * bend.y - (from.y + to.y) / 2 };
      const dash = edge.data("line") === "solid" ? "" : ` stroke-dasharray="${edge.data("pattern").join(" ")}"`;
      const head = edge.data("arrow") === "none" ? "" : ` marker-end="url(#${edge.data("arrow")})"`;
      parts.push(`<path d="M${from.x.toFixed(1)} ${from.y.toFixed(1)} Q${over.x.toFixed(1)} ${over.y.toFixed(1)} ${to.x.toFixed(1)} ${to.y.toFixed(1)}" fill="none" stroke="${soft}" stroke-opacity=".6" stroke-width="${edge.data("width").toFixed(1)}"${dash}${head}><title>${escaped(`${edge.source().data("label")} ${edge.data("label")} ${edge.target().data("label")}, ${edge.data("standing")}, ${edge.data("count")}`)}</title></path>`);
    });
    cy.nodes().forEach((node) => {
      const { x, y } = node.position();
      const half = node.data("size") / 2;
      parts.push(node.data("shape") === "ellipse"
        ? `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${half.toFixed(1)}" fill="${color("accent")}"/>`
        : `<rect x="${(x - half).toFixed(1)}" y="${(y - half).toFixed(1)}" width="${(2 * half).toFixed(1)}" height="${(2 * half).toFixed(1)}" rx="${node.data("shape").startsWith("round") ? 4 : 0}" fill="${color("accent")}"/>`);
      parts.push(`<text x="${x.toFixed(1)}" y="${(y + half + 12).toFixed(1)}" text-anchor="middle" fill="${ink}">${escaped(node.data("label"))}</text>`);
    });
    const [x, y, w, h] = [box.x1 - 20, box.y1 - 20, box.w + 40, box.h + 40].map((n) => n.toFixed(1));
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${x} ${y} ${w} ${h}" font-family="sans-serif" font-size="11"><defs><marker id="triangle" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto"><path d="M0 0 8 4 0 8z" fill="${soft}"/></marker><marker id="tee" viewBox="0 0 2 8" refX="1" refY="4" markerWidth="2" markerHeight="7" orient="auto"><path d="M0 0h2v8h-2z" fill="${soft}"/></marker></defs><rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${color("sheet")}"/>${parts.join("")}</svg>\n`;
  }

  const actions = {
    fit: () => cy.fit(undefined, 24),
    layout: () => arrange(true),
    png: async () => save(await cy.png({ output: "blob-promise", full: true, scale: 2, maxWidth: 6000, maxHeight: 6000, bg: color("sheet") }), "graph.png"),
    svg: () => save(new Blob([svg()], { type: "image/svg+xml" }), "graph.svg"),
  };
  tools.hidden = false;
  tools.addEventListener("click", (event) => {
    const action = actions[event.target.dataset.do];
    if (action) action();
  });

  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => cy.style(style()));
  load(canvas.dataset.graph, true).then(() => { canvas.dataset.ready = "yes"; }, (problem) => { canvas.textContent = problem.message; });
})();
