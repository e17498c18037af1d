// Menus, dialogs and toasts: one of each at a time.
import { $, icon, make } from "./state.js";

let opener = null;
let toastTimer = 0;

export function showMenu(button, items) {
  const menu = $("menu");
  const again = opener === button;
  closeMenu();
  if (again) return;
  menu.replaceChildren(...items.filter(Boolean).map(menuItem));
  menu.hidden = false;
  opener = button;
  button.setAttribute("aria-expanded", "true");
  place(menu, button.getBoundingClientRect());
  menu.querySelector("button")?.focus({ preventScroll: true });
}

function menuItem(item) {
  if (item === "-") return make("hr");
  if (item instanceof Node) return item;
  const run = () => { closeMenu(); item.run(); };
  const attributes = { type: "button", role: "menuitem", class: item.danger ? "danger" : "", onclick: run };
  return make("button", attributes, item.mark ?? (item.icon ? icon(item.icon) : ""), item.text);
}

function place(menu, near) {
  const { width, height } = menu.getBoundingClientRect();
  const left = Math.min(Math.max(8, near.right - width), innerWidth - width - 8);
  const below = near.bottom + 6;
  const top = below + height > innerHeight - 8 ? Math.max(8, near.top - height - 6) : below;
  menu.style.left = `${near.left + width < innerWidth - 8 && near.left < innerWidth / 2 ? Math.max(8, near.left) : left}px`;
  menu.style.top = `${top}px`;
}

export function closeMenu() {
  $("menu").hidden = true;
  opener?.setAttribute("aria-expanded", "false");
  opener = null;
}

export function watchMenus() {
  document.addEventListener("pointerdown", (event) => {
    if (opener && !$("menu").contains(event.target) && !opener.contains(event.target)) closeMenu();
  });
  document.addEventListener("keydown", (event) => {
    if (!opener) return;
    const items = [...$("menu").querySelectorAll("button")];
    const at = items.indexOf(document.activeElement);
    if (event.key === "Escape") { opener.focus(); closeMenu(); event.stopPropagation(); }
    if (event.key === "ArrowDown") { items[(at + 1) % items.length].focus(); event.preventDefault(); }
    if (event.key === "ArrowUp") { items[(at - 1 + items.length) % items.length].focus(); event.preventDefault(); }
  }, true);
}

export function toast(text) {
  const element = $("toast");
  element.textContent = text;
  element.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { element.hidden = true; }, 3500);
}

// Show a dialog; `done` gets the form's values when it is confirmed.
export function ask(title, parts, { confirm = "OK", cancel = "Cancel", done = null } = {}) {
  const form = $("dialog-form");
  const buttons = make("div", { class: "actions" });
  if (cancel) buttons.append(make("button", { class: "quiet", value: "cancel", formnovalidate: true }, cancel));
  if (confirm) buttons.append(make("button", { class: "primary", value: "ok" }, confirm));
  form.replaceChildren(make("h2", { id: "dialog-title" }, title), ...parts, buttons);
  form.onsubmit = (event) => {
    if (event.submitter?.value === "ok" && done) {
      Promise.resolve(done(new FormData(form))).catch((error) => toast(error.message));
    }
  };
  $("dialog").showModal();
  (form.querySelector("input, select") || form.querySelector(".primary"))?.focus();
}

export const closeDialog = () => $("dialog").close();

export function tell(title, text) {
  ask(title, [make("p", {}, text)], { cancel: "" });
}

export function field(label, name, attributes = {}) {
  return make("label", {}, label, make("input", { type: "text", name, autocomplete: "off", ...attributes }));
}

export function check(label, name, value, checked = false) {
  return make("label", { class: "check" }, make("input", { type: "checkbox", name, value, checked }), label);
}

export function choice(label, name, options) {
  const rows = options.map(([value, text]) => make("option", { value }, text));
  return make("label", {}, label, make("select", { name }, ...rows));
}

export const attempt = (work) => Promise.resolve().then(work).catch((error) => toast(error.message));
