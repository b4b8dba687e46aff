// Completion of what is typed, a list that is chosen from by hand: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
// And, as in a terminal, the lines before: they are kept on this page alone.

const form = document.querySelector(".ask");
const box = form.querySelector("input");
const list = form.querySelector("[role=listbox]");
const lines = [];
let asked = 0;
let timer = 0;
let recalled = 0;

for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": "offers" }))
  box.setAttribute(name, value);
close();

form.addEventListener("submit", () => {
  close();
  recalled = 0;
  if (box.value.trim()) lines.push(box.value);
});
box.addEventListener("input", () => {
  recalled = 0;
  clearTimeout(timer);
  timer = setTimeout(offer, 60);
});
box.addEventListener("blur", close);
box.addEventListener("keydown", (event) => {
  const key = { ArrowDown: () => step(1), ArrowUp: () => step(-1), Enter: choose, Escape: escape }[event.key];
  if (key && !event.isComposing && key() === true) event.preventDefault();
});
list.addEventListener("mousedown", (event) => event.preventDefault());
list.addEventListener("click", (event) => take(event.target.closest("[role=option]")));

async function offer() {
  const mine = ++asked;
  const response = await fetch("/try/offers", { method: "POST", body: new URLSearchParams({ q: box.value }) }).catch(() => null);
  if (mine !== asked || !response?.ok) return;
  const found = await response.json();
  if (mine !== asked || document.activeElement !== box) return;
  list.replaceChildren(...found.map(option));
  show(found.length > 0);
}

function option({ value, said }, number) {
  const made = document.createElement("li");
  const line = document.createElement("span");
  const what = document.createElement("span");
  Object.assign(line, { className: "line", textContent: value.trim() });
  Object.assign(what, { className: "small", textContent: said });
  made.append(line, " ", what);
  made.id = `offer-${number}`;
  made.setAttribute("role", "option");
  made.dataset.value = value;
  return made;
}

function step(by) {
  const options = [...list.children];
  if (list.hidden) return by > 0 ? (offer(), true) : recall();
  settle();
  const at = options.findIndex((each) => each.getAttribute("aria-selected") === "true");
  const to = at < 0 && by < 0 ? options.length - 1 : at + by;
  options.forEach((each, number) => each.setAttribute("aria-selected", String(number === to)));
  if (options[to]) box.setAttribute("aria-activedescendant", options[to].id);
  else box.removeAttribute("aria-activedescendant");
  options[to]?.scrollIntoView({ block: "nearest" });
  return true;
}

function recall() {
  if (box.value && !recalled) return false;
  recalled = Math.min(recalled + 1, lines.length);
  if (recalled) box.value = lines.at(-recalled);
  return true;
}

function choose() {
  const chosen = list.hidden ? null : list.querySelector("[aria-selected=true]");
  if (!chosen) return false;
  take(chosen);
  return true;
}

function take(chosen) {
  if (!chosen) return;
  box.value = chosen.dataset.value;
  close();
  if (box.value.endsWith(" ")) offer();
}

function escape() {
  if (list.hidden) return false;
  close();
  return true;
}

function show(whether) {
  list.hidden = !whether;
  box.setAttribute("aria-expanded", String(whether));
  box.removeAttribute("aria-activedescendant");
}

function close() {
  settle();
  show(false);
}

function settle() {
  clearTimeout(timer); // what is still on its way comes too late: somebody is choosing, or has chosen
  asked += 1;
}
