/* A query against the text of an entry: how well it answers, and its best passage; what every engine shares. */

import { prepared } from "./forms.js";
import { SearchFailed } from "./reading.js";
import { codes, parse, readyFor, tokens } from "./words.js";

/** @typedef {import("./forms.js").Vocabulary} Vocabulary */
/** @typedef {import("./words.js").Token} Token */
/** @typedef {import("./words.js").Asked} AskedWord */

/** @typedef {AskedWord & {keys: string[], typed: string}} CodeWord  a code as one word */

/**
 * What a query asks for, weighed: `weights` by token, `places` by key, `whole` the sum of weights.
 * @template C
 * @typedef {object} Weighed
 * @property {AskedWord[]} tokens
 * @property {C[]} codes
 * @property {boolean} prefix
 * @property {boolean} strict
 * @property {boolean} any
 * @property {AskedWord[][]} without
 * @property {AskedWord[][]} phrases
 * @property {Vocabulary} data
 * @property {number[]} weights
 * @property {Map<string, number[]>} places
 * @property {number} whole
 * @property {number[]} [rarity]  how much each word tells
 */

/** @typedef {Weighed<import("./words.js").Covered>} Given  a query as it was typed */
/** @typedef {Weighed<CodeWord>} Query  ready for comparing: the codes that are known are words of their own */

/**
 * A page as search reads it: address, kind, title, facts, date, names, blocks of anchor and text, what else it is asked for by.
 * @typedef {{a: string, k: string, t: string, f: string, d: string, n: string[], b: [string, string][], s?: string[]}} Entry
 */

/**
 * Asked words that stand together: at which token, from which word of the query, how many; `exact`: with their marks,
 * `exacts`: word by word; `tight`: no sign between them.
 * @typedef {{at: number, from: number, length: number, worth: number, weight: number, exact: boolean, exacts: boolean[],
 *   tight: boolean}} Run
 */

/** @typedef {{list: Token[], found: Run[], near: number, cover: number, whole: number}} Look  a text of an entry, compared */

/**
 * An entry against a query; `near`: how near the words stand together, 0…1; `close`: how much of it in one narrow place;
 * `held`: which of its words, with their marks; `factor`: how surely it is meant, 0…1; `phrases`: all that is quoted is there.
 * @typedef {{entry: Entry, score: number, factor: number, near: number, close: number, held: boolean[], title: Look, names: Look[],
 *   said: Look[], blocks: Look[], phrases: boolean}} Judged
 */

/** @typedef {{anchor: string, parts: [text: string, isHit: boolean][]}} Passage */

const LIGHT = 0.3;
const FOLDED = 0.5;
const UNMARKED = 0.9;
export const ONLY_D = 0.8;
/* Between the weakest and the strongest idf: beyond these one word alone would decide, or none would count (`ranked`). */
const [USUAL, RAREST] = [0.7, 6];
/* A name turned round or without its middle: less sure than the name itself, surer than any text that holds its words. */
const [TURNED, SHORTENED] = [0.6, 0.7];
/* A name whole in a longer query (`đồng chí …`, `… Mặt trận`): its page, before the report that has it in its title. */
const NAMED = 4;
/* The day of a thing itself, which no text of it need name: as much as a title that is the query in every respect. */
const OWN_DAY = 10;
/* A page of few words that holds the whole query is about it, other than a report that holds everything. */
const ANSWERS = 2;
/* So many words may stand between those of a query that are still in one place: the middle of a name, a form of address. */
export const NARROW = 2;
/* What an entry lacks of the query, by what it tells, and what it holds with other marks only, count against all the rest. */
const LACKING = 1.5;
const UNSURE = 0.2;
/* Who types a capital within a query names a person or a place. */
const CAPITAL = 1.3;
const PEOPLE = "officials";
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
  /** @type {(AskedWord | CodeWord)[]} */
  const tokens = [...query.tokens];
  for (const code of [...query.codes].reverse()) {
    const keys = keysOf(code);
    const [key] = keys;
    if (key)
      tokens.splice(code.from, code.to - code.from, {
        form: key,
        key,
        keys,
        typed: code.typed,
        marked: false,
        light: false,
        quote: 0,
      });
  }
  const codes = tokens.filter(isCode);
  return weighed({ ...query, tokens, codes, prefix: query.prefix && !tokens[tokens.length - 1].keys });
}

