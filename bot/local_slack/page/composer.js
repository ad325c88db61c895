// The field to write in: grows with the text, sends on Enter, keeps a draft per conversation.
import { h, freshId, show } from "./dom.js";
import { api } from "./api.js";
import { offering, placeholderOf, usageOf } from "./commands.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { channelName, channelOf, emit, world } from "./state.js";
import { telling } from "./toast.js";

const drafts = new Map();
export const forgetDrafts = () => drafts.clear();

/** A composer for a channel, or for one thread of it. */
export function composer(channel, thread = null) {
  const key = `${channel}/${thread ?? ""}`;
  const name = channelName(channelOf(channel));
  const label = thread ? "Reply…" : placeholderOf(channel, name);
  const listId = freshId("offers");
  const list = h("div", { class: "offers", role: "listbox", id: listId, "aria-label": "Suggestions", hidden: true });
  const usage = h("div", { class: "usage", "aria-live": "polite" });
  const field = h("textarea", {
    class: "composer-field",
    id: thread ? null : "composer",
    rows: 1,
    placeholder: label,
    "aria-label": label,
    role: "combobox",
    "aria-controls": listId,
    "aria-expanded": "false",
    "aria-autocomplete": "list",
    autocomplete: "off",
    oninput: changed,
    onkeydown: keydown,
    onblur: () => offers.hide(),
  });
  const offers = offering(field, list);
  const sendButton = h(
    "button",
    { class: "send", type: "button", "aria-label": "Send message", onclick: send },
    icon("send", 18),
  );
  const picker = h("input", { type: "file", hidden: true, "aria-label": "File to attach", onchange: attach });

  function changed() {
    drafts.set(key, field.value);
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 220)}px`;
    sendButton.disabled = !field.value.trim();
    show(usage, usageOf(field.value));
    offers.refresh();
  }
  function keydown(event) {
    if (event.isComposing) return;
    if (offers.keydown(event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      send();
    }
  }
  async function send() {
    const text = field.value.trim();
    if (!text) return;
    field.value = "";
    changed();
    const answer = await telling(api.type(channel, text, thread));
    if (answer === undefined && !field.value) {
      field.value = text;
      changed();
    }
    if (answer?.message)
      emit("sent", { channel: answer.message.channel ?? answer.channel ?? channel, message: answer.message });
  }
  async function attach() {
    if (picker.files[0]) await telling(api.upload(picker.files[0], channel, thread));
    picker.value = "";
  }
  const tool = (name, words, onclick) =>
    h("button", { class: "icon-button", type: "button", "aria-label": words, title: words, onclick }, icon(name, 18));
  const put = (words) => {
    field.focus();
    field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
    changed();
  };
  const shortcuts = tool("bolt", "Shortcuts and commands", () =>
    openMenu(shortcuts, shortcutRows(put), "Shortcuts and commands"),
  );
  shortcuts.setAttribute("aria-haspopup", "menu");

  field.value = drafts.get(key) ?? "";
  sendButton.disabled = !field.value.trim();
  return h(
    "div",
    { class: "composer" },
    list,
    h(
      "div",
      { class: "composer-box" },
      field,
      h(
        "div",
        { class: "composer-tools" },
        tool("clip", "Attach a file", () => picker.click()),
        tool("at", "Mention someone", () => put("@")),
        thread ? null : shortcuts,
        picker,
        usage,
        sendButton,
      ),
    ),
  );
}

function shortcutRows(put) {
  const global = world.shortcuts.global.map((one) => ({
    label: one.name,
    hint: one.description,
    face: icon("bolt", 18),
    pick: () => telling(api.shortcut({ callback_id: one.callback_id })),
  }));
  const commands = world.commands.map((one) => ({
    label: one.command,
    hint: one.description,
    face: icon("right", 18),
    pick: () => put(`${one.command} `),
  }));
  return [
    ...(global.length ? [{ title: "Shortcuts" }, ...global] : []),
    ...(commands.length ? [{ title: "Commands" }, ...commands] : []),
  ];
}
