// Blocks that are read: section, header, divider, context, image, file, video.
import { h, link } from "../dom.js";
import { plainText, textNodes } from "../mrkdwn.js";
import { drawElement } from "../elements/index.js";
import { picture } from "../pictures.js";
import { icon } from "../icons.js";
import { Undrawable } from "./undrawable.js";

export function section(block, ctx) {
  const fields = (block.fields ?? []).map((field) => h("div", { class: "field" }, textNodes(field)));
  const words = h(
    "div",
    { class: "section-words" },
    block.text ? h("div", { class: "section-text" }, textNodes(block.text)) : null,
    fields.length ? h("div", { class: "fields" }, fields) : null,
  );
  const beside = block.accessory ? h("div", { class: "accessory" }, drawElement(block.accessory, block, ctx)) : null;
  return h("div", { class: beside ? "section with-accessory" : "section" }, words, beside);
}

export function header(block) {
  return h("h3", { class: `header level-${block.level ?? 1}` }, textNodes(block.text));
}

export const divider = () => h("hr");

export function context(block, ctx) {
  return h(
    "div",
    { class: "context" },
    (block.elements ?? []).map((element) =>
      element.type === "image"
        ? drawElement(element, block, ctx)
        : h("span", { class: "context-text" }, textNodes(element)),
    ),
  );
}

export function image(block) {
  const title = block.title ? h("figcaption", {}, textNodes(block.title)) : null;
  return h("figure", { class: "image" }, title, picture(block, plainText(block.title)));
}

export function file(block) {
  if (!block.external_id) throw new Undrawable("file", "no external_id");
  return h("div", { class: "file-card" }, icon("file"), h("span", {}, block.external_id));
}

export function video(block) {
  if (!block.alt_text) throw new Undrawable("video", "no alt text");
  return h(
    "div",
    { class: "file-card" },
    icon("image"),
    link(block.title_url ?? block.video_url, plainText(block.title)),
    h("span", { class: "quiet" }, block.alt_text),
  );
}
