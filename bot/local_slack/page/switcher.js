// Ctrl+K: jump to a conversation, or become somebody of the cast.
import { h, freshId, show } from "./dom.js";
import { avatar } from "./avatar.js";
import { roomIcon } from "./channel.js";
import { openDialog } from "./dialog.js";
import { step } from "./popup.js";
import { cast, channelName, emit, everybody, world } from "./state.js";

export function openSwitcher() {
  if (document.querySelector(".switcher")) return;
  const listId = freshId("jump");
  const list = h("div", { class: "options", role: "listbox", id: listId, "aria-label": "Places and people" });
  const field = h("input", {
    class: "option-search",
    type: "text",
    role: "combobox",
    "aria-expanded": "true",
    "aria-controls": listId,
    "aria-label": "Jump to",
    placeholder: "Where do you want to go?",
    autocomplete: "off",
    oninput: paint,
    onkeydown: keydown,
    "data-first": "",
  });
  const dialog = openDialog({ title: "Jump to", body: [field, list], className: "switcher" });
  let rows = [];
  let mark = 0;

  function places() {
    const rooms = world.channels
      .filter((one) => !one.archived)
      .map((one) => ({
        words: channelName(one),
        note: one.unread ? `${one.unread} unread` : (one.topic ?? ""),
        go: () => emit("go", { channel: one.id }),
        face: one.kind.endsWith("dm")
          ? avatar(
              (one.members ?? []).find((id) => id !== world.me.id),
              channelName(one),
              22,
            )
          : roomIcon(one),
      }));
    const direct = everybody()
      .filter(
        (one) =>
          one.id !== world.me.id && !world.channels.some((room) => room.kind === "dm" && room.members.includes(one.id)),
      )
      .map((one) => ({
        words: one.name,
        note: one.title ?? "",
        face: avatar(one.id, one.name, 22),
        go: () => emit("write to", one.id),
      }));
    const people = cast()
      .filter((one) => one.id !== world.me.id)
      .map((one) => ({
        words: `Be ${one.name}`,
        note: one.title ?? "",
        face: avatar(one.id, one.name, 22),
        go: () => emit("become", one.id),
      }));
    const wanted = field.value.trim().toLocaleLowerCase();
    return [...rooms, ...direct, ...people]
      .filter((one) => one.words.toLocaleLowerCase().includes(wanted))
      .slice(0, 12);
  }
  function paint() {
    mark = 0;
    rows = places().map((one) => ({
      ...one,
      node: h(
        "div",
        { class: "option", role: "option", id: freshId("option"), onclick: () => take(one) },
        one.face,
        h("span", { class: "menu-words" }, h("span", {}, one.words), one.note ? h("small", {}, one.note) : null),
      ),
    }));
    show(list, rows.length ? rows.map((one) => one.node) : h("div", { class: "option-note" }, "Nothing by that name"));
    move(0);
  }
  function move(index) {
    rows[mark]?.node.classList.remove("marked");
    mark = index;
    rows[mark]?.node.classList.add("marked");
    rows.forEach((one, i) => one.node.setAttribute("aria-selected", String(i === mark)));
    rows[mark]?.node.scrollIntoView({ block: "nearest" });
    if (rows[mark]) field.setAttribute("aria-activedescendant", rows[mark].node.id);
  }
  function take(one) {
    dialog.close();
    one.go();
  }
  function keydown(event) {
    const next = event.key.startsWith("Arrow") ? step(event.key, mark, rows.length) : -1;
    if (next >= 0) {
      event.preventDefault();
      move(next);
    }
    if (event.key === "Enter" && rows[mark]) {
      event.preventDefault();
      take(rows[mark]);
    }
  }
  paint();
}
