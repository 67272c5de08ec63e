// The story, told by openapi-fetch over the types that openapi-typescript makes. Usage: fetch.js URL KEY
import createClient from "openapi-fetch";
import type { paths } from "../schema.js";

const client = createClient<paths>({ baseUrl: process.argv[2] ?? "" });

async function pages(): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null | undefined;
  do {
    const { data, error } = await client.GET("/v1/statements", {
      params: { query: { source: ["anapress.net"], limit: 7, ...(cursor ? { cursor } : {}) } },
    });
    if (error) throw new Error(error.title);
    ids.push(...data.items.map((one) => one.id));
    cursor = data.next_cursor;
  } while (cursor);
  return ids;
}

const { data: hits } = await client.GET("/v1/search/statements", {
  params: { query: { q: "قسد", facets: ["source", "kind"] } },
});
const article_id = hits?.items[0]?.statement.article.id ?? "";
const path = { article_id };
const { data: article } = await client.GET("/v1/articles/{article_id}", { params: { path } });
const { data: said } = await client.GET("/v1/articles/{article_id}/statements", {
  params: { path, query: { limit: 100 } },
});
// JavaScript strings count UTF-16 units; the API counts code points.
const letters = Array.from(article?.text ?? "");
const sliced = said?.items.map(
  ({ content }) => letters.slice(content.start, content.end).join("") === content.text,
);

const { data: exported } = await client.GET("/v1/export/statements", {
  params: { query: { source: ["anapress.net"] } },
  parseAs: "text",
});
const keyed = { "X-API-Key": process.argv[3] ?? "" };
const { data: sent } = await client.POST("/v1/imports", {
  params: { query: { label: "حكاية" }, header: { "Idempotency-Key": "fetch" } },
  headers: { ...keyed, "Content-Type": "application/x-ndjson" },
  body: '{"url": "http://nashra.example/fetch", "text": "خبر مختلق"}\n',
  bodySerializer: (body) => body,
});
const { data: job } = await client.GET("/v1/imports/{import_id}", {
  params: { path: { import_id: sent?.id ?? "" } },
  headers: keyed,
});

const nobody = await client.GET("/v1/articles/{article_id}", { params: { path: { article_id: "nobody" } } });
const refused = await client.GET("/v1/statements", { params: { query: { limit: 1000 } } });

console.log(
  JSON.stringify({
    found: hits?.total.value,
    paged: await pages(),
    sliced,
    exported: exported?.split("\n").filter(Boolean).length,
    imported: job?.label,
    not_found: nobody.error?.type,
    refused: [refused.error?.type, refused.error?.errors?.[0]?.parameter],
  }),
);
