// What stands in the fields of one view or message. Values live by block_id and action_id, so an update of the view keeps what
// the person typed wherever both stay the same, as in Slack.
import { askFirst } from "../dialog.js";
import { plainText, textNodes } from "../mrkdwn.js";

export class Form {
  #values = new Map();
  #drawn = new Map();

  /** Called before a view is drawn again: only what is drawn afterwards is sent. */
  begin() {
    this.#drawn = new Map();
  }

  read(block, element) {
    return this.#values.get(`${block.block_id}\n${element.action_id}`);
  }

  write(block, element, value) {
    this.#values.set(`${block.block_id}\n${element.action_id}`, value);
    this.#drawn.set(`${block.block_id}\n${element.action_id}`, { block, element });
  }

  /** Every field that stands on the page: [{block, element, value}]. */
  fields() {
    return [...this.#drawn].map(([key, { block, element }]) => ({ block, element, value: this.#values.get(key) }));
  }

  /** {block_id: {action_id: value}}, as Slack's state.values. */
  values() {
    const all = {};
    for (const { block, element, value } of this.fields()) (all[block.block_id] ??= {})[element.action_id] = value;
    return all;
  }
}

/** One element's tie to its form and its app. */
export class Field {
  constructor(element, block, ctx, labels = {}) {
    Object.assign(this, { element, block, ctx, labels });
    this.inInput = block.type === "input";
    this.name = labels.labelId
      ? null
      : element.accessibility_label || plainText(element.placeholder) || element.type.replaceAll("_", " ");
  }

  /** What was chosen before, else `initial`; either way it now belongs to the form. */
  start(initial) {
    const kept = this.ctx.form.read(this.block, this.element);
    const value = { type: this.element.type, ...(kept ?? initial) };
    this.ctx.form.write(this.block, this.element, value);
    return value;
  }

  /** Keeps a value without telling the app. */
  keep(value) {
    this.ctx.form.write(this.block, this.element, { type: this.element.type, ...value });
  }

  /** A choice: asks first where the app wants that, keeps it, tells the app (inputs only with dispatch_action). False: taken back. */
  async choose(value) {
    const tells = !this.inInput || this.block.dispatch_action;
    if (tells && !(await confirmed(this.element))) return false;
    this.keep(value);
    if (tells) this.ctx.act(this.element, this.block, value);
    return true;
  }

  /** ARIA for the control itself. */
  aria() {
    return {
      "aria-labelledby": this.labels.labelId ?? null,
      "aria-label": this.name,
      "aria-describedby": this.labels.describedBy ?? null,
      "data-action": this.element.action_id ?? "",
      "data-first": this.element.focus_on_load || null,
    };
  }
}

/** Asks with the element's confirm dialog, if it has one. */
export async function confirmed({ confirm }) {
  if (!confirm) return true;
  const words = (text) => plainText(text);
  return askFirst({
    title: words(confirm.title),
    text: textNodes(confirm.text),
    confirm: words(confirm.confirm),
    deny: words(confirm.deny),
    style: confirm.style,
  });
}
