// The report's page. All text is written with textContent, so that nothing in it can be markup.
"use strict";

const PART = 1000; // violations that are added to the page at once
const BARS = 8; // kinds that are counted on the screen before the button for more; page.css knows it too
const MOST_BARS = 200;
const OPTIONS = 1000; // names in a list of the filter: the browser is slow with very many
const LONG = 400; // characters that are shown of a name or of what to write

const byId = (id) => document.getElementById(id);
const number = (value) => value.toLocaleString("en");
const cut = (text, length = LONG) => (text.length > length ? `${text.slice(0, length)}…` : text);
const clone = (id) => byId(id).content.firstElementChild.cloneNode(true);
const element = (name, text) => Object.assign(document.createElement(name), { textContent: text });

/** What is safe to show of a text: as in the rest of the report, `\u` escapes stand for what cannot be seen. */
function visible(text) {
  return text
    .replace(/\r\n/g, "\n")
    .replace(/(?![ \n\t])[\p{C}\p{Z}]/gu, (found) =>
      found.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
    );
}

// What is in the page.

const summary = JSON.parse(byId("summary").textContent);
const kinds = new Map(); // of violations: a rule, and the field at which it is broken
const violations = [];

function kindOf(rule, field) {
  const key = `${rule} ${field}`;
  if (!kinds.has(key)) kinds.set(key, { rule, field, severity: "", total: 0, fixable: 0, near: 0 });
  return kinds.get(key);
}

/** Reads the results in the order in which the reporter writes their parts. */
function read(results) {
  for (const [rule, field, total, fixable] of summary.kinds) {
    Object.assign(kindOf(rule, field), { total, fixable });
  }
  for (const [path, row, entry, object, operation, isRedacted, listed] of results) {
    const result = { path, row, entry, object, operation, isRedacted };
    for (const parts of listed) {
      const [rule, severity, pointer, field, message, hint, note, line, column, related, source, write, isSafe] = parts;
      const kind = kindOf(rule, field);
      kind.severity = kind.severity === "error" ? "error" : severity;
      violations.push({
        result, kind, severity, pointer, message, hint, note, line, column, related, source, write, isSafe, text: null,
      });
    }
  }
}

const fieldName = (field) => (field === "" ? "whole body" : field === "…" ? "other fields" : cut(field, 80));

function placeOf({ result, line, column }) {
  const file = result.entry === null ? result.path : `${result.path} entries[${result.entry}]`;
  return [file, line ?? result.row, column].filter(Boolean).join(":");
}

/** All that a violation says, for the text filter. It is made once, and only if somebody types. */
function textOf(each) {
  each.text ??= [
    each.message, each.hint, each.note, each.kind.rule, each.pointer, placeOf(each), each.result.object,
    each.source?.join(""), each.write,
  ].join("\n").toLowerCase();
  return each.text;
}

// The filter.

const controls = { severity: byId("severity"), rule: byId("rule"), field: byId("field"), file: byId("file") };
const values = {
  severity: (each) => each.severity,
  rule: (each) => each.kind.rule,
  field: (each) => each.kind.field,
  file: (each) => each.result.path,
};
let matching = []; // the violations of the filter
let shown = 0; // how many of them are in the page
let timer = 0;

