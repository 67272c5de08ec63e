// The page over the public API: the search. Everything it shows it asks of /v1.
import { drawn, fetched } from "/web/article.js";
import { address, ask, day, element, language, marked, meta, name, say, speakIn } from "/web/parts.js";
import { suggestOn } from "/web/suggest.js";
import { WORDS } from "/web/words.js";

const $ = (id) => document.getElementById(id);
const form = $("search");
const TITLE = document.title;
let cursor = null;
let asked = 0; // only the newest question may draw
let told = ""; // what was said of the results, for coming back to them
let searched = null; // the question whose results are drawn: coming back to it asks nothing

// What only statements have, and what the page counts of both: source and governorate are lists, the others are typed.
const OF_STATEMENTS = new Set(["kind", "role", "stance"]);
const FILTERS = ["speaker", "party", "source", "place", "governorate", "role", "kind", "stance", "published_from", "published_to"];
const FACETS = ["speaker", "party", "source", "governorate", "stance", "year"];

function wanted() {
  const given = new URLSearchParams();
  for (const [field, value] of new FormData(form)) {
    if (value !== "" && !(OF_STATEMENTS.has(field) && form.elements.what.value === "articles")) given.append(field, value);
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
  $("filters").open ||= FILTERS.some((field) => given.has(field));
}

const CHOSEN = new Set(["source", "governorate", "stance"]);

/** Choose a value in a list, which may not have it yet. */
function choose(field, value, label = value) {
  const list = form.elements[field];
  if (![...list.options].some((option) => option.value === value)) list.append(element("option", { value }, label));
  list.value = value;
}

async function search(further = false) {
  const given = wanted();
  const what = given.get("what");
  given.delete("what");
  for (const one of FACETS) given.append("facets", one);
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
    $("facets").replaceChildren(...FACETS.map((one) => facet(one, found.facets[one] ?? [])));
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
  $("status").textContent = told = notes.join(" · ");
}

function facet(field, values) {
  if (values.length < 2) return "";
  const buttons = values.slice(0, 8).map((one) => {
    const label = one.label ?? name(field, one.value);
    const narrow = () => { narrowTo(field, one.value, label); submit(); };
    return element("button", { type: "button", className: "link", onclick: narrow }, element("bdi", {}, label), ` (${one.count})`);
  });
  return element("p", {}, element("span", {}, `${say(field)}:`), ...buttons);
}

function narrowTo(field, value, label) {
  if (field === "year") {
    form.elements.published_from.value = `${value}-01-01`;
    form.elements.published_to.value = `${String(Number(value) + 1).padStart(4, "0")}-01-01`;
  } else if (CHOSEN.has(field)) choose(field, value, label);
  else form.elements[field].value = label;
}

function articleHit({ article, highlights, snippets }) {
  const title = article.title ?? article.url ?? article.id;
  const inTitle = article.title ? highlights.filter((mark) => mark.field === "title") : [];
  return element("li", {},
    element("h2", { dir: "auto" }, element("a", { href: address(article.id) }, ...marked(title, inTitle))),
    meta(article.source?.name, day(article)),
    ...snippets.map((one) => element("p", { dir: "auto" }, ...marked(one.text, one.highlights), " …")));
}

function statementHit({ statement, highlights }) {
  const inField = (field) => highlights.filter((mark) => mark.field === field);
  const known = statement.speaker?.name;
  const speaker = known ? element("strong", {}, ...marked(known, inField("speaker"))) : say("nobody");
  const role = statement.role ? [" · ", ...marked(statement.role.text, inField("role"))] : [];
  return element("li", {},
    element("p", {}, speaker, ...role, element("span", { className: "quiet" },
      ` · ${name("kind", statement.kind)}${statement.polarity === "denied" ? ` · ${say("denied")}` : ""}`)),
    element("p", { className: "content", dir: "auto" }, "«", ...marked(statement.content.text, inField("content")), "»"),
    element("p", { className: "meta", dir: "auto" }, statement.article.title ?? ""),
    meta(statement.article.source?.name, day(statement.article)),
    element("p", {}, element("a", { href: address(statement.article.id, statement.id) }, say("place"))));
}

let open = null; // the article that is drawn, so that another statement of it needs no question

async function show() {
  const place = new URLSearchParams(location.hash.slice(1));
  const id = place.get("article");
  $("article").hidden = !id;
  $("results").hidden = form.hidden = Boolean(id);
  document.title = TITLE;
  if (!id) return;
  const back = element("p", {}, element("button", { type: "button", className: "link", onclick: leave }, say("back")));
  const entered = open?.article.id !== id;
  try {
    if (entered) {
      $("article").replaceChildren();
      $("status").textContent = say("seeking");
      open = await fetched(id);
    }
    if (new URLSearchParams(location.hash.slice(1)).get("article") !== id) return;
    $("status").textContent = "";
    document.title = open.article.title ?? TITLE;
    $("article").setAttribute("aria-label", document.title);
    $("article").replaceChildren(back, ...drawn(open, place.get("statement")));
    if (entered) $("article").focus({ preventScroll: true });
    const chosen = $("article").querySelector(".chosen");
    if (chosen) chosen.scrollIntoView({ block: "center" });
    else if (entered) $("article").scrollIntoView();
  } catch (fault) {
    $("status").textContent = `${say("failed")}: ${fault.message}`;
    $("article").replaceChildren(back);
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
  if (location.hash) return;
  if (searched === location.search) {
    $("status").textContent = told;
    return;
  }
  searched = location.search;
  search();
}

function speak() {
  document.documentElement.lang = language;
  document.documentElement.dir = language === "ar" ? "rtl" : "ltr";
  for (const one of document.querySelectorAll("[data-say]")) one.textContent = say(one.dataset.say);
  for (const one of form.elements.stance.options) if (one.value) one.textContent = name("stance", one.value);
  $("language").textContent = say("other");
  $("language").lang = language === "ar" ? "en" : "ar";
}

async function list(filter, path, option) {
  try {
    const { items } = await ask(path);
    const field = form.elements[filter];
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
  return [...marked(one.text, one.highlights), element("span", { className: "quiet" }, `${known}${count} · ${name("type", one.type)}`)];
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

const fillIn = (field) => (one) => { form.elements[field].value = one.label; submit(); };

form.addEventListener("submit", (event) => { event.preventDefault(); submit(); });
form.addEventListener("change", (event) => { if (event.target.type !== "search" && event.target.type !== "text") submit(); });
$("more").addEventListener("click", () => search(true));
$("language").addEventListener("click", () => {
  speakIn(language === "ar" ? "en" : "ar");
  searched = null;
  speak();
  draw();
});
addEventListener("popstate", draw);

const stances = Object.keys(WORDS.ar).filter((key) => key.startsWith("stance_")).map((key) => key.slice("stance_".length));
form.elements.stance.append(...stances.map((value) => element("option", { value })));
speak();
suggestOn(form.elements.q, { ask: suggestions(["speaker", "place", "source", "word"]), draw: suggestion, take });
for (const [field, type] of [["speaker", "speaker"], ["party", "speaker"], ["place", "place"]]) {
  suggestOn(form.elements[field], { ask: suggestions([type]), draw: suggestion, take: fillIn(field) });
}
list("source", "/v1/sources?limit=100", (one) => element("option", { value: one.id }, one.name));
list("governorate", "/v1/places?kind=governorate", (one) => element("option", { value: one.pcode }, one[`name_${language}`]));
draw();
