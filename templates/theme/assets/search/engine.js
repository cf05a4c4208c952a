/* Opens the engine that the site was built with; what every engine shares: reading files, ranking an entry on its text,
   cutting its best passage. An entry: {a: address, k: kind, t: title, f: facts, d: date, n: names, b: [[anchor, text]]}. */

import { codes, parse, prepared, readyFor, tokens } from "./words.js";

const FOLDER = "tim-kiem/chi-muc/";
const TRIES = 3;
const PAUSE = 250;
const WINDOW = 34;
const BEFORE = 8;

/* A file of the index could not be read. */
export class SearchFailed extends Error {}

/* Bytes of a file, unpacked if they are gzip: some servers unpack on the way, some don't. */
export async function read(url, signal, cache = "default") {
  for (let turn = 1; ; turn += 1) {
    try {
      const answer = await fetch(url, { signal, cache });
      if (!answer.ok) throw new Error(`${answer.status} ${url}`);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
      return new Uint8Array(await new Response(stream).arrayBuffer());
    } catch (error) {
      if (signal?.aborted) throw error;
      if (turn === TRIES) throw new SearchFailed(String(error));
      await new Promise((done) => setTimeout(done, PAUSE * turn));
    }
  }
}

export const readText = async (...given) => new TextDecoder().decode(await read(...given));
export const readJson = async (...given) => JSON.parse(await readText(...given));

/* What `make` gives for a key, made once; a failure is not kept, and nobody is stopped by another's signal. */
export async function once(kept, key, make, signal) {
  for (;;) {
    if (!kept.has(key)) {
      const promise = make();
      kept.set(key, promise);
      promise.catch(() => kept.get(key) === promise && kept.delete(key));
    }
    try {
      return await kept.get(key);
    } catch (error) {
      if (signal?.aborted || error.name !== "AbortError") throw error;
    }
  }
}

/* The engine `name`, or the one that the index folder names. `base`: address of the site's root. */
export async function openEngine(base, name) {
  const folder = new URL(FOLDER, new URL(base, globalThis.location?.href));
  const [data, chosen] = await Promise.all([
    readJson(new URL("words.json", folder)),
    name || readJson(new URL("engine.json", folder)).then((told) => told.engine),
  ]);
  const engine = await import(chosen === "pagefind" ? "./pagefind.js" : "./syllable.js");
  return engine.open(folder, data, new URL(base, globalThis.location?.href));
}

/* --- a query against a text --- */

const LIGHT = 0.3;
const FOLDED = 0.5;
const UNMARKED = 0.9;

/* A query ready for comparing: words, and codes as one word each, with their weights. */
export async function asked(query, data, typing) {
  await readyFor(query).catch((error) => Promise.reject(new SearchFailed(String(error))));
  const made = parse(query, data, typing);
  const quotes = Math.max(0, ...made.tokens.map(({ quote }) => quote));
  const phrases = Array.from({ length: quotes }, (_, i) => made.tokens.filter(({ quote }) => quote === i + 1));
  return weighed({ ...made, phrases: phrases.filter((phrase) => phrase.length), data });
}

/* The query with those codes as words of their own that `keysOf` has keys for; the others stay words. */
export function coded(query, keysOf) {
  const tokens = [...query.tokens];
  for (const code of [...query.codes].reverse()) {
    const keys = keysOf(code);
    const [key] = keys;
    if (key) tokens.splice(code.from, code.to - code.from, { form: key, key, keys, marked: false, light: false, quote: 0 });
  }
  const codes = tokens.filter(({ keys }) => keys);
  return weighed({ ...query, tokens, codes, prefix: query.prefix && !tokens[tokens.length - 1].keys });
}

function weighed(query) {
  const weights = query.tokens.map((token) => (token.light ? LIGHT : token.keys ? 2 : 1));
  const places = new Map();
  query.tokens.forEach(({ key }, i) => places.set(key, [...(places.get(key) || []), i]));
  return { ...query, weights, places, whole: weights.reduce((sum, each) => sum + each, 0) };
}

