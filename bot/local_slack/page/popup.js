// A small pane beside the thing that opened it: closes on Escape and on a press elsewhere, and gives the focus back.
import { h } from "./dom.js";

let closeOpen = null;

/** Opens `content` beside `anchor`; returns close(). On a phone the pane is a sheet at the bottom (CSS). */
export function openPopup(
  anchor,
  content,
  { role = "dialog", label = "", onclose = null, className = "", tabCloses = true } = {},
) {
  closeOpen?.();
  const pane = h("div", { class: `popup ${className}`, role, "aria-label": label }, content);
  const home = anchor.closest("[role='dialog']") ?? document.body;
  home.append(pane);
  place(pane, anchor);
  anchor.setAttribute("aria-expanded", "true");

  function close({ focus = true } = {}) {
    if (closeOpen !== close) return;
    closeOpen = null;
    pane.remove();
    document.removeEventListener("pointerdown", outside, true);
    removeEventListener("resize", reposition);
    grown.disconnect();
    anchor.setAttribute("aria-expanded", "false");
    if (focus && anchor.isConnected) anchor.focus();
    onclose?.();
  }
  const outside = (event) => {
    if (!pane.contains(event.target) && !anchor.contains(event.target)) close({ focus: false });
  };
  const reposition = () => place(pane, anchor);
  const grown = new ResizeObserver(reposition);
  grown.observe(pane);
  pane.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
    if (event.key === "Tab" && tabCloses) close();
  });
  document.addEventListener("pointerdown", outside, true);
  addEventListener("resize", reposition);
  closeOpen = close;
  return close;
}

function place(pane, anchor) {
  const box = anchor.getBoundingClientRect();
  pane.style.minWidth = `${Math.min(box.width, 420)}px`;
  const { offsetWidth: width, offsetHeight: height } = pane;
  const below = innerHeight - box.bottom;
  const top = below > height + 12 || below > box.top ? box.bottom + 4 : box.top - height - 4;
  pane.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
  pane.style.top = `${Math.max(8, Math.min(top, innerHeight - height - 8))}px`;
}

/** Moves the mark through `items` with the arrow keys, Home and End; returns the new index or -1 for other keys. */
export function step(key, index, count) {
  if (!count) return -1;
  if (key === "ArrowDown") return (index + 1) % count;
  if (key === "ArrowUp") return (index - 1 + count) % count;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  return -1;
}
