// The plain table, and what stands in a table's cell.
import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { Undrawable } from "./blocks/undrawable.js";
import { richText, richWords } from "./richtext.js";

/** The words of a cell, to sort and filter by. */
export const words = (cell) => (cell?.type === "rich_text" ? richWords(cell) : (cell?.text ?? ""));

export function cellNodes(cell) {
  switch (cell?.type) {
    case "raw_text":
      return withEmoji(cell.text);
    case "raw_number":
      return cell.text ?? String(cell.value);
    case "rich_text":
      return richText(cell);
    default:
      throw new Undrawable(`table cell ${cell?.type}`);
  }
}

const scrolling = (label, table) =>
  h("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": label }, table);

export function table(block) {
  const settings = block.column_settings ?? [];
  const style = (i) => ({
    class:
      [settings[i]?.align ? `align-${settings[i].align}` : "", settings[i]?.is_wrapped === false ? "no-wrap" : ""]
        .join(" ")
        .trim() || null,
  });
  const [head, ...rows] = block.rows ?? [];
  if (!head) throw new Undrawable("table", "no rows");
  return scrolling(
    "Table",
    h(
      "table",
      { class: "grid" },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          head.map((cell, i) => h("th", { scope: "col", ...style(i) }, cellNodes(cell))),
        ),
      ),
      h(
        "tbody",
        {},
        rows.map((row) =>
          h(
            "tr",
            {},
            row.map((cell, i) => h("td", style(i), cellNodes(cell))),
          ),
        ),
      ),
    ),
  );
}
