// The preview's page: shows one variant in several views, and follows the bank as it is saved.
//
// All that is shown comes from the server as HTML; this script only asks for it, puts it in its
// place and keeps the place in the address, so that a reload shows the same again.
"use strict";

const element = (id) => document.getElementById(id);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// What is shown. `overview` is the newest state of the bank, `draws` counts the surprises.
const shown = { problem: "", index: 0, view: "page", first: 0 };
let overview = null;
let tick = -1;
let draws = 0;

// --- asking -------------------------------------------------------------------------------------

/** Ask for a fragment. Gives its text, or the findings that prevent it, and whether it is fine. */
async function ask(name, fields = {}, options = {}) {
  const query = new URLSearchParams(fields);
  try {
    const answer = await fetch(`${name}?${query}`, options);
    if (answer.status === 404) return { fine: false, text: "" };
    return { fine: answer.ok, text: await answer.text() };
  } catch {
    state("gen-quiz has stopped; start it again and reload this page");
    return { fine: false, text: "" };
  }
}

const variant = () => ({ problem: shown.problem, index: shown.index });
const current = () => overview.problems.find((problem) => problem.id === shown.problem);

function state(text) {
  if (element("state").textContent !== text) element("state").textContent = text;
}

// --- the bank -----------------------------------------------------------------------------------

/** Take in the bank as it is now; show the variant again if it was read anew. */
async function refresh() {
  const answer = await ask("overview");
  if (!answer.fine) return;
  const before = overview;
  overview = JSON.parse(answer.text);
  element("problems").innerHTML = overview.list;
  element("findings").innerHTML = overview.findings;
  element("view-source").innerHTML = overview.source;
  element("stale").hidden = overview.fresh || overview.problems.length === 0;
  element("bar").hidden = element("views").hidden = overview.problems.length === 0 && overview.fresh;
  if (overview.title) element("bank-title").textContent = overview.title;
  state(summary());
  if (!current() && overview.problems.length) shown.problem = overview.problems[0].id;
  if (!overview.problems.length) return show("source");
  if (!before || before.number !== overview.number) return load();
  markCurrent();
  if (shown.view === "statistics") fill();
}

function summary() {
  const { error, warning } = overview.counts;
  const say = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
  const found = [error && say(error, "error"), warning && say(warning, "warning")].filter(Boolean);
  return `Save ${overview.number}: ${found.join(", ") || "no findings"}`;
}

// --- the variant --------------------------------------------------------------------------------

/** Show the variant that is chosen, in the view that is chosen. */
async function load() {
  const last = current().size - 1;
  shown.index = Math.max(0, Math.min(shown.index, last));
  history.replaceState(null, "", `#${shown.view}/${encodeURIComponent(shown.problem)}/${shown.index}`);
  element("index").value = shown.index;
  element("size").textContent = `0 – ${last.toLocaleString("en")}`;
  element("previous").disabled = shown.index === 0;
  element("next").disabled = shown.index === last;
  markCurrent();
  const asked = JSON.stringify([variant(), overview.number]);
  element("question").setAttribute("aria-busy", "true");
  fill();
  const answer = await ask("variant", variant());
  if (asked !== JSON.stringify([variant(), overview.number])) return; // somebody was faster
  element("question").removeAttribute("aria-busy");
  const parts = answer.fine
    ? JSON.parse(answer.text)
    : { name: "", question: answer.text, answers: "" };
  const typed = answer.fine ? responses() : null;
  element("question").innerHTML = parts.question;
  element("answers").innerHTML = parts.answers;
  element("name").textContent = parts.name;
  element("outcome").textContent = "";
  if (typed && typed.of === askedVariant()) putBack(typed.values);
  element("question").dataset.of = askedVariant();
}

const askedVariant = () => `${shown.problem}/${shown.index}`;

function markCurrent() {
  const place = (button, here) => {
    if (here) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  };
  for (const button of all("[data-problem]")) place(button, button.dataset.problem === shown.problem);
  for (const button of all("[data-index]")) place(button, Number(button.dataset.index) === shown.index);
}

function go(index) {
  shown.index = index;
  return load();
}

async function surprise() {
  const answer = await ask("draw", { problem: shown.problem, k: draws++ });
  if (answer.fine) go(JSON.parse(answer.text).index);
}

// --- views --------------------------------------------------------------------------------------

/** View -> how its panel is filled; the page and the source are there already. */
const FILLERS = {
  page: () => {},
  source: () => {},
  glance: (panel) => put(panel, "glance", { problem: shown.problem, first: shown.first }),
  moodle: (panel) => put(panel, "moodle", variant()),
  statistics: (panel) => put(panel, "statistics", { problem: shown.problem }),
  student: (panel) => sheet(panel, "student.pdf", "The sheet"),
  key: (panel) => sheet(panel, "key.pdf", "The key sheet"),
};

const fill = () => FILLERS[shown.view](element(`view-${shown.view}`));

async function put(panel, name, fields) {
  const asked = JSON.stringify([name, fields, overview.number]);
  panel.dataset.asked = asked;
  panel.setAttribute("aria-busy", "true");
  const answer = await ask(name, fields);
  if (panel.dataset.asked !== asked) return;
  panel.innerHTML = answer.text;
  panel.removeAttribute("aria-busy");
  markCurrent();
}

