/* Query → terms: the browser's side of the query layer; archive/search/words.py is its twin (docs/search.md). */

import { fold, inFigures, prepared, WORD, withoutApostrophes, word } from "./forms.js";

/** @typedef {import("./forms.js").Vocabulary} Vocabulary */
/** @typedef {import("./forms.js").Word} Word */
/** @typedef {import("./codes.js").Code} Code */

/**
 * A word and its place in a text; `short` is the abbreviation that stands there for it.
 * @typedef {Word & {start: number, end: number, short?: string}} Token
 */

/**
 * A word of a query; `keys` where it is a whole code, `quote` the number of its phrase, or 0.
 * @typedef {Word & {marked: boolean, capital?: boolean, light: boolean, quote: number, short?: boolean, keys?: string[]}} Asked
 */

/**
 * A code, the words that it stands for, and how it was typed; `span` for years from … to ….
 * @typedef {Pick<Code, "keys" | "begins"> & {from: number, to: number, typed: string, span?: boolean}} Covered
 */

/**
 * `prefix`: the last token may go on; `strict`: some words were typed with their marks, so the others have none; `without`:
 * what no result may hold; `any`: one of the words will do (`OR`).
 * @typedef {{tokens: Asked[], codes: Covered[], prefix: boolean, strict: boolean, without: Asked[][], any: boolean}} Parsed
 */

