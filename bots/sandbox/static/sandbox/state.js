// What the page knows, and small questions about it.
import { get } from "./api.js";

export const state = {
  version: 0, me: 0, people: [], bots: [], chats: [], open: null, topic: 0,
  messages: [], unread: new Map(), typing: new Map(),
};

export const $ = (id) => document.getElementById(id);

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "class") element.className = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

export async function reload() {
  const found = await get("state", state.me ? { person: state.me } : {});
  Object.assign(state, { me: found.person, people: found.people, bots: found.bots, chats: found.chats });
  return found;
}

export const me = () => state.people.find((person) => person.id === state.me);
export const chatById = (id) => state.chats.find((chat) => chat.id === id);
export const openChat = () => chatById(state.open);
export const botById = (id) => state.bots.find((bot) => bot.id === id);
export const userById = (id) => state.people.find((person) => person.id === id) || botById(id);
export const fullName = (user) => [user?.first_name, user?.last_name].filter(Boolean).join(" ") || "Somebody";

export function chatTitle(chat) {
  return chat.kind === "private" ? fullName(botById(chat.bot)) : chat.title;
}

export function botIn(chat) {
  const member = chat.members.find((one) => one.bot && !["left", "kicked"].includes(one.status));
  return member ? botById(member.bot) : null;
}

// In a private chat: "new" before the first message, "blocked", or "open".
export function privateStatus(chat) {
  const member = chat.members.find((one) => one.bot);
  if (!member) return "new";
  return member.status === "kicked" ? "blocked" : "open";
}

export function mySeat(chat) {
  if (chat.kind === "private") return "member";
  return chat.members.find((one) => one.person === state.me)?.status || "left";
}

export const tint = (id) => Math.abs(Number(id) || 0) % 6;

export function dress(element, name, id) {
  const letters = name.split(/\s+/).map((word) => [...word][0] || "").join("");
  element.textContent = [...letters].slice(0, 2).join("").toUpperCase();
  element.className = element.className.replace(/ ?tint\d/g, "") + ` tint${tint(id)}`;
  return element;
}

export function avatar(name, id, size) {
  return dress(make("span", { class: `avatar ${size}`, "aria-hidden": "true" }), name, id);
}

export const clock = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });

export function dayName(seconds) {
  const day = new Date(seconds * 1000);
  const today = new Date();
  const gap = Math.round((new Date(today).setHours(0, 0, 0, 0) - new Date(day).setHours(0, 0, 0, 0)) / 864e5);
  if (gap === 0) return "Today";
  if (gap === 1) return "Yesterday";
  const year = day.getFullYear() === today.getFullYear() ? undefined : "numeric";
  return day.toLocaleDateString([], { day: "numeric", month: "long", year });
}

export function summary(message) {
  if (!message) return "";
  const kinds = { photo: "Photo", document: "File", voice: "Voice message", sticker: "Sticker",
    location: "Location", contact: "Contact", video: "Video", audio: "Audio", dice: "Dice" };
  if (message.text) return message.text;
  const kind = Object.keys(kinds).find((name) => message[name]);
  if (kind) return message.caption ? `${kinds[kind]}, ${message.caption}` : kinds[kind];
  return serviceText(message) || "Message";
}

export function serviceText(message) {
  const who = fullName(message.from);
  if (message.new_chat_members) return `${who} added ${message.new_chat_members.map(fullName).join(", ")}`;
  if (message.left_chat_member) return `${fullName(message.left_chat_member)} left the group`;
  if (message.group_chat_created) return `${who} created the group`;
  if (message.new_chat_title) return `${who} renamed the group to “${message.new_chat_title}”`;
  if (message.pinned_message) return `${who} pinned “${summary(message.pinned_message).slice(0, 60)}”`;
  if (message.forum_topic_created) return `${who} opened the topic “${message.forum_topic_created.name}”`;
  if (message.migrate_to_chat_id) return "This group was upgraded to a supergroup";
  if (message.migrate_from_chat_id) return "The group is a supergroup now";
  return "";
}
