// Building DOM nodes. Text always becomes text nodes, so nothing that an app or a person wrote is ever read as HTML.

const SVG = "http://www.w3.org/2000/svg";
const LIVE_PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "indeterminate", "tabIndex"]);

/** An element. `on…` props are listeners; null, undefined and false props and children are left out. */
export function h(tag, props, ...children) {
  return fill(document.createElement(tag), props, children);
}

/** An SVG element, with the same manners as `h`. */
export function svg(tag, props, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

function fill(node, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) set(node, name, value);
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function set(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "dataset") Object.assign(node.dataset, value);
  else if (name === "style") for (const [key, v] of Object.entries(value)) node.style.setProperty(key, v);
  else if (LIVE_PROPERTIES.has(name) && !(node instanceof SVGElement)) node[name] = value;
  else node.setAttribute(name === "class" ? "class" : name, value === true ? "" : String(value));
}

/** Replaces what a node holds. */
export function show(node, ...children) {
  node.replaceChildren(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return node;
}

let last = 0;
/** A fresh id for label/for and aria references. */
export const freshId = (stem) => `${stem}-${++last}`;

/** A link that leaves the page: its own tab, no way back into this one; only http(s), mailto and tel. */
export function link(url, ...children) {
  const safe = /^(https?:|mailto:|tel:|\/)/i.test(String(url ?? ""));
  if (!safe) return h("span", {}, ...children);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

/** What Tab can reach inside a node, in order. */
export function reachable(node) {
  const all = node.querySelectorAll(
    "a[href], button, input, textarea, select, [tabindex='0'], [contenteditable='true']",
  );
  return [...all].filter((item) => !item.disabled && item.offsetParent !== null);
}
