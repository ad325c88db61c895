// A menu of actions: message shortcuts, overflow menus, the people of the cast.
import { h } from "./dom.js";
import { textNodes } from "./mrkdwn.js";
import { openPopup, step } from "./popup.js";

/** items: [{label, hint?, face?, danger?, checked?, url?, pick()} | "divider" | {title}]. */
export function openMenu(anchor, items, label) {
  const rows = items.map((item) => row(item, () => close()));
  const pickable = rows.filter((node) => node.role?.startsWith("menuitem"));
  const close = openPopup(anchor, rows, { role: "menu", label, className: "menu" });
  pickable[0]?.focus();
  pickable[0]?.parentElement.addEventListener("keydown", (event) => {
    const next = step(event.key, pickable.indexOf(document.activeElement), pickable.length);
    if (next >= 0) {
      event.preventDefault();
      pickable[next].focus();
    }
  });
  return close;
}

function row(item, close) {
  if (item === "divider") return h("hr", { role: "separator" });
  if (item.title) return h("div", { class: "menu-title" }, item.title);
  const words = h(
    "span",
    { class: "menu-words" },
    h("span", {}, typeof item.label === "string" ? item.label : textNodes(item.label)),
    item.hint ? h("small", {}, item.hint) : null,
  );
  const role = item.checked === undefined ? "menuitem" : "menuitemcheckbox";
  const pick = () => {
    close();
    item.pick?.();
    if (item.url) window.open(item.url, "_blank", "noopener");
  };
  return h(
    "button",
    {
      type: "button",
      role,
      "aria-checked": item.checked === undefined ? null : String(item.checked),
      tabindex: "-1",
      class: item.danger ? "menu-row danger" : "menu-row",
      onclick: pick,
    },
    item.face ?? null,
    words,
    item.checked ? h("span", { class: "tick", "aria-hidden": "true" }, "✓") : null,
  );
}