/**
 * @param {AskedWord | CodeWord} word
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
 * The query with the weight of each word raised or lowered by how rare it is: a place or a name decides over usual words.
 * @param {Query} query
 * @param {number[]} rarity  of each word; Infinity where it stands nowhere
 * @returns {Query}
 */
export function telling(query, rarity) {
  const known = rarity.map((each) => (each === Infinity ? null : Math.min(RAREST, Math.max(USUAL, each))));
  const held = known.filter((each) => each !== null);
  const mean = held.reduce((sum, each) => sum + each, 0) / (held.length || 1) || 1;
  /** @param {number} i */
  const isName = (i) => query.tokens[i].capital && (i > 0 || query.tokens[1]?.capital);
  const allCapital = query.tokens.every(({ capital, keys }) => capital || keys);
  const weights = query.weights.map(
    (weight, i) => weight * Math.sqrt((known[i] ?? mean) / mean) * (isName(i) && !allCapital ? CAPITAL : 1),
  );
  return {
    ...query,
    weights,
    whole: weights.reduce((sum, each) => sum + each, 0),
    rarity: known.map((each) => each ?? mean),
  };
}

/**
 * How well a written form answers an asked token: typed marks mean themselves, and so does a word without them beside others
 * that have them; where none were typed, `hoa` is `hoa` a little rather than `hòa`; d for đ is how some keyboards type.
 * @param {AskedWord} token
 * @param {string} form
 * @param {boolean} strict  other words were typed with their marks
 */
export function fit(token, form, strict) {
  if (token.form === form) return 1;
  if (!token.marked && !strict) return UNMARKED;
  return token.form === form.replace(/đ/g, "d") ? ONLY_D : FOLDED;
}

/**
 * The words of a text, those of an asked code as one.
 * @param {string} text
 * @param {Query} query
 */
