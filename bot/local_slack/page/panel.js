// The pane at the right edge for the host's words: what to try, what was planted.
import { h, show } from "./dom.js";
import { icon } from "./icons.js";
import { markdown } from "./markdown.js";
import { emit } from "./state.js";

const pane = document.getElementById("panel");

export function showPanel(title, words) {
  pane.hidden = false;
  const close = h(
    "button",
    { class: "icon-button", type: "button", "aria-label": `Close ${title}`, onclick: hidePanel },
    icon("close"),
  );
  show(
    pane,
    h("header", { class: "pane-head" }, h("h2", {}, title), close),
    h("div", { class: "panel-body markdown", tabindex: "0" }, markdown(words)),
  );
  emit("pane", "panel");
}

function hidePanel() {
  pane.hidden = true;
  show(pane);
  emit("pane", "main");
}
