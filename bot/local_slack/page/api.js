// The people's verbs (`/_control/…`). Every refusal of the server becomes a `Refusal` with the server's own sentence.

export class Refusal extends Error {
  constructor(code, message) {
    super(message || code);
    this.code = code;
  }
}

let who = "";
/** From now on every verb is done as this person. */
export function actAs(id) {
  who = id;
}

async function answer(response) {
  let body = null;
  try {
    body = await response.json();
  } catch {
    throw new Refusal("unreadable", `The workspace answered ${response.status} without words.`);
  }
  if (!response.ok || body.ok === false) throw new Refusal(body.error ?? "error", body.message);
  return body;
}

async function ask(verb, params = {}) {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries({ as: who, ...params })) {
    if (value !== null && value !== undefined && value !== "") query.set(key, value);
  }
  return answer(await fetch(`/_control/${verb}?${query}`));
}

async function tell(verb, body = {}) {
  const headers = { "content-type": "application/json" };
  return answer(
    await fetch(`/_control/${verb}`, { method: "POST", headers, body: JSON.stringify({ as: who, ...body }) }),
  );
}

async function upload(file, channel, thread = null) {
  const form = new FormData();
  form.set("as", who);
  if (channel) form.set("channel", channel);
  if (thread) form.set("thread_ts", thread);
  form.set("file", file);
  return answer(await fetch("/_control/upload", { method: "POST", body: form }));
}

export const api = {
  state: () => ask("state"),
  messages: (channel, { thread = null, fresh = false, limit = 200 } = {}) =>
    ask("messages", { channel, thread_ts: thread, limit, fresh: fresh ? 1 : null }),
  views: () => ask("views"),
  type: (channel, text, thread_ts) => tell("type", thread_ts ? { channel, text, thread_ts } : { channel, text }),
  press: (body) => tell("press", body),
  options: (body) => tell("options", body),
  submit: (view_id, values) => tell("submit", { view_id, values }),
  close: (view_id) => tell("close", { view_id }),
  home: (app) => tell("home", app ? { app } : {}),
  shortcut: (body) => tell("shortcut", body),
  upload,
  join: (channel) => tell("join", { channel }),
  leave: (channel) => tell("leave", { channel }),
  invite: (channel, user) => tell("invite", { channel, user }),
  kick: (channel, user) => tell("kick", { channel, user }),
  archive: (channel) => tell("archive", { channel }),
  read: (channel, ts) => tell("read", { channel, ts }),
  clock: (turn) => tell("clock", turn),
  lever: (id) => tell("lever", { id }),
  faults: (change) => tell("faults", { as: undefined, ...change }),
  dropSockets: (refuse_s) => tell("drop_sockets", { as: undefined, refuse_s }),
  account: (user, deactivated) => tell("person", { as: user, deactivated }),
  dm: (user) => tell("dm", { user }),
  person: (change) => tell("person", change),
};
