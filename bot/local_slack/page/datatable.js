// data_table: sorts, filters and turns pages in the reader's hands.
import { h, freshId, show } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { icon } from "./icons.js";
import { Undrawable } from "./blocks/undrawable.js";
import { locale } from "./state.js";
import { cellNodes, words } from "./tables.js";

/** Numbers before words, numbers by size, words as the reader's language sorts them; empty last either way. */
function compare(way, language) {
  const collator = new Intl.Collator(language, { numeric: true, sensitivity: "base" });
  return (a, b) => {
    const [x, y] = [a.type === "raw_number", b.type === "raw_number"];
    if (x !== y) return x ? -1 : 1;
    return way * (x ? a.value - b.value : collator.compare(words(a), words(b)));
  };
}

export function dataTable(block) {
  if (!block.caption) throw new Undrawable("data_table", "no caption");
  const [head, ...rows] = block.rows;
  const size = block.page_size ?? 5;
  const rowHeader = block.row_header_column_index ?? 0;
  const numeric = head.map(
    (_, i) =>
      i !== rowHeader &&
      rows.length > 0 &&
      rows.every((row) => row[i].type === "raw_number" || words(row[i]).length < 3) &&
      rows.some((row) => row[i].type === "raw_number"),
  );
  const seen = { sort: null, way: 1, page: 0, filter: "" };
  const captionId = freshId("caption");
  const body = h("tbody");
  const pager = h("div", { class: "pager" });
  const headers = head.map((cell, i) =>
    h(
      "th",
      { scope: "col", "aria-sort": "none", class: numeric[i] ? "align-right" : null },
      h(
        "button",
        { type: "button", class: "sort", onclick: () => sortBy(i) },
        h("span", {}, cellNodes(cell)),
        h("span", { class: "sort-mark", "aria-hidden": "true" }, icon("sort", 14)),
      ),
    ),
  );

  function sortBy(column) {
    if (seen.sort !== column) Object.assign(seen, { sort: column, way: 1 });
    else if (seen.way === 1) seen.way = -1;
    else Object.assign(seen, { sort: null, way: 1 });
    seen.page = 0;
    paint();
  }
  function wanted() {
    const filter = seen.filter.toLocaleLowerCase();
    const kept = filter
      ? rows.filter((row) => row.some((cell) => words(cell).toLocaleLowerCase().includes(filter)))
      : [...rows];
    const order = compare(seen.way, locale());
    return seen.sort === null ? kept : kept.sort((a, b) => order(a[seen.sort], b[seen.sort]));
  }
  function line(row) {
    return h(
      "tr",
      {},
      row.map((cell, i) =>
        h(
          i === rowHeader ? "th" : "td",
          { scope: i === rowHeader ? "row" : null, class: numeric[i] ? "align-right" : null },
          cellNodes(cell),
        ),
      ),
    );
  }
  function turn(to) {
    seen.page = to;
    paint();
  }
  function paint() {
    const kept = wanted();
    const pages = Math.max(1, Math.ceil(kept.length / size));
    seen.page = Math.min(seen.page, pages - 1);
    const from = seen.page * size;
    headers.forEach((header, i) =>
      header.setAttribute("aria-sort", i !== seen.sort ? "none" : seen.way === 1 ? "ascending" : "descending"),
    );
    show(
      body,
      kept.length
        ? kept.slice(from, from + size).map(line)
        : h("tr", {}, h("td", { colspan: head.length, class: "quiet" }, "No rows match")),
    );
    const arrow = (name, label, to) =>
      h(
        "button",
        {
          class: "icon-button",
          type: "button",
          "aria-label": label,
          disabled: to < 0 || to >= pages,
          onclick: () => {
            turn(to);
            (
              pager.querySelector(`[aria-label="${label}"]:not(:disabled)`) ??
              pager.querySelector("button:not(:disabled)")
            )?.focus();
          },
        },
        icon(name, 16),
      );
    show(
      pager,
      h(
        "span",
        { "aria-live": "polite" },
        kept.length ? `${from + 1}–${Math.min(from + size, kept.length)} of ${kept.length}` : "0 rows",
      ),
      pages > 1 ? [arrow("left", "Previous page", seen.page - 1), arrow("right", "Next page", seen.page + 1)] : null,
    );
  }
  paint();
  const filter = h("input", {
    class: "table-filter",
    type: "search",
    placeholder: "Filter",
    "aria-label": `Filter ${block.caption}`,
    oninput: (event) => {
      seen.filter = event.target.value;
      seen.page = 0;
      paint();
    },
  });
  return h(
    "div",
    { class: "data-table" },
    h(
      "div",
      { class: "data-table-head" },
      h("div", { class: "caption", id: captionId }, withEmoji(block.caption)),
      rows.length > size ? filter : null,
    ),
    h(
      "div",
      { class: "table-scroll", tabindex: "0", role: "region", "aria-labelledby": captionId },
      h("table", { class: "grid", "aria-labelledby": captionId }, h("thead", {}, h("tr", {}, headers)), body),
    ),
    rows.length > size || rows.length > 5 ? h("div", { class: "data-table-foot" }, pager) : null,
  );
}
