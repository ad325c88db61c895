// A pie with a hole, its shares written beside it.
import { svg } from "../dom.js";
import { colour, numberWords } from "./style.js";

export function pieChart(chart, { width, ids, title, description, tip }) {
  const size = Math.min(width, 240);
  const [cx, cy, r] = [width / 2, size / 2, size / 2 - 6];
  const total = chart.segments.reduce((sum, segment) => sum + segment.value, 0);
  const root = svg(
    "svg",
    {
      class: "chart-svg",
      width,
      height: size,
      viewBox: `0 0 ${width} ${size}`,
      role: "group",
      "aria-labelledby": `${ids.title} ${ids.desc}`,
    },
    svg("title", { id: ids.title }, title),
    svg("desc", { id: ids.desc }, description),
  );
  let from = 0;
  chart.segments.forEach((segment, i) => {
    const to = from + segment.value / total;
    const share = `${numberWords((100 * segment.value) / total)}%`;
    const slice = svg("path", {
      d: ring(cx, cy, r, r * 0.56, from, to),
      fill: colour(i),
      stroke: "#fff",
      "stroke-width": 2,
      "fill-rule": "evenodd",
    });
    root.append(tip(slice, `${segment.label}: ${numberWords(segment.value)} (${share})`, i));
    if (to - from > 0.06) {
      const [x, y] = at(cx, cy, r * 0.78, (from + to) / 2);
      root.append(svg("text", { x, y, class: "slice-label", "aria-hidden": "true" }, share));
    }
    from = to;
  });
  root.append(svg("text", { x: cx, y: cy, class: "pie-total", "aria-hidden": "true" }, numberWords(total)));
  return root;
}

const at = (cx, cy, r, share) => [cx + r * Math.sin(2 * Math.PI * share), cy - r * Math.cos(2 * Math.PI * share)];

function ring(cx, cy, outer, inner, from, to) {
  const end = Math.min(to, from + 0.99999);
  const large = end - from > 0.5 ? 1 : 0;
  const [a, b, c, d] = [
    at(cx, cy, outer, from),
    at(cx, cy, outer, end),
    at(cx, cy, inner, end),
    at(cx, cy, inner, from),
  ];
  return `M${a} A${outer} ${outer} 0 ${large} 1 ${b} L${c} A${inner} ${inner} 0 ${large} 0 ${d} Z`;
}
