/* A search as an address and back: what was asked can be shared, and the back button undoes it. */

import { FACETS } from "./facets.js";

/** @typedef {import("./engine.js").Filters} Filters */
/**
 * What is asked for; `exact`: nothing else instead of it.
 * @typedef {{query: string, filters: Filters, sort: "relevance" | "date", exact?: boolean}} State
 */

/** @type {Record<string, string>} */
const KEYS = { kind: "loai", year: "nam", level: "cap", place: "noi", official: "nguoi", document: "van-ban" };
const BY_DATE = "ngay";
const EXACT = "dung";

/**
 * @param {string} search  of an address
 * @returns {State}
 */
export function readAddress(search) {
  const given = new URLSearchParams(search);
  /** @type {Filters} */
  const filters = {};
  for (const name of FACETS) {
    const values = [...new Set(given.getAll(KEYS[name]).filter(Boolean))];
    if (values.length) filters[name] = values;
  }
  const exact = given.has(EXACT) ? { exact: true } : {};
  return { query: given.get("q") ?? "", filters, sort: given.get("xep") === BY_DATE ? "date" : "relevance", ...exact };
}

/** @param {State} state */
export function asAddress({ query, filters, sort, exact }) {
  const given = new URLSearchParams();
  if (query.trim()) given.set("q", query.trim());
  for (const name of FACETS) for (const value of filters[name] ?? []) given.append(KEYS[name], value);
  if (sort === "date") given.set("xep", BY_DATE);
  if (exact) given.set(EXACT, "1");
  return location.pathname + (given.size ? `?${given}` : "");
}

/**
 * Addresses used to hold labels (`loai=Bài viết`); ids never hold a capital, a mark or a space.
 * @param {Filters} filters
 */
export const isOld = (filters) =>
  Object.values(filters)
    .flat()
    .some((value) => /[^a-z0-9._-]/.test(value));

/**
 * @param {import("./engine.js").Engine} engine
 * @param {Filters} filters  with labels or ids
 */
export async function renewed(engine, filters) {
  /** @type {Filters} */
  const made = {};
  for (const [name, values] of Object.entries(filters)) {
    const ids = new Map((await engine.values(name)).map(([id, label]) => [label, id]));
    made[name] = values.map((value) => ids.get(value) ?? value);
  }
  return made;
}
