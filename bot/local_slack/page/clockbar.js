// The bar of the demo: what time it is there, turning the clock, the host's levers, what to try, and the troubles one may switch on.
import { h, show } from "./dom.js";
import { api } from "./api.js";
import { clockTime } from "./dates.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { showPanel } from "./panel.js";
import { emit, now, setClock, world, zone } from "./state.js";
import { telling } from "./toast.js";

const bar = document.getElementById("clockbar");
const FAULTS = {
  refuse_new_blocks: "Refuse the new block types",
  deliver_twice: "Deliver everything twice",
  rate_limits: "Enforce rate limits",
};
const STRIKES = {
  429: "Refuse the next call: too many (429)",
  500: "Fail the next call (500)",
  accept_then_500: "Carry out the next call, then fail (500)",
  accept_then_hang: "Carry out the next call, answer late",
  accept_then_close: "Carry out the next call, never answer",
  drop_socket: "Break the line at the next payload",
};
const MIXED = { 429: 0.05, 500: 0.05, accept_then_500: 0.05, accept_then_close: 0.03, drop_socket: 0.03 };

export function drawClockbar() {
  show(
    bar,
    h(
      "span",
      { class: "bar-time", title: `${zone()} — the time in this workspace` },
      icon("clock", 16),
      h("time", {}, ""),
    ),
    world.clock?.can_turn
      ? [
          turner("+15 min", "clock", { advance_s: 900 }, "Turn the clock by 15 minutes"),
          turner("Next morning", "sunrise", { next_morning: true }, "Turn the clock to the next morning"),
        ]
      : null,
    h("span", { class: "bar-space" }),
    world.levers.map(leverButton),
    world.script
      ? h(
          "button",
          { class: "bar-button", type: "button", onclick: () => showPanel("What to try", world.script) },
          icon("map", 16),
          h("span", {}, "What to try"),
        )
      : null,
    troubles(),
  );
  tick();
}

/** Shows the time now. */
export function tick() {
  const time = bar.querySelector("time");
  if (!time) return;
  const at = now();
  const words = clockTime(at, innerWidth <= 640);
  if (time.textContent !== words) {
    time.textContent = words;
    time.dateTime = at.toISOString();
  }
}
setInterval(tick, 1000);

function turner(words, name, turn, label) {
  const button = h(
    "button",
    {
      class: "bar-button",
      type: "button",
      title: label,
      "aria-label": label,
      onclick: async () => {
        if (button.getAttribute("aria-busy") === "true") return;
        button.setAttribute("aria-busy", "true");
        const answer = await telling(api.clock(turn));
        button.removeAttribute("aria-busy");
        if (answer) {
          setClock(answer.clock ?? world.clock);
          emit("clock");
        }
      },
    },
    icon(name, 16),
    h("span", {}, words),
  );
  return button;
}

function leverButton(lever) {
  return h(
    "button",
    {
      class: "bar-button lever",
      type: "button",
      title: lever.hint || null,
      onclick: async (event) => {
        const button = event.currentTarget;
        button.setAttribute("aria-busy", "true");
        const answer = await telling(api.lever(lever.id));
        button.removeAttribute("aria-busy");
        if (answer) showPanel(lever.label, answer.markdown ?? "");
      },
    },
    icon("eye", 16),
    h("span", {}, lever.label),
  );
}

async function setFaults(change) {
  const answer = await telling(api.faults(change));
  if (!answer) return;
  world.faults = answer.faults ?? { ...world.faults, ...change };
  drawClockbar();
}

const waits = (kind) => (world.faults?.strikes ?? []).some((one) => one.kind === kind);

/** The ordered strikes with one of this kind more, or without those of this kind. */
function otherwise(kind) {
  const others = (world.faults?.strikes ?? []).filter((one) => one.kind !== kind);
  return waits(kind) ? others : [...others, { kind }];
}

/** Whose account is deactivated: a pick turns it. */
function accounts(button) {
  const people = world.people.filter((one) => !one.is_bot && one.id !== world.me?.id);
  openMenu(
    button,
    [
      { title: "Deactivated accounts" },
      ...people.map((one) => ({
        label: one.name,
        hint: one.title,
        checked: Boolean(one.deactivated),
        pick: () => telling(api.account(one.id, !one.deactivated)),
      })),
    ],
    "Deactivated accounts",
  );
}

function troubles() {
  const faults = world.faults ?? {};
  const struck = faults.strikes?.length || Object.keys(faults.chances ?? {}).length;
  const on = struck || Object.keys(FAULTS).some((name) => name !== "rate_limits" && faults[name]);
  const button = h(
    "button",
    {
      class: on ? "bar-button on" : "bar-button",
      type: "button",
      "aria-haspopup": "menu",
      "aria-label": "Troubles of this workspace",
      title: "Troubles of this workspace",
      onclick: () =>
        openMenu(
          button,
          [
            { title: "Troubles of this workspace" },
            ...Object.entries(FAULTS).map(([name, label]) => ({
              label,
              checked: Boolean(world.faults?.[name]),
              pick: () => setFaults({ [name]: !world.faults?.[name] }),
            })),
            "divider",
            ...Object.entries(STRIKES).map(([kind, label]) => ({
              label,
              checked: waits(kind),
              pick: () => setFaults({ strikes: otherwise(kind) }),
            })),
            {
              label: "Some of everything, by chance",
              checked: Object.keys(world.faults?.chances ?? {}).length > 0,
              pick: () => setFaults({ chances: Object.keys(world.faults?.chances ?? {}).length ? {} : MIXED }),
            },
            "divider",
            { label: "Break every connection now", pick: () => telling(api.dropSockets(0)) },
            { label: "Deactivated accounts…", pick: () => accounts(button) },
          ],
          "Troubles of this workspace",
        ),
    },
    icon("gear", 16),
  );
  return button;
}
