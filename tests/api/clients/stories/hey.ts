// The story, told by the client that @hey-api/openapi-ts makes. Usage: hey.js URL KEY
import { client } from "../hey/client.gen.js";
import {
  createImport,
  exportStatements,
  getArticle,
  getImport,
  listArticleStatements,
  listStatements,
  searchStatements,
} from "../hey/index.js";

client.setConfig({ baseUrl: process.argv[2] ?? "", auth: () => process.argv[3] });

async function pages(): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null | undefined;
  do {
    const { data, error } = await listStatements({ query: { source: ["anapress.net"], limit: 7, ...(cursor ? { cursor } : {}) } });
    if (!data) throw new Error(error.title);
    ids.push(...data.items.map((one) => one.id));
    cursor = data.next_cursor;
  } while (cursor);
  return ids;
}

const { data: hits } = await searchStatements({ query: { q: "قسد", facets: ["source", "kind"] } });
const path = { article_id: hits?.items[0]?.statement.article.id ?? "" };
const { data: article } = await getArticle({ path });
const { data: said } = await listArticleStatements({ path, query: { limit: 100 } });
// JavaScript strings count UTF-16 units; the API counts code points.
const letters = Array.from(article?.text ?? "");
const sliced = said?.items.map(
  ({ content }) => letters.slice(content.start, content.end).join("") === content.text,
);

const { data: exported } = await exportStatements({ query: { source: ["anapress.net"] }, parseAs: "blob" });
const { data: sent } = await createImport({
  query: { label: "حكاية" },
  headers: { "Idempotency-Key": "hey" },
  body: new Blob(['{"url": "http://nashra.example/hey", "text": "خبر مختلق"}\n']),
});
const { data: job } = await getImport({ path: { import_id: sent?.id ?? "" } });

const nobody = await getArticle({ path: { article_id: "nobody" } });
const refused = await listStatements({ query: { limit: 1000 } });

console.log(
  JSON.stringify({
    found: hits?.total.value,
    paged: await pages(),
    sliced,
    exported: (await exported?.text())?.split("\n").filter(Boolean).length,
    imported: job?.label,
    not_found: nobody.error?.type,
    refused: [refused.error?.type, refused.error?.errors?.[0]?.parameter],
  }),
);
