// Date, time and both. Dates are shown in the reader's language; a datetime is a moment in the reader's zone.
import { h, show } from "../dom.js";
import { openCalendar } from "../calendar.js";
import { icon } from "../icons.js";
import { openListbox } from "../listbox.js";
import { plainText } from "../mrkdwn.js";
import { locale, now, zone } from "../state.js";
import { dayKey } from "../dates.js";

const shownDate = (day) =>
  new Intl.DateTimeFormat(locale(), { timeZone: "UTC", dateStyle: "medium" }).format(new Date(`${day}T00:00Z`));
const shownTime = (clock) =>
  new Intl.DateTimeFormat(locale(), { timeZone: "UTC", timeStyle: "short" }).format(new Date(`2026-01-01T${clock}Z`));

function dateButton(props, day, empty, pick) {
  const node = h("button", {
    class: "select",
    type: "button",
    "aria-haspopup": "dialog",
    ...props,
    onclick: () => openCalendar(node, day(), pick),
  });
  return {
    node,
    paint: () =>
      show(
        node,
        icon("calendar", 16),
        h("span", { class: day() ? "select-words" : "select-words quiet" }, day() ? shownDate(day()) : empty),
        icon("down", 16),
      ),
  };
}

function timeButton(props, clock, empty, pick) {
  const node = h("button", {
    class: "select",
    type: "button",
    "aria-haspopup": "listbox",
    ...props,
    onclick: () =>
      openListbox(node, {
        groups: (query) => [{ options: times(query) }],
        chosen: () => [clock()],
        pick: (option) => pick(option.value),
        label: "time",
      }),
  });
  return {
    node,
    paint: () =>
      show(
        node,
        icon("clock", 16),
        h("span", { class: clock() ? "select-words" : "select-words quiet" }, clock() ? shownTime(clock()) : empty),
        icon("down", 16),
      ),
  };
}

/** Every quarter of an hour that fits what was typed, and the typed minute itself ("9:07"). */
function times(query) {
  const quarters = Array.from(
    { length: 96 },
    (_, i) => `${String(Math.floor(i / 4)).padStart(2, "0")}:${String((i % 4) * 15).padStart(2, "0")}`,
  );
  const typed = query.match(/^(\d{1,2})[:.]?(\d{2})$/);
  const exact = typed && typed[1] < 24 && typed[2] < 60 ? `${typed[1].padStart(2, "0")}:${typed[2]}` : null;
  const fits = quarters.filter(
    (clock) =>
      clock !== exact &&
      (!query ||
        clock.includes(query) ||
        clock.replace(/^0/, "").startsWith(query) ||
        shownTime(clock).toLowerCase().includes(query.toLowerCase())),
  );
  return [...(exact ? [exact] : []), ...fits].map((clock) => ({
    text: { type: "plain_text", text: shownTime(clock) },
    value: clock,
  }));
}

export function datePicker(field) {
  let day = field.start({ selected_date: field.element.initial_date ?? null }).selected_date;
  const shown = dateButton(
    field.aria(),
    () => day,
    plainText(field.element.placeholder) || "Select a date",
    async (next) => {
      const before = day;
      day = next;
      shown.paint();
      if (!(await field.choose({ selected_date: next }))) {
        day = before;
        shown.paint();
      }
    },
  );
  shown.paint();
  return shown.node;
}

export function timePicker(field) {
  let clock = field.start({ selected_time: field.element.initial_time ?? null }).selected_time;
  const shown = timeButton(
    field.aria(),
    () => clock,
    plainText(field.element.placeholder) || "Select a time",
    async (next) => {
      const before = clock;
      clock = next;
      shown.paint();
      if (!(await field.choose({ selected_time: next }))) {
        clock = before;
        shown.paint();
      }
    },
  );
  shown.paint();
  return shown.node;
}

export function dateTimePicker(field) {
  const started = field.start({ selected_date_time: field.element.initial_date_time ?? null }).selected_date_time;
  let day = started ? dayKey(new Date(started * 1000)) : null;
  let clock = started ? wallClock(started) : null;
  const changed = () => {
    date.paint();
    hour.paint();
    if (day && clock) field.choose({ selected_date_time: moment(day, clock) });
  };
  const { "aria-label": name, ...aria } = field.aria();
  const date = dateButton(
    { ...aria, "aria-label": name ? `${name}: date` : null },
    () => day,
    "Select a date",
    (next) => {
      day = next;
      clock ??= "09:00";
      changed();
    },
  );
  const hour = timeButton(
    { "aria-label": "Time" },
    () => clock,
    "Select a time",
    (next) => {
      clock = next;
      day ??= dayKey(now());
      changed();
    },
  );
  date.paint();
  hour.paint();
  return h("div", { class: "date-time" }, date.node, hour.node);
}

function wallClock(seconds) {
  return new Intl.DateTimeFormat("en-GB", { timeZone: zone(), hour: "2-digit", minute: "2-digit" }).format(
    new Date(seconds * 1000),
  );
}

/** The moment (seconds) at which the reader's wall clock shows this day and time. */
function moment(day, clock) {
  const wanted = Date.parse(`${day}T${clock}Z`) / 1000;
  let guess = wanted;
  for (let i = 0; i < 2; i += 1) {
    const shown = Date.parse(`${dayKey(new Date(guess * 1000))}T${wallClock(guess)}Z`) / 1000;
    guess += wanted - shown;
  }
  return guess;
}
