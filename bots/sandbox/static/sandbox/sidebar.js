// The chat list, the person you act as, and the menus above both.
import { post } from "./api.js";
import { resetComposer } from "./composer.js";
import { closeConversation, openConversation, showHead } from "./conversation.js";
import { aboutBot, addMember, newGroup, newPerson, newTopic, showMembers } from "./dialogs.js";
import { attempt, showMenu } from "./menus.js";
import { $, avatar, chatTitle, clock, dayName, dress, fullName, icon, make, me, openChat, privateStatus, reload, state, summary } from "./state.js";

export function watchSidebar() {
  $("who").addEventListener("click", () => showMenu($("who"), peopleMenu()));
  $("new").addEventListener("click", () => showMenu($("new"), [
    { text: "New group", icon: "group", run: newGroup },
    { text: "New person", icon: "person", run: () => newPerson((person) => actAs(person.id)) },
  ]));
  $("chat-menu").addEventListener("click", () => showMenu($("chat-menu"), chatMenu()));
  $("back").addEventListener("click", () => { closeConversation(); showChats(); });
}

function peopleMenu() {
  const rows = state.people.map((person) => ({
    text: fullName(person),
    mark: person.id === state.me ? icon("check") : avatar(fullName(person), person.id, "mini"),
    run: () => actAs(person.id),
  }));
  return [...rows, "-", { text: "New person", icon: "plus", run: () => newPerson((person) => actAs(person.id)) }];
}

function actAs(id) {
  return attempt(async () => {
    state.me = id;
    localStorage.setItem("sandbox-person", String(id));
    state.unread.clear();
    await reload();
    showPerson();
    showChats();
    if (matchMedia("(max-width: 720px)").matches) closeConversation();
    else if (state.chats.length) await enter(newestChat().id);
    else closeConversation();
  });
}

export const newestChat = () => sortedChats()[0];

function chatMenu() {
  const chat = openChat();
  const path = `chats/${chat.id}`;
  const act = (verb, body = {}) => () => attempt(() => post(`${path}/${verb}`, { person: state.me, ...body }));
  if (chat.kind === "private") {
    const blocked = privateStatus(chat) === "blocked";
    return [
      { text: "About this bot", icon: "person", run: aboutBot },
      blocked ? { text: "Unblock the bot", icon: "check", run: act("unblock") } : { text: "Block the bot", icon: "close", danger: true, run: act("block") },
    ];
  }
  return [
    { text: "Members", icon: "group", run: showMembers },
    { text: "Add a member", icon: "plus", run: addMember },
    chat.forum && { text: "New topic", icon: "plus", run: newTopic },
    chat.kind === "group" && !chat.migrated_to && { text: "Upgrade to supergroup", icon: "check", run: act("migrate") },
  ];
}

export function showPerson() {
  const name = fullName(me());
  $("who-name").textContent = name;
  dress($("who-avatar"), name, state.me);
}

function sortedChats() {
  return [...state.chats].sort((a, b) => (b.last?.date || 0) - (a.last?.date || 0) || b.id - a.id);
}

export function showChats() {
  $("chats").replaceChildren(...sortedChats().map(chatRow));
  const empty = !state.bots.length;
  $("nothing-text").textContent = empty
    ? `No bot has called yet. Give yours this address as its Bot API server: ${location.origin}`
    : "Choose a chat.";
  $("new").hidden = empty;
}

function chatRow(chat) {
  const unread = state.unread.get(chat.id) || 0;
  const busy = (state.typing.get(chat.id) || 0) > Date.now();
  const last = chat.last;
  const author = last && last.from?.id === state.me ? "You: " : "";
  const when = last ? (dayName(last.date) === "Today" ? clock(last.date) : dayName(last.date)) : "";
  const text = busy ? "writing…" : last ? author + summary(last) : "No messages yet";
  const attributes = { type: "button", class: "chat-row", "aria-current": String(chat.id === state.open), onclick: () => attempt(() => enter(chat.id)) };
  return make("li", {}, make("button", attributes,
    avatar(chatTitle(chat), chat.kind === "private" ? chat.bot : chat.chat_id, ""),
    make("span", { class: "chat-words" },
      make("span", { class: "chat-line" }, make("span", { class: "chat-name" }, chatTitle(chat)), make("span", { class: "chat-time" }, when)),
      make("span", { class: "chat-line" }, make("span", { class: "chat-last" }, text),
        unread ? make("span", { class: "badge", "aria-label": `${unread} unread` }, String(unread)) : null))));
}

export async function enter(id) {
  await openConversation(id);
  showChats();
  showHead();
  resetComposer();
}
