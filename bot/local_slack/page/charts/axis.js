// Bar, line and area charts. A missing value is a gap, never a zero. Bars and areas start at zero.
import { svg } from "../dom.js";
import { colour, dash, marker, numberWords, scale, wordsWidth } from "./style.js";

const missing = (value) => value === null || value === undefined;

export function axisChart(chart, { width, ids, title, description, tip }) {
  const categories = chart.axis_config?.categories ?? chart.series[0].data.map((point) => point.label);
  const rows = chart.series.map((series) =>
    categories.map((label) => series.data.find((point) => point.label === label)?.value ?? null),
  );
  const y = range(
    chart.type,
    rows.flat().filter((value) => !missing(value)),
  );
  const frame = layout(chart, categories, y, width);
  const root = svg(
    "svg",
    {
      class: "chart-svg",
      width,
      height: frame.height,
      viewBox: `0 0 ${width} ${frame.height}`,
      role: "group",
      "aria-labelledby": `${ids.title} ${ids.desc}`,
    },
    svg("title", { id: ids.title }, title),
    svg("desc", { id: ids.desc }, description),
    axes(chart, categories, y, frame),
  );
  const words = (s, c) => `${categories[c]}, ${chart.series[s].name}: ${numberWords(rows[s][c])}`;
  rows.forEach((values, s) =>
    root.append(
      ...(chart.type === "bar"
        ? bars(values, s, rows.length, frame, tip, words)
        : lines(chart.type, values, s, frame, tip, words)),
    ),
  );
  return root;
}

function range(type, values) {
  if (!values.length) return scale(0, 1);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const fromZero = type !== "line" || low < 0 || low < high * 0.6;
  return scale(fromZero ? Math.min(0, low) : low, fromZero ? Math.max(0, high) : high, 4);
}

function layout(chart, categories, y, width) {
  const left =
    Math.max(...y.ticks.map((tick) => wordsWidth(numberWords(tick)))) + 14 + (chart.axis_config?.y_label ? 18 : 0);
  const bottom = 26 + (chart.axis_config?.x_label ? 20 : 0);
  const height = width < 420 ? 220 : 250;
  const [inner, depth] = [width - left - 10, height - bottom - 12];
  const band = inner / categories.length;
  const every = Math.ceil((Math.max(...categories.map((label) => Math.min(wordsWidth(label), 100))) + 10) / band);
  const x = (c) => left + band * (c + 0.5);
  const up = (value) => 12 + depth * (1 - (value - y.low) / (y.high - y.low));
  return { width, height, left, inner, depth, band, every, x, up };
}

function axes(chart, categories, y, { width, height, left, inner, depth, every, x, up }) {
  const { x_label: across, y_label: upward } = chart.axis_config ?? {};
  const cut = (label) => (wordsWidth(label) > 100 ? `${[...label].slice(0, 10).join("")}…` : label);
  const inside = (label, c) => {
    const half = Math.min(wordsWidth(label), 100) / 2;
    return Math.min(Math.max(x(c), half), width - half);
  };
  return svg(
    "g",
    { class: "axes", "aria-hidden": "true" },
    y.ticks.map((tick) => [
      svg("line", { x1: left, x2: left + inner, y1: up(tick), y2: up(tick), class: tick === 0 ? "zero" : "rule" }),
      svg("text", { x: left - 8, y: up(tick) + 4, "text-anchor": "end" }, numberWords(tick)),
    ]),
    categories.map((label, c) =>
      c % every ? null : svg("text", { x: inside(label, c), y: depth + 30, "text-anchor": "middle" }, cut(label)),
    ),
    across
      ? svg("text", { x: left + inner / 2, y: height - 6, "text-anchor": "middle", class: "axis-label" }, across)
      : null,
    upward
      ? svg(
          "text",
          {
            x: 12,
            y: 12 + depth / 2,
            "text-anchor": "middle",
            class: "axis-label",
            transform: `rotate(-90 12 ${12 + depth / 2})`,
          },
          upward,
        )
      : null,
  );
}

function bars(values, s, count, { band, x, up }, tip, words) {
  const wide = Math.min((band * 0.78) / count, 46);
  return values.flatMap((value, c) => {
    if (missing(value)) return [];
    const left = x(c) - (wide * count) / 2 + wide * s;
    const [top, base] = [Math.min(up(value), up(0)), Math.max(up(value), up(0))];
    return [
      tip(
        svg("rect", {
          x: left + 0.5,
          y: top,
          width: Math.max(wide - 1.5, 1),
          height: Math.max(base - top, 1),
          rx: Math.min(3, wide / 3),
          fill: colour(s),
          class: "bar",
        }),
        words(s, c),
        s,
      ),
    ];
  });
}

/** Runs of neighbours without a gap; the area below each, and a dot per value. */
function lines(type, values, s, { x, up }, tip, words) {
  const runs = [];
  values.forEach((value, c) => {
    if (missing(value)) return;
    if (c === 0 || missing(values[c - 1])) runs.push([]);
    runs.at(-1).push([x(c), up(value)]);
  });
  const drawn = runs.flatMap((run) => {
    const path = `M${run.map((point) => point.join(" ")).join("L")}`;
    const below = `${path}L${run.at(-1)[0]} ${up(0)}L${run[0][0]} ${up(0)}Z`;
    return [
      type === "area" ? svg("path", { d: below, fill: colour(s), "fill-opacity": 0.22 }) : null,
      svg("path", {
        d: path,
        fill: "none",
        stroke: colour(s),
        "stroke-width": 2.4,
        "stroke-dasharray": dash(s),
        "stroke-linejoin": "round",
        "stroke-linecap": "round",
      }),
    ].filter(Boolean);
  });
  const dots = values.flatMap((value, c) => {
    if (missing(value)) return [];
    const hit = svg("circle", { cx: x(c), cy: up(value), r: 11, fill: "transparent" });
    return [tip(svg("g", { class: "dot" }, hit, marker(s, x(c), up(value))), words(s, c), s)];
  });
  return [...drawn, ...dots];
}
