// The questions the page asks: a new person, a new group, a chat to forward to, a place.
import { post } from "./api.js";
import { openConversation } from "./conversation.js";
import { ask, attempt, check, choice, closeDialog, field } from "./menus.js";
import { avatar, botById, chatTitle, fullName, make, openChat, reload, state, userById } from "./state.js";

// One place in each of some time zones, so that a bot's idea of local time can be tried.
const PLACES = [
  ["Berlin", 52.52, 13.405], ["London", 51.5074, -0.1278], ["New York", 40.7128, -74.006],
  ["São Paulo", -23.5505, -46.6333], ["Delhi", 28.6139, 77.209], ["Tokyo", 35.6762, 139.6503],
];

export function newPerson(done) {
  const languages = [["en", "English"], ["de", "Deutsch"], ["es", "Español"], ["fr", "Français"],
    ["it", "Italiano"], ["pt", "Português"], ["ru", "Русский"]];
  const parts = [field("First name", "first_name", { required: true, maxlength: 64 }),
    field("Last name (optional)", "last_name", { maxlength: 64 }), choice("Language", "language_code", languages)];
  ask("New person", parts, { confirm: "Create", done: async (form) => {
    const person = await post("people", Object.fromEntries(form));
    for (const bot of state.bots) await post("chats", { kind: "private", bot: bot.id, person: person.id });
    done(person);
  } });
}

export function newGroup() {
  const others = state.people.filter((person) => person.id !== state.me);
  const parts = [
    field("Name", "title", { required: true, maxlength: 128 }),
    choice("Kind", "kind", [["group", "Group"], ["supergroup", "Supergroup"], ["forum", "Supergroup with topics"]]),
  ];
  if (state.bots.length > 1) parts.push(choice("Bot", "bot", state.bots.map((bot) => [bot.id, fullName(bot)])));
  if (others.length) {
    const boxes = others.map((person) => check(fullName(person), "people", person.id, true));
    parts.push(make("fieldset", {}, make("legend", {}, "Members"), ...boxes));
  }
  ask("New group", parts, { confirm: "Create", done: async (form) => {
    const kind = form.get("kind");
    const chat = await post("chats", {
      kind: kind === "forum" ? "supergroup" : kind, forum: kind === "forum", title: form.get("title"),
      person: state.me, people: form.getAll("people").map(Number), bot: Number(form.get("bot")) || state.bots[0]?.id,
    });
    await reload();
    await openConversation(chat.id);
  } });
}

export function chooseChat(title, done) {
  const rows = state.chats.map((chat) => make("button", {
    type: "button", class: "chat-row", onclick: () => { closeDialog(); attempt(() => done(chat)); },
  }, avatar(chatTitle(chat), chat.kind === "private" ? chat.bot : chat.chat_id, "small"), chatTitle(chat)));
  ask(title, [make("div", { class: "rows" }, ...rows)], { confirm: "" });
}

export function shareLocation(done) {
  const rows = PLACES.map(([name, latitude, longitude]) => make("button", {
    type: "button", class: "chat-row",
    onclick: () => { closeDialog(); attempt(() => done({ latitude, longitude })); },
  }, avatar(name, Math.round(longitude), "small"), name));
  ask("Share a location", [make("div", { class: "rows" }, ...rows)], { confirm: "" });
}

export function showMembers() {
  const chat = openChat();
  const change = (member, status) => () => {
    closeDialog();
    const whom = member.bot ? { bot: member.bot } : { member: member.person };
    attempt(() => post(`chats/${chat.id}/members`, { person: state.me, status, ...whom }));
  };
  const rows = chat.members.map((member) => {
    const user = userById(member.bot || member.person);
    const row = make("div", { class: "chat-row" }, avatar(fullName(user), user?.id, "small"),
      make("div", { class: "chat-words" }, make("div", { class: "chat-name" }, fullName(user)), make("div", { class: "chat-last" }, member.status)));
    const gone = ["left", "kicked"].includes(member.status);
    if (gone) row.append(make("button", { type: "button", class: "quiet", onclick: change(member, "member") }, "Add"));
    else if (member.status !== "creator") {
      const other = member.status === "administrator" ? "member" : "administrator";
      row.append(make("button", { type: "button", class: "quiet", onclick: change(member, other) }, other === "member" ? "Demote" : "Promote"));
      row.append(make("button", { type: "button", class: "quiet", onclick: change(member, "kicked") }, "Remove"));
    }
    return row;
  });
  ask("Members", [make("div", { class: "rows" }, ...rows)], { confirm: "", cancel: "Close" });
}

export function addMember() {
  const chat = openChat();
  const there = new Set(chat.members.filter((one) => !["left", "kicked"].includes(one.status)).map((one) => one.bot || one.person));
  const people = state.people.filter((person) => !there.has(person.id)).map((person) => [`person ${person.id}`, fullName(person)]);
  const bots = state.bots.filter((bot) => !there.has(bot.id)).map((bot) => [`bot ${bot.id}`, fullName(bot)]);
  if (!people.length && !bots.length) {
    ask("Add a member", [make("p", {}, "Everybody is here already. Create another person first.")], { cancel: "" });
    return;
  }
  ask("Add a member", [choice("Who", "who", [...people, ...bots])], { confirm: "Add", done: (form) => {
    const [kind, id] = String(form.get("who")).split(" ");
    const whom = kind === "bot" ? { bot: Number(id) } : { member: Number(id) };
    return post(`chats/${chat.id}/members`, { person: state.me, status: "member", ...whom });
  } });
}

export function newTopic() {
  ask("New topic", [field("Name", "name", { required: true, maxlength: 128 })], { confirm: "Create",
    done: (form) => post(`chats/${state.open}/topics`, { person: state.me, name: form.get("name") }) });
}

export function aboutBot() {
  const bot = botById(openChat().bot);
  const text = bot.profile?.description?.[""] || bot.profile?.short_description?.[""] || "This bot has not told anything about itself.";
  ask(fullName(bot), [make("p", {}, `@${bot.username}`), make("p", {}, text)], { cancel: "" });
}
