// What the page knows: the workspace as the chosen person sees it, the place that is open, and who wants to hear of changes.

export const world = {
  workspace: {},
  me: null,
  people: [],
  groups: [],
  channels: [],
  apps: [],
  commands: [],
  shortcuts: { global: [], message: [] },
  clock: null,
  levers: [],
  faults: {},
  script: "",
};
/** The open place: a channel id, the tab of an app ("messages" or "home") and the open thread. */
export const place = { channel: null, tab: "messages", thread: null };

const listeners = new Map();

/** Calls `fn(detail)` whenever `kind` is emitted. */
export function on(kind, fn) {
  listeners.set(kind, [...(listeners.get(kind) ?? []), fn]);
}

export function emit(kind, detail) {
  for (const fn of listeners.get(kind) ?? []) fn(detail);
}

let clockReadAt = 0;
/** Takes in an answer of /_control/state. */
export function learn(state) {
  Object.assign(world, state);
  world.shortcuts = { global: state.shortcuts?.global ?? [], message: state.shortcuts?.message ?? [] };
  setClock(state.clock);
}

export function setClock(clock) {
  world.clock = clock ?? null;
  clockReadAt = performance.now();
}

/** The workspace's own time: it may be turned far from the real one. */
export function now() {
  if (!world.clock?.now) return new Date();
  return new Date(new Date(world.clock.now).getTime() + performance.now() - clockReadAt);
}

export const person = (id) => world.people.find((p) => p.id === id) ?? null;
export const channelOf = (id) => world.channels.find((c) => c.id === id) ?? null;
export const openChannel = () => channelOf(place.channel);
export const groupOf = (id) => world.groups.find((g) => g.id === id) ?? null;
export const everybody = () => world.people.filter((p) => !p.is_bot && !p.deactivated);
/** Whether a person wants no notifications now. */
export const pausing = (one) => Boolean(one?.dnd_until) && new Date(one.dnd_until) > now();
/** Those whom one may be here. */
export const cast = () => everybody().filter((p) => p.cast !== false);
export const locale = () => world.me?.locale ?? "en-US";
export const zone = () => world.me?.tz ?? "UTC";
export const isMine = (channel) => channel.joined !== false;

/** The app behind an app's direct messages, or behind a bot user (an app's id is its bot user's). */
export function appOf({ channel, user }) {
  const ids = channel ? (channel.members ?? []) : [user];
  const found = world.apps.find((app) => ids.includes(app.id));
  return found ?? (channel?.kind === "app_dm" ? (world.apps[0] ?? null) : null);
}

/** What a person calls a conversation: "returns", "Mina Park", "Support Pulse". */
export function channelName(channel) {
  if (channel.kind === "app_dm") return appOf({ channel })?.name ?? channel.name;
  if (channel.kind !== "dm") return channel.name;
  const others = (channel.members ?? []).filter((id) => id !== world.me?.id);
  return others.map((id) => person(id)?.name ?? id).join(", ") || `${world.me?.name} (you)`;
}

/** The name that stands above a message. */
export function authorName(message) {
  return (
    message.username || person(message.user)?.name || appOf({ user: message.user })?.name || message.user || "Unknown"
  );
}
