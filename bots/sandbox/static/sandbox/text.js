// Turn a text and its entities into elements. Offsets are UTF-16 units, as in JavaScript strings.
import { make } from "./state.js";

const SIMPLE = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code" };

export function richText(text, entities = [], onCommand = null) {
  const words = make("span", { class: "words", dir: "auto" });
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  fill(words, text, 0, text.length, sorted, onCommand);
  return words;
}

function fill(parent, text, start, end, entities, onCommand) {
  let position = start;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const from = Math.max(entity.offset, position);
    const to = Math.min(entity.offset + entity.length, end);
    index += 1;
    if (to <= from) continue;
    parent.append(text.slice(position, from));
    const inner = [];
    while (index < entities.length && entities[index].offset < to) {
      const next = entities[index];
      inner.push(next);
      // What reaches over the end of its surroundings goes on behind them.
      const beyond = next.offset + next.length - to;
      if (beyond > 0) entities = insert(entities, index + 1, { ...next, offset: to, length: beyond });
      index += 1;
    }
    const element = wrap(entity, text.slice(from, to), onCommand);
    if (!element.firstChild) fill(element, text, from, to, inner, onCommand);
    parent.append(element);
    position = to;
  }
  parent.append(text.slice(position, end));
}

function insert(list, place, item) {
  return [...list.slice(0, place), item, ...list.slice(place)].sort((a, b) => a.offset - b.offset);
}

function wrap(entity, text, onCommand) {
  if (SIMPLE[entity.type]) return make(SIMPLE[entity.type]);
  switch (entity.type) {
    case "pre": return make("pre", { "data-language": entity.language });
    case "blockquote": return make("blockquote");
    case "expandable_blockquote":
      return make("blockquote", { class: "long", onclick: (event) => event.currentTarget.classList.toggle("long") });
    case "spoiler": return spoiler();
    case "date_time": return moment(entity, text);
    case "bot_command": return command(text, onCommand);
    case "url": return link(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`);
    case "text_link": return link(entity.url);
    case "email": return link(`mailto:${text}`);
    case "mention": case "hashtag": case "cashtag": case "text_mention":
      return make("span", { class: "mention" });
    default: return make("span");
  }
}

function link(address) {
  const safe = /^(https?|mailto|tg):/i.test(address) ? address : "about:blank";
  return make("a", { href: safe, target: "_blank", rel: "noopener noreferrer" });
}

function command(text, onCommand) {
  if (!onCommand) return make("span");
  return make("button", { type: "button", class: "command", onclick: () => onCommand(text) });
}

function spoiler() {
  const open = (event) => event.currentTarget.classList.add("open");
  return make("span", { class: "spoiler", tabindex: "0", role: "button", "aria-label": "Hidden text", onclick: open, onkeydown: open });
}

function moment(entity, text) {
  const day = new Date(entity.unix_time * 1000);
  const layout = entity.date_time_format || "";
  const element = make("time", {
    datetime: day.toISOString(),
    title: day.toLocaleString([], { dateStyle: "full", timeStyle: "long" }),
  });
  if (layout === "r") element.dataset.relative = entity.unix_time;
  element.textContent = formatMoment(entity.unix_time, layout) || text;
  return element;
}

// The format is r, or w?[dD]?[tT]?: weekday, short or long date, short or long time.
export function formatMoment(unix, layout) {
  if (layout === "r") return relative(unix);
  const day = new Date(unix * 1000);
  const options = {};
  if (layout.includes("w")) options.weekday = "long";
  if (layout.includes("d")) Object.assign(options, { day: "2-digit", month: "2-digit", year: "2-digit" });
  if (layout.includes("D")) Object.assign(options, { day: "numeric", month: "long", year: "numeric" });
  if (/t/i.test(layout)) Object.assign(options, { hour: "numeric", minute: "2-digit" });
  if (layout.includes("T")) options.second = "2-digit";
  return Object.keys(options).length ? new Intl.DateTimeFormat([], options).format(day) : "";
}

export function relative(unix) {
  const seconds = unix - Date.now() / 1000;
  const steps = [[60, "second", 1], [3600, "minute", 60], [86400, "hour", 3600], [2592000, "day", 86400],
    [31536000, "month", 2592000], [Infinity, "year", 31536000]];
  const [, unit, size] = steps.find(([limit]) => Math.abs(seconds) < limit);
  return new Intl.RelativeTimeFormat([], { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

export function refreshRelative() {
  for (const element of document.querySelectorAll("time[data-relative]")) {
    element.textContent = relative(Number(element.dataset.relative));
  }
}
