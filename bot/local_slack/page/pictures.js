// Pictures: by address or by uploaded file; a press shows them large. A picture without alt text is not drawn.
import { h } from "./dom.js";
import { Undrawable } from "./blocks/undrawable.js";
import { openDialog } from "./dialog.js";

/** The address of an image block or element: its URL, or the file that was uploaded. */
function pictureUrl({ image_url, slack_file }) {
  if (image_url) return image_url;
  if (slack_file?.url) return slack_file.url;
  if (slack_file?.id) return `/files/${encodeURIComponent(slack_file.id)}/picture`;
  throw new Undrawable("image", "neither image_url nor slack_file");
}

export function thumbnail(element, className = "thumbnail") {
  if (!element.alt_text) throw new Undrawable("image", "no alt text");
  return h("img", { class: className, src: pictureUrl(element), alt: element.alt_text, loading: "lazy" });
}

/** A picture in a message; pressing it opens it large. */
export function picture(source, title = "") {
  const small = thumbnail(source, "");
  return h(
    "button",
    {
      class: "picture",
      type: "button",
      "aria-label": `${source.alt_text} (show large)`,
      onclick: () => large(source, title),
    },
    small,
  );
}

function large(source, title) {
  openDialog({
    title: title || "Picture",
    wide: true,
    body: [h("img", { class: "large-picture", src: pictureUrl(source), alt: source.alt_text })],
  });
}
