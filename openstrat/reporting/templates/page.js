// Draws the charts of a report. Colors are CSS variables, so dark mode and print need no second drawing.
(function () {
  "use strict";
  const ink = "var(--chart-ink)", muted = "var(--chart-muted)", grid = "var(--chart-grid)", line = "var(--chart-axis)";
  const font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
  const theme = {
    background: "transparent",
    font: font,
    title: { color: ink, subtitleColor: muted },
    axis: { labelColor: ink, titleColor: muted, gridColor: grid, domainColor: line, tickColor: line },
    legend: { labelColor: ink, titleColor: muted },
    header: { labelColor: ink, titleColor: muted },
    view: { stroke: "transparent" },
    text: { color: ink },
    rule: { color: line },
    style: { "guide-label": { fill: ink }, "guide-title": { fill: muted }, "group-title": { fill: ink } },
  };
  const black = { "#000000": 1, "#000": 1, black: 1 };

  function merge(base, over) {
    const result = Object.assign({}, base);
    for (const key of Object.keys(over)) {
      const value = over[key];
      const both = value && typeof value === "object" && !Array.isArray(value) && result[key] && typeof result[key] === "object";
      result[key] = both ? merge(result[key], value) : value;
    }
    return result;
  }

  // Black in a palette would vanish on a dark page: it becomes the color of the text.
  function inkForBlack(value, isRange) {
    if (Array.isArray(value)) return value.map(item => (isRange && black[item] ? ink : inkForBlack(item, isRange)));
    if (!value || typeof value !== "object") return value;
    const result = {};
    for (const key of Object.keys(value)) {
      if (key === "data" || key === "datasets") result[key] = value[key];
      else result[key] = inkForBlack(value[key], isRange || key === "range");
    }
    return result;
  }

  function draw(figure) {
    const plot = figure.querySelector(".plot");
    const spec = inkForBlack(JSON.parse(figure.querySelector("script[type='application/json']").textContent), false);
    spec.config = merge(spec.config || {}, theme);
    const options = {
      renderer: "svg", actions: false, ast: true, defaultStyle: false, bind: figure.querySelector(".controls"),
      tooltip: { disableDefaultStyle: true }, mode: "vega-lite",
    };
    return window.vegaEmbed(plot, spec, options).then(
      () => plot.classList.remove("vega-embed"),
      error => {
        const note = document.createElement("p");
        note.className = "caveat";
        note.textContent = "This chart could not be drawn; its numbers are in the data table. (" + error.message + ")";
        plot.replaceChildren(note);
        figure.dataset.failed = "true";
        console.error(figure.id + ": " + error.message);
      });
  }

  async function drawAll() {
    for (const figure of document.querySelectorAll("figure[data-chart]")) await draw(figure);
    document.documentElement.dataset.drawn = "true";
  }

  function contents() {
    const box = document.querySelector("#contents");
    if (!box) return;
    const wide = window.matchMedia("(min-width: 70rem)");
    const fit = () => { box.open = wide.matches; };
    wide.addEventListener("change", fit);
    window.addEventListener("beforeprint", () => { box.open = true; });
    fit();
    const links = new Map([...box.querySelectorAll("a")].map(link => [link.getAttribute("href").slice(1), link]));
    const headings = [...links.keys()].map(id => document.getElementById(id)).filter(Boolean);
    const mark = () => {
      const passed = headings.filter(heading => heading.getBoundingClientRect().top < 120);
      links.forEach(link => link.removeAttribute("aria-current"));
      if (passed.length) links.get(passed[passed.length - 1].id).setAttribute("aria-current", "true");
    };
    document.addEventListener("scroll", mark, { passive: true });
    mark();
  }

  // A table that can be scrolled must be reachable by keys.
  function scrollers() {
    for (const box of document.querySelectorAll(".scroll:not([tabindex])")) {
      const heading = box.querySelector("caption, .gt_title, th");
      box.tabIndex = 0;
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", (heading && heading.textContent.trim()) || "Table");
    }
  }

  contents();
  scrollers();
  drawAll();
})();
