// Checkboxes and radio buttons.
import { h, freshId } from "../dom.js";
import { textNodes } from "../mrkdwn.js";

function row(type, name, option, checked, onchange) {
  const hintId = freshId("about");
  return h(
    "label",
    { class: "choice" },
    h("input", {
      type,
      name,
      checked,
      value: option.value,
      onchange,
      "aria-describedby": option.description ? hintId : null,
    }),
    h(
      "span",
      { class: "choice-words" },
      h("span", {}, textNodes(option.text)),
      option.description ? h("small", { id: hintId }, textNodes(option.description)) : null,
    ),
  );
}

function group(field, role, rows) {
  const { "data-first": first, ...aria } = field.aria();
  if (first) rows[0]?.querySelector("input").setAttribute("data-first", "");
  return h("div", { class: "choices", role, ...aria }, rows);
}

export function checkboxes(field) {
  const { element } = field;
  let chosen = field.start({ selected_options: element.initial_options ?? [] }).selected_options;
  const rows = element.options.map((option) =>
    row(
      "checkbox",
      null,
      option,
      chosen.some((one) => one.value === option.value),
      async (event) => {
        const values = new Set(chosen.map((one) => one.value));
        if (event.target.checked) values.add(option.value);
        else values.delete(option.value);
        const next = element.options.filter((one) => values.has(one.value));
        if (await field.choose({ selected_options: next })) chosen = next;
        else event.target.checked = !event.target.checked;
      },
    ),
  );
  return group(field, "group", rows);
}

export function radioButtons(field) {
  const { element } = field;
  const name = freshId("radio");
  let chosen = field.start({ selected_option: element.initial_option ?? null }).selected_option;
  const rows = element.options.map((option) =>
    row("radio", name, option, chosen?.value === option.value, async () => {
      if (await field.choose({ selected_option: option })) chosen = option;
      else for (const input of box.querySelectorAll("input")) input.checked = input.value === chosen?.value;
    }),
  );
  const box = group(field, "radiogroup", rows);
  return box;
}
