// From a press or a choice to the app: the context that blocks are drawn with, on messages and on views.
import { api } from "./api.js";
import { Form } from "./elements/form.js";
import { emit } from "./state.js";
import { telling } from "./toast.js";

const forms = new Map();

/** The form of a message or view; it outlives redraws. */
export function formOf(key) {
  if (!forms.has(key)) forms.set(key, new Form());
  return forms.get(key);
}
export const forgetForms = () => forms.clear();

function contextFor(where, surface, channel) {
  const form = formOf(where.view_id ?? `${where.channel}/${where.ts}`);
  async function act(element, block, value) {
    if (!element.action_id) return;
    const answer = await telling(
      api.press({
        ...where,
        action_id: element.action_id,
        block_id: block.unnamed ? undefined : block.block_id,
        values: form.values(),
        ...value,
      }),
    );
    if (answer?.views) emit("view", { stack: answer.views });
  }
  return { surface, where, channel, form, act };
}

export function messageContext(message, channel) {
  const context = contextFor({ channel, ts: message.ts }, "message", channel);
  context.form.begin();
  return context;
}

/** For a modal or a Home view. */
export function viewContext(view, surface) {
  const context = contextFor({ view_id: view.id }, surface, null);
  context.form.begin();
  return context;
}