/** A PDF in the browser's own viewer; its findings, if it cannot be made. */
async function sheet(panel, name, title) {
  const query = new URLSearchParams({ ...variant(), save: overview.number });
  if (panel.dataset.asked === String(query)) return;
  panel.dataset.asked = String(query);
  panel.setAttribute("aria-busy", "true");
  const answer = await ask(name, variant());
  if (panel.dataset.asked !== String(query)) return;
  panel.removeAttribute("aria-busy");
  if (!answer.fine) {
    panel.innerHTML = answer.text;
    return;
  }
  const frame = document.createElement("iframe");
  frame.className = "sheet";
  frame.title = title;
  frame.src = `${name}?${query}#view=FitH&navpanes=0`;
  const link = document.createElement("a");
  link.href = `${name}?${query}`;
  link.target = "_blank";
  link.textContent = "Open the PDF by itself";
  const line = document.createElement("p");
  line.append(link);
  panel.replaceChildren(frame, line);
}

function show(view) {
  shown.view = view;
  for (const tab of all("[role=tab]")) {
    const chosen = tab.id === `tab-${view}`;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    element(`view-${tab.id.slice(4)}`).hidden = !chosen;
  }
  if (overview && overview.problems.length) return load();
}

function showLine(address) {
  show("source");
  const line = element(address);
  if (!line) return;
  line.scrollIntoView({ block: "center" });
  line.focus({ preventScroll: true });
}

// --- responses ----------------------------------------------------------------------------------

/** What is filled in, as pairs; so that it survives a save of the bank. */
function responses() {
  return { of: element("question").dataset.of, values: [...new FormData(element("response"))] };
}

function putBack(values) {
  for (const field of element("response").elements) {
    if (!field.name) continue;
    const given = values.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "radio" || field.type === "checkbox") field.checked = given.includes(field.value);
    else if (given.length) field.value = given[0];
  }
}

async function mark(event) {
  event.preventDefault();
  const body = new URLSearchParams(new FormData(element("response")));
  const answer = await ask("mark", variant(), { method: "POST", body });
  for (const old of all(".mark", element("question"))) old.remove();
  if (!answer.fine) {
    element("outcome").textContent = "It could not be marked; see the findings.";
    return;
  }
  const marks = Object.entries(JSON.parse(answer.text));
  for (const [label, html] of marks) {
    const part = element(`problem-1${label}`);
    part.querySelector(".response").insertAdjacentHTML("afterend", html);
  }
  const said = marks.map(([label]) => {
    const verdict = element(`problem-1${label}`).querySelector(".mark strong").textContent;
    return `(${label}) ${verdict.toLowerCase()}`;
  });
  element("outcome").textContent = said.join(", ") || "Nothing is filled in.";
}

function clearMarks() {
  for (const old of all(".mark", element("question"))) old.remove();
  element("outcome").textContent = "";
}

// --- what the user does -------------------------------------------------------------------------

function clicked(event) {
  const target = event.target.closest("[data-problem], [data-index], [data-first], [data-line], [role=tab]");
  if (!target) return;
  if (target.dataset.line) {
    event.preventDefault();
    showLine(target.dataset.line);
  } else if (target.dataset.problem) {
    Object.assign(shown, { problem: target.dataset.problem, index: 0, first: 0 });
    load();
  } else if (target.dataset.index) {
    shown.index = Number(target.dataset.index);
    show("page");
  } else if (target.dataset.first) {
    shown.first = Number(target.dataset.first);
    fill();
  } else {
    show(target.id.slice(4));
  }
}

/** Arrows go from variant to variant, and within the tabs from tab to tab. */
function pressed(event) {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest("input, textarea, select, iframe, .scroll")) return;
  if (!overview || !overview.problems.length) return;
  event.preventDefault();
  const tab = event.target.closest("[role=tab]");
  if (tab) {
    const tabs = all("[role=tab]");
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
    next.focus();
    show(next.id.slice(4));
  } else {
    go(shown.index + step);
  }
}

function typed() {
  const text = element("index").value.replace(/[\s,.#]/g, "");
  if (/^\d{1,15}$/.test(text)) go(Number(text));
  else element("index").value = shown.index;
}

/** What the address says is shown: view, problem, index. */
function remembered() {
  const [view, problem, index] = location.hash.slice(1).split("/");
  if (!(view in FILLERS)) return;
  shown.view = view;
  shown.problem = decodeURIComponent(problem || "");
  shown.index = Number(index) || 0;
}

document.addEventListener("click", clicked);
document.addEventListener("keydown", pressed);
element("previous").addEventListener("click", () => go(shown.index - 1));
element("next").addEventListener("click", () => go(shown.index + 1));
element("surprise").addEventListener("click", surprise);
element("index").addEventListener("change", typed);
element("response").addEventListener("submit", mark);
element("response").addEventListener("reset", clearMarks);

remembered();
show(shown.view);
const events = new EventSource("events");
events.addEventListener("message", (event) => {
  const news = JSON.parse(event.data).tick;
  if (news !== tick) refresh();
  tick = news;
});
events.addEventListener("error", () => state("gen-quiz does not answer; is it still running?"));
