// The Home tab of an app.
import { h, show } from "./dom.js";
import { api } from "./api.js";
import { drawBlocks } from "./blocks/index.js";
import { viewContext } from "./interact.js";
import { telling } from "./toast.js";

let body = null;

/** Opens the tab: the app hears of it and may publish anew. */
export async function drawHome(into, app) {
  body = h("div", { class: "home", "aria-busy": "true" }, h("p", { class: "empty" }, "One moment…"));
  show(
    into,
    h("div", { class: "home-scroll", tabindex: "0", role: "region", "aria-label": `${app?.name ?? "App"} Home` }, body),
  );
  const mine = body;
  const answer = await telling(api.home(app?.id));
  // The app may have published while the answer was on its way: what came live is newer.
  if (mine === body && mine.hasAttribute("aria-busy")) drawHomeView(answer?.home ?? null);
}

/** Draws the view that the app has published, if the tab is open. */
export function drawHomeView(view) {
  if (!body?.isConnected) return;
  body.removeAttribute("aria-busy");
  if (!view) {
    show(body, h("p", { class: "empty" }, "This app has not put anything here yet."));
    return;
  }
  show(body, h("div", { class: "blocks" }, drawBlocks(view.blocks, viewContext(view, "home"))));
}
