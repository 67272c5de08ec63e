// One article with its statements: the text with what was said in it marked, and the facts of the statement that is chosen.
import { address, ask, day, element, meta, name, points, say } from "/web/parts.js";

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

/** The article `id` with its statements, as `drawn` takes it. */
export async function fetched(id) {
  const [article, statements] = await Promise.all([ask(`/v1/articles/${encodeURIComponent(id)}`), statementsOf(id)]);
  return { article, statements };
}

/** The article as elements, with the statement `chosenId` in front. */
export function drawn({ article, statements }, chosenId) {
  const letters = points(article.text ?? "");
  const chosen = statements.find((one) => one.id === chosenId) ?? null;
  const zones = article.text === null ? [] : article.zones.filter((zone) => SHOWN.has(zone.kind));
  const text = element("div", { className: "text", lang: article.language },
    ...zones.map((zone) => paragraph(zone.kind, letters, zone, statements, chosen)));
  if (article.text === null) text.append(element("h2", {}, article.title ?? ""), element("p", { className: "notice" }, say("kept")));
  text.addEventListener("click", (event) => {
    const id = event.target.dataset?.statement;
    if (id) location.hash = address(article.id, id);
  });
  const list = statements.map((one) => element("li", {}, element("button", {
    type: "button", "aria-pressed": String(one.id === chosenId),
    onclick: () => { location.hash = address(article.id, one.id); },
  }, `${one.speaker?.name ?? say("nobody")}: ${one.content.text}`)));
  return [
    meta(article.source?.name, article.author, day(article), original(article.url)),
    element("div", { className: "two" }, text,
      element("aside", { className: "said" }, chosen ? details(chosen) : null,
        element("h2", {}, say("said")), element("ol", {}, ...list))),
  ];
}

function original(url) {
  const known = url && /^https?:/.test(url);
  return known ? element("a", { href: url, rel: "noopener noreferrer" }, say("original")) : null;
}

function details(one) {
  const facts = [
    ["speaker", one.speaker?.name ?? say("nobody")],
    ["role", one.role?.text],
    ["affiliation", one.affiliation],
    ["kind", name("kind", one.kind)],
    ["stance", one.cue && name("stance", one.cue.stance)],
    ["cue", one.cue && `${one.cue.text} (${one.cue.lemma})`],
    ["channel", one.channel?.name],
    ["addressee", one.addressee?.text],
    ["said_on", one.said_on?.text],
    ["resolution", one.speaker && name("resolution", one.speaker.resolution)],
    ["confidence", one.confidence.toFixed(2)],
  ].filter(([, value]) => value);
  const rows = facts.flatMap(([fact, value]) => [element("dt", {}, say(fact)), element("dd", {}, element("bdi", {}, value))]);
  if (one.duplicate_of) rows.push(element("dt", {}, say("repeats")), element("dd", {}, element("a", { href: address(one.article.id, one.duplicate_of) }, "↩")));
  return element("div", { className: "details", role: "group" },
    element("p", { className: "content", dir: "auto" }, `«${one.content.text}»`),
    element("dl", {}, ...rows),
    element("p", { className: "meta" }, element("a", { href: address(one.article.id) }, say("shut")), " · ",
      element("a", { href: `/v1/statements/${encodeURIComponent(one.id)}` }, "JSON")));
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

