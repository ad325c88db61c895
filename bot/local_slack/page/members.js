// Who is in a channel: add, remove, leave, archive.
import { api } from "./api.js";
import { avatar } from "./avatar.js";
import { askFirst } from "./dialog.js";
import { icon } from "./icons.js";
import { openListbox } from "./listbox.js";
import { emit, isMine, person, world } from "./state.js";
import { telling } from "./toast.js";

const then = async (promise) => {
  if (await telling(promise)) emit("refresh");
};

export function channelMenu(channel) {
  const rows = (channel.members ?? []).map((id) => ({
    label: nameOf(id),
    hint: person(id)?.title || (person(id)?.is_bot ? "App" : null),
    face: avatar(id, nameOf(id), 24),
    pick: () => remove(channel, id),
  }));
  const join = isMine(channel)
    ? { label: "Leave channel", face: icon("close", 18), pick: () => then(api.leave(channel.id)) }
    : { label: "Join channel", face: icon("plus", 18), pick: () => then(api.join(channel.id)) };
  return [
    { title: `${rows.length} members` },
    ...rows,
    "divider",
    { label: "Add people or apps…", face: icon("plus", 18), pick: () => add(channel) },
    join,
    ...(channel.archived
      ? []
      : [{ label: "Archive channel", danger: true, face: icon("trash", 18), pick: () => archive(channel) }]),
  ];
}

const nameOf = (id) => person(id)?.name ?? id;

async function remove(channel, id) {
  if (
    await askFirst({
      title: `Remove ${nameOf(id)}?`,
      text: `${nameOf(id)} will no longer be in #${channel.name}.`,
      confirm: "Remove",
      style: "danger",
    })
  )
    then(api.kick(channel.id, id));
}

async function archive(channel) {
  if (
    await askFirst({
      title: `Archive #${channel.name}?`,
      text: "Nobody will be able to write in it.",
      confirm: "Archive",
      style: "danger",
    })
  )
    then(api.archive(channel.id));
}

function add(channel) {
  const outside = world.people.filter((one) => one.name !== "Slackbot" && !(channel.members ?? []).includes(one.id));
  const options = (query) =>
    outside
      .filter((one) => one.name.toLocaleLowerCase().includes(query.toLocaleLowerCase()))
      .map((one) => ({
        text: { type: "plain_text", text: one.name },
        description: one.is_bot ? { type: "plain_text", text: "App" } : null,
        value: one.id,
        face: avatar(one.id, one.name, 24),
      }));
  openListbox(document.querySelector(".members"), {
    groups: (query) => [{ options: options(query) }],
    chosen: () => [],
    label: "people and apps",
    pick: (option) => then(api.invite(channel.id, option.value)),
  });
}
