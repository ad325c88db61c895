// Our own small line icons, drawn on a 20 by 20 grid.
import { svg } from "./dom.js";

const PATHS = {
  hash: "M8 3 6.5 17M13.5 3 12 17M3.5 7.5h13M3.5 12.5h13",
  lock: "M5 9h10v8H5zM7 9V6.500a3 3 0 0 1 6 0V9",
  plus: "M10 4v12M4 10h12",
  send: "M3 4l14 6-14 6 2.500-6zM5.500 10H11",
  moon: "M16 12.500A6.500 6.500 0 1 1 8 4a5.500 5.500 0 0 0 8 8.500z",
  more: "M10 4.500v.01M10 10v.01M10 15.500v.01",
  thread:
    "M3 5.500A1.500 1.500 0 0 1 4.500 4h11A1.500 1.500 0 0 1 17 5.500v7a1.500 1.500 0 0 1-1.500 1.500H9l-4 3v-3h-.5A1.500 1.500 0 0 1 3 12.500z",
  close: "M5 5l10 10M15 5 5 15",
  down: "M5 8l5 5 5-5",
  left: "M12 5l-5 5 5 5",
  right: "M8 5l5 5-5 5",
  up: "M5 12l5-5 5 5",
  search: "M9 4a5 5 0 1 0 0 10A5 5 0 0 0 9 4zM13 13l4 4",
  clip: "M14.500 9.500 9 15a3 3 0 0 1-4.200-4.200l6.300-6.300a2 2 0 0 1 2.900 2.900l-6 6a1 1 0 0 1-1.400-1.400l5.200-5.200",
  bolt: "M11 3 5 11h4l-1 6 7-9h-4.500z",
  at: "M13 10a3 3 0 1 1-6 0 3 3 0 0 1 6 0zm0-3v4a2 2 0 0 0 4 0v-1a7 7 0 1 0-3 5.700",
  clock: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 6v4.500l3 1.500",
  sunrise:
    "M3 15h14M5.500 15a4.500 4.500 0 0 1 9 0M10 4v4M7.800 6 10 3.800 12.200 6M3.500 9.500l1.500 1M16.500 9.500l-1.500 1",
  eye: "M2.500 10S5 5 10 5s7.500 5 7.500 5-2.500 5-7.500 5-7.500-5-7.500-5zM10 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
  trash: "M4 6h12M8 6V4h4v2M5.500 6l.8 11h7.400l.8-11M8.500 9v5M11.500 9v5",
  warning: "M10 3.500 2.500 16.500h15zM10 8.500v3.500M10 14.300v.01",
  info: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 9v4.500M10 6.500v.01",
  check: "M4 10.500l4 4 8-9",
  image: "M3 4.500h14v11H3zM3 13l4-4 4 4 2-2 4 4M13 8v.01",
  file: "M5 3h6l4 4v10H5zM11 3v4h4",
  calendar: "M3.500 5h13v12h-13zM3.500 8.500h13M7 3v3.500M13 3v3.500",
  people:
    "M7.500 4.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5zM2.500 16a5 5 0 0 1 10 0M13 5a2.300 2.300 0 0 1 0 4.500M14 11.500a4.500 4.500 0 0 1 3.500 4.500",
  home: "M3 10l7-6 7 6M5 8.500V17h10V8.500",
  map: "M7 4 3 5.500v11L7 15l6 2 4-1.500v-11L13 6zM7 4v11M13 6v11",
  gear: "M10 7.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5zM10 3v2M10 15v2M3 10h2M15 10h2M5 5l1.500 1.500M13.500 13.500 15 15M5 15l1.500-1.500M13.500 6.500 15 5",
  sort: "M7 8l3-3.500L13 8M7 12l3 3.500 3-3.500",
};

/** An icon, silent for screen readers: whatever holds it carries the label. */
export function icon(name, size = 20) {
  const shape = svg("path", {
    d: PATHS[name] ?? PATHS.info,
    fill: "none",
    stroke: "currentColor",
    "stroke-width": name === "more" ? 2.6 : 1.6,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  });
  return svg("svg", { viewBox: "0 0 20 20", width: size, height: size, "aria-hidden": "true", class: "icon" }, shape);
}
