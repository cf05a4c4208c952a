/* Pagefind as it comes: its own API over plain pages, no options. */
export async function open() {
  const pagefind = await import("/pagefind/pagefind.js");
  await pagefind.init();
  return {
    async ask(query) {
      const { results } = await pagefind.search(query);
      const read = await Promise.all(results.slice(0, 10).map((result) => result.data()));
      return read.map((page) => page.url.replace(/^\//, ""));
    },
  };
}