function units(text, query) {
  const list = tokens(text, query.data);
  if (!query.codes.length || !/\d/.test(text)) return list;
  for (const [at, token] of list.entries()) {
    const same = query.codes.find(({ keys }) => keys.includes(token.key));
    if (same) list[at] = { ...token, form: same.key, key: same.key };
  }
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
      const worth =
        open && i === last ? 0.7 : fit(wanted, token.form, query.strict) * (token.short && !wanted.short ? 0.9 : 1);
      const run = before.get(i - 1) || {
        at,
        from: i,
        length: 0,
        worth: 0,
        weight: 0,
        exact: true,
        exacts: [],
        tight: true,
      };
      if (!before.has(i - 1)) found.push(run);
      if (run.length && list[at - 1].end < token.start - 1) run.tight = false;
      run.length += 1;
      run.worth += worth * query.weights[i];
      run.weight += query.weights[i];
      const isExact = fit(wanted, token.form, query.strict) >= ONLY_D;
      run.exact &&= isExact;
      run.exacts.push(isExact);
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
 * Is a title the query, whole? 1 with its marks; less without, and for a name in another order or without its middle.
 * @param {Token[]} list
 * @param {Run[]} found
 * @param {Query} query
 */
function wholeness(list, found, query) {
  const size = query.tokens.length;
  if (size === 1 && list.length > 1 && joinedKey(list) === query.tokens[0].key) return 1;
  if (list.length === size) {
    const run = found.find(({ length }) => length === size);
    if (run) return (run.worth / query.whole) ** 2;
  }
  return size > 1 && size < 6
    ? turned(
        list,
        query.tokens.map((_, i) => i),
        query,
      )
    : 0;
}

/**
 * Are the words at some places of the query a name of `list` in another order, or its surname and given name alone?
 * @param {Token[]} list
 * @param {number[]} places
 * @param {Query} query
 */
function turned(list, places, query) {
  const asked = places.map((i) => query.tokens[i]);
  /** @param {Token[]} words */
  const worth = (words) => {
    const left = [...words];
    let product = 1;
    for (const token of asked) {
      const at = left.findIndex(({ key }) => key === token.key);
      if (at < 0) return 0;
      product *= fit(token, left[at].form, query.strict);
      left.splice(at, 1);
    }
    return left.length ? 0 : product;
  };
  if (list.length === asked.length) return TURNED * worth(list);
  const isShort = asked.length === 2 && list.length > 2 && list.length < 6;
  return isShort ? SHORTENED * worth([list[0], list[list.length - 1]]) : 0;
}

/**
 * `truongthimai`
 * @param {Token[]} list
 */
const joinedKey = (list) => (list.length < 9 ? list.map(({ key }) => key).join("") : "");

/**
 * How much of a name stands in a query beside other words, whole: 1, or less in another order or without its middle.
 * @param {Token[]} list  the name
 * @param {Query} query
 */
function named(list, query) {
  const size = query.tokens.length;
  if (list.length < 2 || list.length > 6 || size < 3) return 0;
  let best = 0;
  for (const length of new Set([list.length, 2]))
    for (let from = 0; from + length <= size; from += 1) {
      const places = Array.from({ length }, (_, i) => from + i);
      const inOrder =
        length === list.length && places.every((i, at) => query.tokens[i].key === list[at].key)
          ? places.reduce((product, i, at) => product * fit(query.tokens[i], list[at].form, query.strict), 1)
          : 0;
      best = Math.max(best, inOrder, turned(list, places, query));
    }
  return best;
}

/**
 * How much of the query stands in one narrow place of a text, with its marks, in whatever order: 1 is every word that counts.
 * @param {Run[]} found
 * @param {Query} query
 */
function together(found, query) {
  const counted = query.weights.map((weight, i) => (query.tokens[i].light ? 0 : weight));
  const whole = counted.reduce((sum, each) => sum + each, 0);
  const hits = found
    .flatMap((run) =>
      Array.from({ length: run.length }, (_, i) => ({ at: run.at + i, token: run.from + i, exact: run.exacts[i] })),
    )
    .filter(({ exact }) => exact)
    .sort((a, b) => a.at - b.at);
  let best = 0;
  for (let first = 0; first < hits.length; first += 1) {
    const seen = new Set();
    for (let i = first; i < hits.length && hits[i].at - hits[first].at < query.tokens.length + NARROW; i += 1)
      seen.add(hits[i].token);
    best = Math.max(
      best,
      [...seen].reduce((sum, token) => sum + counted[token], 0),
    );
  }
  return whole ? best / whole : 0;
}

/**
 * What of the query an entry holds anywhere: `share` by what each word tells, `exact` with its marks, `held` token by token.
 * @param {Look[]} looks
 * @param {Entry} entry
 * @param {Query} query
 */
function held(looks, entry, query) {
  const tells = query.weights.map((weight, i) => (query.tokens[i].light ? 0 : weight * (query.rarity?.[i] ?? 1)));
  const whole = tells.reduce((sum, each) => sum + each, 0) || 1;
  const [only] = query.tokens;
  const isJoined = query.tokens.length === 1 && looks.some(({ list }) => joinedKey(list) === only.key);
  const any = query.tokens.map(({ key }) => isJoined || isOwnDay(key, entry.d));
  const exact = [...any];
  for (const { found } of looks)
    for (const run of found)
      for (let i = run.from; i < run.from + run.length; i += 1) {
        any[i] = true;
        exact[i] ||= run.exacts[i - run.from];
      }
  /** @param {boolean[]} which */
  const sum = (which) => tells.reduce((total, each, i) => total + (which[i] ? each : 0), 0) / whole;
  return { share: sum(any), exact: sum(exact), held: exact };
}

/**
 * An entry against a query: its rank by its text, and what `passage` needs.
 * @param {Entry} given
 * @param {Query} query
 * @returns {Judged}
 */
export function judge(given, query) {
  /** @type {Entry} */
  const entry = { ...given, b: given.b.map(([anchor, text]) => [anchor, text.normalize("NFC")]) };
  /**
   * @param {string} text
   * @returns {Look}
   */
  const look = (text) => {
    const list = units(prepared(text), query);
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
  const said = (entry.s ?? []).map(look);
  const texts = [title, ...names, ...blocks, ...said];
  /**
   * @param {Look[]} list
   * @param {"near" | "cover" | "whole"} feature
   */
  const most = (list, feature) => Math.max(0, ...list.map((each) => each[feature]));
  const near = most(texts, "near");
  const authority = entry.k !== "articles";
  /* Names of reports and events are those of people who were there. */
  const isItself = authority && entry.k !== "events";
  const whole = Math.max(title.whole, isItself ? most(names, "whole") * 0.9 : 0);
  const name = entry.k === PEOPLE ? Math.max(0, ...[title, ...names].map(({ list }) => named(list, query))) : 0;
  const verbatim =
    query.tokens.length > 2 &&
    texts.some(({ found }) => found.some((run) => run.length === query.tokens.length && run.exact));
  const codesOwn = codeScore(entry, query);
  const { share, exact, held: tokens } = held(texts, entry, query);
  const close = Math.max(0, ...texts.map(({ found }) => together(found, query)));
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
    close ** 2 +
    whole * (authority ? 4 : 3) +
    (verbatim ? 1.2 : 0) +
    codesOwn;
  const sure = UNSURE + (1 - UNSURE) * (share ? exact / share : 0) ** 4;
  const factor = share ** LACKING * sure;
  const answers = isItself && share > 0.95 && query.tokens.length > 1 ? ANSWERS : 0;
  return {
    entry,
    factor,
    score: (score + answers) * factor + name * NAMED * sure,
    near: Math.max(near, whole || codesOwn ? 0.8 : 0),
    blocks,
    names,
    said,
    title,
    held: tokens,
    close,
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
    isOwnDay(key, entry.d) ? OWN_DAY : keys.some((each) => own.has(each)) ? (entry.k === "documents" ? 4 : 2) : 0;
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
function phrasesFound({ phrases, data, strict }, entry) {
  if (!phrases.length) return true;
  const texts = [entry.t, ...entry.n, ...entry.b.map(([, text]) => text)].map((text) => tokens(text, data));
  /**
   * @param {Token[]} list
   * @param {number} at
   * @param {AskedWord[]} phrase
   */
  const stands = (list, at, phrase) =>
    phrase.every(
      (token, i) => list[at + i] && list[at + i].key === token.key && fit(token, list[at + i].form, strict) > FOLDED,
    );
  return phrases.every((phrase) => texts.some((list) => list.some((_, at) => stands(list, at, phrase))));
}

/* --- the best passages --- */

/** @typedef {{sum: number, index: number, from: number}} Window  of tokens of a block */

const PASSAGES = 3;
/* A further passage is shown if it tells half as much as the best. */
const ALSO = 0.5;
/* A word in a run of five says twice what it says alone: a phrase is shown before its scattered words, a number before both. */
const [LONGER, LONG] = [0.25, 5];

/**
 * The best passages of an entry, each of another place: where most of the query stands, the longest runs first; none if
 * nothing tells anything.
 * @param {Judged} judged
 * @param {Query} query
 * @returns {Passage[]}
 */
export function passages({ entry, blocks }, query, most = PASSAGES) {
  const windows = blocks.flatMap((look, index) => bestWindow(look, index, query) ?? []);
  windows.sort((a, b) => b.sum - a.sum || a.index - b.index);
  const [best] = windows;
  return windows
    .filter(({ sum }) => sum >= best.sum * ALSO)
    .slice(0, most)
    .map((window) => cut(entry.b[window.index], blocks[window.index], window, query));
}

/**
 * @param {Judged} judged
 * @param {Query} query
 * @returns {Passage | null}
 */
export const passage = (judged, query) => passages(judged, query, 1)[0] ?? null;

/**
 * @param {Look} look
 * @param {number} index
 * @param {Query} query
 * @returns {Window | null}
 */
function bestWindow({ found }, index, query) {
  const sorted = [...found].sort((a, b) => a.at - b.at);
  /** @type {Window | null} */
  let best = null;
  for (const [first, { at: from }] of sorted.entries()) {
    const inside = [];
    for (let i = first; i < sorted.length && sorted[i].at + sorted[i].length <= from + WINDOW - BEFORE; i += 1)
      inside.push(sorted[i]);
    const sum = said(inside, query);
    const tells =
      inside.some(({ from, length }) => length > 1 || query.tokens[from].keys) || cover(inside, query) >= 0.5;
    if (tells && sum > (best ? best.sum : 0)) best = { sum, index, from };
  }
  return best;
}

/**
 * How much of the query some runs say: each word once, by what it tells, and more in a longer run.
 * @param {Run[]} inside
 * @param {Query} query
 */
function said(inside, query) {
  const best = query.weights.map(() => 0);
  for (const { from, length, worth, weight } of inside) {
    const words = query.tokens[from].keys && length === 1 ? LONG : Math.min(length, LONG);
    const each = (worth / weight) * (1 + LONGER * (words - 1));
    for (let i = from; i < from + length; i += 1) best[i] = Math.max(best[i], each);
  }
  return best.reduce((sum, each, i) => sum + each * query.weights[i] * (query.rarity?.[i] ?? 1), 0);
}

/**
 * @param {[string, string]} block
 * @param {Look} look
 * @param {Window} window
 * @param {Query} query
 * @returns {Passage}
 */
function cut([anchor, text], { list, found }, { from }, query) {
  const first = Math.max(0, from - BEFORE);
  const last = Math.min(list.length, first + WINDOW) - 1;
  const place = placesIn(text);
  const start = first ? place(list[first].start) : 0;
  const end = last < list.length - 1 ? place(list[last].end) : text.length;
  const lit = litWords(list, found, query, first, last);
  /** @type {Passage["parts"]} */
  const parts = first ? [["… ", false]] : [];
  parts.push(...marked(text, list, lit, place, start, end));
  if (last < list.length - 1) parts.push([" …", false]);
  return { anchor, parts };
}

/**
 * A text with the words of the query lit up.
 * @param {string} text
 * @param {Look} look
 * @param {Query} query
 */
export const litUp = (text, { list, found }, query) =>
  marked(text, list, litWords(list, found, query, 0, list.length - 1), placesIn(text), 0, text.length);

/**
 * Which words are lit up: those of the longest runs; folded matches only where nothing better is.
 * @param {Token[]} list
 * @param {Run[]} found
 * @param {Query} query
 * @param {number} first
 * @param {number} last
 */
function litWords(list, found, query, first, last) {
  const worth = list.map(() => 0);
  const longest = query.tokens.map(() => 0);
  const inside = found.filter(({ at, length }) => at <= last && at + length > first);
  for (const { from, length } of inside)
    for (let i = from; i < from + length; i += 1) longest[i] = Math.max(longest[i], length);
  for (const run of inside) {
    const isLight = run.length === 1 && query.tokens[run.from].light && query.tokens.length > 1;
    if (isLight || run.length < Math.min(...longest.slice(run.from, run.from + run.length))) continue;
    for (let at = run.at; at < run.at + run.length; at += 1)
      worth[at] = Math.max(worth[at], run.worth * (run.exact ? 2 : 1));
  }
  const most = Math.max(0, ...worth);
  return worth.map((each, at) => at >= first && at <= last && each > 0 && (each * 2.6 >= most || each >= 2));
}

/**
 * @param {string} text
 * @param {Token[]} list
 * @param {boolean[]} lit
 * @param {(at: number) => number} place
 * @param {number} start
 * @param {number} end
 */
function marked(text, list, lit, place, start, end) {
  /** @type {Passage["parts"]} */
  const parts = [];
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
  let done = start;
  for (let at = 0; at < list.length; at += 1) {
    const [from, to] = [place(list[at].start), place(list[at].end)];
    if (!lit[at] || from < done) continue;
    add(text.slice(done, from), at > 0 && lit[at - 1]);
    add(text.slice(from, to), true);
    done = to;
  }
  add(text.slice(done, end), false);
  return parts;
}

/**
 * A place in the prepared text → the same in the text as it is shown: `T.Ư` is `TƯ` there, and blanks are single.
 * @param {string} text
 * @returns {(at: number) => number}
 */
function placesIn(text) {
  const ready = prepared(text);
  if (ready === text) return (at) => at;
  /** @type {number[]} */
  const places = [];
  let place = 0;
  for (const letter of ready) {
    let next = place;
    while (next < text.length && text[next] !== letter[0] && /[.\s]/.test(text[next])) next += 1;
    const isThere = text[next] === letter[0];
    for (let i = 0; i < letter.length; i += 1) places.push(isThere ? next + i : place);
    if (isThere) place = next + letter.length;
  }
  places.push(text.length);
  return (at) => places[at];
}

/**
 * An entry as it is shown: `parts` is its title, `about` its facts, both with the words of the query lit up; `passage` the
 * first of its `passages`; `lacks` what it does not hold of a query that nothing answers whole.
 * @param {Judged} judged
 * @param {Query} query
 * @param {string[]} [lacks]
 */
export function hit(judged, query, lacks = []) {
  const { entry, title } = judged;
  const found = passages(judged, query);
  /* What a document is about is shown even where the query is its number alone. */
  if (!found.length && entry.k === "documents" && entry.b.length)
    found.push({ anchor: "", parts: [[entry.b[0][1], false]] });
  return {
    address: entry.a,
    kind: entry.k,
    title: entry.t,
    parts: litUp(entry.t.normalize("NFC"), title, query),
    facts: entry.f,
    date: entry.d,
    passage: found[0] ?? null,
    passages: found,
    lacks,
  };
}
