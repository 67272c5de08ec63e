// The page over the public API. Everything it shows it asks of /v1; all text goes in as text, never as markup.
import { suggestOn } from "/web/suggest.js";
import { WORDS } from "/web/words.js";

const $ = (id) => document.getElementById(id);
const form = $("search");
let language = localStorage.getItem("language") === "en" ? "en" : "ar";
let cursor = null;
let asked = 0; // only the newest question may draw
let searched = null; // the question whose results are drawn: coming back to it asks nothing

const say = (key) => WORDS[language][key] ?? key;

function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined) continue;
    if (key in made) made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

// Offsets of the API count code points; a string of JavaScript counts UTF-16 units.
const points = (text) => Array.from(text);

/** `text` with the stretches `marks` in <mark>. */
function marked(text, marks) {
  const letters = points(text);
  const parts = [];
  let at = 0;
  for (const { start, end } of [...marks].sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    parts.push(letters.slice(at, start).join(""), element("mark", {}, letters.slice(start, end).join("")));
    at = end;
  }
  return [...parts, letters.slice(at).join("")];
}

function day(article) {
  if (!article.published_at) return say("undated");
  const written = { dateStyle: "medium", timeZone: "UTC", numberingSystem: "latn" };
  return new Intl.DateTimeFormat(language, written).format(new Date(article.published_at));
}

async function ask(path) {
  const answer = await fetch(path, { headers: { Accept: "application/json" } });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.detail ?? body.title);
  return body;
}

// What only statements have, and what the page counts of both: source and governorate are lists, the others are typed.
const OF_STATEMENTS = new Set(["kind", "role", "stance"]);
const FILTERS = ["speaker", "party", "source", "place", "governorate", "role", "kind", "stance", "published_from", "published_to"];
const FACETS = ["speaker", "party", "source", "governorate", "stance", "year"];

function wanted() {
  const given = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value !== "" && !(OF_STATEMENTS.has(name) && form.elements.what.value === "articles")) given.append(name, value);
  }
  return given;
}

function fill(given) {
  for (const field of form.elements) {
    if (!field.name) continue;
    const value = given.get(field.name);
    if (field.type === "radio") field.checked = value === null ? field.defaultChecked : field.value === value;
    else if (CHOSEN.has(field.name) && value) choose(field.name, value);
    else field.value = value ?? (field.name === "sort" ? "relevance" : "");
  }
  $("filters").open ||= FILTERS.some((name) => given.has(name));
}

const CHOSEN = new Set(["source", "governorate", "stance"]);

/** Choose a value in a list, which may not have it yet. */
function choose(name, value, label = value) {
  const list = form.elements[name];
  if (![...list.options].some((option) => option.value === value)) list.append(element("option", { value }, label));
  list.value = value;
}

async function search(further = false) {
  const given = wanted();
  const what = given.get("what");
  given.delete("what");
  for (const name of FACETS) given.append("facets", name);
  if (further) given.set("cursor", cursor);
  const mine = ++asked;
  $("status").textContent = say("seeking");
  try {
    const found = await ask(`/v1/search/${what}?${given}`);
    if (mine !== asked) return;
    if (!further) $("hits").replaceChildren();
    const drawn = found.items.map((hit) => (hit.statement ? statementHit(hit) : articleHit(hit)));
    $("hits").append(...drawn);
    cursor = found.next_cursor;
    $("more").hidden = cursor === null;
    $("facets").replaceChildren(...FACETS.map((name) => facet(name, found.facets[name] ?? [])));
    tell(found);
    if (further) drawn[0]?.querySelector("a, button")?.focus();
  } catch (fault) {
    if (mine === asked) $("status").textContent = `${say("failed")}: ${fault.message}`;
  }
}

function tell(found) {
  const total = `${found.total.relation === "gte" ? say("atleast") + " " : ""}${found.total.value}`;
  const notes = [found.items.length || cursor ? `${say("total")}: ${total}` : say("nothing")];
  for (const one of found.corrections) notes.push(`${say("meant")}: ${one.meant.join("، ")}`);
  if (found.degraded) notes.push(say("degraded"));
  $("status").textContent = notes.join(" · ");
}

function facet(name, values) {
  if (values.length < 2) return "";
  const buttons = values.slice(0, 8).map((one) => {
    const label = one.label ?? (name === "stance" ? say(one.value) : one.value);
    const narrow = () => { narrowTo(name, one.value, label); submit(); };
    return element("button", { type: "button", className: "link", onclick: narrow }, `${label} (${one.count})`);
  });
  return element("p", {}, element("span", {}, `${say(name)}:`), ...buttons);
}

function narrowTo(name, value, label) {
  if (name === "year") {
    form.elements.published_from.value = `${value}-01-01`;
    form.elements.published_to.value = `${String(Number(value) + 1).padStart(4, "0")}-01-01`;
  } else if (CHOSEN.has(name)) choose(name, value, label);
  else form.elements[name].value = label;
}

const address = (article, statement) =>
  `#article=${encodeURIComponent(article)}${statement ? `&statement=${encodeURIComponent(statement)}` : ""}`;

