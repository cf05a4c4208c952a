/* A query against the text of an entry: how well it answers, and its best passage; what every engine shares. */

import { prepared } from "./forms.js";
import { SearchFailed } from "./reading.js";
import { codes, parse, readyFor, tokens } from "./words.js";

/** @typedef {import("./forms.js").Vocabulary} Vocabulary */
/** @typedef {import("./words.js").Token} Token */
/** @typedef {import("./words.js").Asked} AskedWord */

/** @typedef {AskedWord & {keys: string[]}} CodeWord  a code as one word */

/**
 * What a query asks for, weighed: `weights` by token, `places` by key, `whole` the sum of weights.
 * @template C
 * @typedef {object} Weighed
 * @property {AskedWord[]} tokens
 * @property {C[]} codes
 * @property {boolean} prefix
 * @property {AskedWord[][]} phrases
 * @property {Vocabulary} data
 * @property {number[]} weights
 * @property {Map<string, number[]>} places
 * @property {number} whole
 */

/** @typedef {Weighed<import("./words.js").Covered>} Given  a query as it was typed */
/** @typedef {Weighed<CodeWord>} Query  ready for comparing: the codes that are known are words of their own */

/**
 * A page as search reads it: address, kind, title, facts, date, names, blocks of anchor and text.
 * @typedef {{a: string, k: string, t: string, f: string, d: string, n: string[], b: [string, string][]}} Entry
 */

/**
 * Asked words that stand together: at which token, from which word of the query, how many.
 * @typedef {{at: number, from: number, length: number, worth: number, weight: number, exact: boolean}} Run
 */

/** @typedef {{list: Token[], found: Run[], near: number, cover: number, whole: number}} Look  a text of an entry, compared */

/**
 * An entry against a query; `near`: how near the words stand together, 0…1; `phrases`: all that is quoted is there.
 * @typedef {{entry: Entry, score: number, near: number, blocks: Look[], phrases: boolean}} Judged
 */

/** @typedef {{anchor: string, parts: [text: string, isHit: boolean][]}} Passage */

const LIGHT = 0.3;
const FOLDED = 0.5;
const UNMARKED = 0.9;
const WINDOW = 34;
const BEFORE = 8;

/**
 * @param {string} query
 * @param {Vocabulary} data
 * @param {boolean} typing
 * @returns {Promise<Given>}
 * @throws {SearchFailed} if what understands numbers can't be read
 */
export async function asked(query, data, typing) {
  await readyFor(query).catch((error) => Promise.reject(new SearchFailed(String(error))));
  const made = parse(query, data, typing);
  const quotes = Math.max(0, ...made.tokens.map(({ quote }) => quote));
  const phrases = Array.from({ length: quotes }, (_, i) => made.tokens.filter(({ quote }) => quote === i + 1));
  return weighed({ ...made, phrases: phrases.filter((phrase) => phrase.length), data });
}

/**
 * The query with those codes as words of their own that `keysOf` has keys for; the others stay words.
 * @param {Given} query
 * @param {(code: Given["codes"][number]) => string[]} keysOf
 * @returns {Query}
 */
export function coded(query, keysOf) {
  const tokens = [...query.tokens];
  for (const code of [...query.codes].reverse()) {
    const keys = keysOf(code);
    const [key] = keys;
    if (key)
      tokens.splice(code.from, code.to - code.from, { form: key, key, keys, marked: false, light: false, quote: 0 });
  }
  const codes = tokens.filter(isCode);
  return weighed({ ...query, tokens, codes, prefix: query.prefix && !tokens[tokens.length - 1].keys });
}

/**
 * @param {AskedWord} word
 * @returns {word is CodeWord}
 */
const isCode = (word) => word.keys !== undefined;

/**
 * @template C
 * @param {Omit<Weighed<C>, "weights" | "places" | "whole">} query
 * @returns {Weighed<C>}
 */
function weighed(query) {
  const weights = query.tokens.map((token) => (token.light ? LIGHT : token.keys ? 2 : 1));
  /** @type {Map<string, number[]>} */
  const places = new Map();
  for (const [i, { key }] of query.tokens.entries()) places.set(key, [...(places.get(key) || []), i]);
  return { ...query, weights, places, whole: weights.reduce((sum, each) => sum + each, 0) };
}

/**
 * How well a written form answers an asked token: typed marks mean themselves; `hoa` is `hoa` a little rather than `hòa`.
 * @param {AskedWord} token
 * @param {string} form
 */
export const fit = (token, form) => (token.form === form ? 1 : token.marked ? FOLDED : UNMARKED);

/**
 * The words of a text, those of an asked code as one.
 * @param {string} text
 * @param {Query} query
 */
function units(text, query) {
  const list = tokens(text, query.data);
  if (!query.codes.length || !/\d/.test(text)) return list;
  for (const { keys, start, end } of codes(text, query.data).reverse()) {
    const same = query.codes.find((code) => keys.some((key) => code.keys.includes(key)));
    const from = list.findIndex((token) => token.start >= start);
    if (!same || from < 0) continue;
    const size = list.slice(from).findIndex((token) => token.start >= end);
    list.splice(from, size < 0 ? list.length - from : size, { form: same.key, key: same.key, start, end });
  }
  return list;
}

