/* One form of each word, and its key: what a query and a text have in common before anything is compared. The twin of
   archive/search/forms.py (docs/search.md); words.js and codes.js stand on it. */

/** @typedef {{form: string, key: string}} Word  a word in one spelling, and the same without marks */

/**
 * What words.json says; all words as forms. See the table in docs/search.md.
 * @typedef {object} Vocabulary
 * @property {Record<string, string[]>} abbreviations
 * @property {string[]} capitals_only
 * @property {Record<string, string[]>} types
 * @property {Record<string, string[]>} short_types
 * @property {string[]} bare_types
 * @property {Record<string, string[]>} codes
 * @property {string[]} issuers
 * @property {Record<string, string>} same_issuers
 * @property {Record<"day" | "month" | "year" | "number" | "and", string>} around
 * @property {string[]} after_number
 * @property {string[]} numbered
 * @property {string[]} leave_out
 * @property {string[]} addresses  forms of address before a name
 */

const TONE = /^(.*?)(?<!q)(o[ae]|uy)([\u0300\u0309\u0303\u0301\u0323])$/u;
/* 183.676 and 183,676 are one word. */
export const WORD =
  /[0-9]{1,3}(?:(?:\.[0-9]{3})+|(?:,[0-9]{3})+)(?![0-9]|[.,][0-9]|[\p{L}\p{N}])|[\p{L}\p{N}]+(?:['\u2019\u2018\u00b4\u0060\u2032][\p{L}\p{N}]+)*/gu;
const APOSTROPHE = /(?<=[\p{L}\p{N}])['\u2018\u2019\u02bc\u02b9\u00b4\u0060\u2032]+(?=[\p{L}\p{N}])/gu;
const BLANKS = /[^\S\r\n\ufeff]{2,}/g;
const DOTTED = /(?<![\p{L}\p{N}_])(?:[A-ZĐƯ]\.\s?)+[A-ZĐƯ](?![\p{L}\p{N}_])/gu;
const GLUED = /(?<=[-/])(TW|TU|CP|TTg)(?=[a-z\u00e0-\u1ef9])/g;
/* lí and lý, quí and quý */
const SAME_SOUND = /^([hklmst]|qu)([iìíỉĩị])$/;
const [I, Y] = ["iìíỉĩị", "yỳýỷỹỵ"];
const ROMAN = /^(?=.)(x{0,3})(ix|iv|v?i{0,3})$/;
const ALSO_WORDS = ["i", "v", "x", "vi", "xi"];
/** @type {Map<string, Word>} */
const known = new Map();

/**
 * A form without marks, đ as d.
 * @param {string} form
 */
export const fold = (form) => form.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d").normalize("NFC");

/**
 * Lower case of the same length (İ would become two letters), the Icelandic ð as đ.
 * @param {string} text
 */
export function lowered(text) {
  const lower = text.toLowerCase();
  const same = lower.length === text.length ? lower : text.replace(/[^İ]/gu, (letter) => letter.toLowerCase());
  return same.replace(/ð/g, "đ");
}

/**
 * K’Ré → KRé; in a text that is shown they stay where they are.
 * @param {string} text
 */
export const withoutApostrophes = (text) => text.replace(APOSTROPHE, "");

/**
 * A word as written → lower case with one tone placement.
 * @param {string} raw
 * @returns {Word}
 */
export function word(raw) {
  let made = known.get(raw);
  if (!made) {
    let form = lowered(withoutApostrophes(raw));
    form = form.normalize("NFD").replace(TONE, (_, start, vowels, tone) => start + vowels[0] + tone + vowels[1]);
    form = form
      .normalize("NFC")
      .replace(/^0+(?=\d)/, "")
      .replace(/[.,]/g, "");
    form = form.replace(SAME_SOUND, (_, start, i) => start + Y[I.indexOf(i)]);
    made = { form, key: fold(form) };
    if (known.size > 50000) known.clear();
    known.set(raw, made);
  }
  return made;
}

/**
 * A Roman number as a plain one, what may be a word, too, only behind one of `numbered`; null for anything else.
 * @param {string} form
 * @param {string | undefined} before  the form before it
 * @param {string[]} numbered
 */
export function inFigures(form, before, numbered) {
  const parts = ROMAN.exec(form);
  if (!parts || (ALSO_WORDS.includes(form) && !(before && numbered.includes(before)))) return null;
  const ones = parts[2]
    .replace("ix", "9")
    .replace("iv", "4")
    .replace("v", "5")
    .replace(/i+$/, (i) => `+${i.length}`);
  const sum = ones.split("+").reduce((total, each) => total + Number(each), 0);
  return String(10 * parts[1].length + sum);
}

/**
 * Text in which every word is in one piece: NFC, single blanks, T.Ư as TƯ, TW apart from a word glued to it.
 * @param {string} text
 */
export const prepared = (text) =>
  text.normalize("NFC").replace(BLANKS, " ").replace(DOTTED, undotted).replace(GLUED, "$1 ");

/** @param {string} dotted */
function undotted(dotted) {
  const joined = dotted.replace(/[.\s]/g, "");
  return joined === "TƯ" || joined === "TW" ? joined : dotted;
}
