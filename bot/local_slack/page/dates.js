// Moments in the reader's zone and language: Slack's `<!date^…>` tokens, the times beside messages, day dividers.
import { locale, now, zone } from "./state.js";

function format(date, options) {
  try {
    return new Intl.DateTimeFormat(locale(), { timeZone: zone(), ...options }).format(date);
  } catch {
    return new Intl.DateTimeFormat("en-US", { timeZone: "UTC", ...options }).format(date);
  }
}

/** YYYY-MM-DD in the reader's zone. */
export function dayKey(date) {
  const options = { timeZone: zone(), year: "numeric", month: "2-digit", day: "2-digit" };
  return new Intl.DateTimeFormat("en-CA", options).format(date);
}

/** "today", "yesterday", "tomorrow" in the reader's language, or null. */
function nearDay(date) {
  const apart = Math.round((Date.parse(dayKey(date)) - Date.parse(dayKey(now()))) / 86_400_000);
  if (Math.abs(apart) > 1) return null;
  return new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(apart, "day");
}

const capital = (word) => word && word[0].toLocaleUpperCase(locale()) + word.slice(1);
const full = { year: "numeric", month: "long", day: "numeric" };
const short = { year: "numeric", month: "short", day: "numeric" };
const numeric = { year: "numeric", month: "2-digit", day: "2-digit" };
export const time = (date) => format(date, { hour: "numeric", minute: "2-digit" });
export const longDate = (date) => format(date, { weekday: "long", ...full });
/** "Sun, 22 Nov, 13:56"; `brief` leaves the date out. */
export const clockTime = (date, brief) =>
  format(date, {
    weekday: "short",
    ...(brief ? {} : { month: "short", day: "numeric" }),
    hour: "numeric",
    minute: "2-digit",
  });

/** "Today", "Yesterday", "Monday, 3 March", with the year only when it is another one. */
export function dayDivider(date) {
  const sameYear = dayKey(date).slice(0, 4) === dayKey(now()).slice(0, 4);
  return (
    capital(nearDay(date)) ??
    format(date, { weekday: "long", month: "long", day: "numeric", ...(sameYear ? {} : { year: "numeric" }) })
  );
}

function ago(date) {
  const seconds = (date - now()) / 1000;
  const steps = [
    ["year", 31_536_000],
    ["month", 2_592_000],
    ["week", 604_800],
    ["day", 86_400],
    ["hour", 3600],
    ["minute", 60],
  ];
  const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(Math.trunc(seconds / size), unit);
}

const TOKENS = {
  date_num: dayKey,
  date_slash: (date) => format(date, numeric),
  date: (date) => format(date, full),
  date_short: (date) => format(date, short),
  date_long: longDate,
  date_long_full: (date) => format(date, full),
  date_pretty: (date) => nearDay(date) ?? format(date, full),
  date_short_pretty: (date) => nearDay(date) ?? format(date, short),
  date_long_pretty: (date) => nearDay(date) ?? longDate(date),
  day_divider_pretty: dayDivider,
  time,
  time_secs: (date) => format(date, { hour: "numeric", minute: "2-digit", second: "2-digit" }),
  ago,
};

/** Fills the tokens of a `<!date^ts^pattern>`; null when it has a token that Slack does not know. */
export function slackDate(seconds, pattern) {
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime())) return null;
  let known = true;
  const text = pattern.replace(/\{(\w+)\}/g, (whole, token, at) => {
    if (!TOKENS[token]) known = false;
    const words = TOKENS[token]?.(date) ?? whole;
    return at === 0 ? capital(words) : words;
  });
  return known ? text : null;
}
