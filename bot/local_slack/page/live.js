// What happens while the page is open, over a WebSocket that comes back by itself.
import { emit } from "./state.js";

let socket = null;
let wanted = null;
let tries = 0;

/** Listens as this person; an earlier line is put down. */
export function listen(user) {
  wanted = user;
  tries = 0;
  socket?.close();
  open();
}

function open() {
  const user = wanted;
  const mine = new WebSocket(`${location.origin.replace(/^http/, "ws")}/_control/live?as=${encodeURIComponent(user)}`);
  socket = mine;
  let opened = false;
  mine.onopen = () => {
    opened = true;
    document.documentElement.dataset.live = user;
    if (tries) emit("reconnected");
    tries = 0;
  };
  mine.onmessage = (event) => {
    const news = JSON.parse(event.data);
    if (mine === socket) emit(`live:${news.kind}`, news);
  };
  mine.onclose = () => {
    if (mine !== socket) return;
    delete document.documentElement.dataset.live;
    tries += 1;
    if (opened || tries === 1) emit("disconnected");
    setTimeout(
      () => {
        if (mine === socket && user === wanted) open();
      },
      Math.min(500 * 2 ** Math.min(tries, 5), 10_000),
    );
  };
}
