// Blocks that hold others: card, carousel, container; and the alert of modals.
import { h, freshId } from "../dom.js";
import { icon } from "../icons.js";
import { emojiOf } from "../emoji.js";
import { plainText, textNodes } from "../mrkdwn.js";
import { richText } from "../richtext.js";
import { drawElement } from "../elements/index.js";
import { thumbnail } from "../pictures.js";
import { Undrawable } from "./undrawable.js";

/** The icons that Slack offers for cards, as characters. */
const CARD_ICONS = {
  archive: "🗄️",
  book: "book",
  bookmark: "bookmark",
  bot: "robot_face",
  bug: "bug",
  calendar: "calendar",
  call: "telephone_receiver",
  "caret-left": "◀",
  "caret-right": "▶",
  check: "✔",
  clipboard: "clipboard",
  code: "⌨️",
  comment: "speech_balloon",
  compass: "compass",
  copy: "📑",
  cube: "🧊",
  download: "📥",
  edit: "pencil2",
  email: "email",
  "eye-closed": "🙈",
  "eye-open": "eyes",
  file: "page_facing_up",
  flag: "triangular_flag_on_post",
  folder: "file_folder",
  gear: "gear",
  globe: "globe_with_meridians",
  heart: "heart",
  help: "question",
  image: "🖼️",
  info: "information_source",
  key: "key",
  lightbulb: "bulb",
  link: "link",
  map: "world_map",
  mobile: "iphone",
  "new-window": "↗",
  pin: "pushpin",
  plus: "heavy_plus_sign",
  refine: "🎚️",
  refresh: "repeat",
  rocket: "rocket",
  save: "💾",
  screen: "computer",
  share: "↪",
  sparkle: "sparkles",
  star: "☆",
  "star-filled": "star",
  tag: "label",
  "thumbs-down": "-1",
  "thumbs-up": "+1",
  trash: "🗑️",
  upload: "📤",
  user: "bust_in_silhouette",
  warning: "warning",
};

export function card(block, ctx) {
  const face = cardIcon(block);
  const heading =
    block.title || block.subtitle || face
      ? h(
          "div",
          { class: "card-heading" },
          face,
          h(
            "div",
            {},
            block.title ? h("div", { class: "card-title" }, textNodes(block.title)) : null,
            block.subtitle ? h("div", { class: "card-subtitle" }, textNodes(block.subtitle)) : null,
          ),
        )
      : null;
  return h(
    "section",
    { class: "card", "aria-label": plainText(block.title) || "Card" },
    block.hero_image ? thumbnail(block.hero_image, "hero") : null,
    heading,
    block.body ? h("div", { class: "card-body" }, textNodes(block.body)) : null,
    block.subtext ? h("div", { class: "card-subtext" }, textNodes(block.subtext)) : null,
    block.actions?.length
      ? h(
          "div",
          { class: "actions" },
          block.actions.map((element) => drawElement(element, block, ctx)),
        )
      : null,
  );
}

function cardIcon(block) {
  if (block.icon) return thumbnail(block.icon, "card-icon");
  if (!block.slack_icon) return null;
  const name = CARD_ICONS[block.slack_icon.name];
  if (!name) throw new Undrawable(`slack_icon ${block.slack_icon.name}`);
  return h("span", { class: "card-icon", "aria-hidden": "true" }, emojiOf(name) ?? name);
}

export function carousel(block, ctx) {
  const strip = h(
    "div",
    { class: "carousel-strip", role: "group", "aria-label": "Cards", tabindex: "0" },
    (block.elements ?? []).map((element) => ctx.drawBlocks([{ ...element, type: "card" }], ctx)),
  );
  const turn = (way) => strip.scrollBy({ left: way * strip.clientWidth * 0.8, behavior: "smooth" });
  const arrow = (name, label, way) =>
    h("button", { class: `round ${name}`, type: "button", "aria-label": label, onclick: () => turn(way) }, icon(name));
  return h("div", { class: "carousel" }, arrow("left", "Cards before", -1), strip, arrow("right", "More cards", 1));
}

export function container(block, ctx) {
  const bodyId = freshId("container");
  const body = h(
    "div",
    { class: "container-body", id: bodyId, hidden: Boolean(block.is_collapsible && block.default_collapsed) },
    ctx.drawBlocks(block.child_blocks, ctx),
  );
  const words = h(
    "div",
    { class: "container-words" },
    h(
      "div",
      { class: "container-title" },
      block.rich_text_title ? richText(block.rich_text_title) : textNodes(block.title),
    ),
    block.subtitle ? h("div", { class: "card-subtitle" }, textNodes(block.subtitle)) : null,
  );
  const face = block.icon ? thumbnail(block.icon, "card-icon") : null;
  const classes = `container width-${block.width ?? "standard"}${block.has_header_divider ? " with-divider" : ""}`;
  if (!block.is_collapsible)
    return h("section", { class: classes }, h("div", { class: "container-head" }, face, words), body);
  const toggle = h(
    "button",
    {
      class: "container-head",
      type: "button",
      "aria-controls": bodyId,
      "aria-expanded": String(!body.hidden),
      onclick: () => {
        body.hidden = !body.hidden;
        toggle.setAttribute("aria-expanded", String(!body.hidden));
      },
    },
    face,
    words,
    icon("down"),
  );
  return h("section", { class: classes }, toggle, body);
}

const LEVELS = { default: "info", info: "info", warning: "warning", error: "warning", success: "check" };

export function alert(block) {
  const level = block.level ?? "default";
  if (!LEVELS[level]) throw new Undrawable(`alert level ${level}`);
  return h(
    "div",
    { class: `alert alert-${level}`, role: level === "error" ? "alert" : "status" },
    icon(LEVELS[level]),
    h("div", {}, textNodes(block.text)),
  );
}
