/* Builds a peer's index in Node: `node build.mjs minisearch|flexsearch <modules> <entries.jsonl> <out.json>`. */
import { createReadStream, createWriteStream, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [peer, modules, entries, out] = process.argv.slice(2);
const load = (path) => import(pathToFileURL(path));
const lines = createInterface({ input: createReadStream(entries), crlfDelay: Infinity });
const { options } = await load(new URL(`${peer}-options.mjs`, import.meta.url).pathname);

if (peer === "minisearch") {
  const { default: MiniSearch } = await load(`${modules}/minisearch/dist/es/index.js`);
  const index = new MiniSearch(options);
  for await (const line of lines) index.add(JSON.parse(line));
  writeFileSync(out, JSON.stringify(index));
} else {
  const { Document } = await load(`${modules}/flexsearch/dist/flexsearch.bundle.module.min.mjs`);
  const index = new Document(options);
  for await (const line of lines) index.add(JSON.parse(line));
  const stream = createWriteStream(out);
  let first = true;
  stream.write("[");
  await index.export((key, data) => {
    if (data === undefined) return;
    stream.write((first ? "" : ",\n") + JSON.stringify([key, data]));
    first = false;
  });
  stream.end("]\n");
}