function fillControl(name, everything, label = (value) => cut(value, 80)) {
  const counts = new Map();
  if (name === "rule" || name === "field") {
    kinds.forEach((kind) => counts.set(kind[name], 0)); // Some may only be counted.
  }
  for (const each of violations) {
    const value = values[name](each);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const listed = [...counts].sort((a, b) => b[1] - a[1]);
  // A value has a sign before it: the empty value stands for all.
  const options = listed.slice(0, OPTIONS).map(([value, count]) => new Option(`${label(value)} (${number(count)})`, `=${value}`));
  if (listed.length > OPTIONS) {
    const others = new Option(`${number(listed.length - OPTIONS)} more: type their names in the text filter`);
    options.push(Object.assign(others, { disabled: true }));
  }
  controls[name].replaceChildren(new Option(everything, ""), ...options);
}

function chosen() {
  const wanted = { text: byId("text").value.trim().toLowerCase() };
  for (const name of Object.keys(controls)) {
    const value = controls[name].value;
    wanted[name] = value === "" ? null : value.slice(1);
  }
  return wanted;
}

/** Shows what the filter asks for. The bars count what all of it but its rule and field ask for, to choose among these. */
function update() {
  const wanted = chosen();
  kinds.forEach((kind) => (kind.near = 0));
  matching = violations.filter((each) => {
    const { severity, kind, result } = each;
    if (wanted.severity !== null && severity !== wanted.severity) return false;
    if (wanted.file !== null && result.path !== wanted.file) return false;
    if (wanted.text && !textOf(each).includes(wanted.text)) return false;
    kind.near += 1;
    return (wanted.rule === null || kind.rule === wanted.rule) && (wanted.field === null || kind.field === wanted.field);
  });
  showBars(wanted);
  byId("list").replaceChildren();
  shown = 0;
  showMore();
  // Beside a filter that stays in view, the list begins anew.
  if (byId("violations").getBoundingClientRect().top < 0) byId("violations").scrollIntoView();
}

function statusText() {
  const names = Object.keys(controls).filter((name) => controls[name].value);
  const parts = names.map((name) => `${name} ${cut(visible(controls[name].value.slice(1)) || "whole body", 80)}`);
  const text = byId("text").value.trim();
  if (text) parts.push(`text “${cut(visible(text), 80)}”`);
  const filter = parts.length ? ` Filter: ${parts.join(", ")}.` : "";
  return matching.length
    ? `${number(shown)} of ${number(matching.length)} shown.${filter}`
    : `No violation ${parts.length ? "matches" : "is listed"}.${filter}`;
}

// The counts.

function showBars(wanted) {
  const isWhole = wanted.severity === null && wanted.file === null && !wanted.text && summary.kinds.length > 0;
  const count = (kind) => (isWhole ? kind.total : kind.near);
  const counted = [...kinds.values()].filter(count).sort((a, b) => count(b) - count(a));
  const most = counted.length ? count(counted[0]) : 0;
  const focused = document.activeElement?.closest("#bars li")?.kind;
  const items = counted.slice(0, MOST_BARS).map((kind) => barOf(kind, count(kind), most, isWhole, wanted));
  byId("bars").replaceChildren(...items);
  items.find((item) => item.kind === focused)?.firstElementChild.focus();
  byId("more-bars").hidden = counted.length <= BARS;
  const all = counted.length > MOST_BARS ? `the first ${MOST_BARS} of ${number(counted.length)}` : `all ${counted.length}`;
  byId("more-bars").textContent = byId("bars").className ? "Show fewer" : `Show ${all}`;
}

function barOf(kind, count, most, isWhole, wanted) {
  const item = clone("bar");
  const [what, field, total, fixable, bar] = item.firstElementChild.children;
  // Every second part of the sentence is code.
  (summary.rules[kind.rule] ?? kind.rule).split("`").forEach((text, index) => {
    what.append(index % 2 ? element("code", text) : text);
  });
  field.textContent = fieldName(kind.field);
  total.textContent = number(count);
  fixable.textContent = isWhole && kind.fixable ? `${number(kind.fixable)} with a safe fix` : "";
  bar.style.setProperty("--share", `${(100 * count) / most}%`);
  bar.classList.add(kind.severity || "error");
  const isPressed = wanted.rule === kind.rule && wanted.field === (kind.field === "…" ? null : kind.field);
  item.firstElementChild.setAttribute("aria-pressed", isPressed);
  item.kind = kind;
  return item;
}

/** Filters by the kind of a bar, or no longer. */
function choose(kind, isPressed) {
  choice("rule", isPressed ? "" : `=${kind.rule}`);
  choice("field", isPressed || kind.field === "…" ? "" : `=${kind.field}`);
  update();
  // Below the bars, where the page is narrow, nobody would see what has changed.
  if (!isPressed && byId("violations").getBoundingClientRect().top > innerHeight) byId("violations").scrollIntoView();
}

/** Chooses in a list, which may be too long to have all names. */
function choice(name, value) {
  controls[name].value = value;
  if (controls[name].value !== value) {
    controls[name].add(new Option(fieldName(value.slice(1)), value));
    controls[name].value = value;
  }
}

// The violations.

function showMore() {
  const articles = matching.slice(shown, shown + PART).map(articleOf);
  byId("list").append(...articles);
  shown += articles.length;
  const left = matching.length - shown;
  byId("more").hidden = left === 0;
  byId("more").textContent = `Show ${number(Math.min(left, PART))} more`;
  byId("status").textContent = statusText();
  return articles[0];
}

/** Writes a text into the last part of a paragraph, or takes the paragraph away where there is none. */
function fill(paragraph, text) {
  paragraph.lastElementChild.textContent = text ?? "";
  if (!text) paragraph.remove();
}

function articleOf(violation) {
  const { result, kind, severity, pointer, message, hint, note, line, source, related, write, isSafe } = violation;
  const article = clone("violation");
  const part = (name) => article.querySelector(name);
  article.violation = violation;
  article.classList.add(severity);
  part(".severity").textContent = severity;
  part(".message").textContent = cut(message, 10 * LONG);
  part(".place").textContent = cut(placeOf(violation), 2 * LONG);
  const action = { create: "new record", update: "update" }[result.operation];
  part(".about").textContent = [action, result.object && `of ${cut(result.object)}`].filter(Boolean).join(" ");
  part(".pointer").textContent = cut(pointer);
  if (source) {
    part(".line").textContent = line;
    [...part(".source code").children].forEach((span, index) => (span.textContent = source[index]));
  } else {
    part(".source").remove();
  }
  for (const [text, at, column] of related ?? []) {
    part(".related").append(element("li", `${text}, at line ${at} column ${column}`));
  }
  if (!related?.length) part(".related").remove();
  const shownWrite = write && cut(visible(write));
  const isSaid = hint === `write ${shownWrite}`; // Then the button stands beside the hint.
  fill(part(".hint"), hint && !isSaid ? cut(hint, 10 * LONG) : "");
  fill(part(".note"), note);
  if (write) {
    if (isSaid) [part(".write strong").textContent, part(".write span").textContent] = ["What to do:", "write "];
    part(".write code").textContent = shownWrite;
    part(".write button").setAttribute("aria-label", `Copy ${cut(shownWrite, 80)}`);
    part(".write em").hidden = Boolean(isSafe);
  } else {
    part(".write").remove();
  }
  part("summary code").textContent = kind.rule;
  if (!byId(`rule-${kind.rule}`)) part("details").remove();
  return article;
}

/** The rule's page is put below a violation when it is opened: most are never read. */
function openPage(details) {
  details.closest("article").classList.toggle("open", details.open);
  if (details.open && details.childElementCount === 1) {
    const page = Object.assign(element("div", ""), { className: "page" });
    page.append(byId(`rule-${details.closest("article").violation.kind.rule}`).content.cloneNode(true));
    details.append(page);
  }
}

// Copying.

async function copy(button) {
  const text = button.closest("article").violation.write;
  let isCopied = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    isCopied = copyBySelection(text, button); // There is no clipboard, or the browser does not allow it.
  }
  button.textContent = isCopied ? "Copied" : "Not copied";
  byId("copied").textContent = isCopied ? "Copied." : "The browser does not allow copying. Select the text instead.";
  setTimeout(() => {
    button.textContent = "Copy";
    byId("copied").textContent = "";
  }, 2000);
}

