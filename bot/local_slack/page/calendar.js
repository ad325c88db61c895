// A month to pick a day from: arrow keys move by day and week, PageUp and PageDown by month.
import { h, show } from "./dom.js";
import { icon } from "./icons.js";
import { openPopup } from "./popup.js";
import { dayKey } from "./dates.js";
import { locale, now } from "./state.js";

const DAY = 86_400_000;
const key = (date) => date.toISOString().slice(0, 10);
const words = (date, options) => new Intl.DateTimeFormat(locale(), { timeZone: "UTC", ...options }).format(date);

function firstWeekday() {
  const about = new Intl.Locale(locale());
  return ((about.getWeekInfo?.() ?? about.weekInfo)?.firstDay ?? 1) % 7;
}

export function openCalendar(anchor, chosen, pick) {
  const today = dayKey(now());
  let at = new Date(`${chosen ?? today}T00:00Z`);
  const pane = h("div", { class: "calendar" });
  const close = openPopup(anchor, pane, { label: "Choose a date", className: "calendar-popup", tabCloses: false });

  function go(next, focus = true) {
    at = next;
    paint();
    if (focus) pane.querySelector("[tabindex='0']").focus();
  }
  function month(by, focus) {
    const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + by + 1, 0)).getUTCDate();
    go(new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + by, Math.min(at.getUTCDate(), last))), focus);
  }
  function day(date) {
    const mine = key(date);
    const classes = `${mine === today ? "today " : ""}${date.getUTCMonth() === at.getUTCMonth() ? "" : "other"}`;
    return h(
      "button",
      {
        type: "button",
        class: classes,
        "aria-label": words(date, { dateStyle: "full" }),
        "aria-pressed": String(mine === chosen),
        tabindex: mine === key(at) ? "0" : "-1",
        onclick: () => {
          close();
          pick(mine);
        },
      },
      date.getUTCDate(),
    );
  }
  function paint() {
    const first = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1));
    const start = new Date(first.getTime() - ((first.getUTCDay() - firstWeekday() + 7) % 7) * DAY);
    const days = Array.from({ length: 42 }, (_, i) => new Date(start.getTime() + i * DAY));
    const turn = (name, label, by) =>
      h(
        "button",
        { class: "icon-button", type: "button", "aria-label": label, onclick: () => month(by, false) },
        icon(name),
      );
    show(
      pane,
      h(
        "div",
        { class: "calendar-head" },
        turn("left", "Month before", -1),
        h("strong", { "aria-live": "polite" }, words(at, { month: "long", year: "numeric" })),
        turn("right", "Next month", 1),
      ),
      h(
        "div",
        { class: "calendar-days", "aria-hidden": "true" },
        days.slice(0, 7).map((one) => h("span", {}, words(one, { weekday: "short" }))),
      ),
      h("div", { class: "calendar-grid" }, days.map(day)),
    );
  }
  pane.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
    if (steps[event.key]) {
      event.preventDefault();
      go(new Date(at.getTime() + steps[event.key] * DAY));
    }
    if (event.key === "PageUp" || event.key === "PageDown") {
      event.preventDefault();
      month(event.key === "PageUp" ? -1 : 1, true);
    }
  });
  go(at);
}
