// Every example in every language, drawn by the local Slack's own page.
// `/gallery?only=kpi.team` shows one; `&language=ko` one language; `&plain=1` as a workspace without the new blocks sees it.
import { drawBlocks } from "/page/blocks/index.js";
import { Form } from "/page/elements/form.js";
import { h, show } from "/page/dom.js";
import { plainText } from "/page/mrkdwn.js";
import { world } from "/page/state.js";

// The people and channels that the examples speak of.
world.people = [{ id: "U0MINA", name: "Mina" }];
world.channels = [{ id: "C0123456789", name: "returns", kind: "channel" }];
const LANGUAGES = { en: "en-US", zh_TW: "zh-TW", nl: "nl-NL", ko: "ko-KR" };
const asked = new URLSearchParams(location.search);
const languages = asked.has("language") ? [asked.get("language")] : Object.keys(LANGUAGES);
const plain = asked.get("plain") === "1";

const load = async (language, without) => (await (await fetch(`/gallery/examples.json?language=${language}&plain=${without ? 1 : 0}`)).json()).drawings;

function drawing(found, language) {
  const surface = found.type ?? "message";
  world.me = { id: "U0", locale: LANGUAGES[language], tz: "America/New_York" };
  const context = { surface, form: new Form(), act: () => {}, channel: null, where: {} };
  context.form.begin();
  const title = surface === "modal" ? h("h4", { class: "gallery-title" }, plainText(found.title)) : null;
  const foot = surface === "modal" && found.submit ? h("p", { class: "gallery-foot" }, h("span", { class: "button primary" }, plainText(found.submit))) : null;
  const headline = surface === "message" && found.blocks ? h("p", { class: "gallery-text", title: "top-level text" }, found.text) : null;
  const blocks = found.blocks ?? [{ type: "section", text: { type: "mrkdwn", text: found.text } }];
  const body = drawBlocks(blocks, context);
  return h("article", { class: `gallery-card gallery-${surface}`, lang: LANGUAGES[language] },
    headline, title, h("div", { class: "blocks" }, body), foot);
}

function example(name, sheets, suffix) {
  const cards = languages.map((language) => drawing(sheets[language][name], language));
  return h("section", { id: name + suffix }, h("h2", {}, name, suffix ? h("small", {}, " without the new blocks") : null),
    h("div", { class: "gallery-row" }, cards));
}

async function sheetsFor(without) {
  const all = await Promise.all(languages.map((language) => load(language, without)));
  return Object.fromEntries(languages.map((language, i) => [language, all[i]]));
}

const [drawn, without] = await Promise.all([sheetsFor(false), sheetsFor(true)]);
const only = asked.get("only");
const names = Object.keys(drawn[languages[0]]).filter((name) => !only || name === only);
const sections = names.flatMap((name) => {
  const usual = plain ? null : example(name, drawn, "");
  const other = name in without[languages[0]] && (plain || !only) ? example(name, without, ".plain") : null;
  return [usual, other].filter(Boolean);
});
const main = document.getElementById("examples");
show(document.getElementById("names"), names.map((name) => h("a", { href: `#${name}` }, name)));
show(main, sections);
main.removeAttribute("aria-busy");
document.documentElement.dataset.ready = "gallery";
