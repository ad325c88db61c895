// Short notices in the corner: refusals, and the headline of a message that arrives elsewhere.
import { h } from "./dom.js";
import { icon } from "./icons.js";

const corner = h("div", { class: "toasts", role: "status", "aria-live": "polite" });
document.body.append(corner);

/** Shows words for some seconds; `open` makes it a button. */
export function toast(words, { title = "", face = null, open = null, seconds = 6 } = {}) {
  const inner = [
    face,
    h(
      "span",
      { class: "menu-words" },
      title ? h("strong", {}, title) : null,
      h("span", { class: "toast-text" }, words),
    ),
  ];
  const node = h(
    "div",
    { class: "toast" },
    open
      ? h(
          "button",
          {
            class: "toast-open",
            type: "button",
            onclick: () => {
              node.remove();
              open();
            },
          },
          inner,
        )
      : h("div", { class: "toast-open" }, inner),
    h(
      "button",
      { class: "icon-button", type: "button", "aria-label": "Dismiss", onclick: () => node.remove() },
      icon("close", 16),
    ),
  );
  corner.append(node);
  while (corner.children.length > 4) corner.firstElementChild.remove();
  setTimeout(() => node.remove(), seconds * 1000);
}

/** Runs a verb; a refusal is told, and undefined comes back. */
export async function telling(promise) {
  try {
    return await promise;
  } catch (error) {
    if (error.name !== "Refusal" && error.constructor.name !== "Refusal") console.error(error);
    toast(error.message || "Something went wrong.");
    return undefined;
  }
}
