// The markdown block: headings, lists, quotes, code, tables, links and styles of plain Markdown.
import { h, link } from "./dom.js";
import { withEmoji } from "./emoji.js";

const INLINE =
  /(`+)([^`]+)\1|!?\[([^\]]*)\]\(([^)\s]+)(?:\s+"[^"]*")?\)|\*\*([^*]+)\*\*|__([^_]+)__|~~([^~]+)~~|\*([^*\s][^*]*)\*|(?<!\w)_([^_\s][^_]*)_(?!\w)|<(https?:[^>\s]+)>|(https?:\/\/[^\s<>)]+)/;
const ITEM = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/;

export function markdown(source) {
  const lines = String(source).split("\n");
  const nodes = [];
  while (lines.length) nodes.push(...block(lines));
  return nodes;
}

function block(lines) {
  const line = lines[0];
  if (!line.trim()) {
    lines.shift();
    return [];
  }
  if (line.startsWith("```")) return [fence(lines)];
  const heading = line.match(/^(#{1,6})\s+(.*)$/);
  if (heading) {
    lines.shift();
    return [h(`h${Math.min(heading[1].length + 2, 6)}`, {}, inline(heading[2]))];
  }
  if (/^(-{3,}|\*{3,}|_{3,})\s*$/.test(line)) {
    lines.shift();
    return [h("hr")];
  }
  if (line.startsWith(">"))
    return [
      h(
        "blockquote",
        {},
        markdown(
          taken(lines, (l) => l.startsWith(">"))
            .map((l) => l.replace(/^> ?/, ""))
            .join("\n"),
        ),
      ),
    ];
  if (ITEM.test(line)) return [list(taken(lines, (l) => ITEM.test(l) || /^\s+\S/.test(l)))];
  if (line.includes("|") && /^\s*\|?[\s:|-]+-[\s:|-]*$/.test(lines[1] ?? ""))
    return [table(taken(lines, (l) => l.includes("|")))];
  const words = [lines.shift(), ...taken(lines, (l) => l.trim() && !/^(#{1,6}\s|>|```)/.test(l) && !ITEM.test(l))];
  return [
    h(
      "p",
      {},
      words.flatMap((l, i) => (i ? [h("br"), ...inline(l)] : inline(l))),
    ),
  ];
}

function taken(lines, wanted) {
  const some = [];
  while (lines.length && wanted(lines[0])) some.push(lines.shift());
  return some;
}

function fence(lines) {
  lines.shift();
  const code = taken(lines, (l) => !l.startsWith("```"));
  lines.shift();
  return h("pre", { class: "code-block" }, code.join("\n"));
}

function list(lines) {
  const [, indent, mark] = lines[0].match(ITEM);
  const node = h(/\d/.test(mark) ? "ol" : "ul");
  while (lines.length) {
    const item = lines.shift().match(ITEM);
    const deeper = taken(lines, (l) => l.match(/^\s*/)[0].length > indent.length);
    if (item)
      node.append(
        h(
          "li",
          {},
          task(item[3]),
          deeper.length
            ? ITEM.test(deeper[0])
              ? list(deeper)
              : markdown(deeper.map((l) => l.trim()).join("\n"))
            : null,
        ),
      );
  }
  return node;
}

function task(words) {
  const box = words.match(/^\[([ xX])\]\s+(.*)$/);
  if (!box) return inline(words);
  return [
    h("input", {
      type: "checkbox",
      disabled: true,
      checked: box[1] !== " ",
      "aria-label": box[1] === " " ? "to do" : "done",
    }),
    " ",
    ...inline(box[2]),
  ];
}

function table(lines) {
  const cells = (line) =>
    line
      .trim()
      .replace(/^\||\|$/g, "")
      .split("|")
      .map((cell) => cell.trim());
  const [head, , ...rows] = lines.map(cells);
  return h(
    "div",
    { class: "table-scroll", tabindex: "0", role: "region", "aria-label": "Table" },
    h(
      "table",
      { class: "grid" },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          head.map((cell) => h("th", { scope: "col" }, inline(cell))),
        ),
      ),
      h(
        "tbody",
        {},
        rows.map((row) =>
          h(
            "tr",
            {},
            row.map((cell) => h("td", {}, inline(cell))),
          ),
        ),
      ),
    ),
  );
}

function inline(text) {
  const nodes = [];
  let rest = text;
  for (let match = rest.match(INLINE); match; match = rest.match(INLINE)) {
    nodes.push(...withEmoji(rest.slice(0, match.index)), styled(match));
    rest = rest.slice(match.index + match[0].length);
  }
  return [...nodes, ...withEmoji(rest)];
}

function styled([, , code, label, url, bold, bold2, strike, italic, italic2, angle, bare]) {
  if (code) return h("code", {}, code);
  if (url) return link(url, label ? inline(label) : url);
  if (bold ?? bold2) return h("strong", {}, inline(bold ?? bold2));
  if (strike) return h("s", {}, inline(strike));
  if (italic ?? italic2) return h("em", {}, inline(italic ?? italic2));
  return link(angle ?? bare, angle ?? bare);
}