/** The older way. The text goes through the event: a text area would change its line endings. */
function copyBySelection(text, button) {
  const area = Object.assign(element("textarea", "-"), { className: "unseen" });
  const put = (event) => {
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
  };
  document.body.append(area);
  area.select();
  document.addEventListener("copy", put);
  try {
    return document.execCommand("copy");
  } finally {
    document.removeEventListener("copy", put);
    area.remove();
    button.focus();
  }
}

function listen() {
  byId("filter").addEventListener("submit", (event) => event.preventDefault());
  byId("filter").addEventListener("reset", () => setTimeout(update)); // The controls are empty after the event.
  Object.values(controls).forEach((control) => control.addEventListener("change", update));
  byId("text").addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(update, 200);
  });
  byId("bars").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) choose(button.parentElement.kind, button.getAttribute("aria-pressed") === "true");
  });
  byId("more-bars").addEventListener("click", () => {
    byId("bars").classList.toggle("all");
    showBars(chosen());
  });
  byId("more").addEventListener("click", () => {
    // The keyboard goes on with what is new.
    Object.assign(showMore(), { tabIndex: -1 }).focus();
  });
  byId("list").addEventListener("click", (event) => {
    const button = event.target.closest(".write button");
    if (button) copy(button);
  });
  byId("list").addEventListener("toggle", (event) => openPage(event.target), true);
}

function start() {
  read(JSON.parse(byId("findings").textContent));
  const isRedacted = violations.some((each) => each.result.isRedacted);
  byId("closing").textContent = `${summary.closing}.`;
  byId("redacted").hidden = !isRedacted;
  const unlisted = summary.problems - violations.length; // Of one body, only the first are listed.
  byId("unlisted").hidden = unlisted <= 0;
  byId("unlisted").textContent = `${number(unlisted)} of them ${unlisted === 1 ? "is" : "are"} counted, but not listed.`;
  const values = isRedacted || !violations.length ? "" : " It may hold values of the files that were checked.";
  byId("about").textContent = `Written by recordlint ${summary.version}. This page opens no connection.${values}`;
  const isClean = summary.problems === 0;
  byId("clean").hidden = !isClean || summary.checked === 0;
  byId("overview").hidden = byId("violations").hidden = isClean;
  document.querySelector(".skip").hidden = isClean;
  if (isClean) return;
  fillControl("severity", "All severities");
  fillControl("rule", "All rules");
  fillControl("field", "All fields", fieldName);
  fillControl("file", "All files");
  listen();
  update();
}

start();
