// What the composer offers while one types: slash commands, people after @, channels after #.
import { h, freshId, show } from "./dom.js";
import { avatar } from "./avatar.js";
import { icon } from "./icons.js";
import { step } from "./popup.js";
import { channelOf, everybody, isMine, world } from "./state.js";

/** What fits the text before the caret: {from, offers: [{label, hint, insert, face}]}, or null. */
function offersFor(text, caret) {
  const before = text.slice(0, caret);
  if (/^\/\S*$/.test(before)) {
    const offers = world.commands
      .filter((one) => one.command.startsWith(before.toLowerCase()))
      .map((one) => ({
        label: one.command,
        usage: one.usage_hint,
        hint: one.description,
        insert: `${one.command} `,
        face: icon("bolt", 18),
      }));
    return { from: 0, what: "Slash commands", offers };
  }
  const word = before.match(/(?:^|\s)([@#])([^\s@#]*)$/u);
  if (!word) return null;
  const from = caret - word[2].length - 1;
  const wanted = word[2].toLocaleLowerCase();
  if (word[1] === "@") {
    const people = [...everybody(), ...world.people.filter((one) => one.is_bot)].filter((one) =>
      `${one.name} ${one.real_name ?? ""}`.toLocaleLowerCase().includes(wanted),
    );
    const groups = world.groups.filter((one) => `${one.handle} ${one.name}`.toLocaleLowerCase().includes(wanted));
    return {
      from,
      what: "People",
      offers: [
        ...people.slice(0, 8).map((one) => ({
          label: one.name,
          hint: one.title,
          insert: `@${one.name} `,
          face: avatar(one.id, one.name, 24),
        })),
        ...groups.map((one) => ({
          label: `@${one.handle}`,
          hint: one.name,
          insert: `@${one.handle} `,
          face: icon("at", 18),
        })),
      ],
    };
  }
  const rooms = world.channels.filter((one) => !one.kind.endsWith("dm") && isMine(one) && one.name.includes(wanted));
  return {
    from,
    what: "Channels",
    offers: rooms
      .slice(0, 8)
      .map((one) => ({ label: `#${one.name}`, hint: one.topic, insert: `#${one.name} `, face: icon("hash", 18) })),
  };
}

/** Ties a list of offers to a text field. keydown(event) returns true when the list took the key. */
export function offering(field, list) {
  let open = null;
  let mark = 0;

  function refresh() {
    open = offersFor(field.value, field.selectionStart);
    mark = 0;
    if (!open?.offers.length) {
      open = null;
      hide();
      return;
    }
    paint();
  }
  function hide() {
    open = null;
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }
  function paint() {
    const rows = open.offers.map((offer, i) =>
      h(
        "div",
        {
          class: i === mark ? "option marked" : "option",
          role: "option",
          id: freshId("offer"),
          "aria-selected": String(i === mark),
          onpointerdown: (event) => {
            event.preventDefault();
            take(i);
          },
        },
        offer.face,
        h(
          "span",
          { class: "menu-words" },
          h(
            "span",
            {},
            h("strong", {}, offer.label),
            offer.usage ? h("span", { class: "quiet" }, ` ${offer.usage}`) : null,
          ),
          offer.hint ? h("small", {}, offer.hint) : null,
        ),
      ),
    );
    show(list, h("div", { class: "group-label" }, open.what), rows);
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    field.setAttribute("aria-activedescendant", rows[mark].id);
    rows[mark].scrollIntoView({ block: "nearest" });
  }
  function take(i) {
    const offer = open.offers[i];
    field.setRangeText(offer.insert, open.from, field.selectionStart, "end");
    hide();
    field.dispatchEvent(new Event("input"));
  }
  function keydown(event) {
    if (!open) return false;
    const next = event.key === "Home" || event.key === "End" ? -1 : step(event.key, mark, open.offers.length);
    if (next >= 0) {
      mark = next;
      paint();
      return true;
    }
    if (event.key === "Escape") {
      hide();
      return true;
    }
    const whole = open.offers[mark].label === field.value.trim();
    if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && !whole)) {
      take(mark);
      return true;
    }
    return false;
  }
  return { refresh, hide, keydown };
}

/** "/kpi [team] [period]" for a command that has been typed, so that one sees what may follow. */
export function usageOf(text) {
  const word = text.match(/^(\/\S+)\s/)?.[1];
  const command = word && world.commands.find((one) => one.command === word);
  return command
    ? `${command.command} ${command.usage_hint ?? ""}`.trim() + (command.description ? ` — ${command.description}` : "")
    : "";
}

/** "Message #returns", "Message Mina Park". */
export function placeholderOf(channelId, name) {
  return channelOf(channelId)?.kind.endsWith("dm") ? `Message ${name}` : `Message #${name}`;
}
