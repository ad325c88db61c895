// Every element type and the function that draws it.
import { h } from "../dom.js";
import { thumbnail } from "../pictures.js";
import { drawOr, Undrawable } from "../blocks/undrawable.js";
import { button, feedbackButtons, iconButton, overflow } from "./buttons.js";
import { checkboxes, radioButtons } from "./choices.js";
import { select } from "./selects.js";
import { dateTimePicker, datePicker, timePicker } from "./pickers.js";
import { email, number, plainTextInput, url } from "./texts.js";
import { fileInput } from "./files.js";
import { richTextInput } from "./richinput.js";
import { Field } from "./form.js";

const DRAW = {
  button,
  overflow,
  checkboxes,
  number_input: number,
  workflow_button: button,
  feedback_buttons: feedbackButtons,
  icon_button: iconButton,
  radio_buttons: radioButtons,
  datepicker: datePicker,
  timepicker: timePicker,
  datetimepicker: dateTimePicker,
  plain_text_input: plainTextInput,
  email_text_input: email,
  url_text_input: url,
  rich_text_input: richTextInput,
  file_input: fileInput,
  image: ({ element }) => thumbnail(element),
};
for (const kind of ["static", "external", "users", "conversations", "channels"]) {
  DRAW[`${kind}_select`] = select;
  DRAW[`multi_${kind}_select`] = select;
}

/** Draws one element of a block; `labels` ties it to the label, hint and error of an input block. */
export function drawElement(element, block, ctx, labels) {
  const inner = drawOr(() => {
    if (!element || !Object.hasOwn(DRAW, element.type))
      throw new Undrawable(element?.type ?? "an element without type");
    return DRAW[element.type](new Field(element, block, ctx, labels));
  }, element?.type);
  return element?.type === "image"
    ? inner
    : h("div", { class: `element element-${element?.type}`, dataset: { elementType: element?.type ?? "" } }, inner);
}
