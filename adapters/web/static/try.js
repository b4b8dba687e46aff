// The page to try the bot on. Without this script it works by loading anew; with it, answers come in where they belong.

const form = document.querySelector(".ask");
const box = form.querySelector("input");
const turns = document.getElementById("turns");
const told = document.getElementById("told");
const failed = document.getElementById("failed");
const narrow = matchMedia("(max-width: 56rem)");
let preferred = "slack";

// What is typed, clicked and chosen.

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask(box.value);
});

document.addEventListener("click", (event) => {
  const example = event.target.closest("a[data-ask]");
  if (!example || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  ask(example.dataset.ask);
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches(".spoken")) return;
  event.preventDefault();
  if (event.submitter) click(event.target, event.submitter);
});

async function ask(line) {
  const turn = await posted({ q: line }, form);
  if (!turn) return;
  box.value = "";
  turns.prepend(turn);
  tabbed(turn);
  tell(turn.dataset.told);
}

async function click(source, button) {
  const made = await posted(new FormData(source, button), source);
  if (!made) return;
  const within = source.closest("dialog");
  const message = source.closest(".message");
  if (made.matches("dialog")) return within ? refill(within, made) : open(made, source.closest(".stage"));
  if (made.dataset.place === "here") replace(message, made);
  else (message ?? source.closest(".stage").querySelector(".scene").lastElementChild).after(made);
  within?.close();
  look(made);
  tell(title(made));
}

function replace(message, made) {
  const used = message.querySelector(".used");
  if (used) made.prepend(used); // it stays the answer to the same command
  message.replaceWith(made);
}

async function posted(fields, source) {
  failed.textContent = "";
  source.setAttribute("aria-busy", "true");
  try {
    const response = await fetch("/try", { method: "POST", body: new URLSearchParams(fields) });
    if (!response.ok) throw response.status;
    const made = document.createElement("template");
    made.innerHTML = await response.text();
    return made.content.firstElementChild;
  } catch (status) {
    failed.textContent =
      status === 429 ? "That was a lot at once. Wait a moment, then try again." : "No answer came. Is the bot still running?";
    return null;
  } finally {
    source.removeAttribute("aria-busy");
  }
}

function tell(what) {
  told.textContent = "";
  requestAnimationFrame(() => (told.textContent = `Answered: ${what}`));
}

function title(made) {
  return (made.querySelector("h4, h5, strong") ?? made.querySelector(".spoken")).textContent.trim();
}

function look(made) {
  made.tabIndex = -1;
  made.focus({ preventScroll: true });
  made.scrollIntoView({ block: made.getBoundingClientRect().top < 0 ? "start" : "nearest" });
}

// Modals. Escape and the button close them, and the focus goes back to where it was.

function open(dialog, stage) {
  dialog.removeAttribute("open");
  stage.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
  tell(title(dialog));
}

function refill(dialog, made) {
  dialog.replaceChildren(...made.childNodes);
  dialog.querySelector(".window-body").focus();
  tell(title(dialog));
}

// Tabs, where there is no room for two platforms side by side: https://www.w3.org/WAI/ARIA/apg/patterns/tabs/

function tabbed(turn) {
  const panels = [...turn.querySelectorAll(".stage")];
  const tabs = panels.map((panel) => {
    const tab = document.createElement("button");
    Object.assign(tab, { type: "button", id: `tab-${panel.id}`, textContent: panel.querySelector(".stage-name").textContent });
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", panel.id);
    tab.dataset.stage = panel.id.split("-")[0];
    return tab;
  });
  const bar = document.createElement("div");
  bar.className = "tabs";
  bar.setAttribute("role", "tablist");
  bar.setAttribute("aria-label", "Shown as in");
  bar.append(...tabs);
  bar.addEventListener("click", (event) => event.target.matches("[role=tab]") && prefer(event.target.dataset.stage));
  bar.addEventListener("keydown", (event) => move(event, tabs));
  turn.querySelector(".stages").before(bar);
  arrange(turn);
}

function move(event, tabs) {
  const at = tabs.indexOf(event.target);
  const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: -1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  const tab = tabs.at(to % tabs.length);
  prefer(tab.dataset.stage);
  tab.focus();
}

function prefer(stage) {
  preferred = stage;
  turns.querySelectorAll(".turn").forEach(arrange);
}

function arrange(turn) {
  turn.querySelector(".tabs").hidden = !narrow.matches;
  for (const panel of turn.querySelectorAll(".stage")) {
    const tab = document.getElementById(`tab-${panel.id}`);
    const chosen = tab.dataset.stage === preferred;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    panel.hidden = narrow.matches && !chosen;
    panel.classList.toggle("paneled", narrow.matches);
    if (narrow.matches) panel.setAttribute("role", "tabpanel");
    else panel.removeAttribute("role");
  }
}

narrow.addEventListener("change", () => prefer(preferred));
turns.querySelectorAll(".turn").forEach(tabbed);
