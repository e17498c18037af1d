// The open chat: its messages, kept up to date without a reload.
import { get, post } from "./api.js";
import { messageElement } from "./bubble.js";
import { showReplyKeys, startEdit, startReply } from "./composer.js";
import { chooseChat } from "./dialogs.js";
import { attempt, showMenu, tell, toast } from "./menus.js";
import { $, botById, botIn, chatTitle, dayName, dress, make, mySeat, openChat, privateStatus, state } from "./state.js";

const MOODS = ["👍", "❤️", "😂", "🎉", "😢"];

export async function openConversation(id) {
  state.open = id;
  state.topic = 0;
  state.unread.delete(id);
  $("nothing").hidden = true;
  $("chat").hidden = false;
  $("app").dataset.view = "chat";
  $("messages").replaceChildren();
  const found = await get(`chats/${id}/messages`, { limit: 60 });
  if (state.open !== id) return;
  state.messages = found.messages;
  $("older").hidden = found.messages.length < 60;
  showHead();
  showMessages();
  toEnd();
}

export function closeConversation() {
  $("app").dataset.view = "list";
  state.open = null;
  $("chat").hidden = true;
  $("nothing").hidden = false;
}

export function showHead() {
  const chat = openChat();
  if (!chat) return;
  const title = chatTitle(chat);
  $("chat-title").textContent = title;
  dress($("chat-avatar"), title, chat.kind === "private" ? chat.bot : chat.chat_id);
  showStatus();
  showTopics(chat);
  showFoot(chat);
}

export function showStatus() {
  const chat = openChat();
  const line = $("chat-status");
  const busy = (state.typing.get(chat.id) || 0) > Date.now();
  line.classList.toggle("busy", busy);
  if (busy) {
    line.replaceChildren("writing", make("span", { class: "dots" }, make("i"), make("i"), make("i")));
    return;
  }
  const there = chat.members.filter((one) => !["left", "kicked"].includes(one.status)).length;
  const kinds = { group: "group", supergroup: "supergroup", channel: "channel" };
  line.textContent = chat.kind === "private" ? "bot" : `${kinds[chat.kind]}, ${there} members`;
}

function showTopics(chat) {
  const nav = $("topics");
  nav.hidden = !chat.forum;
  if (!chat.forum) return;
  const all = [{ message_thread_id: 0, name: "General" }, ...chat.topics];
  nav.replaceChildren(...all.map((topic) => make("button", {
    type: "button",
    "aria-pressed": String(topic.message_thread_id === state.topic),
    onclick: () => { state.topic = topic.message_thread_id; showHead(); showMessages(); toEnd(); },
  }, topic.name)));
}

function showFoot(chat) {
  const status = chat.kind === "private" ? privateStatus(chat) : mySeat(chat);
  const silent = ["blocked", "left", "kicked", "restricted"].includes(status) || Boolean(chat.migrated_to);
  $("foot").classList.toggle("blocked", silent);
  const notice = $("notice");
  notice.hidden = !silent;
  if (status === "blocked") {
    const again = () => attempt(() => post(`chats/${chat.id}/unblock`));
    notice.replaceChildren("You blocked this bot.", make("button", { type: "button", onclick: again }, "Unblock"));
  } else if (chat.migrated_to) {
    const go = () => openConversation(chat.migrated_to);
    notice.replaceChildren("This group was upgraded.", make("button", { type: "button", onclick: go }, "Open the new one"));
  } else if (silent) {
    notice.textContent = status === "restricted" ? "You may not write here." : "You are not in this group.";
  }
  showReplyKeys();
}

export const shownMessages = () => {
  const chat = openChat();
  return state.messages.filter((one) => !chat?.forum || (one.message_thread_id || 0) === state.topic);
};

export function showMessages() {
  const list = $("messages");
  const rows = [];
  let day = "";
  for (const message of shownMessages()) {
    const name = dayName(message.date);
    if (name !== day) rows.push(make("li", { class: "day" }, name));
    day = name;
    rows.push(messageElement(message, on));
  }
  list.replaceChildren(...rows);
  joinNeighbours(list);
  showWelcome();
  showReplyKeys();
}

function joinNeighbours(list) {
  const rows = [...list.children];
  rows.forEach((row, place) => {
    const same = (other) => other?.dataset.author && other.dataset.author === row.dataset.author;
    row.classList.toggle("joined", Boolean(same(rows[place - 1])));
    row.classList.toggle("joined-next", Boolean(same(rows[place + 1])));
  });
}

