// A list to choose from, with a search field: the open half of every select.
import { h, freshId, show } from "./dom.js";
import { textNodes, plainText } from "./mrkdwn.js";
import { openPopup, step } from "./popup.js";

/**
 * groups(query) gives [{label?, options: [{text, value, description?, face?}]}], at once or as a promise.
 * pick(option) is called per choice; with `multi` the list stays open and `chosen()` marks what is chosen.
 */
export function openListbox(anchor, { groups, pick, chosen, label, multi = false, minimum = 0 }) {
  const id = freshId("listbox");
  const list = h("div", {
    class: "options",
    role: "listbox",
    id,
    "aria-label": label,
    "aria-multiselectable": multi ? "true" : null,
  });
  const search = h("input", {
    class: "option-search",
    type: "text",
    role: "combobox",
    "aria-expanded": "true",
    "aria-controls": id,
    "aria-label": `Search ${label}`,
    placeholder: "Search…",
    autocomplete: "off",
    spellcheck: "false",
    oninput: () => load(),
  });
  const close = openPopup(anchor, [search, list], { label, className: "listbox" });
  let rows = [];
  let mark = 0;
  let asked = 0;

  async function load() {
    const mine = ++asked;
    const query = search.value.trim();
    if (query.length < minimum) {
      rows = [];
      show(list, note(`Type ${minimum} or more letters to search`));
      return;
    }
    let found;
    try {
      found = await groups(query);
    } catch (error) {
      show(list, note(error.message));
      return;
    }
    if (mine === asked) fill(found);
  }

  function fill(found) {
    rows = [];
    const parts = found
      .filter((group) => group.options.length)
      .map((group) =>
        h(
          "div",
          { role: "group", "aria-label": plainText(group.label) || null },
          group.label ? h("div", { class: "group-label" }, textNodes(group.label)) : null,
          group.options.map(optionRow),
        ),
      );
    show(list, parts.length ? parts : note("No results"));
    const first = rows.findIndex((row) => row.node.getAttribute("aria-selected") === "true");
    move(first >= 0 && !search.value ? first : 0);
  }

  function optionRow(option) {
    const selected = chosen().includes(option.value);
    const node = h(
      "div",
      {
        class: "option",
        role: "option",
        id: freshId("option"),
        "aria-selected": String(selected),
        onclick: () => take(option),
      },
      option.face ?? null,
      h(
        "span",
        { class: "menu-words" },
        h("span", {}, textNodes(option.text)),
        option.description ? h("small", {}, textNodes(option.description)) : null,
      ),
      selected ? h("span", { class: "tick", "aria-hidden": "true" }, "✓") : null,
    );
    rows.push({ node, option });
    return node;
  }

  function move(index) {
    if (!rows.length) return;
    rows[mark]?.node.classList.remove("marked");
    mark = index;
    rows[mark].node.classList.add("marked");
    rows[mark].node.scrollIntoView({ block: "nearest" });
    search.setAttribute("aria-activedescendant", rows[mark].node.id);
  }

  function take(option) {
    if (!multi) close();
    pick(option);
    if (multi) load();
  }

  search.addEventListener("keydown", (event) => {
    const next = event.key === "Home" || event.key === "End" ? -1 : step(event.key, mark, rows.length);
    if (next >= 0) {
      event.preventDefault();
      move(next);
    }
    if (event.key === "Enter") {
      event.preventDefault();
      event.stopPropagation();
      if (rows[mark]) take(rows[mark].option);
    }
  });
  search.focus();
  load();
}

const note = (words) => h("div", { class: "option-note" }, words);

/** Keeps the options whose words hold the query. */
export function matching(groups, query) {
  const wanted = query.toLocaleLowerCase();
  const fits = (option) =>
    `${plainText(option.text)} ${plainText(option.description)}`.toLocaleLowerCase().includes(wanted);
  return groups.map((group) => ({ ...group, options: group.options.filter(fits) }));
}
