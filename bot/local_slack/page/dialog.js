// The frame of every dialog: title bar, body, footer, focus trap, Escape. Modals of apps, confirmations and large pictures use it.
import { h, freshId, reachable } from "./dom.js";
import { icon } from "./icons.js";

/** Opens a dialog; returns {node, close}. `onclose` runs when the person closes it (not when close() is called with {quiet: true}). */
export function openDialog({
  title,
  titleNodes = null,
  before = null,
  body,
  footer = null,
  onclose = null,
  wide = false,
  className = "",
}) {
  const titleId = freshId("title");
  const opener = document.activeElement;
  const node = h(
    "div",
    {
      class: `dialog ${wide ? "wide" : ""} ${className}`,
      role: "dialog",
      "aria-modal": "true",
      "aria-labelledby": titleId,
    },
    h(
      "header",
      { class: "dialog-head" },
      before,
      h("h2", { id: titleId }, titleNodes ?? title),
      h(
        "button",
        { class: "icon-button", type: "button", "aria-label": "Close", onclick: () => close() },
        icon("close"),
      ),
    ),
    h("div", { class: "dialog-body" }, body),
    footer ? h("footer", { class: "dialog-foot" }, footer) : null,
  );
  const veil = h(
    "div",
    {
      class: "veil",
      onpointerdown: (event) => {
        if (event.target === veil && !className.includes("view")) close();
      },
    },
    node,
  );

  function close({ quiet = false } = {}) {
    if (!veil.isConnected) return;
    veil.remove();
    if (opener?.isConnected) opener.focus();
    if (!quiet) onclose?.();
  }
  node.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
    if (event.key === "Tab") trap(event, node);
  });
  document.body.append(veil);
  (
    node.querySelector("[data-first]") ??
    reachable(node.querySelector(".dialog-body"))[0] ??
    reachable(node).at(-1)
  )?.focus();
  return { node, close };
}

function trap(event, node) {
  const stops = reachable(node);
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  if (document.activeElement !== edge && node.contains(document.activeElement)) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
}

/** Asks before a press, with the app's own words; resolves to true or false. */
export function askFirst({ title, text, confirm, deny, style }) {
  return new Promise((resolve) => {
    const done = (yes) => {
      dialog.close({ quiet: true });
      resolve(yes);
    };
    const button = (words, yes, kind) =>
      h(
        "button",
        { class: `button ${kind}`, type: "button", "data-first": yes || null, onclick: () => done(yes) },
        words,
      );
    const dialog = openDialog({
      title,
      className: "confirm",
      body: h("div", {}, text),
      onclose: () => resolve(false),
      footer: [
        button(deny || "Cancel", false, ""),
        button(confirm || "Yes", true, style === "danger" ? "danger" : "primary"),
      ],
    });
  });
}
