// The left pane: the workspace, its conversations, and who one is.
import { h, show } from "./dom.js";
import { avatar } from "./avatar.js";
import { roomIcon } from "./channel.js";
import { icon } from "./icons.js";
import { step } from "./popup.js";
import { peopleMenu } from "./people.js";
import { channelName, emit, isMine, pausing, person, place, world } from "./state.js";

const pane = document.getElementById("sidebar");

export function drawSidebar() {
  const [mine, others] = [world.channels.filter(isMine), world.channels.filter((one) => !isMine(one) && !one.archived)];
  const rooms = mine.filter((one) => !one.kind.endsWith("dm") && !one.archived);
  const byName = (a, b) => channelName(a).localeCompare(channelName(b));
  const scroll = pane.querySelector(".side-scroll")?.scrollTop ?? 0;
  show(
    pane,
    h(
      "div",
      { class: "workspace" },
      h("span", { class: "workspace-tile", "aria-hidden": "true" }, [...(world.workspace.name ?? "L")][0]),
      h("span", { class: "workspace-name" }, h("strong", {}, world.workspace.name), h("small", {}, "Local Slack")),
    ),
    h(
      "button",
      { class: "jump", type: "button", onclick: () => emit("jump") },
      icon("search", 16),
      h("span", {}, "Jump to…"),
      h("kbd", {}, /Mac/.test(navigator.platform) ? "⌘K" : "Ctrl K"),
    ),
    h(
      "div",
      { class: "side-scroll", onkeydown: arrows },
      part("Channels", rooms.sort(byName)),
      part("Direct messages", mine.filter((one) => one.kind === "dm").sort(byName)),
      part(
        "Apps",
        mine.filter((one) => one.kind === "app_dm"),
      ),
      part("More channels", others.sort(byName)),
    ),
    meButton(),
  );
  pane.querySelector(".side-scroll").scrollTop = scroll;
  document.title = `${world.channels.some((one) => one.unread && isMine(one)) ? "● " : ""}${world.workspace.name ?? "Local Slack"}`;
}

function part(title, channels) {
  if (!channels.length) return null;
  return h(
    "section",
    {},
    h("h2", {}, title),
    h(
      "ul",
      { role: "list" },
      channels.map((channel) => h("li", {}, row(channel))),
    ),
  );
}

function row(channel) {
  const name = channelName(channel);
  const open = place.channel === channel.id;
  const direct = channel.kind.endsWith("dm");
  const other = (channel.members ?? []).find((id) => id !== world.me?.id);
  const face = direct ? avatar(other, name, 20) : roomIcon(channel);
  const unread = channel.unread > 0 && !open && isMine(channel);
  const outside = !isMine(channel) || (direct && person(other)?.deactivated);
  return h(
    "button",
    {
      type: "button",
      class: ["room", unread ? "unread" : "", outside ? "outside" : ""].join(" ").trim(),
      "aria-current": open ? "page" : null,
      dataset: { channel: channel.id },
      onclick: () => emit("go", { channel: channel.id }),
    },
    face,
    h("span", { class: "room-name" }, name),
    direct && pausing(person(other))
      ? h("span", { role: "img", "aria-label": "Notifications paused", title: "Notifications paused" }, icon("moon", 14))
      : null,
    unread
      ? direct
        ? h("span", { class: "count", "aria-label": `${channel.unread} unread` }, String(channel.unread))
        : h("span", { class: "dot", role: "img", "aria-label": "unread" })
      : null,
  );
}

/** Up and Down walk through the conversations. */
function arrows(event) {
  const rows = [...pane.querySelectorAll(".room")];
  const next = step(event.key, rows.indexOf(document.activeElement), rows.length);
  if (next >= 0) {
    event.preventDefault();
    rows[next].focus();
  }
}

function meButton() {
  const me = world.me ?? {};
  const button = h(
    "button",
    {
      class: "me",
      type: "button",
      "aria-haspopup": "menu",
      "aria-label": `You are ${me.name}. Switch person or language`,
      onclick: () => peopleMenu(button),
    },
    avatar(me.id, me.name, 34),
    h(
      "span",
      { class: "workspace-name" },
      h("strong", {}, me.name),
      h("small", {}, [me.title, me.locale].filter(Boolean).join(" · ")),
    ),
    icon("up", 16),
  );
  return button;
}
