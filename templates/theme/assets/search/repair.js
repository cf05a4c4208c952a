/* When nothing is found whole: a query with words the archive doesn't know → the words that were meant. Loaded only then. */

import { fold } from "./forms.js";

/** @typedef {import("./shards.js").Lexicon} Lexicon */
/** @typedef {import("./words.js").Asked} Asked */
/** @typedef {{count: number, forms?: {form: string, count: number}[]}} Pair  neighbours that stand in the index */

/**
 * What repair asks of an index; `cost` in bytes; keys of one `place` are read at once.
 * @typedef {object} Asks
 * @property {(signal?: AbortSignal) => Promise<Lexicon>} lexicon
 * @property {(key: string) => number} cost
 * @property {(key: string) => number} [place]
 * @property {(keys: string[], signal?: AbortSignal) => Promise<Map<string, Pair>>} terms
 */

/**
 * `missing`: what the index does not hold; `doubtful`: the words that may be mistyped.
 * @typedef {{tokens: Asked[], missing: {from: number, size: number}[], doubtful?: number[]}} Query
 */

/** @type {Record<string, string>} */
const TELEX_TONES = { f: "\u0300", r: "\u0309", x: "\u0303", s: "\u0301", j: "\u0323", z: "" };
const VNI_TONES = ["", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"];
const TONE = /[\u0300\u0309\u0303\u0301\u0323]/u;
/** @type {Record<string, string>} */
const CIRCUMFLEX = { a: "â", e: "ê", o: "ô" };
/** @type {Record<string, string>} */
const HORN = { u: "ư", o: "ơ" };
/* Neighbours of one word lie in one file: thirty cost little more than ten, and x for s or n for ng is not among the ten. */
const HOPEFUL = 30;
/* Words of one query that are mended at once: who mistypes more types something else. */
const MOST_PLACES = 3;
/* No syllable of Vietnamese has more letters (nghiêng). */
const LONGEST = 7;
const MOST_SPLITS = 6;
/* Another letter in a word of two makes half of it another word. */
const SHORTEST = 3;
const SHORTEST_ALONE = 4;
/* A wrong or missing mark is the commonest slip: as much as one more neighbour. */
const MARKS_FIRST = 4;
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
  if (key.length < SHORTEST) return [];
  const letters = "abcdeghiklmnopqrstuvxyfjwz0123456789";
  /** @type {Set<string>} */
  const found = new Set();
  for (let i = 0; i <= key.length; i += 1) {
    const [start, end] = [key.slice(0, i), key.slice(i)];
    const tries = [start + end.slice(1)];
    if (end.length > 1) tries.push(start + end[1] + end[0] + end.slice(2));
    for (const letter of letters) tries.push(start + letter + end, start + letter + end.slice(1));
    for (const each of tries) if (each !== key && each.length > 1 && lexicon.has(each)) found.add(each);
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
  const typed = fromKeystrokes(tokens, lexicon);
  if (typed) return [typed];
  const doubtful = query.doubtful ?? tokens.map((_, i) => i).filter((i) => !lexicon.has(tokens[i].key));
  const places = doubtful.filter((i) => isSyllable(tokens[i], tokens.length)).slice(0, MOST_PLACES);
  if (!places.length) return [];
  return tokens.length === 1
    ? alone(index, tokens[0], lexicon, signal)
    : oneLetter(index, query, lexicon, places, signal);
}

/**
 * Figures, codes and abbreviations are left as they were typed; so is what has no vowel, unless it stands in a phrase
 * (`trương thj mai`).
 * @param {Asked} token
 * @param {number} size  of the query
 */
const isSyllable = ({ key, keys, short }, size) =>
  !keys && !short && /^[a-z]{2,}$/.test(key) && (size > 2 || /[aeiouy]/.test(key));

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
 * @param {Asks} index
 * @param {Asked} token
 * @param {Lexicon} lexicon
 * @param {AbortSignal} [signal]
 */
async function alone(index, token, lexicon, signal) {
  const marks = otherMarks(token, lexicon);
  const split = await parted(index, token.key, lexicon, signal);
  if (lexicon.has(token.key)) return [...marks, ...(split ? [split] : [])];
  /* Nothing beside it tells what was meant: only a long word is a mistyped one rather than another one. */
  const others = token.key.length < SHORTEST_ALONE ? [] : near(token.key, lexicon);
  const candidates = others.sort((a, b) => total(b, lexicon) - total(a, lexicon));
  return [...(split ? [split] : []), ...candidates.slice(0, 1).map((key) => [spelt(token, key, lexicon)])];
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
 * `danvankheo` → dan van kheo: syllables of the archive that stand there as neighbours, the fewest first.
 * @param {Asks} index
 * @param {string} key
 * @param {Lexicon} lexicon
 * @param {AbortSignal} [signal]
 */
async function parted(index, key, lexicon, signal) {
  /** @type {string[][][]} */
  const begun = [[[]]];
  for (let end = 1; end <= key.length; end += 1) {
    begun[end] = [];
    for (let start = Math.max(0, end - LONGEST); start < end - 1; start += 1) {
      const part = key.slice(start, end);
      if (lexicon.has(part) && /[aeiouy]/.test(part)) begun[end].push(...begun[start].map((parts) => [...parts, part]));
    }
    begun[end].sort((a, b) => a.length - b.length || least(b, lexicon) - least(a, lexicon));
    begun[end].length = Math.min(begun[end].length, MOST_SPLITS);
  }
  const splits = begun[key.length].filter(({ length }) => length > 1);
  /** @param {string[]} parts */
  const pairs = (parts) => parts.slice(1).map((part, i) => `${parts[i]} ${part}`);
  const known = await index.terms([...new Set(splits.flatMap(pairs))], signal);
  /** @param {string[]} parts */
  const often = (parts) => Math.min(...pairs(parts).map((pair) => known.get(pair)?.count ?? 0));
  const [best] = splits.sort((a, b) => often(b) - often(a) || a.length - b.length);
  return best && often(best) ? best : null;
}

/**
 * How often the rarest of some syllables stands in the archive.
 * @param {string[]} parts
 * @param {Lexicon} lexicon
 */
const least = (parts, lexicon) => Math.min(...parts.map((part) => total(part, lexicon)));

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
 * The form that a word has beside a neighbour as it was typed: often, and with marks not far from those typed.
 * @param {Query} query
 * @param {number} i
 * @param {Pair[]} pairs
 */
function formBeside({ tokens }, i, pairs) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { forms = [] } of pairs)
    for (const { form, count } of forms) {
      const [one, next] = form.split(" ");
      const own = one === tokens[i - 1]?.form ? next : next === tokens[i + 1]?.form ? one : null;
      if (own && own !== tokens[i].form) counts.set(own, (counts.get(own) ?? 0) + Math.log(1 + count));
    }
  /** @param {[string, number]} each */
  const worth = ([form, often]) => often - marksBetween(tokens[i].form, form);
  return [...counts].sort((a, b) => worth(b) - worth(a))[0]?.[0];
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
 * @param {number[]} places  of words that may be mistyped
 * @param {AbortSignal} [signal]
 */
async function oneLetter(index, query, lexicon, places, signal) {
  const { tokens } = query;
  const someMarks = tokens.some(({ marked }) => marked);
  const findings = places.map(async (i) => {
    const isUnknown = !lexicon.has(tokens[i].key);
    const found = [];
    /** @param {string} key */
    const apart = (key) => (tokens[i].marked ? formApart(tokens[i].form, key, lexicon) : 0);
    const hopeful = near(tokens[i].key, lexicon)
      .map((key) => ({ key, hope: Math.log(1 + total(key, lexicon)) - 2 * apart(key) }))
      .sort((a, b) => b.hope - a.hope)
      .slice(0, HOPEFUL)
      .map(({ key }) => key);
    if (someMarks && !isUnknown) hopeful.unshift(tokens[i].key);
    /** @param {string} key */
    const pairs = (key) => [
      ...(i > 0 ? [`${tokens[i - 1].key} ${key}`] : []),
      ...(i + 1 < tokens.length ? [`${key} ${tokens[i + 1].key}`] : []),
    ];
    /** @param {string} key */
    const name = (key) => `=${tokens.map((token, at) => (at === i ? key : token.key)).join("")}`;
    const wanted = affordable(index);
    const names = tokens.length < 7 ? hopeful.map(name) : [];
    const asked = [...hopeful.flatMap(pairs), ...names].filter(wanted);
    const terms = await index.terms(asked, signal);
    for (const key of hopeful) {
      const own = key === tokens[i].key;
      const meets = pairs(key).flatMap((pair) => terms.get(pair) ?? []);
      const beside = formBeside(query, i, meets);
      if (own && !beside) continue;
      const often = meets.reduce((sum, { count }) => sum + Math.log(1 + count), 0);
      const worth =
        (terms.has(name(key)) ? 9 : 0) + meets.length * 4 + often / 4 - apart(key) + (own ? MARKS_FIRST : 0);
      const word = own
        ? beside
        : someMarks
          ? beside || (tokens[i].marked ? spelt(tokens[i], key, lexicon) : usual(key, lexicon))
          : key;
      if (word && (meets.length || terms.has(name(key)) || isUnknown)) found.push({ i, word, worth });
    }
    const split = isUnknown && (await parted(index, tokens[i].key, lexicon, signal));
    if (split) found.push({ i, word: split.join(" "), worth: 3 });
    return found;
  });
  const found = (await Promise.all(findings)).flat();
  found.sort((a, b) => b.worth - a.worth);
  const all = places.map((at) => found.find(({ i }) => i === at));
  const together = places.length > 1 && all.every(Boolean) ? [all.flatMap((each) => each ?? [])] : [];
  const single = found.slice(0, 3).map((each) => [each]);
  /** @param {{i: number, word: string}[]} changes */
  const words = (changes) => tokens.map(({ form }, at) => changes.find(({ i }) => i === at)?.word ?? form);
  return [...together, ...single].map(words);
}

/**
 * Whether a key is still worth its bytes, asked key by key.
 * @param {Asks} index
 */
function affordable(index) {
  const places = new Set();
  let sum = 0;
  return (/** @type {string} */ key) => {
    const place = index.place ? index.place(key) : key;
    if (!places.has(place)) sum += index.cost(key);
    if (sum < BYTES) places.add(place);
    return places.has(place);
  };
}

/**
 * 0 if some form of the key is the typed form but for one letter, else 1.
 * @param {string} form
 * @param {string} key
 * @param {Lexicon} lexicon
 */
const formApart = (form, key, lexicon) =>
  formsOf(key, lexicon).some(([each]) => marksApart(form, each) === 0) ? 0 : 1;
