// Where a message goes that came or changed: into the open conversation, its thread, or a notice in the corner.
import { avatar } from "./avatar.js";
import { list, markRead } from "./channel.js";
import { unescape } from "./mrkdwn.js";
import { drawSidebar } from "./sidebar.js";
import { authorName, channelName, channelOf, emit, isMine, pausing, place, world } from "./state.js";
import { threadList } from "./thread.js";
import { toast } from "./toast.js";

/** What a lock screen shows of a message. */
const LOCK_SCREEN = 110;

/** Takes in {kind, channel, message} of the live line. A parent whose thread grew comes by itself, as changed. */
export function arrived({ kind, channel, message }) {
  const aside = message.thread_ts && message.thread_ts !== message.ts && !message.broadcast;
  const open = channel === place.channel && place.tab === "messages";
  if (open && place.thread && [message.thread_ts, message.ts].includes(place.thread)) threadList?.put(message);
  if (open && !aside) {
    list?.put(message);
    markRead();
  }
  if (!open && !aside && kind !== "changed" && message.user !== world.me.id) notice(channel, message);
}

function notice(channel, message) {
  const room = channelOf(channel);
  if (!room) return emit("live:channels");
  if (!isMine(room)) return undefined;
  const direct = room.kind.endsWith("dm");
  if (!message.ephemeral) {
    room.unread = (room.unread ?? 0) + 1;
    drawSidebar();
  }
  if ((!direct && !message.ephemeral) || pausing(world.me)) return undefined;
  const words = unescape((message.text || "New message").replace(/<[^|>]*\|([^>]*)>/g, "$1"));
  const name = authorName(message);
  toast([...words].slice(0, LOCK_SCREEN).join(""), {
    title: direct ? name : `${name} in #${channelName(room)}`,
    face: avatar(message.user, name, 32),
    open: () => emit("go", { channel }),
  });
  return undefined;
}
