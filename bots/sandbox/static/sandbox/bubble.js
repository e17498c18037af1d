// One message as an element.
import { fileAddress } from "./api.js";
import { avatar, clock, fullName, icon, make, openChat, serviceText, state, summary, tint, userById } from "./state.js";
import { richText } from "./text.js";

// `on` holds what a bubble can ask for: command, press, menu, jump.
export function messageElement(message, on) {
  const service = serviceText(message);
  if (service) return make("li", { class: "service", "data-id": message.message_id }, service);
  const mine = message.from?.id === state.me;
  const buttons = message.markup?.inline_keyboard;
  const row = make("li", {
    class: `message${mine ? " mine" : ""}${buttons ? " with-buttons" : ""}`,
    "data-id": message.message_id,
    "data-author": message.from?.id ?? "channel",
  });
  const group = openChat()?.kind !== "private";
  if (group && !mine) row.append(avatar(fullName(message.from), message.from?.id, "mini"));
  const stack = make("div", { class: "stack" }, bubble(message, on, group && !mine));
  if (buttons) stack.append(inlineKeyboard(message, buttons, on));
  row.append(stack, actionsButton(message, on));
  return row;
}

function bubble(message, on, named) {
  const box = make("div", { class: "bubble" });
  if (named && message.from) {
    box.append(make("span", { class: `author ink${tint(message.from.id)}` }, fullName(message.from)));
  }
  if (message.forward_origin) {
    const from = message.forward_origin.sender_user || message.forward_origin.chat;
    box.append(make("span", { class: "origin" }, "Forwarded from ", make("b", {}, from.title || fullName(from))));
  }
  if (message.reply_to_message) box.append(quote(message.reply_to_message, on));
  const media = mediaElement(message);
  if (media) box.append(media);
  const text = message.text ?? message.caption;
  if (text) box.append(richText(text, message.entities ?? message.caption_entities, on.command));
  const edited = message.edit_date ? "edited " : "";
  box.append(make("span", { class: "meta" }, `${edited}${clock(message.date)}`));
  const moods = moodsShown(message.reactions);
  if (moods) box.append(moods);
  return box;
}

function quote(original, on) {
  return make("button", { type: "button", class: "quote", onclick: () => on.jump(original.message_id) },
    make("b", {}, fullName(original.from)), make("span", {}, summary(original)));
}

function mediaElement(message) {
  if (message.photo) {
    const largest = message.photo[message.photo.length - 1];
    return make("img", { class: "picture", src: fileAddress(largest.file_id), alt: message.caption || "Photo", loading: "lazy" });
  }
  if (message.sticker) return make("img", { class: "picture small", src: fileAddress(message.sticker.file_id), alt: "Sticker" });
  if (message.location) return place(message.location);
  if (message.voice) return attachment("voice", wave(), `${message.voice.duration || 0} s`);
  if (message.contact) {
    return attachment("person", fullName(message.contact), message.contact.phone_number);
  }
  if (message.dice) return make("span", { class: "words" }, `${message.dice.emoji} ${message.dice.value}`);
  const file = message.document || message.audio || message.video || message.animation;
  if (!file) return null;
  const size = file.file_size > 1e6 ? `${(file.file_size / 1e6).toFixed(1)} MB` : `${Math.ceil(file.file_size / 1000)} kB`;
  const link = { href: fileAddress(file.file_id), download: file.file_name || "file" };
  return attachment("file", file.file_name || "File", size, link);
}

function place(location) {
  const coordinates = `${location.latitude.toFixed(4)}, ${location.longitude.toFixed(4)}`;
  return attachment("place", location.live_period ? "Live location" : "Location", coordinates);
}

function attachment(symbol, title, note, link = null) {
  const disc = make("span", { class: "disc" }, icon(symbol));
  return make(link ? "a" : "span", { class: "attachment", ...(link || {}) }, disc,
    make("span", {}, title, make("small", {}, note)));
}

function wave() {
  return make("span", { class: "wave", "aria-label": "Voice message" }, ...Array.from({ length: 18 }, () => make("i")));
}

function moodsShown(reactions = {}) {
  const counted = new Map();
  for (const [id, emoji] of Object.entries(reactions)) {
    counted.set(emoji, [...(counted.get(emoji) || []), fullName(userById(Number(id)))]);
  }
  if (!counted.size) return null;
  const marks = [...counted].map(([emoji, names]) => make("span", { title: names.join(", ") }, names.length > 1 ? `${emoji} ${names.length}` : emoji));
  return make("div", { class: "moods-shown" }, ...marks);
}

function inlineKeyboard(message, rows, on) {
  const lines = rows.map((row) => make("div", {}, ...row.map((button) => inlineButton(message, button, on))));
  return make("div", { class: "buttons" }, ...lines);
}

function inlineButton(message, button, on) {
  if (button.url) {
    const safe = /^(https?|tg):/i.test(button.url) ? button.url : "about:blank";
    return make("a", { class: "inline-button", href: safe, target: "_blank", rel: "noopener noreferrer" }, `${button.text} ↗`);
  }
  const element = make("button", { type: "button", class: "inline-button" }, button.text);
  element.addEventListener("click", () => on.press(message, button, element));
  return element;
}

function actionsButton(message, on) {
  const button = make("button", { type: "button", class: "actions-button", "aria-label": "Message actions", "aria-haspopup": "menu", "aria-expanded": "false" }, icon("more"));
  button.addEventListener("click", () => on.menu(message, button));
  return button;
}
