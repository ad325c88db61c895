// Buttons of every kind, and the overflow menu.
import { h, show } from "../dom.js";
import { icon } from "../icons.js";
import { openMenu } from "../menu.js";
import { plainText, textNodes } from "../mrkdwn.js";
import { confirmed } from "./form.js";

/** Presses once at a time: the button shows that it works until the app has answered. */
async function press(node, field, value) {
  if (node.getAttribute("aria-busy") === "true" || !(await confirmed(field.element))) return;
  node.setAttribute("aria-busy", "true");
  await field.ctx.act(field.element, field.block, value);
  node.removeAttribute("aria-busy");
}

const value = (element) => (element.value === undefined ? {} : { value: element.value });

export function button(field) {
  const { element } = field;
  const props = {
    class: `button ${element.style ?? ""}`,
    "aria-label": element.accessibility_label ?? null,
    "data-action": element.action_id ?? "",
  };
  if (element.url)
    return h(
      "a",
      {
        ...props,
        href: element.url,
        target: "_blank",
        rel: "noopener noreferrer",
        onclick: () => field.ctx.act(element, field.block, value(element)),
      },
      textNodes(element.text),
    );
  const node = h(
    "button",
    { ...props, type: "button", onclick: () => press(node, field, value(element)) },
    textNodes(element.text),
  );
  return node;
}

export function iconButton(field) {
  const { element } = field;
  const label = element.accessibility_label ?? plainText(element.text);
  const node = h(
    "button",
    {
      class: "icon-button",
      type: "button",
      title: plainText(element.text),
      "aria-label": label,
      "data-action": element.action_id ?? "",
      onclick: () => press(node, field, value(element)),
    },
    icon(element.icon === "trash" ? "trash" : element.icon),
  );
  return node;
}

export function feedbackButtons(field) {
  const { element } = field;
  const one = (side, face) => {
    const node = h(
      "button",
      {
        class: "feedback",
        type: "button",
        "aria-label": side.accessibility_label ?? null,
        "aria-pressed": "false",
        "data-action": element.action_id ?? "",
        onclick: async () => {
          for (const other of node.parentElement.children) other.setAttribute("aria-pressed", String(other === node));
          await press(node, field, { value: side.value });
        },
      },
      h("span", { "aria-hidden": "true" }, face),
      textNodes(side.text),
    );
    return node;
  };
  return h(
    "div",
    { class: "feedback-pair", role: "group", "aria-label": "Feedback" },
    one(element.positive_button, "👍"),
    one(element.negative_button, "👎"),
  );
}

export function overflow(field) {
  const { element, block, ctx } = field;
  const pick = async (option) => {
    if (await confirmed(element)) ctx.act(element, block, { selected_option: option });
  };
  const node = h("button", {
    class: "button square",
    type: "button",
    "aria-label": element.accessibility_label ?? "More options",
    "aria-haspopup": "menu",
    "data-action": element.action_id ?? "",
    onclick: () =>
      openMenu(
        node,
        element.options.map((option) => ({
          label: option.text,
          hint: plainText(option.description),
          url: option.url,
          pick: () => pick(option),
        })),
        "More options",
      ),
  });
  return show(node, icon("more"));
}
