// Selects, single and multi: of options, of options that the app looks up, of people, of conversations.
import { h, show } from "../dom.js";
import { api } from "../api.js";
import { avatar } from "../avatar.js";
import { icon } from "../icons.js";
import { matching, openListbox } from "../listbox.js";
import { plainText, textNodes } from "../mrkdwn.js";
import { channelName, everybody, isMine, world } from "../state.js";

const KEYS = {
  static: "option",
  external: "option",
  users: "user",
  conversations: "conversation",
  channels: "channel",
};

export function select(field) {
  const multi = field.element.type.startsWith("multi_");
  const kind = field.element.type.replace("multi_", "").replace("_select", "");
  const key = KEYS[kind];
  const slot = multi ? `selected_${key}s` : `selected_${key}`;
  const known = (id) =>
    places(kind, field.element).find((option) => option.value === id) ?? {
      text: { type: "plain_text", text: String(id) },
      value: id,
    };
  const asOption = (one) => (key === "option" ? one : known(one));
  const initial = field.element[multi ? `initial_${key}s` : `initial_${key}`];
  const here = kind === "conversations" && field.element.default_to_current_conversation && field.ctx.channel;
  const started = field.start({ [slot]: initial ?? (multi ? (here ? [here] : []) : here || null) })[slot];
  let chosen = (multi ? started : [started]).filter(Boolean).map(asOption);

  const opener = h("button", {
    class: "select",
    type: "button",
    "aria-haspopup": "listbox",
    "aria-expanded": "false",
    ...field.aria(),
    onclick: open,
  });
  const box = h("div", { class: multi ? "multi" : "single" });

  async function take(next) {
    const before = chosen;
    chosen = next;
    paint();
    const bare = next.map((option) => (key === "option" ? stripped(option) : option.value));
    if (!(await field.choose({ [slot]: multi ? bare : (bare[0] ?? null) }))) {
      chosen = before;
      paint();
    }
  }

  function pick(option) {
    if (!multi) return take([option]);
    if (chosen.some((one) => one.value === option.value))
      return take(chosen.filter((one) => one.value !== option.value));
    if (chosen.length >= (field.element.max_selected_items ?? Infinity)) return undefined;
    return take([...chosen, option]);
  }

  function open() {
    openListbox(opener, {
      groups: (query) => choices(kind, field, query),
      pick,
      chosen: () => chosen.map((one) => one.value),
      multi,
      label: plainText(field.element.placeholder) || "options",
      minimum: kind === "external" ? (field.element.min_query_length ?? 3) : 0,
    });
  }

  function pill(option) {
    return h(
      "span",
      { class: "pill" },
      textNodes(option.text),
      h(
        "button",
        {
          type: "button",
          "aria-label": `Remove ${plainText(option.text)}`,
          onclick: () => take(chosen.filter((one) => one !== option)),
        },
        icon("close", 12),
      ),
    );
  }

  function paint() {
    const empty = plainText(field.element.placeholder) || (multi ? "Choose some options" : "Choose an option");
    const words =
      chosen.length && !multi
        ? h("span", { class: "select-words" }, textNodes(chosen[0].text))
        : h("span", { class: "select-words quiet" }, empty);
    show(opener, words, icon("down", 16));
    const clear =
      !multi && chosen.length && field.block.optional
        ? h(
            "button",
            { class: "icon-button", type: "button", "aria-label": "Clear", onclick: () => take([]) },
            icon("close", 14),
          )
        : null;
    if (opener.parentElement !== box) show(box, opener);
    for (const extra of box.querySelectorAll(":scope > :not(.select)")) extra.remove();
    if (multi) box.prepend(...chosen.map(pill));
    if (clear) box.append(clear);
  }
  paint();
  return box;
}

const stripped = ({ text, value, description }) => (description ? { text, value, description } : { text, value });
const plain = (text) => ({ type: "plain_text", text, emoji: false });

async function choices(kind, field, query) {
  const { element, block, ctx } = field;
  if (kind === "external") {
    const found = await api.options({ ...ctx.where, action_id: element.action_id, block_id: block.block_id, query });
    return found.option_groups?.length ? found.option_groups : [{ options: found.options ?? [] }];
  }
  if (kind === "static") return matching(element.option_groups ?? [{ options: element.options ?? [] }], query);
  return matching([{ options: places(kind, element) }], query);
}

/** People, channels or conversations as options. */
function places(kind, element) {
  const people = everybody().map((one) => ({
    text: plain(one.name),
    description: one.title ? plain(one.title) : null,
    value: one.id,
    face: avatar(one.id, one.name, 24),
  }));
  if (kind === "users") return people;
  const wanted = element.filter?.include ?? ["public", "private", "im"];
  const type = { channel: "public", private: "private", dm: "im", app_dm: "im" };
  const rooms = world.channels.filter(
    (one) =>
      (kind === "channels" ? one.kind === "channel" : wanted.includes(type[one.kind]) && isMine(one)) &&
      !one.archived &&
      !(element.filter?.exclude_bot_users && one.kind === "app_dm"),
  );
  return rooms.map((one) => ({
    text: plain(one.kind.endsWith("dm") ? channelName(one) : `#${one.name}`),
    value: one.id,
  }));
}
