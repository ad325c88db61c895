// The modals of apps: a stack up to three deep. An update keeps what the person typed and where they are.
import { h, show } from "./dom.js";
import { api } from "./api.js";
import { avatar } from "./avatar.js";
import { drawBlocks } from "./blocks/index.js";
import { openDialog } from "./dialog.js";
import { icon } from "./icons.js";
import { formOf, viewContext } from "./interact.js";
import { plainText, textNodes } from "./mrkdwn.js";
import { world } from "./state.js";
import { telling } from "./toast.js";

let open = null;
let changes = 0; // counts what was shown or closed, so that an answer which comes late does not open it again

/** Shows the top of the stack; an empty stack closes the modal. */
export function showStack(stack) {
  changes += 1;
  const top = (stack ?? []).at(-1);
  if (!top) {
    open?.dialog.close({ quiet: true });
    open = null;
    return;
  }
  if (open?.view.id === top.id) {
    if (open.view.hash !== top.hash || open.view.error !== top.error) update(top, stack);
    return;
  }
  const opener = open?.opener ?? document.activeElement;
  open?.dialog.close({ quiet: true });
  open = build(top, stack, opener);
}

function build(view, stack, opener) {
  const body = h("div", { class: "view-body" });
  const foot = h("div", { class: "view-foot" });
  const title = h("span", {});
  const form = h(
    "form",
    {
      class: "view-form",
      novalidate: true,
      onsubmit: (event) => event.preventDefault(),
      onkeydown: (event) => {
        if (
          event.key === "Enter" &&
          !event.defaultPrevented &&
          !event.isComposing &&
          event.target.matches("input.text-field")
        ) {
          event.preventDefault();
          submit();
        }
      },
    },
    body,
  );
  const state = { view, body, foot, title, opener };
  fill(state, view);
  const app = world.apps.find((one) => one.app_id === view.app_id) ?? world.apps[0];
  const before =
    stack.length > 1
      ? h(
          "button",
          { class: "icon-button", type: "button", "aria-label": "Back", onclick: () => close(state) },
          icon("left"),
        )
      : avatar(app?.id, app?.name, 28);
  state.dialog = openDialog({
    titleNodes: title,
    before,
    body: form,
    footer: foot,
    className: "view",
    onclose: () => {
      if (opener?.isConnected) opener.focus();
      close(state);
    },
  });
  return state;
}

function fill(state, view) {
  state.view = view;
  show(state.title, textNodes(view.title));
  show(state.body, trouble(view), drawBlocks(view.blocks, viewContext(view, "modal")));
  show(
    state.foot,
    h(
      "button",
      { class: "button", type: "button", onclick: () => close(state) },
      plainText(view.close) || (view.submit ? "Cancel" : "Close"),
    ),
    view.submit
      ? h(
          "button",
          { class: "button primary", type: "button", "data-submit": "", onclick: submit },
          textNodes(view.submit),
        )
      : null,
  );
}

const trouble = (view) =>
  h("div", { class: "view-trouble", role: "alert" }, view.error ? [icon("warning", 16), String(view.error)] : null);

/** Draws the same view anew; the focus and its caret go back to the field they were in. */
function update(view, stack) {
  const state = open;
  const [focused, top] = [document.activeElement, state.dialog.node.querySelector(".dialog-body").scrollTop];
  const key = focused?.closest("[data-block-id]") && [
    focused.closest("[data-block-id]").dataset.blockId,
    focused.dataset.action,
  ];
  const caret = focused?.selectionStart;
  fill(state, view);
  state.dialog.node.querySelector(".dialog-body").scrollTop = top;
  const again =
    key &&
    [...state.body.querySelectorAll("[data-action]")].find(
      (node) =>
        node.closest("[data-block-id]").dataset.blockId === key[0] &&
        node.dataset.action === key[1] &&
        node.matches("input, textarea, button, a, [tabindex]"),
    );
  const target =
    again ??
    (state.dialog.node.contains(document.activeElement)
      ? null
      : (state.body.querySelector("[data-first], input, textarea, button, a") ??
        state.dialog.node.querySelector("footer button")));
  target?.focus();
  if (again && typeof caret === "number" && again.setSelectionRange && /text|search|url/.test(again.type))
    again.setSelectionRange(caret, caret);
  return stack;
}

async function submit() {
  const state = open;
  if (!state?.view.submit) return;
  const button = state.foot.querySelector("[data-submit]");
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  const answer = await telling(api.submit(state.view.id, formOf(state.view.id).values()));
  button.removeAttribute("aria-busy");
  if (!answer || state !== open) return;
  clearErrors(state);
  if (answer.result === "errors") showErrors(state, answer.errors ?? {});
  else if (answer.result === "timeout")
    show(
      state.body.querySelector(".view-trouble"),
      icon("warning", 16),
      state.view.error || "We had some trouble connecting. Try again?",
    );
  if (answer.views && answer.result !== "errors") showStack(answer.views);
}

function clearErrors(state) {
  show(state.body.querySelector(".view-trouble"));
  for (const node of state.body.querySelectorAll(".error")) show(node);
  for (const node of state.body.querySelectorAll("[aria-invalid]")) node.removeAttribute("aria-invalid");
}

/** Errors stand under their fields; the first field gets the focus. An error without a field stands on top. */
function showErrors(state, errors) {
  const lost = [];
  let first = null;
  let nearest = null;
  for (const [blockId, words] of Object.entries(errors)) {
    const block = state.body.querySelector(`[data-block-id="${CSS.escape(blockId)}"]`);
    const slot = block?.querySelector(".error");
    if (!slot) {
      lost.push(words);
      continue;
    }
    show(slot, icon("warning", 14), words);
    nearest ??= slot;
    const control = block.querySelector("[aria-describedby]");
    control?.setAttribute("aria-invalid", "true");
    first ??= control?.matches("[role=group], [role=radiogroup]") ? control.querySelector("input") : control;
  }
  if (lost.length) show(state.body.querySelector(".view-trouble"), icon("warning", 16), lost.join(" "));
  first?.focus();
  nearest?.scrollIntoView({ block: "nearest" }); // a long group's error may stand below the fold
}

async function close(state) {
  if (state !== open) return;
  open = null;
  state.dialog.close({ quiet: true });
  const mine = ++changes;
  const answer = await telling(api.close(state.view.id));
  if (mine === changes && (answer?.views ?? answer?.stack)) showStack(answer.views ?? answer.stack);
}

/** Forgets whatever is open, for another person's turn. */
export function forgetModals() {
  open?.dialog.close({ quiet: true });
  open = null;
}
