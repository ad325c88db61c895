// rich_text_input: a field with bold, italic, strike and code; what is typed becomes a rich_text block.
import { h } from "../dom.js";
import { plainText } from "../mrkdwn.js";
import { richText } from "../richtext.js";

const TAGS = {
  B: "bold",
  STRONG: "bold",
  I: "italic",
  EM: "italic",
  S: "strike",
  STRIKE: "strike",
  CODE: "code",
  U: "underline",
};
const COMMANDS = [
  ["bold", "Bold", "B"],
  ["italic", "Italic", "I"],
  ["strikeThrough", "Strike", "S"],
];

export function richTextInput(field) {
  const started = field.start({ rich_text_value: field.element.initial_value ?? null }).rich_text_value;
  const area = h(
    "div",
    {
      class: "text-field rich-area",
      contenteditable: "true",
      role: "textbox",
      "aria-multiline": "true",
      tabindex: "0",
      "data-placeholder": plainText(field.element.placeholder),
      ...field.aria(),
      oninput: () => field.keep({ rich_text_value: read(area) }),
    },
    started ? richText(started) : null,
  );
  const tools = COMMANDS.map(([command, label, letter]) =>
    h(
      "button",
      {
        class: "icon-button",
        type: "button",
        "aria-label": label,
        onpointerdown: (event) => event.preventDefault(),
        onclick: () => {
          area.focus();
          document.execCommand(command);
          field.keep({ rich_text_value: read(area) });
        },
      },
      letter,
    ),
  );
  return h(
    "div",
    { class: "rich-input" },
    h("div", { class: "rich-tools", role: "toolbar", "aria-label": "Style" }, tools),
    area,
  );
}

function read(area) {
  const elements = runs(area, {});
  return elements.length ? { type: "rich_text", elements: [{ type: "rich_text_section", elements }] } : null;
}

function runs(node, style) {
  const found = [];
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) {
      if (child.data) found.push(run(child.data, style));
      continue;
    }
    if (child.nodeName === "BR") {
      found.push(run("\n", style));
      continue;
    }
    if (/^(DIV|P)$/.test(child.nodeName) && found.length) found.push(run("\n", style));
    found.push(...runs(child, TAGS[child.nodeName] ? { ...style, [TAGS[child.nodeName]]: true } : style));
  }
  return found;
}

const run = (text, style) => (Object.keys(style).length ? { type: "text", text, style } : { type: "text", text });
