/* Query → terms: the browser's side of the query layer; archive/search/words.py is its twin (docs/search.md). */

const TONE = /^(.*?)(?<!q)(o[ae]|uy)([\u0300\u0309\u0303\u0301\u0323])$/u;
const WORD = /[\p{L}\p{N}]+(?:['\u2019\u2018\u00b4\u0060\u2032][\p{L}\p{N}]+)*/gu;
const DOTTED = /(?<![\p{L}\p{N}])T\.\s?([ƯW])(?![\p{L}\p{N}.])/gu;
const GLUED = /(?<=[-/])(TW|TU|CP|TTg)(?=[a-z\u00e0-\u1ef9])/g;
const MOST = 300;
const known = new Map();
let findCodes = null;

/* Without marks, đ as d. */
export const fold = (form) => form.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đð]/g, "d").normalize("NFC");

/* Numbers and dates are understood by a module that most queries don't need. */
export async function readyFor(query) {
  if (!findCodes && /\d/.test(query)) findCodes = (await import("./codes.js")).codes;
}

export const codes = (text, data) => (findCodes && /\d/.test(text) ? findCodes(text, data) : []);

/* A word as written → {form, key}: lower case, one tone placement; key without marks. */
export function word(raw) {
  let made = known.get(raw);
  if (!made) {
    let form = raw.toLowerCase().replace(/ð/g, "đ").replace(/[^\p{L}\p{N}\p{M}]|[\u02bc\u02b9]/gu, "");
    form = form.normalize("NFD").replace(TONE, (_, start, vowels, tone) => start + vowels[0] + tone + vowels[1]);
    form = form.normalize("NFC").replace(/^0+(?=\d)/, "");
    made = { form, key: fold(form) };
    if (known.size > 50000) known.clear();
    known.set(raw, made);
  }
  return made;
}

/* Text in which every word is in one piece: NFC, T.Ư as TƯ, TW apart from a word glued to it. */
export const prepared = (text) => text.normalize("NFC").replace(DOTTED, "T$1").replace(GLUED, "$1 ");

/* Tokens of prepared text with their places; an abbreviation brings its full words, all at its own place. */
export function tokens(text, data) {
  const found = [];
  for (const match of text.matchAll(WORD)) {
    const { form, key } = word(match[0]);
    const start = match.index;
    const end = start + match[0].length;
    const full = data && fullForm(match[0], form, key, data);
    if (full) for (const each of full) found.push({ form: each.form, key: each.key, start, end, short: form });
    else found.push({ form, key, start, end });
  }
  return found;
}

/* CTDV or ctdv → công tác dân vận, hdnd too; some are syllables, and abbreviations in capitals only. */
function fullForm(raw, form, key, data) {
  const full = fullWords(data);
  const words = full.get(form);
  if (words) return data.capitals_only.includes(form) && raw !== raw.toUpperCase() ? null : words;
  return form === key && full.get(`-${key}`);
}

/* Abbreviation → its full words; without its marks too, unless it is a syllable then. */
const shorts = new WeakMap();

function fullWords(data) {
  if (!shorts.has(data)) {
    const full = new Map();
    for (const [short, forms] of Object.entries(data.abbreviations)) {
      const words = forms[0].split(" ").map(word);
      full.set(short, words);
      if (!data.capitals_only.includes(short) && fold(short) !== short) full.set(`-${fold(short)}`, words);
    }
    shorts.set(data, full);
  }
  return shorts.get(data);
}

/* Which of the tokens may be left out of a question; without marks `la` may well be a name. */
function light(list, data) {
  const marks = list.map(() => false);
  const unmarked = list.every(({ form, key, short }) => form === key || short);
  for (const phrase of data.leave_out) {
    const words = phrase.split(" ").map(word);
    for (let at = 0; at + words.length <= list.length; at += 1) {
      const loose = unmarked && (words.length > 1 || list.length > 6);
      const same = words.every(({ form, key }, i) => list[at + i].form === form || (loose && list[at + i].key === key));
      if (same) words.forEach((_, i) => (marks[at + i] = true));
    }
  }
  return marks;
}

/* What a query asks for.
   tokens: [{form, key, marked, light, quote}] (quote: number of its phrase, or 0), codes: [{keys, from, to}] over tokens,
   prefix: the last token may go on. */
export function parse(query, data, typing = false) {
  const text = prepared(query.slice(0, MOST)).replace(/[\u201c\u201d\u201e\u00ab\u00bb]/g, '"');
  const quotes = [...text.matchAll(/"([^"]*)"/g)].map((match) => [match.index, match.index + match[0].length]);
  const found = tokens(text, data);
  const leave = light(found, data);
  const list = found.map((token, i) => ({
    form: token.form,
    key: token.key,
    marked: token.form !== token.key,
    short: Boolean(token.short),
    light: leave[i] && !token.short,
    quote: quotes.findIndex(([start, end]) => start <= token.start && token.end <= end) + 1,
  }));
  if (list.every((token) => token.light || token.quote) || list.length < 4) list.forEach((token) => (token.light = false));
  const covered = codes(text, data).map(({ keys, begins, start, end }) => ({
    keys,
    begins,
    from: found.findIndex((token) => token.start >= start),
    to: found.findLastIndex((token) => token.end <= end) + 1,
  }));
  const prefix = typing && list.length > 0 && found[found.length - 1].end === text.length && !found[found.length - 1].short;
  return { tokens: list, codes: covered.filter(({ from, to }) => to > from), prefix };
}
