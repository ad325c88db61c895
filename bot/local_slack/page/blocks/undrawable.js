// What the page cannot draw is shown as such, in red: a bot's author sees it, and the tests fail on it.
import { h } from "../dom.js";

export class Undrawable extends Error {
  constructor(type, why = "") {
    super(why ? `${type} (${why})` : String(type));
  }
}

export const undrawable = (what) => h("div", { class: "undrawable", role: "note" }, `Cannot draw: ${what}`);

/** Draws with `fn`; whatever it cannot draw becomes the red box. */
export function drawOr(fn, type) {
  try {
    return fn();
  } catch (error) {
    if (!(error instanceof Undrawable)) console.error(error);
    return undrawable(error instanceof Undrawable ? error.message : `${type} (${error.message})`);
  }
}
