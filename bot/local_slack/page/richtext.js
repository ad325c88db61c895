// rich_text: sections, lists, quotes and preformatted text with their styles.
import { h, link } from "./dom.js";
import { emojiNode } from "./emoji.js";
import { slackDate } from "./dates.js";
import { channelLink, groupMention, mention } from "./mrkdwn.js";
import { Undrawable } from "./blocks/undrawable.js";

const STYLES = [
  ["code", "code"],
  ["strike", "s"],
  ["italic", "em"],
  ["bold", "strong"],
  ["underline", "u"],
  ["highlight", "mark"],
];
const MARKERS = [
  ["disc", "circle", "square"],
  ["decimal", "lower-alpha", "lower-roman"],
];

export function richText(block) {
  return h("div", { class: "rich-text" }, nested(block.elements ?? []));
}

/** The words of a rich text without their styles, for sorting and labels. */
export function richWords(node) {
  if (!node) return "";
  const own = node.text ?? node.fallback ?? node.url ?? node.name ?? "";
  return own + (node.elements ?? []).map(richWords).join(node.type === "rich_text" ? "\n" : "");
}

/** Lists that follow each other with a deeper indent stand inside the item before. */
function nested(elements) {
  const nodes = [];
  const open = [];
  for (const element of elements) {
    const node = part(element);
    if (element.type !== "rich_text_list") {
      open.length = 0;
      nodes.push(node);
      continue;
    }
    const depth = element.indent ?? 0;
    while (open.length && open.at(-1).depth >= depth) open.pop();
    const parent = open.at(-1)?.node.lastElementChild;
    if (parent) parent.append(node);
    else nodes.push(node);
    open.push({ depth, node });
  }
  return nodes;
}

function part(element) {
  switch (element.type) {
    case "rich_text_section":
      return h("p", {}, inlines(element));
    case "rich_text_quote":
      return h("blockquote", {}, inlines(element));
    case "rich_text_preformatted":
      return h("pre", { class: "code-block" }, inlines(element));
    case "rich_text_list":
      return list(element);
    default:
      throw new Undrawable(element.type);
  }
}

function list(element) {
  const ordered = element.style === "ordered";
  const marker = MARKERS[ordered ? 1 : 0][(element.indent ?? 0) % 3];
  const props = { style: { "list-style-type": marker }, start: ordered && element.offset ? element.offset + 1 : null };
  return h(
    ordered ? "ol" : "ul",
    props,
    (element.elements ?? []).map((item) => h("li", {}, inlines(item))),
  );
}

const inlines = (element) => (element.elements ?? []).map(inline);

function inline(element) {
  let node = bare(element);
  for (const [style, tag] of STYLES) if (element.style?.[style]) node = h(tag, {}, node);
  return node;
}

function bare(element) {
  switch (element.type) {
    case "text":
      return h("span", { class: "words" }, element.text);
    case "link":
      return link(element.url, element.text || element.url);
    case "emoji":
      return emojiNode(element.name) ?? `:${element.name}:`;
    case "user":
      return mention(element.user_id);
    case "usergroup":
      return groupMention(element.usergroup_id);
    case "channel":
      return channelLink(element.channel_id);
    case "broadcast":
      return h("span", { class: "mention broadcast" }, `@${element.range}`);
    case "date":
      return h("time", {}, slackDate(element.timestamp, element.format) ?? element.fallback ?? "");
    case "color":
      return h("span", { class: "colour" }, h("i", { style: { background: element.value } }), element.value);
    default:
      throw new Undrawable(element.type);
  }
}
