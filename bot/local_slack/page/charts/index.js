// data_visualization: a title, an SVG that is drawn for the width it has, a legend, values on hover and focus.
import { h, freshId, show } from "../dom.js";
import { Undrawable } from "../blocks/undrawable.js";
import { axisChart } from "./axis.js";
import { pieChart } from "./pie.js";
import { colour, describe, swatch } from "./style.js";

const DRAW = { pie: pieChart, bar: axisChart, line: axisChart, area: axisChart };

export function dataVisualization(block) {
  const { chart } = block;
  if (!Object.hasOwn(DRAW, chart?.type)) throw new Undrawable(`data_visualization ${chart?.type}`);
  const ids = { title: freshId("chart"), desc: freshId("chart") };
  const tip = h("div", { class: "chart-tip", hidden: true });
  const canvas = h("div", { class: "chart-canvas" });
  const paint = (width) =>
    show(
      canvas,
      DRAW[chart.type](chart, {
        width,
        ids,
        title: block.title,
        description: describe(chart),
        tip: tipFor(canvas, tip),
      }),
      tip,
    );
  paint(560);
  let drawn = 0;
  new ResizeObserver(([entry]) => {
    const width = Math.round(Math.min(entry.contentRect.width, 700));
    if (width > 80 && width !== drawn) {
      drawn = width;
      paint(width);
    }
  }).observe(canvas);
  return h("figure", { class: `chart chart-${chart.type}` }, h("figcaption", {}, block.title), canvas, legend(chart));
}

function legend(chart) {
  const names =
    chart.type === "pie" ? chart.segments.map((segment) => segment.label) : chart.series.map((series) => series.name);
  if (names.length < 2) return null;
  return h(
    "ul",
    { class: "legend", "aria-label": "Legend" },
    names.map((name, i) => h("li", {}, swatch(chart.type, i), name)),
  );
}

/** Shows the words of a mark beside it while it has the pointer or the focus; arrow keys walk through the marks. */
function tipFor(canvas, tip) {
  let marks = 0;
  const hide = () => {
    tip.hidden = true;
  };
  return (mark, words, i) => {
    const reveal = () => {
      show(tip, h("i", { style: { background: colour(i) } }), words);
      tip.hidden = false;
      const [frame, box] = [canvas.getBoundingClientRect(), mark.getBoundingClientRect()];
      tip.style.left = `${Math.max(0, Math.min(box.left + box.width / 2 - frame.left - tip.offsetWidth / 2, frame.width - tip.offsetWidth))}px`;
      tip.style.top = `${Math.max(0, box.top - frame.top - tip.offsetHeight - 6)}px`;
    };
    mark.addEventListener("pointerenter", reveal);
    mark.addEventListener("pointerleave", hide);
    mark.addEventListener("focus", reveal);
    mark.addEventListener("blur", hide);
    mark.addEventListener("keydown", (event) => {
      const all = [...canvas.querySelectorAll("[data-mark]")];
      const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      const next = all[(all.indexOf(mark) + by + all.length) % all.length];
      for (const one of all) one.setAttribute("tabindex", one === next ? "0" : "-1");
      next.focus();
    });
    mark.setAttribute("data-mark", "");
    mark.setAttribute("role", "img");
    mark.setAttribute("aria-label", words);
    mark.setAttribute("tabindex", marks++ ? "-1" : "0");
    return mark;
  };
}
