/* Opens the engine that the site was built with. */

import { readJson } from "./reading.js";

/** @typedef {import("./ranking.js").Query} Query */
/** @typedef {import("./ranking.js").Passage} Passage */

/** @typedef {Record<string, string[]>} Filters  facet → ids: any value within a facet, all facets together */

/**
 * @typedef {object} Options
 * @property {Filters} [filters]
 * @property {"relevance" | "date"} [sort]  `date`: most recent first
 * @property {number} [from]
 * @property {number} [limit]  0 counts and reads no entries
 * @property {boolean} [typing]  the last word may go on
 * @property {boolean} [exact]  what was typed, and no repair of it
 * @property {AbortSignal} [signal]
 */

/** @typedef {ReturnType<typeof import("./ranking.js").hit>} Hit */

/**
 * `instead`: what was searched instead of what was typed; `absent`: what of the query is nowhere: then `total` is 0, and
 * `near` pages follow that lack it.
 * @typedef {object} Answer
 * @property {number} total
 * @property {number} near
 * @property {string[]} absent
 * @property {Hit[]} hits
 * @property {string | null} instead
 * @property {Query} asked
 * @property {boolean} more
 */

/**
 * What every engine answers (docs/search.md).
 * @typedef {object} Engine
 * @property {(query: string, options?: Options) => Promise<Answer>} search
 * @property {(found: any, facet: string, signal?: AbortSignal) => Promise<[string, string, number][]>} counts
 *   of an answer of this engine: id, label, number of each value
 * @property {(facet: string, signal?: AbortSignal) => Promise<[string, string][]>} values  id and label
 */

const FOLDER = "tim-kiem/chi-muc/";

/**
 * The engine `name`, or the one that the index folder names.
 * @param {string | URL} base  address of the site's root
 * @param {string} [name]
 * @returns {Promise<Engine>}
 */
export async function openEngine(base, name) {
  const root = new URL(base, globalThis.location?.href);
  const folder = new URL(FOLDER, root);
  /* Every engine ranks: that module comes while the files tell which engine it is. */
  import("./ranking.js").catch(() => null);
  const [data, chosen] = await Promise.all([
    readJson(new URL("words.json", folder)),
    name || readJson(new URL("engine.json", folder)).then((told) => told.engine),
  ]);
  const engine = await import(chosen === "pagefind" ? "./pagefind.js" : "./syllable.js");
  return engine.open(folder, data, root);
}
