// The cast: be somebody else, or let Slack speak another language to the one you are.
import { api } from "./api.js";
import { avatar } from "./avatar.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { clockTime } from "./dates.js";
import { cast, emit, now, pausing, world } from "./state.js";
import { telling } from "./toast.js";

/** Languages of Slack's own interface (it has no Dutch). */
const LANGUAGES = {
  "en-US": "English (US)",
  "en-GB": "English (UK)",
  "zh-TW": "繁體中文",
  "ko-KR": "한국어",
  "ja-JP": "日本語",
  "de-DE": "Deutsch",
  "fr-FR": "Français",
};

export function peopleMenu(anchor) {
  const people = cast().map((one) => ({
    label: one.name,
    hint: [one.title, one.locale].filter(Boolean).join(" · "),
    face: avatar(one.id, one.name, 28),
    checked: one.id === world.me.id,
    pick: () => emit("become", one.id),
  }));
  openMenu(
    anchor,
    [
      { title: "Be somebody else" },
      ...people,
      "divider",
      {
        label: "Slack language and time zone…",
        hint: `${LANGUAGES[world.me.locale] ?? world.me.locale} · ${world.me.tz}`,
        face: icon("gear", 18),
        pick: () => languageMenu(anchor),
      },
      {
        label: pausing(world.me) ? "Notifications are paused…" : "Pause notifications…",
        hint: pausing(world.me) ? `Until ${clockTime(new Date(world.me.dnd_until))}` : null,
        face: icon("moon", 18),
        pick: () => pauseMenu(anchor),
      },
    ],
    "People of the cast",
  );
}

const set = (change) => async () => {
  if (await telling(api.person(change))) emit("refresh");
};

function pauseMenu(anchor) {
  const until = (minutes) => new Date(now().getTime() + minutes * 60_000).toISOString();
  const pauses = Object.entries({ "For 30 minutes": 30, "For 1 hour": 60, "For 8 hours": 480, "For a day": 1440 });
  openMenu(
    anchor,
    [
      { title: "Pause notifications" },
      ...pauses.map(([label, minutes]) => ({ label, pick: set({ dnd_until: until(minutes) }) })),
      ...(pausing(world.me) ? ["divider", { label: "Resume notifications", pick: set({ dnd_until: "" }) }] : []),
    ],
    "Pause notifications",
  );
}

function languageMenu(anchor) {
  const known = { ...LANGUAGES, [world.me.locale]: LANGUAGES[world.me.locale] ?? world.me.locale };
  const languages = Object.entries(known).map(([locale, name]) => ({
    label: name,
    checked: locale === world.me.locale,
    pick: set({ locale }),
  }));
  const zones = [...new Set([world.me.tz, ...cast().map((one) => one.tz)])].map((tz) => ({
    label: tz,
    checked: tz === world.me.tz,
    pick: set({ tz }),
  }));
  openMenu(
    anchor,
    [{ title: "Slack language" }, ...languages, "divider", { title: "Time zone" }, ...zones],
    "Slack language and time zone",
  );
}
