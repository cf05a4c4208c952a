/* When nothing is found whole: a query with words the archive doesn't know → the words that were meant. Loaded only then. */

import { fold } from "./forms.js";

/** @typedef {import("./shards.js").Lexicon} Lexicon */
/** @typedef {import("./words.js").Asked} Asked */
/** @typedef {{count: number, forms?: {form: string, count: number}[]}} Pair  neighbours that stand in the index */

/**
 * What repair asks of an index; `cost` in bytes.
 * @typedef {object} Asks
 * @property {(signal?: AbortSignal) => Promise<Lexicon>} lexicon
 * @property {(key: string) => number} cost
 * @property {(keys: string[], signal?: AbortSignal) => Promise<Map<string, Pair>>} terms
 */

/** @typedef {{tokens: Asked[], missing: {from: number, size: number}[]}} Query  `missing`: what the index does not hold */

/** @type {Record<string, string>} */
const TELEX_TONES = { f: "\u0300", r: "\u0309", x: "\u0303", s: "\u0301", j: "\u0323", z: "" };
const VNI_TONES = ["", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"];
const TONE = /[\u0300\u0309\u0303\u0301\u0323]/u;
/** @type {Record<string, string>} */
const CIRCUMFLEX = { a: "â", e: "ê", o: "ô" };
/** @type {Record<string, string>} */
const HORN = { u: "ư", o: "ơ" };
const HOPEFUL = 10;
const BYTES = 70_000;

/**
 * A syllable with its tone at the end, so that nobody need know where it stands.
 * @param {string} form
 */
function toneLast(form) {
  const parts = form.normalize("NFD");
  const tone = TONE.exec(parts)?.[0] || "";
  return parts.replace(TONE, "").normalize("NFC") + tone;
}

/**
 * Keystrokes of Telex and VNI → the syllable, tone at the end; null if there is nothing to decode.
 * @param {string} raw
 */
export function decoded(raw) {
  const typed = raw.toLowerCase();
  const made = /^[a-z]+[1-9][a-z0-9]*$/.test(typed) ? vni(typed) : /^[a-z]+$/.test(typed) ? telex(typed) : null;
  return made && made !== typed ? made : null;
}

/** @param {string} typed */
function telex(typed) {
  const first = typed.search(/(?<!^q)(?<!^g(?=i[aeouy]))[aeiouyw]/);
  if (first < 0) return null;
  let tone = "";
  let [start, rest] = [typed.slice(0, first), typed.slice(first)];
  rest = rest.replace(/[sfrxjz]/g, (letter) => {
    tone = TELEX_TONES[letter];
    return "";
  });
  if (/^d/.test(start) && /d/.test(start.slice(1) + rest))
    [start, rest] = [start.replace(/^dd?/, "đ"), rest.replace("d", "")];
  rest = rest.replace(/([aeo])(.*?)\1/, (_, vowel, between) => CIRCUMFLEX[vowel] + between);
  if (rest.includes("w")) rest = horned(rest.replace(/w/g, "") || "u");
  return start + rest + tone;
}

/** @param {string} vowels */
function horned(vowels) {
  if (/uo/.test(vowels)) return vowels.replace("uo", "ươ");
  if (/oa/.test(vowels)) return vowels.replace("oa", "oă");
  if (/u/.test(vowels)) return vowels.replace("u", "ư");
  return vowels.replace("o", "ơ").replace("a", "ă");
}

/** @param {string} typed */
function vni(typed) {
  const digits = typed.replace(/[a-z]/g, "");
  let bare = typed.replace(/\d/g, "");
  let tone = "";
  for (const digit of digits) {
    if (digit < "6") tone = VNI_TONES[+digit];
    else if (digit === "6") bare = bare.replace(/[aeo](?!.*[aeo])/, (vowel) => CIRCUMFLEX[vowel]);
    else if (digit === "7")
      bare = /uo|ưo|uơ/.test(bare) ? bare.replace(/uo|ưo|uơ/, "ươ") : bare.replace(/[uo]/, (vowel) => HORN[vowel]);
    else if (digit === "8") bare = bare.replace("a", "ă");
    else if (digit === "9") bare = bare.replace("d", "đ");
  }
  return bare + tone;
}

/**
 * Keys of the lexicon that are one letter away: one more, one fewer, another, or two that changed places.
 * @param {string} key
 * @param {Lexicon} lexicon
 */
function near(key, lexicon) {
  const letters = "abcdeghiklmnopqrstuvxyfjwz0123456789";
  /** @type {Set<string>} */
  const found = new Set();
  for (let i = 0; i <= key.length; i += 1) {
    const [start, end] = [key.slice(0, i), key.slice(i)];
    const tries = [start + end.slice(1)];
    if (end.length > 1) tries.push(start + end[1] + end[0] + end.slice(2));
    for (const letter of letters) tries.push(start + letter + end, start + letter + end.slice(1));
    for (const each of tries) if (each !== key && lexicon.has(each)) found.add(each);
  }
  return [...found];
}

/**
 * The forms of a key that stands in the lexicon.
 * @param {string} key
 * @param {Lexicon} lexicon
 */
const formsOf = (key, lexicon) => lexicon.get(key) ?? [];

/**
 * @param {string} key
 * @param {Lexicon} lexicon
 */
const total = (key, lexicon) => formsOf(key, lexicon).reduce((sum, [, count]) => sum + count, 0);

/**
 * Proposals, the likeliest first: lists of words to search instead.
 * @param {Asks} index
 * @param {Query} query
 * @param {AbortSignal} [signal]
 */
export async function repaired(index, query, signal) {
  const lexicon = await index.lexicon(signal);
  const { tokens } = query;
  /** @type {string[][]} */
  const proposals = [];
  const typed = fromKeystrokes(tokens, lexicon);
  if (typed) proposals.push(typed);
  const unknown = tokens
    .map((_, i) => i)
    .filter((i) => !tokens[i].keys && /\D/.test(tokens[i].key) && !lexicon.has(tokens[i].key));
  if (!typed && tokens.length > 1) proposals.push(...(await oneLetter(index, query, lexicon, unknown, signal)));
  else if (!typed) proposals.push(...alone(tokens[0], lexicon));
  return proposals;
}

/**
 * @param {Asked[]} tokens
 * @param {Lexicon} lexicon
 */
function fromKeystrokes(tokens, lexicon) {
  let changed = false;
  let needed = false;
  const words = tokens.map(({ form, key, marked }) => {
    const made = marked ? null : decoded(form);
    const known = made && formsOf(fold(made.replace(TONE, "")), lexicon).find(([each]) => toneLast(each) === made);
    if (!known) return form;
    changed = true;
    needed ||= !lexicon.has(key);
    return known[0];
  });
  return changed && needed ? words : null;
}

/**
 * @param {Asked} token
 * @param {Lexicon} lexicon
 */
function alone(token, lexicon) {
  const split = parted(token.key, lexicon);
  const candidates = near(token.key, lexicon).sort((a, b) => total(b, lexicon) - total(a, lexicon));
  return [
    ...otherMarks(token, lexicon),
    ...(split ? [split] : []),
    ...candidates.slice(0, 1).map((key) => [spelt(token, key, lexicon)]),
  ];
}

/**
 * `nguời` → người: the same letters with other marks, the commonest slip of all. The fewer marks differ the better.
 * @param {Asked} token
 * @param {Lexicon} lexicon
 * @returns {string[][]}
 */
function otherMarks({ form, key, marked }, lexicon) {
  if (!marked) return [];
  /** @param {[string, number]} each */
  const worth = ([other, count]) => Math.log(1 + count) - 2 * marksBetween(form, other);
  const others = formsOf(key, lexicon).filter(([other]) => other !== form);
  return others
    .sort((a, b) => worth(b) - worth(a))
    .slice(0, 1)
    .map(([other]) => [other]);
}

/**
 * How many marks only one of two forms has.
 * @param {string} one
 * @param {string} other
 */
function marksBetween(one, other) {
  const left = [...marksOf(other)];
  let alone = 0;
  for (const mark of marksOf(one)) {
    const at = left.indexOf(mark);
    if (at < 0) alone += 1;
    else left.splice(at, 1);
  }
  return alone + left.length;
}

/**
 * `danvan` → dan van
 * @param {string} key
 * @param {Lexicon} lexicon
 */
function parted(key, lexicon) {
  for (let at = 2; at < key.length - 1; at += 1) {
    const [start, end] = [key.slice(0, at), key.slice(at)];
    if (lexicon.has(start) && lexicon.has(end) && /[aeiouy]/.test(start) && /[aeiouy]/.test(end)) return [start, end];
  }
  return null;
}

/**
 * Among the forms of a key the one nearest to what was typed; without marks if none were typed.
 * @param {Asked} token
 * @param {string} key
 * @param {Lexicon} lexicon
 */
function spelt(token, key, lexicon) {
  if (!token.marked) return key;
  /** @param {[string, number]} each */
  const worth = ([form, count]) => Math.log(1 + count) - 3 * marksApart(token.form, form);
  return [...formsOf(key, lexicon)].sort((a, b) => worth(b) - worth(a))[0][0];
}

/**
 * @param {string} key
 * @param {Lexicon} lexicon
 */
const usual = (key, lexicon) => [...formsOf(key, lexicon)].sort((a, b) => b[1] - a[1])[0][0];

/**
 * The form that a word has most often beside a neighbour as typed.
 * @param {Asked[]} tokens
 * @param {number} i
 * @param {Pair[]} pairs
 */
function formBeside(tokens, i, pairs) {
  /** @param {string} form */
  const beside = (form) =>
    form.split(" ").findIndex((part) => part === tokens[i - 1]?.form || part === tokens[i + 1]?.form);
  const forms = pairs.flatMap(({ forms = [] }) => forms).filter(({ form }) => beside(form) >= 0);
  return forms.sort((a, b) => b.count - a.count).map(({ form }) => form.split(" ")[1 - beside(form)])[0];
}

/** @param {string} form */
const marksOf = (form) =>
  form
    .normalize("NFD")
    .replace(/đ/g, "d\u0335")
    .replace(/[^\p{M}]/gu, "");

/**
 * @param {string} one
 * @param {string} other
 */
const marksApart = (one, other) => (marksOf(one) === marksOf(other) ? 0 : 1);

/**
 * @param {Asks} index
 * @param {Query} query
 * @param {Lexicon} lexicon
 * @param {number[]} unknown  places of words that the archive doesn't know
 * @param {AbortSignal} [signal]
 */
async function oneLetter(index, query, lexicon, unknown, signal) {
  const { tokens } = query;
  const places = unknown.length ? unknown.slice(0, 2) : suspects(query);
  const someMarks = tokens.some(({ marked }) => marked);
  const findings = places.map(async (i) => {
    const found = [];
    /** @param {string} key */
    const apart = (key) => (tokens[i].marked ? formApart(tokens[i].form, key, lexicon) : 0);
    const hopeful = near(tokens[i].key, lexicon)
      .map((key) => ({ key, hope: Math.log(1 + total(key, lexicon)) - 2 * apart(key) }))
      .sort((a, b) => b.hope - a.hope)
      .slice(0, HOPEFUL)
      .map(({ key }) => key);
    /** @param {string} key */
    const pairs = (key) => [
      ...(i > 0 ? [`${tokens[i - 1].key} ${key}`] : []),
      ...(i + 1 < tokens.length ? [`${key} ${tokens[i + 1].key}`] : []),
    ];
    /** @param {string} key */
    const name = (key) => `=${tokens.map((token, at) => (at === i ? key : token.key)).join("")}`;
    let sum = 0;
    const names = tokens.length < 7 ? hopeful.map(name) : [];
    const asked = [...names, ...hopeful.flatMap(pairs)].filter((key) => {
      sum += index.cost(key);
      return sum < BYTES;
    });
    const terms = await index.terms(asked, signal);
    for (const key of hopeful) {
      const meets = pairs(key).flatMap((pair) => terms.get(pair) ?? []);
      const often = meets.reduce((sum, { count }) => sum + Math.log(1 + count), 0);
      const worth = (terms.has(name(key)) ? 9 : 0) + meets.length * 4 + often / 4 - apart(key);
      const word =
        tokens[i].marked || !someMarks
          ? spelt(tokens[i], key, lexicon)
          : formBeside(tokens, i, meets) || usual(key, lexicon);
      if (meets.length || terms.has(name(key)) || unknown.includes(i)) found.push({ i, word, worth });
    }
    const split = unknown.includes(i) && parted(tokens[i].key, lexicon);
    if (split) found.push({ i, word: split.join(" "), worth: 3 });
    return found;
  });
  const found = (await Promise.all(findings)).flat();
  found.sort((a, b) => b.worth - a.worth);
  if (unknown.length > 1) {
    const both = places.flatMap((i) => found.find((each) => each.i === i) ?? []);
    if (both.length === places.length)
      return [tokens.map(({ form }, at) => both.find(({ i }) => i === at)?.word || form)];
  }
  return found.slice(0, 3).map(({ i, word }) => tokens.map(({ form }, at) => (at === i ? word : form)));
}

/**
 * 0 if some form of the key is the typed form but for one letter, else 1.
 * @param {string} form
 * @param {string} key
 * @param {Lexicon} lexicon
 */
const formApart = (form, key, lexicon) =>
  formsOf(key, lexicon).some(([each]) => marksApart(form, each) === 0) ? 0 : 1;

/**
 * Words whose pairs are not in the index; the ends of the query are as suspect as its middle.
 * @param {Query} query
 */
function suspects({ tokens, missing }) {
  const doubt = tokens.map(() => 0);
  for (const { from, size } of missing) for (let i = from; i < from + size; i += 1) doubt[i] += size === 1 ? 2 : 1;
  /** @param {number} i */
  const share = (i) => doubt[i] / (+(i > 0) + +(i + 1 < tokens.length) || 1);
  return tokens
    .map((_, i) => i)
    .filter((i) => doubt[i] && !tokens[i].light && !tokens[i].keys && /\D/.test(tokens[i].key))
    .sort((a, b) => share(b) - share(a))
    .slice(0, 3);
}
