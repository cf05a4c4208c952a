/* Asks the index of a site in Node: {folder, queries} on standard input → what the search module answers, as JSON. The
   files are read from the disk, everything else is what browsers run. */

import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { openEngine } from "../../templates/theme/assets/search/engine.js";

const { folder, queries } = JSON.parse(await text(process.stdin));
globalThis.fetch = async (url) => {
  const bytes = await readFile(new URL(String(url))).catch(() => null);
  return new Response(bytes, { status: bytes ? 200 : 404 });
};

const made = [];
for (const { query, typing } of queries) {
  const engine = await openEngine(pathToFileURL(`${folder}/`), "syllable");
  const { total, near, absent, instead, hits } = await engine.search(query, { typing });
  made.push({ total, near, absent, instead, hits: hits.map(({ address }) => address.split("/")[1]) });
}
process.stdout.write(JSON.stringify(made));