/**
 * Runs of the asked words among tokens, neighbours in the order of the query.
 * @param {Token[]} list
 * @param {Query} query
 */
function runs(list, query) {
  /** @type {Run[]} */
  const found = [];
  /** @type {Map<number, Run>} */
  let before = new Map();
  const last = query.tokens.length - 1;
  list.forEach((token, at) => {
    const now = new Map();
    const open = query.prefix && token.key !== query.tokens[last].key && token.key.startsWith(query.tokens[last].key);
    for (const i of [...(query.places.get(token.key) || []), ...(open ? [last] : [])]) {
      const wanted = query.tokens[i];
      const worth = open && i === last ? 0.7 : fit(wanted, token.form) * (token.short && !wanted.short ? 0.9 : 1);
      const run = before.get(i - 1) || { at, from: i, length: 0, worth: 0, weight: 0, exact: true };
      if (!before.has(i - 1)) found.push(run);
      run.length += 1;
      run.worth += worth * query.weights[i];
      run.weight += query.weights[i];
      run.exact &&= !wanted.marked || wanted.form === token.form;
      now.set(i, run);
    }
    before = now;
  });
  return found;
}

/**
 * How near the words stand together, 0…1: 1 is the whole query in one run.
 * @param {Run[]} found
 * @param {Query} query
 */
function nearness(found, query) {
  const best = query.weights.map(() => 0);
  for (const run of found)
    for (let i = run.from; i < run.from + run.length; i += 1) best[i] = Math.max(best[i], run.worth);
  const sum = best.reduce((total, each, i) => total + each * query.weights[i], 0);
  return query.whole ? sum / query.whole ** 2 : 0;
}

/**
 * How much of the query stands there, in whatever order.
 * @param {Run[]} found
 * @param {Query} query
 */
function cover(found, query) {
  const best = query.weights.map(() => 0);
  for (const run of found)
    for (let i = run.from; i < run.from + run.length; i += 1)
      best[i] = Math.max(best[i], (query.weights[i] * run.worth) / run.weight);
  return query.whole ? best.reduce((sum, each) => sum + each, 0) / query.whole : 0;
}

/**
 * Is a title the query, whole? 1 with its marks; less without, and for a name in another order.
 * @param {Token[]} list
 * @param {Run[]} found
 * @param {Query} query
 */
function wholeness(list, found, query) {
  const size = query.tokens.length;
  if (list.length !== size) return 0;
  const run = found.find(({ length }) => length === size);
  if (run) return (run.worth / query.whole) ** 2;
  /** @param {{key: string}[]} words */
  const sorted = (words) =>
    words
      .map(({ key }) => key)
      .sort()
      .join(" ");
  return size > 1 && size < 6 && sorted(list) === sorted(query.tokens) ? 0.6 : 0;
}

/**
 * An entry against a query: its rank by its text, and what `passage` needs.
 * @param {Entry} given
 * @param {Query} query
 * @returns {Judged}
 */
export function judge(given, query) {
  /** @type {Entry} */
  const entry = { ...given, b: given.b.map(([anchor, text]) => [anchor, prepared(text)]) };
  /**
   * @param {string} text
   * @returns {Look}
   */
  const look = (text) => {
    const list = units(text, query);
    const found = runs(list, query);
    return {
      list,
      found,
      near: nearness(found, query),
      cover: cover(found, query),
      whole: wholeness(list, found, query),
    };
  };
  const title = look(entry.t);
  const names = entry.n.map(look);
  const blocks = entry.b.map(([, text]) => look(text));
  const texts = [title, ...names, ...blocks];
  /**
   * @param {Look[]} list
   * @param {"near" | "cover" | "whole"} feature
   */
  const most = (list, feature) => Math.max(0, ...list.map((each) => each[feature]));
  const near = most(texts, "near");
  const authority = entry.k !== "articles";
  const whole = Math.max(title.whole, authority ? most(names, "whole") * 0.9 : 0);
  const verbatim =
    query.tokens.length > 2 &&
    texts.some(({ found }) => found.some((run) => run.length === query.tokens.length && run.exact));
  const codesOwn = codeScore(entry, query);
  const score =
    1.5 *
      nearness(
        texts.flatMap(({ found }) => found),
        query,
      ) **
        2 +
    1.5 * near ** 2 +
    2 * title.near ** 2 +
    title.cover ** 2 +
    0.5 * most(blocks, "cover") ** 2 +
    most(names, "near") ** 2 +
    whole * (authority ? 4 : 3) +
    (verbatim ? 1.2 : 0) +
    codesOwn;
  return {
    entry,
    score,
    near: Math.max(near, whole || codesOwn ? 0.8 : 0),
    blocks,
    phrases: phrasesFound(query, entry),
  };
}

/**
 * A code in a title or among names, and the entry's own day, say what an entry is.
 * @param {Entry} entry
 * @param {Query} query
 */
