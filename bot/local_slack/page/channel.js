// The middle pane: a conversation with its header, messages and composer; for an app also its Home tab.
import { h, show } from "./dom.js";
import { api } from "./api.js";
import { avatar } from "./avatar.js";
import { composer } from "./composer.js";
import { drawHome } from "./home.js";
import { icon } from "./icons.js";
import { channelMenu } from "./members.js";
import { MessageList } from "./messagelist.js";
import { openMenu } from "./menu.js";
import { textNodes } from "./mrkdwn.js";
import { appOf, channelName, emit, isMine, openChannel, place, world } from "./state.js";
import { telling } from "./toast.js";

const pane = document.getElementById("main");
export let list = null;

export async function drawChannel() {
  const channel = openChannel();
  list = null;
  if (!channel) return show(pane, h("p", { class: "empty" }, "Choose a conversation."));
  const body = h("div", { class: "pane-body" });
  show(pane, head(channel), body);
  if (channel.kind === "app_dm" && place.tab === "home") return drawHome(body, appOf({ channel }));
  const mine = new MessageList(`Messages in ${channelName(channel)}`, { beginning: () => beginning(channel) });
  list = mine;
  show(body, mine.node, foot(channel));
  await loadMessages();
  return undefined;
}

/** Reads the open conversation again. */
export async function loadMessages() {
  const [mine, channel] = [list, openChannel()];
  if (!mine || !channel) return;
  mine.asks();
  const answer = await telling(api.messages(channel.id));
  if (!answer || mine !== list) return;
  mine.fill(channel.id, answer.messages);
  markRead();
}

/** Tells the server how far the open conversation has been read. */
export function markRead() {
  const channel = openChannel();
  const last = list?.messages.filter((message) => !message.ephemeral).at(-1);
  if (!channel || !last || document.hidden || !isMine(channel)) return;
  if (channel.unread || Number(channel.last_read ?? 0) < Number(last.ts)) {
    Object.assign(channel, { unread: 0, last_read: last.ts });
    emit("sidebar");
    api.read(channel.id, last.ts).catch(() => {});
  }
}

export const roomIcon = (channel) => icon(channel.kind === "private" ? "lock" : "hash", 18);

function head(channel) {
  const direct = channel.kind.endsWith("dm");
  const other = (channel.members ?? []).find((id) => id !== world.me?.id);
  const face = direct ? avatar(other, channelName(channel), 26) : roomIcon(channel);
  const tab = (id, words) =>
    h(
      "button",
      {
        type: "button",
        role: "tab",
        "aria-selected": String(place.tab === id),
        onclick: () => emit("go", { channel: channel.id, tab: id }),
      },
      words,
    );
  const members = direct
    ? null
    : h(
        "button",
        {
          class: "members",
          type: "button",
          "aria-haspopup": "menu",
          "aria-label": `${channel.members?.length ?? 0} members and settings`,
          onclick: (event) => openMenu(event.currentTarget, channelMenu(channel), `Members of ${channel.name}`),
        },
        icon("people", 18),
        String(channel.members?.length ?? 0),
        icon("down", 14),
      );
  return [
    h(
      "header",
      { class: "pane-head" },
      h(
        "button",
        {
          class: "icon-button back",
          type: "button",
          "aria-label": "Back to conversations",
          onclick: () => emit("pane", "sidebar"),
        },
        icon("left"),
      ),
      h(
        "h1",
        {},
        face,
        h("span", {}, channelName(channel)),
        channel.kind === "app_dm" ? h("span", { class: "badge" }, "APP") : null,
      ),
      channel.topic ? h("div", { class: "topic", title: channel.topic }, textNodes(channel.topic)) : null,
      members,
    ),
    channel.kind === "app_dm"
      ? h(
          "div",
          { class: "tabs", role: "tablist", "aria-label": channelName(channel) },
          tab("home", "Home"),
          tab("messages", "Messages"),
        )
      : null,
  ];
}

function beginning(channel) {
  const name = channelName(channel);
  if (channel.kind.endsWith("dm"))
    return h(
      "div",
      { class: "beginning" },
      h("p", {}, "This is the beginning of your conversation with ", h("strong", {}, name), "."),
    );
  return h(
    "div",
    { class: "beginning" },
    h("h2", {}, roomIcon(channel), name),
    h("p", {}, channel.topic ? textNodes(channel.topic) : `This is the beginning of #${name}.`),
  );
}

function foot(channel) {
  if (channel.archived) return h("div", { class: "join-bar" }, "This channel has been archived.");
  if (isMine(channel)) return composer(channel.id);
  const join = async () => {
    if (await telling(api.join(channel.id))) emit("refresh");
  };
  return h(
    "div",
    { class: "join-bar" },
    h("span", {}, "You are viewing ", h("strong", {}, `#${channel.name}`)),
    h("button", { class: "button primary", type: "button", onclick: join }, "Join channel"),
  );
}
