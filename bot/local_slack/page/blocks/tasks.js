// Tasks of an assistant: task_card and plan.
import { h, link } from "../dom.js";
import { richText } from "../richtext.js";
import { Undrawable } from "./undrawable.js";

const MARKS = { pending: "○", in_progress: "◐", complete: "✔", error: "✖" };

export function taskCard(block) {
  const mark = MARKS[block.status];
  if (!mark) throw new Undrawable(`task status ${block.status}`);
  return h(
    "div",
    { class: "task" },
    h("span", { class: `task-mark ${block.status}`, role: "img", "aria-label": block.status.replace("_", " ") }, mark),
    h(
      "div",
      {},
      h("strong", {}, block.title),
      block.details ? richText(block.details) : null,
      block.output ? richText(block.output) : null,
      (block.sources ?? []).map((source) => h("div", {}, link(source.url, source.text))),
    ),
  );
}

export function plan(block) {
  return h("section", { class: "plan" }, h("strong", {}, block.title), (block.tasks ?? []).map(taskCard));
}
