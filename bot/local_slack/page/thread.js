// The right pane: one thread.
import { h, show } from "./dom.js";
import { api } from "./api.js";
import { composer } from "./composer.js";
import { icon } from "./icons.js";
import { MessageList } from "./messagelist.js";
import { channelName, emit, openChannel, place } from "./state.js";
import { telling } from "./toast.js";

const pane = document.getElementById("thread");
export let threadList = null;

export async function drawThread() {
  const channel = openChannel();
  threadList = null;
  pane.hidden = !place.thread || !channel;
  if (pane.hidden) return show(pane);
  const [mine, ts] = [new MessageList("Thread", { inThread: true }), place.thread];
  threadList = mine;
  show(
    pane,
    h(
      "header",
      { class: "pane-head" },
      h("h2", {}, "Thread"),
      h("span", { class: "topic" }, channelName(channel)),
      h(
        "button",
        { class: "icon-button", type: "button", "aria-label": "Close thread", onclick: () => emit("thread", null) },
        icon("close"),
      ),
    ),
    h("div", { class: "pane-body from-top" }, mine.node, composer(channel.id, ts)),
  );
  const answer = await telling(api.messages(channel.id, { thread: ts }));
  if (!answer || mine !== threadList) return undefined;
  const { list } = await import("./channel.js");
  const parent = list?.messages.find((message) => message.ts === ts);
  const whole =
    answer.messages.some((message) => message.ts === ts) || !parent ? answer.messages : [parent, ...answer.messages];
  mine.fill(channel.id, whole);
  return undefined;
}
