// Every block type and the function that draws it. A context `ctx` says where the block stands:
// {surface: "message"|"modal"|"home", form: Form, act(element, block, value)}.
import { h } from "../dom.js";
import { drawOr, Undrawable } from "./undrawable.js";
import { context, divider, file, header, image, section, video } from "./text.js";
import { actions, contextActions, input } from "./interactive.js";
import { alert, card, carousel, container } from "./cards.js";
import { plan, taskCard } from "./tasks.js";
import { richText } from "../richtext.js";
import { markdown } from "../markdown.js";
import { dataTable } from "../datatable.js";
import { table } from "../tables.js";
import { dataVisualization } from "../charts/index.js";

const DRAW = {
  section,
  header,
  divider,
  context,
  actions,
  image,
  input,
  table,
  card,
  carousel,
  container,
  alert,
  file,
  video,
  plan,
  rich_text: (block) => richText(block),
  markdown: (block) => h("div", { class: "markdown" }, markdown(block.text)),
  context_actions: contextActions,
  data_table: dataTable,
  data_visualization: dataVisualization,
  task_card: taskCard,
};

export function drawBlocks(blocks, ctx) {
  return (blocks ?? []).map((block, i) => drawBlock(block, ctx, i));
}

function drawBlock(block, ctx, index) {
  const named = block.block_id ? block : { ...block, block_id: `_${index}`, unnamed: true };
  const inner = drawOr(() => {
    if (!Object.hasOwn(DRAW, block.type)) throw new Undrawable(block.type ?? "a block without type");
    return DRAW[block.type](named, { ...ctx, drawBlocks });
  }, block.type);
  return h(
    "div",
    { class: `block block-${block.type}`, dataset: { blockId: named.block_id, blockType: block.type ?? "" } },
    inner,
  );
}
