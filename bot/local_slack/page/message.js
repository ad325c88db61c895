// One message: face, name, words or blocks, files, thread line, and the actions that appear beside it.
import { h } from "./dom.js";
import { api } from "./api.js";
import { avatar } from "./avatar.js";
import { drawBlocks } from "./blocks/index.js";
import { drawOr, Undrawable } from "./blocks/undrawable.js";
import { longDate, time } from "./dates.js";
import { emojiNode } from "./emoji.js";
import { icon } from "./icons.js";
import { messageContext } from "./interact.js";
import { openMenu } from "./menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { picture } from "./pictures.js";
import { appOf, authorName, channelName, channelOf, emit, person, world } from "./state.js";
import { telling } from "./toast.js";

export const momentOf = (message) => new Date(message.at ?? Number(message.ts) * 1000);

/** Draws a message. `compact`: the same author went on; `inThread`: no thread line. */
export function drawMessage(message, channel, { compact = false, inThread = false } = {}) {
  const name = authorName(message);
  const at = momentOf(message);
  const stamp = h(
    "time",
    { class: "stamp", datetime: at.toISOString(), title: `${longDate(at)}, ${time(at)}` },
    time(at),
  );
  const head = compact
    ? null
    : h(
        "div",
        { class: "head" },
        h("strong", { class: "author" }, name),
        isApp(message) ? h("span", { class: "badge" }, "APP") : null,
        stamp,
      );
  return h(
    "article",
    {
      class: ["message", compact ? "compact" : "", message.ephemeral ? "ephemeral" : ""].join(" ").trim(),
      dataset: { ts: message.ts },
      "aria-label": `${name}, ${time(at)}`,
    },
    h("div", { class: "gutter" }, compact ? stamp : avatar(message.user, name)),
    h(
      "div",
      { class: "body" },
      head,
      message.ephemeral ? h("div", { class: "only-you" }, icon("eye", 14), "Only visible to you") : null,
      content(message, channel),
      (message.files ?? []).map((file) => fileNode(file, message)),
      reactions(message),
      message.deferred
        ? h(
            "div",
            { class: "failed" },
            icon("warning", 16),
            message.deferred === "failed" ? "The app did not respond. Try again." : String(message.deferred),
          )
        : null,
      inThread ? null : threadLine(message),
    ),
    toolbar(message, channel, inThread),
  );
}

const isApp = (message) => message.bot || person(message.user)?.is_bot || Boolean(appOf({ user: message.user }));

function content(message, channel) {
  const edited = message.edited ? h("span", { class: "edited" }, " (edited)") : null;
  if (message.blocks?.length)
    return h("div", { class: "blocks" }, drawBlocks(message.blocks, messageContext(message, channel)), edited);
  return message.text ? h("div", { class: "text" }, mrkdwn(message.text), edited) : null;
}

function fileNode(file, message) {
  if (!file.mimetype?.startsWith("image/")) {
    return h(
      "a",
      { class: "file-card", href: file.url, target: "_blank", rel: "noopener" },
      icon("file"),
      h("span", { class: "menu-words" }, h("strong", {}, file.title || file.name), h("small", {}, size(file))),
    );
  }
  return drawOr(() => {
    const alt = file.alt_txt || (message.bot ? "" : file.title || file.name);
    if (!alt) throw new Undrawable("image", "no alt text");
    return h(
      "figure",
      { class: "image" },
      h("figcaption", {}, file.title || file.name),
      picture({ image_url: file.url, alt_text: alt }, file.title || file.name),
    );
  }, "file");
}

const size = (file) =>
  [
    file.mimetype?.split("/").at(-1)?.toUpperCase(),
    file.size ? `${Math.max(1, Math.round(file.size / 1024))} kB` : null,
  ]
    .filter(Boolean)
    .join(" · ");

function reactions(message) {
  if (!message.reactions?.length) return null;
  return h(
    "div",
    { class: "reactions" },
    message.reactions.map((one) =>
      h(
        "span",
        { class: "reaction", title: (one.users ?? []).map((id) => person(id)?.name ?? id).join(", ") },
        emojiNode(one.name) ?? `:${one.name}:`,
        ` ${one.count ?? one.users?.length ?? 1}`,
      ),
    ),
  );
}

function threadLine(message) {
  if (!message.reply_count) return null;
  const words = message.reply_count === 1 ? "1 reply" : `${message.reply_count} replies`;
  return h(
    "button",
    { class: "thread-line", type: "button", onclick: () => emit("thread", message.ts) },
    (message.reply_users ?? []).slice(0, 4).map((id) => avatar(id, person(id)?.name, 22)),
    h("strong", {}, words),
    h("span", { class: "quiet" }, "View thread"),
  );
}

function toolbar(message, channel, inThread) {
  if (message.ephemeral)
    return h(
      "div",
      { class: "toolbar" },
      tool("close", "Dismiss message", () => emit("dismiss", message.ts)),
    );
  const more = tool("more", "More actions", () =>
    openMenu(more, moreActions(message, channel, inThread), "More actions"),
  );
  more.setAttribute("aria-haspopup", "menu");
  return h(
    "div",
    { class: "toolbar", role: "group", "aria-label": "Message actions" },
    inThread ? null : tool("thread", "Reply in thread", () => emit("thread", message.thread_ts ?? message.ts)),
    more,
  );
}

const tool = (name, label, onclick) =>
  h("button", { class: "icon-button", type: "button", title: label, "aria-label": label, onclick }, icon(name, 18));

function moreActions(message, channel, inThread) {
  const shortcuts = world.shortcuts.message.map((shortcut) => ({
    label: shortcut.name,
    hint: shortcut.description || world.apps[0]?.name,
    face: icon("bolt", 18),
    pick: () => telling(api.shortcut({ callback_id: shortcut.callback_id, channel, ts: message.ts })),
  }));
  const link = `${location.origin}/?as=${world.me.id}#${channel}`;
  return [
    ...shortcuts,
    ...(shortcuts.length ? ["divider"] : []),
    ...(inThread
      ? []
      : [
          {
            label: "Reply in thread",
            face: icon("thread", 18),
            pick: () => emit("thread", message.thread_ts ?? message.ts),
          },
        ]),
    { label: "Copy text", face: icon("file", 18), pick: () => navigator.clipboard?.writeText(message.text ?? "") },
    {
      label: `Copy link to ${channelOf(channel)?.kind === "channel" ? "#" : ""}${channelName(channelOf(channel))}`,
      face: icon("hash", 18),
      pick: () => navigator.clipboard?.writeText(link),
    },
  ];
}