/* How well a written form answers an asked token: typed marks mean themselves; `hoa` is `hoa` a little rather than `hòa`. */
export const fit = (token, form) => (token.form === form ? 1 : token.marked ? FOLDED : UNMARKED);

/* The words of a text, those of an asked code as one. */
function units(text, query) {
  const list = tokens(text, query.data);
  if (!query.codes.length || !/\d/.test(text)) return list;
  for (const { keys, start, end } of codes(text, query.data).reverse()) {
    const same = query.codes.find((code) => keys.some((key) => code.keys.includes(key)));
    const from = same ? list.findIndex((token) => token.start >= start) : -1;
    if (from < 0) continue;
    const size = list.slice(from).findIndex((token) => token.start >= end);
    list.splice(from, size < 0 ? list.length - from : size, { form: same.key, key: same.key, start, end });
  }
  return list;
}

/* Runs of the asked words among tokens: [{at, from, length, worth, exact}], neighbours in the order of the query. */
function runs(list, query) {
  const found = [];
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

/* How near the words stand together, 0…1: 1 is the whole query in one run. */
function nearness(found, query) {
  const best = query.weights.map(() => 0);
  for (const run of found)
    for (let i = run.from; i < run.from + run.length; i += 1) best[i] = Math.max(best[i], run.worth);
  const sum = best.reduce((total, each, i) => total + each * query.weights[i], 0);
  return query.whole ? sum / query.whole ** 2 : 0;
}

/* How much of the query stands there, in whatever order. */
function cover(found, query) {
  const best = query.weights.map(() => 0);
  for (const run of found) for (let i = run.from; i < run.from + run.length; i += 1) best[i] = Math.max(best[i], (query.weights[i] * run.worth) / run.weight);
  return query.whole ? best.reduce((sum, each) => sum + each, 0) / query.whole : 0;
}

/* Is a title the query, whole? 1 with its marks; less without, and for a name in another order. */
function wholeness(list, found, query) {
  const size = query.tokens.length;
  if (list.length !== size) return 0;
  const run = found.find(({ length }) => length === size);
  if (run) return (run.worth / query.whole) ** 2;
  const sorted = (words) => words.map(({ key }) => key).sort().join(" ");
  return size > 1 && size < 6 && sorted(list) === sorted(query.tokens) ? 0.6 : 0;
}

/* An entry against a query: its rank by its text, and what `passage` needs. */
export function judge(given, query) {
  const entry = { ...given, b: given.b.map(([anchor, text]) => [anchor, prepared(text)]) };
  const look = (text) => {
    const list = units(text, query);
    const found = runs(list, query);
    return { list, found, near: nearness(found, query), cover: cover(found, query), whole: wholeness(list, found, query) };
  };
  const title = look(entry.t);
  const names = entry.n.map(look);
  const blocks = entry.b.map(([, text]) => look(text));
  const texts = [title, ...names, ...blocks];
  const most = (list, feature) => Math.max(0, ...list.map((each) => each[feature]));
  const near = most(texts, "near");
  const authority = entry.k !== "articles";
  const whole = Math.max(title.whole, authority ? most(names, "whole") * 0.9 : 0);
  const verbatim = query.tokens.length > 2 && texts.some(({ found }) => found.some((run) => run.length === query.tokens.length && run.exact));
  const codesOwn = codeScore(entry, query);
  const score =
    1.5 * nearness(texts.flatMap(({ found }) => found), query) ** 2 +
    1.5 * near ** 2 +
    2 * title.near ** 2 +
    title.cover ** 2 +
    0.5 * most(blocks, "cover") ** 2 +
    most(names, "near") ** 2 +
    whole * (authority ? 4 : 3) +
    (verbatim ? 1.2 : 0) +
    codesOwn;
  return { entry, score, near: Math.max(near, whole || codesOwn ? 0.8 : 0), blocks, phrases: phrasesFound(query, entry) };
}

/* A code in a title or among names, and the entry's own day, say what an entry is. */
function codeScore(entry, query) {
  if (!query.codes.length) return 0;
  const own = new Set([entry.t, ...entry.n].flatMap((text) => codes(text, query.data)).flatMap(({ keys }) => keys));
  const worth = ({ key, keys }) => (keys.some((each) => own.has(each)) ? (entry.k === "documents" ? 4 : 2) : isOwnDay(key, entry.d) ? 5 : 0);
  return query.codes.reduce((sum, code) => sum + worth(code) * (2 / query.whole), 0);
}

function isOwnDay(key, date) {
  const parts = /^@(?:(\d+)x|m)(\d+)x(\d+)$/.exec(key);
  if (!parts) return false;
  const [, day, month, year] = parts;
  return date.includes([year, month.padStart(2, "0"), ...(day ? [day.padStart(2, "0")] : [])].join("-"));
}

/* Are all quoted phrases in the texts, with the marks that were typed? */
function phrasesFound({ phrases, data }, entry) {
  if (!phrases.length) return true;
  const texts = [entry.t, ...entry.n, ...entry.b.map(([, text]) => text)].map((text) => tokens(text, data));
  const stands = (list, at, phrase) =>
    phrase.every((token, i) => list[at + i] && list[at + i].key === token.key && fit(token, list[at + i].form) > FOLDED);
  return phrases.every((phrase) => texts.some((list) => list.some((_, at) => stands(list, at, phrase))));
}

/* --- the best passage --- */

/* {anchor, parts: [[text, isHit], …]} around the longest runs of the query in the text, or null. */
export function passage({ entry, blocks }, query) {
  let best = null;
  blocks.forEach(({ list, found }, index) => {
    const worth = list.map(() => 0);
    const longest = query.tokens.map(() => 0);
    for (const { from, length } of found) for (let i = from; i < from + length; i += 1) longest[i] = Math.max(longest[i], length);
    for (const run of found) {
      if ((run.worth <= LIGHT && query.whole > 1) || run.length < Math.min(...longest.slice(run.from, run.from + run.length))) continue;
      for (let at = run.at; at < run.at + run.length; at += 1) worth[at] = Math.max(worth[at], run.worth * (run.exact ? 2 : 1));
    }
    let sum = 0;
    for (let end = 0; end < list.length; end += 1) {
      sum += worth[end] - (end >= WINDOW ? worth[end - WINDOW] : 0);
      if (sum > (best ? best.sum : 0)) best = { sum, index, from: Math.max(0, end - WINDOW + 1), worth };
    }
  });
  if (!best) return null;
  const inside = blocks[best.index].found.filter(({ at }) => at >= best.from && at < best.from + WINDOW);
  const tells = inside.some(({ length }) => length > 1) || cover(inside, query) >= 0.5;
  return tells ? cut(entry.b[best.index], blocks[best.index].list, best) : null;
}

function cut([anchor, text], list, { from, worth }) {
  const most = Math.max(...worth);
  const firstHit = worth.findIndex((each, at) => at >= from && each > 0);
  const first = Math.max(0, firstHit - BEFORE);
  const last = Math.min(list.length, first + WINDOW) - 1;
  const start = first ? list[first].start : 0;
  const end = last < list.length - 1 ? list[last].end : text.length;
  const parts = first ? [["… ", false]] : [];
  const add = (piece, isHit) => {
    if (!piece) return;
    const before = parts[parts.length - 1];
    if (before && before[1] === isHit) before[0] += piece;
    else parts.push([piece, isHit]);
  };
  /* Folded matches are lit up only where nothing better is. */
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

export const hit = (entry, found) => ({ address: entry.a, kind: entry.k, title: entry.t, facts: entry.f, date: entry.d, passage: found });
