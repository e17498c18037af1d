// Start the page and keep it live.
import { get } from "./api.js";
import { watchComposer } from "./composer.js";
import { showHead, showMessages, showOlder, showStatus, takeMessage, toEnd } from "./conversation.js";
import { attempt, watchMenus } from "./menus.js";
import { enter, newestChat, showChats, showPerson, watchSidebar } from "./sidebar.js";
import { $, chatById, me, openChat, reload, state } from "./state.js";
import { refreshRelative } from "./text.js";

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

async function start() {
  watchMenus();
  watchSidebar();
  watchComposer();
  $("older").addEventListener("click", () => attempt(showOlder));
  setInterval(refreshRelative, 20000);
  await first();
  for (;;) await listen();
}

async function first() {
  state.me = Number(localStorage.getItem("sandbox-person")) || 0;
  // Changes from here on are taken in one by one, so none is missed and none comes twice.
  state.version = (await reload()).version;
  if (!me() && state.people.length) { state.me = state.people[0].id; await reload(); }
  if (me()) showPerson();
  showChats();
  const phone = matchMedia("(max-width: 720px)").matches;
  if (state.chats.length && (!phone || state.chats.length === 1)) await enter(newestChat().id);
}

async function listen() {
  try {
    const news = await get("changes", { after: state.version, timeout: 25 });
    document.body.classList.remove("offline");
    state.version = news.version;
    await take(news.changes);
  } catch {
    // The server may be starting again: wait and go on where we were.
    document.body.classList.add("offline");
    await pause(1500);
  }
}

async function take(changes) {
  const kinds = new Set(changes.map((change) => change.kind));
  const unknown = changes.some((change) => change.chat && !chatById(change.chat));
  if (kinds.has("chat") || kinds.has("bot") || kinds.has("people") || unknown) await refresh();
  for (const change of changes) {
    if (change.kind === "message") takeChange(change);
    if (change.kind === "typing") takeTyping(change);
  }
  if (openChat()) showStatus();
  showChats();
}

async function refresh() {
  const had = state.chats.length;
  await reload();
  if (!me() && state.people.length) { state.me = state.people[0].id; await reload(); }
  if (me()) showPerson();
  if (openChat()) { showHead(); showMessages(); }
  else if (!had && state.chats.length) await enter(newestChat().id);
}

function takeChange({ chat: id, message }) {
  const chat = chatById(id);
  if (!chat) return;
  const newer = !chat.last || message.message_id >= chat.last.message_id;
  if (newer && !message.deleted) chat.last = message;
  if (message.from?.is_bot) state.typing.delete(id);
  if (id === state.open) takeMessage(message);
  else if (!message.edit_date && !message.deleted && message.from?.id !== state.me) {
    state.unread.set(id, (state.unread.get(id) || 0) + 1);
  }
}

function takeTyping({ chat, data }) {
  state.typing.set(chat, Date.now() + data.seconds * 1000);
  setTimeout(() => { showChats(); if (openChat()) showStatus(); }, data.seconds * 1000 + 50);
}

addEventListener("resize", () => { if (openChat()) toEnd(); });
start();