const MOST = 300;
/* 42.4 on the way to 42.490 */
const UNFINISHED = /(?<![\d.,])(\d{1,3}(?:[.,]\d{3})*)[.,](\d{1,2})$/;
const MOST_YEARS = 30;
const YEAR = /^(?:19|20)\d\d$/;
const EITHER = /(?<=\s)(?:OR|HOẶC)(?=\s)/gu;
/* `-quân đội`: up to the next sign, for a word of Vietnamese is more than one syllable. */
const EXCLUDED = /(?<=\s)-((?:"[^"]*"|[\p{L}\p{N}]+(?: [\p{L}\p{N}]+){0,3}))(?=\s|$)/gu;
/** @type {typeof import("./codes.js").codes | undefined} */
let findCodes;

/**
 * Numbers and dates are understood by a module that most queries don't need.
 * @param {string} query
 */
export async function readyFor(query) {
  if (!findCodes && /\d/.test(query)) findCodes = (await import("./codes.js")).codes;
}

/**
 * @param {string} text
 * @param {Vocabulary} data
 * @returns {Code[]}
 */
export const codes = (text, data) => (findCodes && /\d/.test(text) ? findCodes(text, data) : []);

/**
 * Words of prepared text.
 * @param {string} text
 * @param {Vocabulary} data
 */
export function words(text, data) {
  /** @type {Token[]} */
  const found = [];
  for (const match of text.matchAll(WORD)) {
    const made = word(match[0]);
    const figures = inFigures(made.form, found.at(-1)?.form, data.numbered);
    const { form, key } = figures ? { form: figures, key: figures } : made;
    found.push({ form, key, start: match.index, end: match.index + match[0].length });
  }
  return found;
}

/**
 * Words of prepared text, with the full words of each abbreviation, all at its own place.
 * @param {string} text
 * @param {Vocabulary} data
 */
export function tokens(text, data) {
  const list = words(text, data);
  /** @type {Token[]} */
  const found = [];
  for (let at = 0; at < list.length; ) {
    const { size, full } = fullForm(text, list, at, data);
    const [{ form, start }, { end }] = [list[at], list[at + size - 1]];
    if (full) for (const each of full) found.push({ form: each.form, key: each.key, start, end, short: form });
    else found.push(list[at]);
    at += size;
  }
  return found;
}

/**
 * CTDV or ctdv → công tác dân vận, hdnd and kt xh too; some are syllables, and abbreviations in capitals only.
 * @param {string} text
 * @param {Token[]} list
 * @param {number} at
 * @param {Vocabulary} data
 * @returns {{size: number, full?: Word[] | null}}  of how many words it is made
 */
function fullForm(text, list, at, data) {
  const full = fullWords(data);
  const [{ form, key, start, end }, next] = list.slice(at, at + 2);
  const two = next && full.get(`${form} ${next.form}`);
  if (two) return { size: 2, full: two };
  const found = full.get(form);
  if (found) {
    const raw = text.slice(start, end);
    return { size: 1, full: data.capitals_only.includes(form) && raw !== raw.toUpperCase() ? null : found };
  }
  return { size: 1, full: form === key ? full.get(`-${key}`) : null };
}

/** @type {WeakMap<Vocabulary, Map<string, Word[]>>} */
const shorts = new WeakMap();

/**
 * Abbreviation → its full words; without its marks too, unless it is a syllable then.
 * @param {Vocabulary} data
 */
function fullWords(data) {
  let full = shorts.get(data);
  if (!full) {
    full = new Map();
    for (const [short, forms] of Object.entries(data.abbreviations)) {
      const words = forms[0].split(" ").map(word);
      full.set(short, words);
      if (!data.capitals_only.includes(short) && fold(short) !== short) full.set(`-${fold(short)}`, words);
    }
    shorts.set(data, full);
  }
  return full;
}

/**
 * Which of the tokens may be left out of a question; without marks `la` may well be a name.
 * @param {Token[]} list
 * @param {Vocabulary} data
 */
function light(list, data) {
  const marks = list.map(() => false);
  const unmarked = list.every(({ form, key, short }) => form === key || short);
  for (const phrase of data.leave_out) {
    const words = phrase.split(" ").map(word);
    for (let at = 0; at + words.length <= list.length; at += 1) {
      const loose = unmarked && (words.length > 1 || list.length > 6);
      const same = words.every(({ form, key }, i) => list[at + i].form === form || (loose && list[at + i].key === key));
      if (same) marks.fill(true, at, at + words.length);
    }
  }
  return marks;
}

/**
 * What a query asks for.
 * @param {string} query
 * @param {Vocabulary} data
 * @returns {Parsed}
 */
export function parse(query, data, typing = false) {
  const plain = withoutApostrophes(prepared(query.slice(0, MOST))).replace(/[\u201c\u201d\u201e\u00ab\u00bb]/g, '"');
  const any = plain.search(EITHER) >= 0;
  /** @type {string[]} */
  const excluded = [];
  const text = (typing ? plain.replace(UNFINISHED, "$1$2") : plain)
    .replace(EITHER, " ")
    .replace(EXCLUDED, (_, phrase) => {
      excluded.push(phrase);
      return " ";
    })
    .trimStart();
  const quotes = [...text.matchAll(/"([^"]*)"/g)].map((match) => [match.index, match.index + match[0].length]);
  const found = tokens(text, data);
  const leave = light(found, data);
  const list = found.map((token, i) => ({
    form: token.form,
    key: token.key,
    marked: token.form !== token.key,
    capital: /^\p{Lu}/u.test(text.slice(token.start)),
    short: Boolean(token.short),
    light: leave[i] && !token.short,
    quote: quotes.findIndex(([start, end]) => start <= token.start && token.end <= end) + 1,
  }));
  addressed(list, data);
  const telling = list.filter((token) => !token.light && !token.quote).length;
  if (!telling || (list.length < 4 && telling < 2)) for (const token of list) token.light = false;
  /** @type {Covered[]} */
  const covered = codes(text, data).map(({ keys, begins, start, end }) => ({
    keys,
    begins,
    typed: text.slice(start, end),
    from: found.findIndex((token) => token.end > start),
    to: found.findLastIndex((token) => token.end <= end) + 1,
  }));
  covered.push(...spans(found, text));
  const last = found.at(-1);
  const prefix = typing && last !== undefined && last.end === text.length && !last.short;
  return {
    tokens: list,
    codes: covered.filter(({ from, to }) => to > from).sort((a, b) => a.from - b.from),
    prefix,
    strict: list.some(({ marked, short }) => marked && !short),
    without: excluded.map((phrase) => parse(phrase, data).tokens).filter((words) => words.length),
    any,
  };
}

/**
 * `bà Nguyễn …`: a form of address before a name may be left out.
 * @param {Asked[]} list
 * @param {Vocabulary} data
 */
function addressed(list, data) {
  for (const phrase of data.addresses) {
    const size = phrase.split(" ").length;
    const begin = list.slice(0, size);
    const isSo = begin.map(({ form }) => form).join(" ") === phrase && list.length > size + 1 && list[size].capital;
    if (isSo) for (const token of begin) token.light = !token.quote;
  }
}

/**
 * `2020-2023`: every year of it, unless somebody wrote just that.
 * @param {Token[]} list
 * @param {string} text
 * @returns {Covered[]}
 */
function spans(list, text) {
  return list.slice(1).flatMap((last, from) => {
    const { form, start, end } = list[from];
    if (!YEAR.test(form) || !YEAR.test(last.form) || !/^ ?[-\u2010-\u2015] ?$/.test(text.slice(end, last.start)))
      return [];
    const years = +last.form - +form;
    if (years < 1 || years > MOST_YEARS) return [];
    const keys = Array.from({ length: years + 1 }, (_, i) => String(+form + i));
    return [{ keys, from, to: from + 2, typed: text.slice(start, last.end), span: true }];
  });
}
