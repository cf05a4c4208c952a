/* MiniSearch, the index loaded whole; every word in its own form and without marks, typos allowed, last word open. */
import MiniSearch from "/peer/minisearch.mjs";
import { options } from "/peer/minisearch-options.mjs";

export async function open() {
  const index = MiniSearch.loadJSON(await (await fetch("/minisearch.json")).text(), options);
  return {
    async ask(query) {
      return index
        .search(query)
        .slice(0, 10)
        .map((hit) => hit.id);
    },
  };
}
