// Blocks that are used: actions, inputs with label, hint and error, feedback under an answer.
import { h, freshId } from "../dom.js";
import { plainText, textNodes } from "../mrkdwn.js";
import { drawElement } from "../elements/index.js";
import { world } from "../state.js";

export function actions(block, ctx) {
  return h(
    "div",
    { class: "actions" },
    (block.elements ?? []).map((element) => drawElement(element, block, ctx)),
  );
}

export function contextActions(block, ctx) {
  const mine = (element) => !element.visible_to_user_ids || element.visible_to_user_ids.includes(world.me?.id);
  return h(
    "div",
    { class: "context-actions" },
    (block.elements ?? []).filter(mine).map((element) => drawElement(element, block, ctx)),
  );
}

/** Label above, hint and error below; the field names both with aria-describedby. */
export function input(block, ctx) {
  const labelId = freshId("label");
  const hintId = freshId("hint");
  const errorId = freshId("error");
  const field = drawElement(block.element, block, ctx, { labelId, describedBy: `${hintId} ${errorId}` });
  return h(
    "div",
    { class: "input", dataset: { action: block.element?.action_id ?? "" } },
    h(
      "div",
      { class: "label", id: labelId, onclick: () => field.querySelector("input, textarea, button")?.focus() },
      textNodes({ type: "plain_text", text: plainText(block.label) }),
      block.optional ? h("span", { class: "quiet" }, " (optional)") : null,
    ),
    field,
    h("div", { class: "hint", id: hintId }, block.hint ? textNodes(block.hint) : null),
    h("div", { class: "error", id: errorId, role: "alert" }),
  );
}
