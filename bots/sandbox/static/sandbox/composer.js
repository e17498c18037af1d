// Writing: text, edits, replies, commands, files and reply keyboards.
import { post, readAsBase64 } from "./api.js";
import { shareLocation } from "./dialogs.js";
import { attempt, showMenu } from "./menus.js";
import { $, botIn, fullName, make, me, openChat, state, summary } from "./state.js";

const context = { kind: "", message: null };
const drafts = new Map();
let keysHidden = new Set();

export function watchComposer() {
  $("composer").addEventListener("submit", (event) => { event.preventDefault(); attempt(send); });
  $("text").addEventListener("input", () => { grow(); suggest(); drafts.set(state.open, $("text").value); });
  $("text").addEventListener("keydown", onKey);
  $("attach").addEventListener("click", () => showMenu($("attach"), attachments()));
  $("file").addEventListener("change", () => attempt(sendFile));
  $("context-close").addEventListener("click", clearContext);
  $("start").addEventListener("click", () => attempt(() => write({ text: "/start" })));
  $("keys").addEventListener("click", toggleKeys);
}

export function resetComposer() {
  clearContext();
  $("text").value = drafts.get(state.open) || "";
  grow();
  suggest();
  if (matchMedia("(hover: hover)").matches) $("text").focus();
}

function grow() {
  const box = $("text");
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 168)}px`;
}

function onKey(event) {
  if (event.isComposing) return;
  if (!$("suggest").hidden && pickByKey(event)) return;
  if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); attempt(send); }
  if (event.key === "Escape" && context.kind) clearContext();
  if (event.key === "ArrowUp" && !$("text").value && !context.kind) editLast(event);
}

function editLast(event) {
  const own = state.messages.filter((one) => one.from?.id === state.me && one.text).pop();
  if (own) { event.preventDefault(); startEdit(own); }
}

export function write(content) {
  return post(`chats/${state.open}/messages`, { person: state.me, thread_id: state.topic, ...content });
}

async function send() {
  const text = $("text").value.trim();
  if (!text) return;
  const { kind, message } = context;
  $("text").value = "";
  drafts.delete(state.open);
  clearContext();
  grow();
  suggest();
  try {
    if (kind === "edit") await post(`chats/${state.open}/edit`, { person: state.me, message_id: message.message_id, text });
    else await write({ text, reply_to: kind === "reply" ? message.message_id : null });
  } catch (error) {
    $("text").value = text;
    grow();
    throw error;
  }
}

export function startReply(message) { setContext("reply", message, `Reply to ${fullName(message.from)}`); }

export function startEdit(message) {
  setContext("edit", message, "Edit");
  $("text").value = message.text;
  grow();
}

function setContext(kind, message, title) {
  Object.assign(context, { kind, message });
  $("context-title").textContent = title;
  $("context-body").textContent = summary(message);
  $("context").hidden = false;
  $("text").focus();
}

function clearContext() {
  if (context.kind === "edit") { $("text").value = ""; grow(); }
  Object.assign(context, { kind: "", message: null });
  $("context").hidden = true;
}

function attachments() {
  const choose = (accept, kind) => () => {
    Object.assign($("file").dataset, { kind });
    $("file").accept = accept;
    $("file").click();
  };
  return [
    { text: "Photo", icon: "attach", run: choose("image/*", "photo") },
    { text: "File", icon: "file", run: choose("", "document") },
    { text: "Location", icon: "place", run: () => shareLocation((location) => write({ location })) },
    { text: "Contact", icon: "person", run: () => attempt(() => write({ contact: myContact() })) },
    { text: "Voice message", icon: "voice", run: () => attempt(() => write({ voice: { name: "voice.ogg", mime_type: "audio/ogg", data: btoa("OggS") } })) },
  ];
}

const myContact = () => ({ phone_number: "+10005550100", first_name: me().first_name, user_id: state.me });

async function sendFile() {
  const [file] = $("file").files;
  if (!file) return;
  const { kind } = $("file").dataset;
  $("file").value = "";
  await write({ [kind]: { name: file.name, mime_type: file.type, data: await readAsBase64(file) } });
}

// Commands are suggested as soon as the text starts with a slash.
function commandsHere() {
  const chat = openChat();
  const kept = (chat && botIn(chat)?.profile?.commands) || (chat?.kind === "private" && state.bots.find((bot) => bot.id === chat.bot)?.profile?.commands) || {};
  const wide = chat?.kind === "private" ? "all_private_chats//" : "all_group_chats//";
  const language = me()?.language_code || "";
  for (const scope of [`chat/${chat?.chat_id}/`, wide, "default//"]) {
    for (const key of [`${scope}/${language}`, `${scope}/`]) {
      if (kept[key]?.length) return kept[key];
    }
  }
  return [];
}

function suggest() {
  const word = /^\/(\w*)$/.exec($("text").value);
  const found = word ? commandsHere().filter((one) => one.command.startsWith(word[1].toLowerCase())) : [];
  const box = $("suggest");
  box.hidden = !found.length;
  box.replaceChildren(...found.map((one, place) => make("button", {
    type: "button", role: "option", tabindex: "-1", "aria-selected": String(place === 0),
    onclick: () => pick(one.command),
  }, make("b", {}, `/${one.command}`), make("span", {}, one.description))));
}

function pick(command) {
  $("text").value = "";
  drafts.delete(state.open);
  suggest();
  $("text").focus();
  attempt(() => write({ text: `/${command}` }));
}

function pickByKey(event) {
  const rows = [...$("suggest").children];
  const at = rows.findIndex((row) => row.getAttribute("aria-selected") === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    const next = (at + step + rows.length) % rows.length;
    rows.forEach((row, place) => row.setAttribute("aria-selected", String(place === next)));
    rows[next].scrollIntoView({ block: "nearest" });
  } else if (event.key === "Enter" || event.key === "Tab") rows[at].click();
  else if (event.key === "Escape") $("suggest").hidden = true;
  else return false;
  event.preventDefault();
  return true;
}

// The newest message that shows or removes a keyboard decides.
function currentKeys() {
  for (const message of [...state.messages].reverse()) {
    if (message.markup?.keyboard) return { id: message.id, ...message.markup };
    if (message.markup?.remove_keyboard) return null;
  }
  return null;
}

export function showReplyKeys() {
  const keys = currentKeys();
  const shown = Boolean(keys) && !keysHidden.has(keys.id);
  $("keys").hidden = !keys;
  $("keys").setAttribute("aria-expanded", String(shown));
  $("reply-keys").hidden = !shown || $("foot").classList.contains("blocked");
  const rows = keys ? keys.keyboard : [];
  $("reply-keys").replaceChildren(...rows.map((row) => make("div", {}, ...row.map((key) => replyKey(key, keys)))));
  $("text").placeholder = keys?.input_field_placeholder || "Message";
}

function replyKey(key, keys) {
  return make("button", { type: "button", onclick: () => {
    if (key.request_location) shareLocation((location) => write({ location }));
    else if (key.request_contact) attempt(() => write({ contact: myContact() }));
    else attempt(() => write({ text: key.text }));
    if (keys.one_time_keyboard) { keysHidden.add(keys.id); showReplyKeys(); }
  } }, key.text);
}

function toggleKeys() {
  const keys = currentKeys();
  if (!keys) return;
  if (keysHidden.has(keys.id)) keysHidden.delete(keys.id);
  else keysHidden = new Set([...keysHidden, keys.id]);
  showReplyKeys();
}
