/* FlexSearch, the index loaded whole; words without marks, context on. */
import { Document } from "/peer/flexsearch.mjs";
import { options } from "/peer/flexsearch-options.mjs";

export async function open() {
  const index = new Document(options);
  const kept = await (await fetch("/flexsearch.json")).json();
  for (const [key, data] of kept) await index.import(key, data);
  return {
    async ask(query) {
      const found = await index.search(query, { limit: 10, suggest: true, merge: true });
      return found.map((hit) => hit.id);
    },
  };
}
