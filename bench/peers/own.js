/* The archive's own interface; after the results, what the search page reads with them: counts, and its own modules. */
export async function open() {
  const { openEngine } = await import("/assets/search/engine.js");
  const engine = await openEngine(`${location.origin}/`);
  const modules = await (await fetch("/bench/page-modules.json")).json();
  let found;
  return {
    async ask(query, typing) {
      found = await engine.search(query, { filters: {}, sort: "relevance", from: 0, limit: 10, typing });
      return found.hits.map((hit) => hit.address);
    },
    async after() {
      for (const module of modules.splice(0)) await fetch(module);
      if (found.hits.length) for (const facet of ["kind", "year", "level"]) await engine.counts(found, facet);
    },
  };
}
