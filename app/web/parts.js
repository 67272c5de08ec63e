// What both views of the page are made of. All text goes in as text, never as markup.
import { WORDS } from "/web/words.js";

export let language = localStorage.getItem("language") === "en" ? "en" : "ar";

export function speakIn(chosen) {
  language = chosen;
  localStorage.setItem("language", chosen);
}

export const say = (key) => WORDS[language][key] ?? key;

/** The Arabic or English name of a code of the API, such as a stance; a code that is new here stays as it is. */
export const name = (kind, code) => WORDS[language][`${kind}_${code}`] ?? code;

export function element(name, properties = {}, ...children) {
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
export const points = (text) => Array.from(text);

/** `text` with the stretches `marks` in <mark>. */
export function marked(text, marks) {
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

/** The day on which an article came out, in the months of the Levant. */
export function day(article) {
  if (!article.published_at) return say("undated");
  const written = { year: "numeric", timeZone: "UTC", numberingSystem: "latn" };
  if (article.published_precision !== "year") written.month = "long";
  if (!["year", "month"].includes(article.published_precision)) written.day = "numeric";
  return new Intl.DateTimeFormat(language === "ar" ? "ar-SY" : "en", written).format(new Date(article.published_at));
}

/** What is said beside an article, each part on its own: a Latin name turns no Arabic date around. */
export function meta(...said) {
  const known = said.filter(Boolean);
  return element("p", { className: "meta" }, ...known.flatMap((one, at) => [at ? " · " : "", element("bdi", {}, one)]));
}

/** What the API answers; an Error in the reader's words where it does not. */
export async function ask(path) {
  const answer = await fetch(path, { headers: { Accept: "application/json" } });
  const body = await answer.json();
  if (answer.ok) return body;
  const type = String(body.type).split("/").pop();
  const told = name("problem", type);
  throw new Error(told === type ? (body.detail ?? body.title) : told);
}

export const address = (article, statement) =>
  `#article=${encodeURIComponent(article)}${statement ? `&statement=${encodeURIComponent(statement)}` : ""}`;
