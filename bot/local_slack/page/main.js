// The page of the local Slack. This file ties the parts together.
//
// Addresses: `/?as=<person>#<conversation>[/home | /<thread ts>]`
//   ?as=U1 or ?as=Mina   who one is; without it the first person of the cast
//   #C2 or #returns      a channel by id or name; a person's name or id opens the DM with them
//   #D7/home             the Home tab of an app's conversation; `#home` alone is the first app's Home tab
//   #C2/1700000000.0001  a channel with a thread open beside it
// The address follows what one opens, so any place can be kept, shared or photographed. `<html data-ready>` says that all is drawn.
import { actAs, api } from "./api.js";
import { arrived } from "./arrivals.js";
import { drawChannel, list, loadMessages, markRead } from "./channel.js";
import { drawClockbar, tick } from "./clockbar.js";
import { forgetDrafts } from "./composer.js";
import { drawHomeView } from "./home.js";
import { forgetForms } from "./interact.js";
import { listen } from "./live.js";
import { forgetModals, showStack } from "./modal.js";
import { showPanel } from "./panel.js";
import { readAddress, writeAddress } from "./address.js";
import { drawSidebar } from "./sidebar.js";
import { channelOf, emit, isMine, learn, on, place, setClock, world } from "./state.js";
import { openSwitcher } from "./switcher.js";
import { drawThread, threadList } from "./thread.js";
import { telling, toast } from "./toast.js";

const frame = document.getElementById("frame");
const root = document.documentElement;
const showPane = (name) => {
  frame.dataset.pane = name;
};

let reads = 0;
let newest = 0;

/** Reads the workspace anew and draws the frame around the open place; an answer that a later one overtook is old. */
async function refresh() {
  const mine = ++reads;
  const state = await telling(api.state());
  if (!state) return false;
  if (mine < newest) return true;
  newest = mine;
  learn(state);
  root.lang = world.me.locale;
  drawSidebar();
  drawClockbar();
  return true;
}

async function become(id) {
  delete root.dataset.ready;
  actAs(id);
  forgetModals();
  forgetForms();
  forgetDrafts();
  const stays = (await refresh()) && channelOf(place.channel) && isMine(channelOf(place.channel));
  await sitDown({ channel: stays ? place.channel : firstPlace(), tab: stays ? place.tab : "messages" });
}

/** Begins as the person whose workspace was just read: what only they saw before a reload is gone. */
async function sitDown(address) {
  actAs(world.me.id);
  listen(world.me.id);
  const reloaded = world.channels.find(isMine);
  const [, views] = await Promise.all([
    reloaded && telling(api.messages(reloaded.id, { fresh: true, limit: 1 })),
    telling(api.views()),
  ]);
  await go(address);
  showStack(views?.stack ?? []);
  root.dataset.ready = world.me.id;
}

const firstPlace = () =>
  (world.channels.find((one) => isMine(one) && one.kind === "channel" && !one.archived) ?? world.channels[0])?.id ??
  null;

async function go({ channel, tab = null, thread = null, pane = "main" }) {
  if (!channelOf(channel)) return;
  if (tab === null) tab = channel === place.channel ? place.tab : "messages";
  Object.assign(place, { channel, tab, thread });
  writeAddress();
  showPane(thread ? "thread" : pane);
  drawSidebar();
  await Promise.all([drawChannel(), drawThread()]);
}

on("go", go);
on("become", (id) => become(id));
on("pane", showPane);
on("jump", openSwitcher);
on("write to", async (user) => {
  const answer = await telling(api.dm(user));
  if (answer && (await refresh())) go({ channel: answer.channel.id });
});
on("sidebar", drawSidebar);
on("view", ({ stack }) => showStack(stack));
on("thread", (ts) => {
  place.thread = ts;
  writeAddress();
  showPane(ts ? "thread" : "main");
  drawThread();
});
on("dismiss", (ts) => {
  list?.drop(ts);
  threadList?.drop(ts);
});
on("sent", ({ channel, message }) => arrived({ kind: "changed", channel, message }));
on("refresh", async () => {
  if (await refresh()) await Promise.all([drawChannel(), drawThread()]);
});
on("clock", () => {
  tick();
  list?.paint();
});
on("disconnected", () => toast("The line to the workspace broke; trying again…"));
on("reconnected", async () => {
  if (await refresh()) {
    await loadMessages();
    showStack((await telling(api.views()))?.stack ?? []);
  }
});

for (const kind of ["message", "changed", "ephemeral"]) on(`live:${kind}`, arrived);
on("live:deleted", ({ channel, ts }) => {
  if (channel === place.channel) {
    list?.drop(ts);
    threadList?.drop(ts);
  }
});
let soon = 0;
on("live:channels", () => {
  clearTimeout(soon);
  soon = setTimeout(roomsChanged, 120);
});
async function roomsChanged() {
  const standing = () => JSON.stringify([channelOf(place.channel)?.joined, channelOf(place.channel)?.archived]);
  const before = standing();
  if ((await refresh()) && before !== standing()) drawChannel();
}
on("live:people", refresh);
on("live:view", ({ stack }) => showStack(stack));
on("live:home", ({ home }) => drawHomeView(home));
on("live:clock", ({ clock }) => {
  setClock(clock);
  emit("clock");
});
on("live:toast", ({ text }) => toast(text));
on("live:faults", (news) => {
  world.faults = news.faults ?? news;
  drawClockbar();
});

addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    openSwitcher();
  }
  const inThread = place.thread && document.getElementById("thread").contains(document.activeElement);
  if (event.key === "Escape" && inThread && !event.defaultPrevented) emit("thread", null);
});
document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  document.getElementById("composer")?.focus();
});
addEventListener("hashchange", () => {
  const there = readAddress();
  if (there.channel && (there.channel !== place.channel || there.thread !== place.thread || there.tab !== place.tab))
    go(there);
});
document.addEventListener("visibilitychange", markRead);

async function begin() {
  const asked = new URLSearchParams(location.search).get("as") ?? "";
  actAs(asked);
  if (!(await refresh())) {
    actAs("");
    if (!asked || !(await refresh())) {
      document.getElementById("main").append("Say who you are: add ?as= and a name to the address.");
      return;
    }
  }
  const there = readAddress();
  const bare = !location.hash;
  await sitDown({ ...there, channel: there.channel ?? firstPlace(), pane: bare ? "sidebar" : "main" });
  if (world.script && bare && innerWidth > 1100) showPanel("What to try", world.script);
}
begin();
