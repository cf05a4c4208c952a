/* Elements made of values: no markup is ever made of strings, so what a page or a reader wrote stays text. */

/** @typedef {import("./engine.js").Hit} Hit */
/** @typedef {Record<string, string>} Words  sentences of the language, some with places like {n} */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} name
 * @param {Record<string, unknown>} [properties]  of the element, else attributes
 * @param {...(Node | string | null | undefined)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made) Reflect.set(made, key, value);
    else made.setAttribute(key, String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/**
 * What the page's template has put there.
 * @template {Element} T
 * @param {ParentNode} within
 * @param {string} selector
 * @param {new () => T} type
 * @returns {T}
 * @throws {TypeError} if it is not there
 */
export function find(within, selector, type) {
  const found = within.querySelector(selector);
  if (!(found instanceof type)) throw new TypeError(selector);
  return found;
}

/**
 * "{n} kết quả" and {n: 12} → "12 kết quả"; numbers as the language writes them.
 * @param {string} sentence
 * @param {Record<string, string | number>} values
 */
export const fill = (sentence, values) =>
  sentence.replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name];
    return typeof value === "number" ? value.toLocaleString(document.documentElement.lang) : value;
  });

/* So many pieces of a passage are marked on the page that it leads to. */
const MARKED = 3;

/* The root of the site, wherever it is served: these modules lie in assets/search/. */
export const base = new URL("../../", import.meta.url);

/** Whether this browser lacks what the search is made with: then nothing that failed is the network's fault. */
export const isTooOld = () => !("DecompressionStream" in globalThis && "WebAssembly" in globalThis);

/* The engine, opened once; one that could not be opened is tried anew when it is asked for again. Some browsers go on
   failing with a module that failed once: then only loading the page anew helps, and `isStuck` says so. */
/** @type {Promise<import("./engine.js").Engine> | undefined} */
let engine;
let failures = 0;
export const isStuck = () => failures > 1;
export function opened() {
  engine ??= import("./engine.js")
    .then(({ openEngine }) => openEngine(base))
    .catch((error) => {
      engine = undefined;
      if (error instanceof TypeError) failures += 1;
      throw error;
    });
  return engine;
}

/**
 * Runs of hits of one kind, in the order in which each kind's best hit stands.
 * @param {Hit[]} hits
 */
export function byKind(hits) {
  /** @type {Map<string, Hit[]>} */
  const groups = new Map();
  for (const hit of hits) groups.set(hit.kind, [...(groups.get(hit.kind) ?? []), hit]);
  return [...groups];
}

/**
 * Where a hit leads: to the paragraph, with the words of the query marked there by browsers that can (a text fragment).
 * @param {Hit} hit
 */
export function target({ address, passage }) {
  const lit = passage ? passage.parts.filter(([, isHit]) => isHit).map(([text]) => text.replace(/\s+/g, " ")) : [];
  const marks = [...new Set(lit)]
    .slice(0, MARKED)
    .map((text) => `text=${encodeURIComponent(text).replace(/-/g, "%2D")}`);
  const fragment = (passage?.anchor ?? "") + (passage?.anchor && marks.length ? `:~:${marks.join("&")}` : "");
  return new URL(address + (fragment ? `#${fragment}` : ""), base).href;
}