const meta = (article) =>
  element("p", { className: "meta" }, [article.source?.name, day(article)].filter(Boolean).join(" · "));

function articleHit({ article, highlights, snippets }) {
  const title = article.title ?? article.url ?? article.id;
  const inTitle = article.title ? highlights.filter((mark) => mark.field === "title") : [];
  return element("li", {},
    element("h2", { dir: "auto" }, element("a", { href: address(article.id) }, ...marked(title, inTitle))),
    meta(article),
    ...snippets.map((one) => element("p", { dir: "auto" }, ...marked(one.text, one.highlights), " …")));
}

function statementHit({ statement, highlights }) {
  const inField = (field) => highlights.filter((mark) => mark.field === field);
  const name = statement.speaker?.name;
  const speaker = name ? element("strong", {}, ...marked(name, inField("speaker"))) : say("nobody");
  const role = statement.role ? [" · ", ...marked(statement.role.text, inField("role"))] : [];
  return element("li", {},
    element("p", {}, speaker, ...role, element("span", { className: "quiet" },
      ` · ${say(statement.kind)}${statement.polarity === "denied" ? ` · ${say("denied")}` : ""}`)),
    element("p", { className: "content", dir: "auto" }, "«", ...marked(statement.content.text, inField("content")), "»"),
    element("p", { className: "meta", dir: "auto" }, statement.article.title ?? ""),
    meta(statement.article),
    element("p", {}, element("a", { href: address(statement.article.id, statement.id) }, say("place"))));
}

/** One zone of the article as an element; statements in it can be clicked. */
function paragraph(kind, letters, zone, statements, chosen) {
  const layers = statements.map((one) => ({ ...one.content, id: one.id, style: "say" }));
  if (chosen) {
    layers.push({ ...chosen.content, id: chosen.id, style: "chosen" });
    for (const [part, style] of [[chosen.cue, "cue"], [chosen.speaker?.mention, "who"]]) {
      if (part) layers.push({ ...part, id: chosen.id, style });
    }
  }
  const inside = layers.filter((layer) => layer.start < zone.end && layer.end > zone.start);
  const edges = new Set([zone.start, zone.end]);
  for (const layer of inside) {
    edges.add(Math.max(layer.start, zone.start));
    edges.add(Math.min(layer.end, zone.end));
  }
  const cuts = [...edges].sort((a, b) => a - b);
  const parts = cuts.slice(0, -1).map((start, at) => {
    const text = letters.slice(start, cuts[at + 1]).join("");
    const over = inside.filter((layer) => layer.start <= start && layer.end > start);
    if (!over.length) return text;
    const smallest = over.reduce((a, b) => (b.end - b.start < a.end - a.start ? b : a));
    const span = element("span", { className: over.map((layer) => layer.style).join(" ") }, text);
    span.dataset.statement = smallest.id;
    return span;
  });
  const names = { subheading: "h3", pull_quote: "blockquote", title: "h2" };
  return element(names[kind] ?? "p", { dir: "auto" }, ...parts);
}

const SHOWN = new Set(["title", "body", "subheading", "pull_quote", "caption"]);

function drawArticle(article, statements, chosenId) {
  const letters = points(article.text);
  const chosen = statements.find((one) => one.id === chosenId) ?? null;
  const zones = article.zones.filter((zone) => SHOWN.has(zone.kind));
  const text = element("div", { className: "text", lang: article.language },
    ...zones.map((zone) => paragraph(zone.kind, letters, zone, statements, chosen)));
  text.addEventListener("click", (event) => {
    const id = event.target.dataset?.statement;
    if (id) location.hash = address(article.id, id);
  });
  const list = statements.map((one) => element("li", {}, element("button", {
    type: "button", "aria-pressed": String(one.id === chosenId),
    onclick: () => { location.hash = address(article.id, one.id); },
  }, `${one.speaker?.name ?? say("nobody")}: ${one.content.text}`)));
  $("article").replaceChildren(
    element("p", {}, element("button", { type: "button", className: "link", onclick: leave }, say("back"))),
    element("p", { className: "meta" }, [article.source?.name, article.author, day(article)].filter(Boolean).join(" · "), " ",
      original(article.url)),
    element("div", { className: "two" }, text,
      element("aside", { className: "said" }, chosen ? details(chosen) : "",
        element("h2", {}, say("said")), element("ol", {}, ...list))));
  const place = text.querySelector(".chosen");
  (place ?? $("article")).scrollIntoView({ block: place ? "center" : "start" });
}

function original(url) {
  const known = url && /^https?:/.test(url);
  return known ? element("a", { href: url, rel: "noopener noreferrer" }, say("original")) : "";
}