function showWelcome() {
  const chat = openChat();
  const fresh = chat?.kind === "private" && !state.messages.length && privateStatus(chat) === "new";
  $("welcome").hidden = !fresh;
  $("composer").hidden = fresh;
  if (!fresh) return;
  const bot = botById(chat.bot);
  dress($("welcome-avatar"), chatTitle(chat), chat.bot);
  $("welcome-title").textContent = chatTitle(chat);
  $("welcome-text").textContent = bot?.profile?.description?.[""] || "Press Start to begin the conversation.";
}

// Take a changed message in: new, edited, or gone.
export function takeMessage(message) {
  const place = state.messages.findIndex((one) => one.message_id === message.message_id);
  const end = nearEnd();
  if (message.deleted) {
    if (place >= 0) state.messages.splice(place, 1);
  } else if (place >= 0) {
    state.messages[place] = message;
  } else {
    state.messages.push(message);
    state.messages.sort((a, b) => a.message_id - b.message_id);
  }
  if (message.from?.is_bot) state.typing.delete(state.open);
  showMessages();
  const fresh = place < 0 && !message.deleted;
  if (fresh) $("messages").querySelector(`[data-id="${message.message_id}"]`)?.classList.add("arrived");
  if (fresh && (end || message.from?.id === state.me)) toEnd();
}

const nearEnd = () => $("scroll").scrollHeight - $("scroll").scrollTop - $("scroll").clientHeight < 120;
export const toEnd = () => { $("scroll").scrollTop = $("scroll").scrollHeight; };

export async function showOlder() {
  const first = state.messages[0]?.message_id;
  const before = $("scroll").scrollHeight;
  const found = await get(`chats/${state.open}/messages`, { limit: 60, before: first });
  state.messages = [...found.messages, ...state.messages];
  $("older").hidden = found.messages.length < 60;
  showMessages();
  $("scroll").scrollTop += $("scroll").scrollHeight - before;
}

const on = {
  command: (text) => attempt(() => post(`chats/${state.open}/messages`, { person: state.me, text, thread_id: state.topic })),
  press: pressButton,
  menu: messageMenu,
  jump(id) {
    const row = $("messages").querySelector(`[data-id="${id}"]`);
    row?.scrollIntoView({ block: "center", behavior: "smooth" });
    row?.classList.add("flash");
    setTimeout(() => row?.classList.remove("flash"), 1300);
  },
};

async function pressButton(message, button, element) {
  if (button.copy_text) {
    await navigator.clipboard?.writeText(button.copy_text.text);
    toast("Copied");
    return;
  }
  element.setAttribute("aria-busy", "true");
  try {
    const body = { person: state.me, message_id: message.message_id, data: button.callback_data || "" };
    const { answered, answer } = await post(`chats/${state.open}/press`, body);
    if (!answered) toast("The bot has not answered yet.");
    else if (answer.text && answer.show_alert) tell(chatTitle(openChat()), answer.text);
    else if (answer.text) toast(answer.text);
  } catch (error) {
    toast(error.message);
  }
  element.removeAttribute("aria-busy");
}

function messageMenu(message, button) {
  const mine = message.from?.id === state.me;
  const path = `chats/${state.open}`;
  const body = { person: state.me, message_id: message.message_id };
  const moods = make("div", { class: "moods" }, ...MOODS.map((emoji) => make("button", {
    type: "button", "aria-label": `React with ${emoji}`,
    onclick: () => {
      const taken = message.reactions?.[state.me] === emoji;
      showMenu(button, []);
      attempt(() => post(`${path}/react`, { ...body, emoji: taken ? "" : emoji }));
    },
  }, emoji)));
  const bot = botIn(openChat());
  showMenu(button, [
    moods,
    { text: "Reply", run: () => startReply(message) },
    mine && message.text && { text: "Edit", run: () => startEdit(message) },
    { text: "Forward", run: () => chooseChat("Forward to", (chat) => post(`chats/${chat.id}/forward`, { ...body, from: message.chat_row })) },
    message.text && { text: "Copy text", run: () => navigator.clipboard?.writeText(message.text) },
    bot && { text: "Pin", run: () => attempt(() => post(`${path}/pin`, body)) },
    "-",
    { text: "Delete", danger: true, run: () => attempt(() => post(`${path}/delete`, body)) },
  ]);
}
