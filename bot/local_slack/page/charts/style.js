// What all charts share: colours that stay apart for colour-blind eyes, dashes and shapes beside them, numbers and their scale.
import { svg } from "../dom.js";
import { locale } from "../state.js";

const COLOURS = [
  "#2463ab",
  "#c8541d",
  "#1c8a70",
  "#8a4fa3",
  "#b08900",
  "#5b6472",
  "#c43d6b",
  "#4f8a1e",
  "#6b5bd2",
  "#936037",
  "#0f8aa8",
  "#3c3c3c",
];
const DASHES = ["", "7 4", "2 4", "10 4 2 4", "14 5", "4 3"];
export const colour = (i) => COLOURS[i % COLOURS.length];
export const dash = (i) => DASHES[i % DASHES.length] || null;

export function numberWords(value) {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: Math.abs(value) < 10 ? 2 : 1 }).format(value);
}

/** The little sign of a series in the legend: the same colour and dash as in the chart. */
export function swatch(type, i) {
  const shape =
    type === "line" || type === "area"
      ? [
          svg("line", {
            x1: 0,
            y1: 7,
            x2: 22,
            y2: 7,
            stroke: colour(i),
            "stroke-width": 2.5,
            "stroke-dasharray": dash(i),
          }),
          marker(i, 11, 7),
        ]
      : [svg("rect", { x: 4, y: 1, width: 12, height: 12, rx: 2, fill: colour(i) })];
  return svg("svg", { width: 22, height: 14, "aria-hidden": "true" }, shape);
}

/** A dot whose shape also tells the series. */
export function marker(i, x, y, size = 3.6) {
  const shapes = [
    () => svg("circle", { cx: x, cy: y, r: size }),
    () => svg("rect", { x: x - size, y: y - size, width: size * 2, height: size * 2 }),
    () => svg("path", { d: `M${x} ${y - size - 1}L${x + size + 1} ${y + size}H${x - size - 1}Z` }),
    () => svg("path", { d: `M${x} ${y - size - 1}L${x + size + 1} ${y}L${x} ${y + size + 1}L${x - size - 1} ${y}Z` }),
  ];
  const node = shapes[i % shapes.length]();
  node.setAttribute("fill", colour(i));
  node.setAttribute("stroke", "#fff");
  node.setAttribute("stroke-width", "1.2");
  return node;
}

/** Round steps that cover low..high: {low, high, ticks}. */
export function scale(low, high, wanted = 5) {
  if (low === high) {
    low = Math.min(0, low);
    high = high === low ? low + 1 : high;
  }
  const rough = (high - low) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough);
  const [bottom, top] = [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step];
  const ticks = [];
  for (let tick = bottom; tick <= top + step / 1e6; tick += step) ticks.push(Math.round(tick * 1e9) / 1e9);
  return { low: bottom, high: top, ticks };
}

/** The whole chart in words, for those who do not see it. */
export function describe(chart) {
  if (chart.type === "pie") {
    const total = chart.segments.reduce((sum, segment) => sum + segment.value, 0);
    return `Pie chart. ${chart.segments.map((s) => `${s.label}: ${numberWords(s.value)} (${numberWords((100 * s.value) / total)}%)`).join("; ")}.`;
  }
  const axes = [
    chart.axis_config?.x_label && `Across: ${chart.axis_config.x_label}.`,
    chart.axis_config?.y_label && `Up: ${chart.axis_config.y_label}.`,
  ]
    .filter(Boolean)
    .join(" ");
  const series = chart.series.map(
    (one) =>
      `${one.name}: ${one.data.map((p) => `${p.label} ${p.value === null || p.value === undefined ? "no data" : numberWords(p.value)}`).join(", ")}`,
  );
  return `${chart.type[0].toUpperCase()}${chart.type.slice(1)} chart. ${axes} ${series.join("; ")}.`;
}

/** A rough width of words in a 12 px font: Han, Kana and Hangul are twice as wide. */
export const wordsWidth = (text, size = 12) =>
  [...String(text)].reduce((sum, c) => sum + (/[\u1100-\u9fff\uac00-\uffef]/.test(c) ? size : size * 0.56), 0);
