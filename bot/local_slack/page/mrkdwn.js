// Slack's mrkdwn to DOM nodes: styles, code, quotes, links, mentions, dates, emoji. Bold, italic and strike keep to Slack's
// rule that a mark stands at the edge of a word, so a text that Slack would not style is not styled here either.
import { h, link } from "./dom.js";
import { emojiNode, withEmoji } from "./emoji.js";
import { slackDate } from "./dates.js";
import { channelOf, channelName, emit, groupOf, person } from "./state.js";

const INLINE =
  /(`[^`\n]+`)|(<[^<>\n]+>)|(:[a-z0-9_+'-]+:)|(?<![\p{L}\p{N}*])(\*(?!\s)[^*\n]*?[^\s*]\*)(?![\p{L}\p{N}*])|(?<![\p{L}\p{N}_])(_(?!\s)[^_\n]*?[^\s_]_)(?![\p{L}\p{N}_])|(?<![\p{L}\p{N}~])(~(?!\s)[^~\n]*?[^\s~]~)(?![\p{L}\p{N}~])/iu;

/** Slack escapes exactly three characters. */
export const unescape = (text) => String(text).replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** A text object ({type, text}) or a plain string of a message, as nodes. */
export function textNodes(text) {
  if (text === null || text === undefined) return [];
  if (typeof text === "string") return mrkdwn(text);
  if (text.type === "plain_text") return lines(text.emoji === false ? [text.text] : withEmoji(text.text));
  return text.verbatim === undefined ? mrkdwn(text.text) : mrkdwn(text.text);
}

/** The words alone of a text object, for labels. */
export const plainText = (text) => (typeof text === "string" ? text : (text?.text ?? ""));

export function mrkdwn(source) {
  return String(source ?? "")
    .split(/```\n?([\s\S]*?)\n?```/)
    .flatMap((part, i) => (i % 2 ? [h("pre", { class: "code-block" }, unescape(part))] : quotes(part)));
}

function quotes(text) {
  const nodes = [];
  let quoted = [];
  let plain = [];
  const flushPlain = () => {
    if (plain.length) nodes.push(...inline(plain.join("\n")));
    plain = [];
  };
  const flushQuote = () => {
    if (quoted.length) nodes.push(h("blockquote", {}, inline(quoted.join("\n"))));
    quoted = [];
  };
  for (const line of text.split("\n")) {
    const quote = line.match(/^(?:&gt;|>) ?(.*)$/);
    if (quote) {
      flushPlain();
      quoted.push(quote[1]);
    } else {
      flushQuote();
      plain.push(line);
    }
  }
  flushPlain();
  flushQuote();
  return nodes;
}

/** Line breaks become <br>. */
function lines(nodes) {
  return nodes.flatMap((node) =>
    typeof node === "string" ? node.split("\n").flatMap((line, i) => (i ? [h("br"), line] : [line])) : [node],
  );
}

function inline(text) {
  const nodes = [];
  let rest = text;
  for (let match = rest.match(INLINE); match; match = rest.match(INLINE)) {
    if (match.index) nodes.push(unescape(rest.slice(0, match.index)));
    nodes.push(styled(match));
    rest = rest.slice(match.index + match[0].length);
  }
  if (rest) nodes.push(unescape(rest));
  return lines(nodes.flat());
}

function styled([whole, code, angle, emoji, bold, italic, strike]) {
  if (code) return h("code", {}, unescape(code.slice(1, -1)));
  if (angle) return reference(angle.slice(1, -1));
  if (emoji) return emojiNode(emoji.slice(1, -1)) ?? whole;
  if (bold) return h("strong", {}, inline(bold.slice(1, -1)));
  if (italic) return h("em", {}, inline(italic.slice(1, -1)));
  if (strike) return h("s", {}, inline(strike.slice(1, -1)));
  return whole;
}

function reference(inside) {
  const [target, ...labels] = inside.split("|");
  const label = labels.join("|");
  if (target.startsWith("@")) return mention(target.slice(1), unescape(label));
  if (target.startsWith("#")) return channelLink(target.slice(1), unescape(label));
  if (target.startsWith("!date^")) return dateNode(target, label);
  if (target.startsWith("!subteam^")) return groupMention(target.slice(9), unescape(label));
  if (target.startsWith("!")) return h("span", { class: "mention broadcast" }, `@${target.slice(1).split("^")[0]}`);
  if (/^[a-z]+:/i.test(target)) return link(unescape(target), label ? inline(label) : unescape(target));
  return unescape(`<${inside}>`);
}

export function mention(id, label) {
  return h("span", { class: "mention", title: person(id)?.title || null }, `@${person(id)?.name ?? (label || id)}`);
}

export function groupMention(id, label) {
  const group = groupOf(id);
  const members = (group?.members ?? []).map((one) => person(one)?.name ?? one).join(", ");
  return h("span", { class: "mention", title: members || null }, group ? `@${group.handle}` : label || `@${id}`);
}

export function channelLink(id, label) {
  const channel = channelOf(id);
  const name = `#${channel ? channelName(channel) : label || id}`;
  if (!channel) return h("span", { class: "mention" }, name);
  return h("button", { class: "mention link", type: "button", onclick: () => emit("go", { channel: id }) }, name);
}

function dateNode(target, fallback) {
  const [, seconds, pattern, url] = target.split("^");
  const words = slackDate(seconds, unescape(pattern ?? "")) ?? unescape(fallback);
  const at = new Date(Number(seconds) * 1000);
  const node = h(
    "time",
    Number.isNaN(at.getTime()) ? {} : { datetime: at.toISOString(), title: slackDate(seconds, "{date_long} {time}") },
    words,
  );
  return url ? link(unescape(url), node) : node;
}