function codeScore(entry, query) {
  if (!query.codes.length) return 0;
  const own = new Set([entry.t, ...entry.n].flatMap((text) => codes(text, query.data)).flatMap(({ keys }) => keys));
  /** @param {CodeWord} code */
  const worth = ({ key, keys }) =>
    keys.some((each) => own.has(each)) ? (entry.k === "documents" ? 4 : 2) : isOwnDay(key, entry.d) ? 5 : 0;
  return query.codes.reduce((sum, code) => sum + worth(code) * (2 / query.whole), 0);
}

/**
 * @param {string} key
 * @param {string} date
 */
function isOwnDay(key, date) {
  const parts = /^@(?:(\d+)x|m)(\d+)x(\d+)$/.exec(key);
  if (!parts) return false;
  const [, day, month, year] = parts;
  return date.includes([year, month.padStart(2, "0"), ...(day ? [day.padStart(2, "0")] : [])].join("-"));
}

/**
 * Are all quoted phrases in the texts, with the marks that were typed?
 * @param {Query} query
 * @param {Entry} entry
 */
function phrasesFound({ phrases, data }, entry) {
  if (!phrases.length) return true;
  const texts = [entry.t, ...entry.n, ...entry.b.map(([, text]) => text)].map((text) => tokens(text, data));
  /**
   * @param {Token[]} list
   * @param {number} at
   * @param {AskedWord[]} phrase
   */
  const stands = (list, at, phrase) =>
    phrase.every(
      (token, i) => list[at + i] && list[at + i].key === token.key && fit(token, list[at + i].form) > FOLDED,
    );
  return phrases.every((phrase) => texts.some((list) => list.some((_, at) => stands(list, at, phrase))));
}

/* --- the best passage --- */

/** @typedef {{sum: number, index: number, from: number, worth: number[]}} Window  of tokens, the worth of each in its block */

/**
 * Around the longest runs of the query in the text; null if there is none that tells anything.
 * @param {Judged} judged
 * @param {Query} query
 * @returns {Passage | null}
 */
export function passage({ entry, blocks }, query) {
  /** @type {Window | null} */
  let best = null;
  for (const [index, { list, found }] of blocks.entries()) {
    const worth = list.map(() => 0);
    const longest = query.tokens.map(() => 0);
    for (const { from, length } of found)
      for (let i = from; i < from + length; i += 1) longest[i] = Math.max(longest[i], length);
    for (const run of found) {
      if (
        (run.worth <= LIGHT && query.whole > 1) ||
        run.length < Math.min(...longest.slice(run.from, run.from + run.length))
      )
        continue;
      for (let at = run.at; at < run.at + run.length; at += 1)
        worth[at] = Math.max(worth[at], run.worth * (run.exact ? 2 : 1));
    }
    let sum = 0;
    for (let end = 0; end < list.length; end += 1) {
      sum += worth[end] - (end >= WINDOW ? worth[end - WINDOW] : 0);
      if (sum > (best ? best.sum : 0)) best = { sum, index, from: Math.max(0, end - WINDOW + 1), worth };
    }
  }
  if (!best) return null;
  const inside = blocks[best.index].found.filter(({ at }) => at >= best.from && at < best.from + WINDOW);
  const tells = inside.some(({ length }) => length > 1) || cover(inside, query) >= 0.5;
  return tells ? cut(entry.b[best.index], blocks[best.index].list, best) : null;
}

/**
 * @param {[string, string]} block
 * @param {Token[]} list
 * @param {Window} window
 * @returns {Passage}
 */
function cut([anchor, text], list, { from, worth }) {
  const most = Math.max(...worth);
  const firstHit = worth.findIndex((each, at) => at >= from && each > 0);
  const first = Math.max(0, firstHit - BEFORE);
  const last = Math.min(list.length, first + WINDOW) - 1;
  const start = first ? list[first].start : 0;
  const end = last < list.length - 1 ? list[last].end : text.length;
  /** @type {Passage["parts"]} */
  const parts = first ? [["… ", false]] : [];
  /**
   * @param {string} piece
   * @param {boolean} isHit
   */
  const add = (piece, isHit) => {
    if (!piece) return;
    const before = parts[parts.length - 1];
    if (before && before[1] === isHit) before[0] += piece;
    else parts.push([piece, isHit]);
  };
  /* Folded matches are lit up only where nothing better is. */
  /** @param {number} at */
  const lit = (at) => worth[at] > 0 && (worth[at] * 2.6 >= most || worth[at] >= 2);
  let place = start;
  for (let at = first; at <= last; at += 1) {
    if (!lit(at) || list[at].start < place) continue;
    const joined = at > first && lit(at - 1);
    add(text.slice(place, list[at].start), joined);
    add(text.slice(list[at].start, list[at].end), true);
    place = list[at].end;
  }
  add(text.slice(place, end), false);
  if (last < list.length - 1) add(" …", false);
  return { anchor, parts };
}

/**
 * An entry as it is shown.
 * @param {Entry} entry
 * @param {Passage | null} found
 */
export const hit = (entry, found) => ({
  address: entry.a,
  kind: entry.k,
  title: entry.t,
  facts: entry.f,
  date: entry.d,
  passage: found,
});
