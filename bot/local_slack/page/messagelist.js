// The list of messages of a conversation or thread: day dividers, runs of one author, the scroll that stays at the end.
import { h } from "./dom.js";
import { dayDivider, dayKey } from "./dates.js";
import { drawMessage, momentOf } from "./message.js";
import { world } from "./state.js";

const RUN = 5 * 60_000;

export class MessageList {
  constructor(label, { inThread = false, beginning = null } = {}) {
    this.messages = [];
    this.asks();
    this.inThread = inThread;
    this.beginning = beginning;
    this.inner = h("div", { class: "messages-inner" });
    this.node = h(
      "div",
      { class: "messages", role: "log", "aria-label": label, "aria-live": "polite", tabindex: "0" },
      this.inner,
    );
    // Charts and pictures grow after they are drawn: whoever reads the end stays at the end.
    this.atEnd = true;
    this.node.addEventListener("scroll", () => {
      this.atEnd = this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < 60;
    });
    new ResizeObserver(() => this.settle()).observe(this.inner);
    new ResizeObserver(() => this.settle()).observe(this.node);
  }

  /** From here on, what arrives may be newer than the answer that is asked for. */
  asks() {
    this.arrived = new Map();
  }

  fill(channel, messages) {
    this.channel = channel;
    const known = new Map(messages.map((message) => [message.ts, message]));
    for (const [ts, message] of this.arrived) known.set(ts, message);
    this.messages = [...known.values()].sort((a, b) => Number(a.ts) - Number(b.ts));
    this.asks();
    this.atEnd = true;
    this.paint();
  }

  /** Puts a new or changed message where it belongs. */
  put(message) {
    this.arrived.set(message.ts, message);
    const at = this.messages.findIndex((one) => one.ts === message.ts);
    if (at >= 0) this.messages[at] = message;
    else this.messages.push(message);
    if (at < 0 && message.user === world.me.id) this.atEnd = true;
    this.messages.sort((a, b) => Number(a.ts) - Number(b.ts));
    this.paint(message.ts);
  }

  drop(ts) {
    this.arrived.delete(ts);
    this.messages = this.messages.filter((one) => one.ts !== ts);
    this.paint(ts);
  }

  /** Draws what changed and keeps the nodes of all else, so that a sorted table stays sorted. */
  paint(changed = null) {
    const before = new Map([...this.inner.children].map((node) => [node.dataset.key, node]));
    const keep = (key, draw, same = true) => {
      const node = changed !== null && changed !== key && same && before.has(key) ? before.get(key) : draw();
      node.dataset.key = key;
      return node;
    };
    const rows = this.beginning ? [keep("beginning", this.beginning)] : [];
    let last = null;
    for (const message of this.messages) {
      const at = momentOf(message);
      const newDay = !last || dayKey(at) !== dayKey(momentOf(last));
      if (newDay) rows.push(keep(dayKey(at), () => divider(at)));
      const compact = !newDay && goesOn(last, message);
      const same = before.get(message.ts)?.classList.contains("compact") === compact;
      rows.push(keep(message.ts, () => drawMessage(message, this.channel, { compact, inThread: this.inThread }), same));
      last = message;
    }
    const focus = focusIn(this.inner);
    arrange(this.inner, rows);
    focus();
    this.settle();
  }

  settle() {
    if (this.atEnd) this.node.scrollTop = this.node.scrollHeight;
  }
}

const divider = (at) => h("div", { class: "day", role: "separator" }, h("span", {}, dayDivider(at)));

/** Whether a message follows in the same breath as the one before. */
function goesOn(last, message) {
  const alike = last.user === message.user && last.username === message.username;
  const plain = !message.blocks && !message.ephemeral && !last.ephemeral;
  return alike && plain && momentOf(message) - momentOf(last) < RUN;
}

/** Puts rows in their order and touches only what differs, so that a screen reader hears only what is new. */
function arrange(parent, rows) {
  let at = parent.firstChild;
  for (const row of rows) {
    if (row === at) at = at.nextSibling;
    else parent.insertBefore(row, at);
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

/** Remembers the control that has the focus; calling the answer focuses it again if it was drawn anew. */
function focusIn(parent) {
  const control = parent.contains(document.activeElement) ? document.activeElement : null;
  const [key, action] = [control?.closest("[data-key]")?.dataset.key, control?.dataset.action];
  return () => {
    if (!control || control.isConnected) return;
    const row = [...parent.children].find((node) => node.dataset.key === key);
    const same = [...(row?.querySelectorAll("[data-action]") ?? [])].find((node) => node.dataset.action === action);
    (same ?? row?.querySelector("[data-action], button"))?.focus({ preventScroll: true });
  };
}
