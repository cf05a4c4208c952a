/* What was found, drawn: groups of hits, excerpts, and what is said while there is nothing to show. */

import { byKind, element, fill, target } from "./nodes.js";

/** @typedef {import("./nodes.js").Hit} Hit */
/** @typedef {import("./nodes.js").Words} Words */
/** @typedef {Map<string, string>} Kinds  id → label */

/* As many bars as a first page of hits is high, so that nothing below moves when the hits come. */
const BARS = 5;

export function skeleton() {
  const bar = () => element("li", { className: "search__hit" }, element("i"), element("i"), element("i"));
  return element("ol", { className: "search__skeleton", "aria-hidden": "true" }, ...Array.from({ length: BARS }, bar));
}

/**
 * @param {Hit[]} hits
 * @param {Kinds} kinds
 * @param {Words} words
 * @param {(kind: string) => void} only  called when the reader wants nothing else
 */
export function groups(hits, kinds, words, only, before = 0) {
  const found = byKind(hits);
  return found.map(([kind, members], at) => {
    const label = kinds.get(kind) ?? kind;
    const heading = element("h2", { id: `nhom-${before + at}` }, label);
    const narrow =
      found.length > 1
        ? element("button", { type: "button", className: "search__only" }, fill(words.only, { kind: label }))
        : null;
    narrow?.addEventListener("click", () => only(kind));
    const section = element(
      "section",
      { className: "search__group" },
      element("div", { className: "search__group-head" }, heading, narrow),
      list(members),
    );
    section.dataset.kind = kind;
    section.setAttribute("aria-labelledby", heading.id);
    return section;
  });
}

/**
 * By date there are no groups: each hit says of which kind it is.
 * @param {Hit[]} hits
 * @param {Kinds} [kinds]
 */
export const list = (hits, kinds) =>
  element("ol", { className: "search__hits" }, ...hits.map((hit) => row(hit, kinds)));

/**
 * @param {Hit} hit
 * @param {Kinds} [kinds]
 */
function row(hit, kinds) {
  const facts = [kinds?.get(hit.kind), hit.facts].filter(Boolean).join(" · ");
  return element(
    "li",
    { className: "search__hit" },
    element("a", { className: "search__title", href: target(hit) }, ...lit(hit.parts)),
    facts ? element("p", { className: "search__facts" }, facts) : null,
    ...hit.passages.map(excerpt),
  );
}

/** @param {import("./ranking.js").Passage} passage */
function excerpt(passage) {
  return element("p", { className: "search__excerpt" }, ...lit(passage.parts));
}

/** @param {import("./ranking.js").Passage["parts"]} parts */
const lit = (parts) => parts.map(([text, isHit]) => (isHit ? element("mark", {}, text) : text));

/**
 * What was searched instead of what was typed, and a way back to it.
 * @param {string} other
 * @param {string} query
 * @param {Words} words
 * @param {() => void} exactly  searches what was typed
 */
export function repaired(other, query, words, exactly) {
  const button = element("button", { type: "button", className: "search__exact" }, fill(words.exact, { query }));
  button.addEventListener("click", exactly);
  return [element("p", { className: "search__repaired" }, fill(words.instead, { instead: other, query })), button];
}

/**
 * What of a query is nowhere in the archive, above the pages that lack it.
 * @param {Words} words
 */
export const below = (words) => element("p", { className: "search__near" }, words.near);

/**
 * Something could not be read: what, and a button that tries again.
 * @param {string} sentence
 * @param {Words} words
 * @param {() => void} again
 */
export function failure(sentence, words, again) {
  const button = element("button", { type: "button", className: "search__retry" }, words.retry);
  button.addEventListener("click", again);
  return element("div", { className: "search__failure notice" }, element("p", {}, sentence), button);
}

/**
 * Nothing found: what can be tried, the filters first if there are any.
 * @param {Words} words
 * @param {(() => void) | null} clear  takes the filters away
 */
export function nothing(words, clear) {
  const tries = [words.none_fewer, words.none_marks, words.none_lists].map((sentence) => element("li", {}, sentence));
  if (clear) {
    const button = element("button", { type: "button", className: "search__plain" }, words.clear);
    button.addEventListener("click", clear);
    tries.unshift(element("li", {}, `${words.none_filters} `, button));
  }
  return element(
    "div",
    { className: "search__nothing" },
    element("p", {}, words.none_try),
    element("ul", {}, ...tries),
  );
}
