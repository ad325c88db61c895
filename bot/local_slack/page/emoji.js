// Shortcodes of the emoji that apps and people use most. An unknown one stays as it was typed, as in Slack.
import { h } from "./dom.js";

const NAMES = `smile:😄 smiley:😃 grinning:😀 blush:😊 slightly_smiling_face:🙂 wink:😉 joy:😂 sweat_smile:😅 heart_eyes:😍 sunglasses:😎
thinking_face:🤔 neutral_face:😐 expressionless:😑 disappointed:😞 worried:😟 confused:😕 cry:😢 sob:😭 angry:😠 rage:😡 scream:😱 zzz:💤
sleeping:😴 relieved:😌 partying_face:🥳 hugging_face:🤗 face_with_monocle:🧐 nerd_face:🤓 star-struck:🤩 slightly_frowning_face:🙁
+1:👍 thumbsup:👍 -1:👎 thumbsdown:👎 clap:👏 wave:👋 raised_hands:🙌 pray:🙏 muscle:💪 ok_hand:👌 point_right:👉 point_left:👈 point_up:☝️
point_down:👇 eyes:👀 handshake:🤝 raising_hand:🙋 bow:🙇 writing_hand:✍️ speech_balloon:💬 thought_balloon:💭 speaking_head_in_silhouette:🗣️
heart:❤️ broken_heart:💔 sparkles:✨ star:⭐ star2:🌟 boom:💥 fire:🔥 tada:🎉 confetti_ball:🎊 balloon:🎈 gift:🎁 trophy:🏆 medal:🏅
first_place_medal:🥇 second_place_medal:🥈 third_place_medal:🥉 rocket:🚀 white_check_mark:✅ heavy_check_mark:✔️ ballot_box_with_check:☑️
x:❌ negative_squared_cross_mark:❎ heavy_multiplication_x:✖️ warning:⚠️ no_entry:⛔ no_entry_sign:🚫 stop_sign:🛑 octagonal_sign:🛑 rotating_light:🚨 exclamation:❗
heavy_exclamation_mark:❗ question:❓ grey_question:❔ bangbang:‼️ interrobang:⁉️ information_source:ℹ️ bulb:💡 hourglass:⌛
hourglass_flowing_sand:⏳ alarm_clock:⏰ stopwatch:⏱️ timer_clock:⏲️ watch:⌚ calendar:📆 date:📅 spiral_calendar_pad:🗓️ pushpin:📌
round_pushpin:📍 paperclip:📎 link:🔗 lock:🔒 unlock:🔓 key:🔑 mag:🔍 mag_right:🔎 bell:🔔 no_bell:🔕 mega:📣 loudspeaker:📢 email:📧
envelope:✉️ inbox_tray:📥 outbox_tray:📤 package:📦 mailbox:📫 memo:📝 pencil:📝 pencil2:✏️ clipboard:📋 file_folder:📁
open_file_folder:📂 card_index_dividers:🗂️ page_facing_up:📄 bookmark:🔖 label:🏷️ books:📚 book:📖 newspaper:📰 scroll:📜 ticket:🎫
admission_tickets:🎟️ bar_chart:📊 chart_with_upwards_trend:📈 chart_with_downwards_trend:📉 chart:💹 dart:🎯 checkered_flag:🏁
triangular_flag_on_post:🚩 gear:⚙️ wrench:🔧 hammer_and_wrench:🛠️ hammer:🔨 toolbox:🧰 computer:💻 iphone:📱 telephone_receiver:📞
phone:☎️ headphones:🎧 robot_face:🤖 bug:🐛 zap:⚡ cloud:☁️ sunny:☀️ sunrise:🌅 partly_sunny:⛅ rain_cloud:🌧️ umbrella:☔ rainbow:🌈
coffee:☕ tea:🍵 pizza:🍕 cake:🍰 seedling:🌱 herb:🌿 deciduous_tree:🌳 earth_africa:🌍 earth_americas:🌎 earth_asia:🌏
globe_with_meridians:🌐 red_circle:🔴 large_orange_circle:🟠 large_yellow_circle:🟡 large_green_circle:🟢 large_blue_circle:🔵
large_purple_circle:🟣 black_circle:⚫ white_circle:⚪ large_red_square:🟥 large_orange_square:🟧 large_yellow_square:🟨
large_green_square:🟩 large_blue_square:🟦 white_large_square:⬜ black_large_square:⬛ small_red_triangle:🔺 small_red_triangle_down:🔻
small_blue_diamond:🔹 small_orange_diamond:🔸 arrow_up:⬆️ arrow_down:⬇️ arrow_left:⬅️ arrow_right:➡️ arrow_upper_right:↗️
arrow_lower_right:↘️ arrow_up_small:🔼 arrow_down_small:🔽 arrows_counterclockwise:🔄 repeat:🔁 leftwards_arrow_with_hook:↩️ back:🔙
soon:🔜 new:🆕 ok:🆗 sos:🆘 top:🔝 one:1️⃣ two:2️⃣ three:3️⃣ four:4️⃣ five:5️⃣ six:6️⃣ seven:7️⃣ eight:8️⃣ nine:9️⃣ keycap_ten:🔟 zero:0️⃣
100:💯 heavy_plus_sign:➕ heavy_minus_sign:➖ heavy_division_sign:➗ infinity:♾️ recycle:♻️ bust_in_silhouette:👤
busts_in_silhouette:👥 office:🏢 house:🏠 crescent_moon:🌙 moon:🌔 palm_tree:🌴 airplane:✈️ truck:🚚 shopping_trolley:🛒
moneybag:💰 credit_card:💳 shield:🛡️ scales:⚖️ compass:🧭 world_map:🗺️ crystal_ball:🔮 microscope:🔬 test_tube:🧪 brain:🧠 graduation_cap:🎓 mortar_board:🎓
double_vertical_bar:⏸️ arrow_forward:▶️ black_square_for_stop:⏹️ mute:🔇 sound:🔉 art:🎨 sweat_drops:💦 snail:🐌 turtle:🐢 rabbit2:🐇 ocean:🌊`;

const BY_NAME = new Map(
  NAMES.split(/\s+/).map((pair) => {
    const cut = pair.lastIndexOf(":");
    return [pair.slice(0, cut), pair.slice(cut + 1)];
  }),
);

/** The character of a shortcode, or null. */
export const emojiOf = (name) => BY_NAME.get(String(name).replace(/::?skin-tone-\d/, "")) ?? null;

/** A text in which the shortcodes that we know are pictures, each with its name for screen readers. */
export function withEmoji(text) {
  const parts = String(text).split(/(:[a-z0-9_+'-]+:)/i);
  return parts
    .filter(Boolean)
    .map((part) => (part.length > 2 && part.startsWith(":") ? (emojiNode(part.slice(1, -1)) ?? part) : part));
}

export function emojiNode(name) {
  const character = emojiOf(name);
  return (
    character &&
    h("span", { class: "emoji", role: "img", "aria-label": `${name.replaceAll("_", " ")} emoji` }, character)
  );
}
