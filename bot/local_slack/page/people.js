// The cast: be somebody else, or let Slack speak another language to the one you are.
import { api } from "./api.js";
import { avatar } from "./avatar.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { cast, emit, world } from "./state.js";
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
    ],
    "People of the cast",
  );
}

function languageMenu(anchor) {
  const set = (change) => async () => {
    if (await telling(api.person(change))) emit("refresh");
  };
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
