// Fields to type into: text, number, e-mail, address.
import { h } from "../dom.js";
import { plainText } from "../mrkdwn.js";

function box(field, tag, props) {
  const { element } = field;
  let sent = field.start({ value: element.initial_value ?? null }).value;
  const value = () => node.value || null;
  const tell = () => {
    if (value() !== sent) {
      sent = value();
      field.choose({ value: sent });
    }
  };
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const node = h(tag, {
    class: "text-field",
    placeholder: plainText(element.placeholder),
    autocomplete: "off",
    ...field.aria(),
    ...props,
    oninput: () => {
      field.keep({ value: value() });
      if (field.block.dispatch_action && triggers.includes("on_character_entered")) tell();
    },
    onkeydown: (event) => {
      if (event.key !== "Enter" || event.isComposing || (tag === "textarea" && !event.ctrlKey && !event.metaKey))
        return;
      if (field.block.dispatch_action && triggers.includes("on_enter_pressed")) {
        event.preventDefault();
        event.stopPropagation();
        tell();
      }
    },
  });
  node.value = sent ?? "";
  return node;
}

export function plainTextInput(field) {
  const { element } = field;
  const props = { maxlength: element.max_length ?? 3000 };
  return element.multiline
    ? box(field, "textarea", { ...props, rows: 5 })
    : box(field, "input", { ...props, type: "text" });
}

export const number = (field) =>
  box(field, "input", { type: "text", inputmode: field.element.is_decimal_allowed ? "decimal" : "numeric" });
export const email = (field) => box(field, "input", { type: "email" });
export const url = (field) => box(field, "input", { type: "url" });
