// file_input: files go up at once, their ids go with the form.
import { h, show } from "../dom.js";
import { api } from "../api.js";
import { icon } from "../icons.js";
import { telling } from "../toast.js";

export function fileInput(field) {
  const { element } = field;
  const files = [...(field.start({ files: [] }).files ?? [])];
  const list = h("div", { class: "file-list" });
  const accept = (element.filetypes ?? []).map((type) => `.${type}`).join(",");
  const input = h("input", {
    type: "file",
    multiple: (element.max_files ?? 10) > 1,
    accept: accept || null,
    ...field.aria(),
    onchange: async () => {
      for (const file of [...input.files].slice(0, (element.max_files ?? 10) - files.length)) {
        const answer = await telling(api.upload(file, null));
        if (answer?.file) files.push(answer.file);
      }
      input.value = "";
      changed();
    },
  });
  function changed() {
    field.keep({ files });
    show(
      list,
      files.map((file) =>
        h(
          "span",
          { class: "pill" },
          icon("file", 14),
          file.name ?? file.title ?? file.id,
          h(
            "button",
            {
              type: "button",
              "aria-label": `Remove ${file.name ?? file.id}`,
              onclick: () => {
                files.splice(files.indexOf(file), 1);
                changed();
              },
            },
            icon("close", 12),
          ),
        ),
      ),
    );
  }
  changed();
  return h("div", { class: "file-input" }, input, list);
}
