// The address of a place: read from and written into the URL. The scheme stands in main.js.
import { channelName, channelOf, place, world } from "./state.js";

/** {channel, tab, thread} of the hash; channel is null when it names no place. */
export function readAddress() {
  const [name, rest] = decodeURIComponent(location.hash.slice(1)).split("/");
  if (name === "home")
    return { channel: world.channels.find((one) => one.kind === "app_dm")?.id ?? null, tab: "home", thread: null };
  const wanted = name.replace(/^#/, "");
  const found =
    channelOf(wanted) ??
    world.channels.find((one) => one.name === wanted || channelName(one) === wanted) ??
    world.channels.find((one) => one.kind.endsWith("dm") && one.members?.includes(wanted));
  return {
    channel: wanted ? (found?.id ?? null) : null,
    tab: rest === "home" ? "home" : "messages",
    thread: /^\d+\.\d+$/.test(rest ?? "") ? rest : null,
  };
}

export function writeAddress() {
  const query = new URLSearchParams(location.search);
  query.set("as", world.me.id);
  const rest = place.thread ? `/${place.thread}` : place.tab === "home" ? "/home" : "";
  const address = `/?${query}#${place.channel}${rest}`;
  if (location.pathname + location.search + location.hash !== address) history.replaceState(null, "", address);
}