function details(one) {
  const facts = [
    ["speaker", one.speaker?.name ?? say("nobody")],
    ["role", one.role?.text],
    ["affiliation", one.affiliation],
    ["kind", say(one.kind)],
    ["cue", one.cue && `${one.cue.text} (${one.cue.lemma})`],
    ["channel", one.channel?.name],
    ["addressee", one.addressee?.text],
    ["said_on", one.said_on?.text],
    ["resolution", one.speaker && say(one.speaker.resolution)],
    ["confidence", one.confidence.toFixed(2)],
  ].filter(([, value]) => value);
  const rows = facts.flatMap(([name, value]) => [element("dt", {}, say(name)), element("dd", {}, element("bdi", {}, value))]);
  if (one.duplicate_of) rows.push(element("dt", {}, say("repeats")), element("dd", {}, element("a", { href: address(one.article.id, one.duplicate_of) }, "↩")));
  return element("div", { role: "group" },
    element("p", { className: "content", dir: "auto" }, `«${one.content.text}»`),
    element("dl", {}, ...rows),
    element("p", { className: "meta" }, element("a", { href: `/v1/statements/${encodeURIComponent(one.id)}` }, "JSON")));
}

async function statementsOf(id) {
  const all = [];
  let next = null;
  do {
    const from = next ? `&cursor=${encodeURIComponent(next)}` : "";
    const page = await ask(`/v1/articles/${encodeURIComponent(id)}/statements?duplicates=true${from}`);
    all.push(...page.items);
    next = page.next_cursor;
  } while (next);
  return all;
}

let open = null; // the article that is drawn, so that another statement of it needs no question

async function show() {
  const place = new URLSearchParams(location.hash.slice(1));
  const id = place.get("article");
  $("article").hidden = !id;
  $("results").hidden = form.hidden = Boolean(id);
  if (!id) return;
  const entered = open?.article.id !== id;
  try {
    if (entered) {
      const [article, statements] = await Promise.all([ask(`/v1/articles/${encodeURIComponent(id)}`), statementsOf(id)]);
      open = { article, statements };
    }
    $("status").textContent = open.article.title ?? "";
    drawArticle(open.article, open.statements, place.get("statement"));
    if (entered) $("article").focus({ preventScroll: true });
  } catch (fault) {
    $("status").textContent = `${say("failed")}: ${fault.message}`;
  }
}

function leave() {
  history.pushState(null, "", location.pathname + location.search);
  draw();
}

function submit() {
  history.pushState(null, "", `/?${wanted()}`);
  draw();
}

function draw() {
  fill(new URLSearchParams(location.search));
  for (const one of document.querySelectorAll(".only-statements")) one.hidden = form.elements.what.value === "articles";
  show();
  if (location.hash || searched === location.search) return;
  searched = location.search;
  search();
}

function speak() {
  document.documentElement.lang = language;
  document.documentElement.dir = language === "ar" ? "rtl" : "ltr";
  for (const one of document.querySelectorAll("[data-say]")) one.textContent = say(one.dataset.say);
  $("language").textContent = say("other");
  $("language").lang = language === "ar" ? "en" : "ar";
}

async function list(name, path, option) {
  try {
    const { items } = await ask(path);
    const field = form.elements[name];
    const chosen = field.value;
    const made = items.map(option);
    for (const old of [...field.options]) if (made.some((one) => one.value === old.value)) old.remove();
    field.append(...made);
    field.value = chosen;
  } catch { /* the filter stays as it is; the search itself tells what is wrong */ }
}

const suggestions = (types) => async (q) => (await ask(`/v1/suggest?${new URLSearchParams([["q", q], ...types.map((one) => ["types", one])])}`)).items;

/** A suggestion as it is drawn: the name that was met, under which it is known, what it is. */
function suggestion(one) {
  const known = one.label === one.text || one.type === "word" ? "" : ` · ${one.label}`;
  const count = one.count === null || one.type === "word" ? "" : ` (${one.count})`;
  return [...marked(one.text, one.highlights), element("span", { className: "quiet" }, `${known}${count} · ${say(`type_${one.type}`)}`)];
}

/** What was chosen below the search field narrows the search; a word is searched for. */
function take(one) {
  const field = { speaker: "speaker", place: "place", source: "source" }[one.type];
  if (field) {
    narrowTo(field, one.id, one.type === "source" ? one.text : one.label);
    form.elements.q.value = "";
    $("filters").open = true;
  } else form.elements.q.value = one.text;
  submit();
}

const fillIn = (name) => (one) => { form.elements[name].value = one.label; submit(); };

form.addEventListener("submit", (event) => { event.preventDefault(); submit(); });
form.addEventListener("change", (event) => { if (event.target.type !== "search" && event.target.type !== "text") submit(); });
$("more").addEventListener("click", () => search(true));
$("language").addEventListener("click", () => {
  language = language === "ar" ? "en" : "ar";
  localStorage.setItem("language", language);
  searched = null;
  speak();
  draw();
});
addEventListener("popstate", draw);

speak();
suggestOn(form.elements.q, { ask: suggestions(["speaker", "place", "source", "word"]), draw: suggestion, take });
for (const [name, type] of [["speaker", "speaker"], ["party", "speaker"], ["place", "place"]]) {
  suggestOn(form.elements[name], { ask: suggestions([type]), draw: suggestion, take: fillIn(name) });
}
list("source", "/v1/sources?limit=100", (one) => element("option", { value: one.id }, one.name));
list("governorate", "/v1/places?kind=governorate", (one) => element("option", { value: one.pcode }, one[`name_${language}`]));
draw();
