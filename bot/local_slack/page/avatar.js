// Faces: initials on a colour for people, a rounded tile for apps.
import { h } from "./dom.js";
import { appOf, person } from "./state.js";

const COLOURS = ["#7a4a9e", "#2f6db3", "#1e7f74", "#a8553a", "#8a6d1d", "#b0447a", "#4d6b2f", "#51588f"];

function colourOf(id) {
  let sum = 0;
  for (const letter of String(id)) sum = (sum * 31 + letter.charCodeAt(0)) >>> 0;
  return COLOURS[sum % COLOURS.length];
}

/** "Mina Park" → "MP", "林佳穎" → "佳穎", "김민아" → "민아". */
function initials(name) {
  const words = String(name || "?")
    .trim()
    .split(/\s+/);
  if (words.length > 1) return words[0][0].toUpperCase() + words.at(-1)[0].toUpperCase();
  return /^[\p{Script=Han}\p{Script=Hangul}]+$/u.test(words[0])
    ? words[0].slice(-2)
    : words[0].slice(0, 2).replace(/^./, (c) => c.toUpperCase());
}

/** The face of a person or of an app's bot user. */
export function avatar(id, name, size = 36) {
  const known = person(id);
  const app = known?.is_bot || (!known && appOf({ user: id }));
  const colour = /^#[0-9a-f]{3,8}$/i.test(known?.avatar ?? "") ? known.avatar : colourOf(id ?? name);
  return h(
    "span",
    {
      class: app ? "avatar app" : "avatar",
      style: {
        background: colour,
        width: `${size}px`,
        height: `${size}px`,
        "font-size": `${Math.round(size * 0.38)}px`,
      },
      "aria-hidden": "true",
    },
    initials(name ?? known?.name),
  );
}
