/* Numbers of documents and dates in a text or a query, in any dress; the twin of archive/search/codes.py (docs/search.md). */

import { fold, lowered } from "./forms.js";

/** @typedef {import("./forms.js").Vocabulary} Vocabulary */

/**
 * A number or date at `start` to `end` of the text; the most telling key first. `begins`: how the keys begin that a bare
 * number and its year stand for (Nghị định 59/2023).
 * @typedef {{keys: string[], start: number, end: number, begins?: string}} Code
 */

/**
 * A number that may be one of a document, while its neighbours are still being read.
 * @typedef {object} Numbered
 * @property {number} start
 * @property {number} end
 * @property {string} number
 * @property {string} year  `2023` of 59/2023/NĐ-CP
 * @property {string} letters  `nqtw`
 * @property {string} code  `nq`
 * @property {string[]} types
 * @property {boolean} [named]  the name of a type stands before it
 * @property {boolean} [stated]  `số` between the two
 * @property {string} [ofYear]  `2023` of Nghị định 59/2023
 */

/** @type {Map<string, string>} */
const folds = new Map();

/**
 * Lower case without marks, dashes and blanks of one kind, letter for letter: a place in it is a place in the text.
 * @param {string} text
 */
const flat = (text) =>
  lowered(text)
    .replace(/[^\0-\x7f]/g, flatLetter)
    .replace(/[^\S\ufeff]/g, " ");

/** @param {string} letter */
function flatLetter(letter) {
  let bare = folds.get(letter);
  if (bare === undefined) {
    bare = /[\u2010-\u2015\u2212]/.test(letter) ? "-" : BLANK.test(letter) ? " " : fold(letter);
    if (bare.length !== 1) bare = letter;
    folds.set(letter, bare);
  }
  return bare;
}

const BLANK = /[^\S\ufeff]/;
const YEAR = "((?:19|20)\\d\\d)";
const NUMBER = /\d{1,5}(?:\.\d{1,2}(?!\d|\.\d))?(?:[a-z](?![a-z\d]))?/y;
const LINK = / ?[-/] ?| |(?=[a-z])/y;
const OF_YEAR = new RegExp(`${YEAR} ?[-/] ?`, "y");
const BODY = /( ?[-/] ?| )([a-z]+\d*)(?![a-z\d])/y;
const QUANTITY = /\d|[.,/-]\d| ?%/y;
const YEAR_AFTER = new RegExp(` ?/ ?${YEAR}(?!\\d)`, "y");

/** @type {WeakMap<Vocabulary, ReturnType<typeof prepare>>} */
const ready = new WeakMap();
/** @param {Iterable<string>} list */
const anyOf = (list) => `(${[...new Set(list)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).join("|")})`;
/**
 * Letters as codes are written: `NQ`, `TTg`, `CTr`, but not `Nam`.
 * @param {string} written
 */
const isCode = (written) =>
  (written.match(/\p{Lu}/gu) || []).length * 2 > written.replace(/\d+$/, "").length || /\d$/.test(written);

/**
 * @param {RegExp} pattern  sticky or global
 * @param {string} text
 * @param {number} place
 */
function at(pattern, text, place) {
  pattern.lastIndex = place;
  return pattern.exec(text);
}

/**
 * Words and patterns that a vocabulary gives.
 * @param {Vocabulary} data
 */
function prepare(data) {
  const { day, month, year, number, and } = Object.fromEntries(
    Object.entries(data.around).map(([what, form]) => [what, fold(form)]),
  );
  /** @type {Map<string, string>} */
  const names = new Map();
  const shorts = new Set(Object.values(data.short_types).flat().map(fold));
  for (const types of [data.types, data.short_types])
    for (const id in types) for (const form of types[id]) names.set(fold(form), id);
  /** @type {Map<string, {ids: string[], forms: string[]}>} */
  const ofCode = new Map();
  for (const id of Object.keys(data.codes).sort())
    for (const form of data.codes[id]) {
      const known = ofCode.get(fold(form)) || { ids: [], forms: [fold(form)] };
      ofCode.set(fold(form), { ids: [...new Set([...known.ids, id])], forms: [...known.forms, form] });
    }
  const issuers = new Set([...data.issuers, ...data.issuers.map(fold)]);
  const between = `(?: ?,? ${year} | ?[/-] ?| )`;
  return {
    names,
    shorts,
    ofCode,
    issuers,
    code: new RegExp(`${anyOf(ofCode.keys())}${anyOf(data.issuers.map(fold))}?(\\d*)(?![a-z])`, "y"),
    name: new RegExp(`(?<![a-z\\d])(?:${anyOf(names.keys())} +(${number}(?: ?:)? +)?|${anyOf(shorts)})$`),
    smallEnd: new RegExp(` *(?:$|[,;.:()"\u201c\u201d]|${anyOf(data.after_number.map(fold))}\\b)`, "y"),
    numberWord: new RegExp(`(?<![a-z\\d])${number} ?:? $`),
    dayWord: new RegExp(`(?<![a-z\\d])${day} $`),
    monthWord: new RegExp(`(?<![a-z\\d])${month} $`),
    list: new RegExp(`^(?: ?[,;]| ${and}| ?[,;] ${and}) (?:${number} )?$`),
    day: new RegExp(
      `(\\d\\d?)(?: ?([/.-]) ?(\\d\\d?) ?\\2 ?${YEAR}(?!\\d)| ${month} (\\d\\d?)${between}${YEAR}(?!\\d))`,
      "y",
    ),
    month: new RegExp(`(\\d\\d?)${between}${YEAR}(?!\\d)(?! ?[/-] ?[a-z\\d])`, "y"),
    plainMonth: new RegExp(`(\\d\\d?) ?[/-] ?${YEAR}(?!\\d)(?! ?[/-] ?[a-z\\d])`, "y"),
  };
}

/**
 * Numbers and dates of prepared text in order; nothing overlaps.
 * @param {string} text
 * @param {Vocabulary} data
 * @returns {Code[]}
 */
export function codes(text, data) {
  if (!/\d/.test(text)) return [];
  const known = ready.get(data) || prepare(data);
  ready.set(data, known);
  const finder = new Finder(text, data, known);
  for (let match = at(/\d+/g, finder.plain, 0); match; ) {
    const start = match.index;
    const date = finder.date(start);
    const number = date ? null : finder.number(start);
    if (!number || !finder.goesOn(start)) finder.finish();
    if (date) finder.found.push(date);
    if (number) finder.chain.push(number);
    match = at(/\d+/g, finder.plain, (date || number)?.end || start + match[0].length);
  }
  finder.finish();
  return finder.found;
}

class Finder {
  /**
   * @param {string} text
   * @param {Vocabulary} data
   * @param {ReturnType<typeof prepare>} known
   */
  constructor(text, data, known) {
    this.text = text;
    this.lower = lowered(text);
    this.plain = flat(text);
    this.data = data;
    this.known = known;
    /** @type {Code[]} */
    this.found = [];
    /** @type {Numbered[]} */
    this.chain = [];
  }

  /** @param {number} start */
  before(start, length = 60) {
    return this.plain.slice(Math.max(0, start - length), start);
  }

  /**
   * Is only a comma or `và` between the number before and this place?
   * @param {number} start
   */
  goesOn(start) {
    const last = this.chain.at(-1);
    return last !== undefined && this.known.list.test(this.plain.slice(last.end, start));
  }

  /**
   * The date that begins here, with the word before it.
   * @param {number} start
   * @returns {Code | null}
   */
  date(start) {
    const { plain, known } = this;
    if (/\d[./-]?$/.test(this.before(start, 2))) return null;
    /** @param {RegExpExecArray | null} word */
    const begin = (word) => start - (word ? word[0].length : 0);
    const day = at(known.day, plain, start);
    const [date, month, year] = day ? [+day[1], +(day[3] || day[5]), day[4] || day[6]] : [0, 0, ""];
    if (day && date > 0 && date < 32 && month > 0 && month < 13) {
      const keys = [`@${date}x${month}x${year}`, `@m${month}x${year}`];
      return { start: begin(known.dayWord.exec(this.before(start))), end: start + day[0].length, keys };
    }
    const word = known.monthWord.exec(this.before(start));
    const match = at(word ? known.month : known.plainMonth, plain, start);
    if (!match || !+match[1] || +match[1] > 12 || (!word && known.name.test(this.before(start)))) return null;
    return { start: begin(word), end: start + match[0].length, keys: [`@m${+match[1]}x${match[2]}`] };
  }

  /**
   * The number that begins here, with letters and type if it has them.
   * @param {number} start
   * @returns {Numbered | null}
   */
  number(start) {
    const { plain, known } = this;
    const match = at(NUMBER, plain, start);
    const named = known.name.exec(this.before(start));
    if (!match || (/[a-z\d]$/.test(this.before(start, 1)) && !named?.[3])) return null;
    const end = start + match[0].length;
    /** @type {Numbered} */
    const found = { start, end, number: match[0].replace(/^0+(?=\d)/, ""), year: "", letters: "", code: "", types: [] };
    this.readLetters(found);
    this.readType(found, named);
    if (found.letters) return found;
    const year = found.named ? at(YEAR_AFTER, plain, end) : null;
    if (year) Object.assign(found, { end: end + year[0].length, ofYear: year[1] });
    else if (at(QUANTITY, plain, end) || (!found.named && /^(?:19|20)\d\d$/.test(found.number))) return null;
    return found;
  }

  /**
   * `-NQ/TW`, `/2023/NĐ-CP`, ` KL/TW` after the figures.
   * @param {Numbered} found
   */
  readLetters(found) {
    const { plain, known } = this;
    const link = at(LINK, plain, found.end);
    if (!link) return;
    let place = found.end + link[0].length;
    const year = link[0] ? at(OF_YEAR, plain, place) : null;
    place += year ? year[0].length : 0;
    const code = at(known.code, plain, place);
    const ofCode = code && known.ofCode.get(code[1]);
    if (!code || !ofCode) return;
    const behind = place + code[0].length;
    const bodies = this.bodies(behind);
    const blank = !link[0].trim() && !code[2] && !bodies.letters && !isCode(this.text.slice(place, behind));
    if (blank || !ofCode.forms.includes(this.lower.slice(place, place + code[1].length))) return;
    const letters = code[1] + (code[2] || "") + code[3] + bodies.letters;
    Object.assign(found, { year: year ? year[1] : "", code: code[1], letters, end: bodies.end, types: ofCode.ids });
  }

  /**
   * Issuers and other letters behind those of the type, and where they end.
   * @param {number} place
   */
  bodies(place) {
    let letters = "";
    for (let turn = 0; turn < 5; turn += 1) {
      const match = at(BODY, this.plain, place);
      if (!match) break;
      const end = place + match[0].length;
      const start = end - match[2].length;
      const exact = this.lower.slice(start, end);
      const tight =
        /^[-/]$/.test(match[1]) && !/\p{Lu}/u.test(this.text[place - 1]) && !/\p{Lu}/u.test(this.text[start]);
      const code = match[1].trim() && (isCode(this.text.slice(start, end)) || tight);
      if (!this.known.issuers.has(exact) && !code) break;
      letters += fold(this.data.same_issuers[exact] || exact);
      place = end;
    }
    return { letters, end: place };
  }

  /**
   * The name of a type before the number: `Nghị quyết số 43`, `NQ 43`, `NQ43`.
   * @param {Numbered} found
   * @param {RegExpExecArray | null} match
   */
  readType(found, match) {
    const { names, shorts, numberWord } = this.known;
    if (match) {
      const name = match[1] || match[3];
      const type = names.get(name) ?? "";
      const small = found.number.length === 1 && !at(this.known.smallEnd, this.plain, found.end);
      const bare = !small && (this.data.bare_types.includes(type) || shorts.has(name));
      if (found.letters || match[2] || bare)
        Object.assign(found, {
          types: [type],
          named: true,
          stated: Boolean(match[2]),
          start: found.start - match[0].length,
        });
    } else if (found.letters) found.start -= numberWord.exec(this.before(found.start))?.[0].length || 0;
  }

  /* Numbers told in a row share what only one of them says: `217, 218-QĐ/TW`, `số 18, 19`. */
  finish() {
    const first = this.chain[0];
    const last = this.chain[this.chain.length - 1];
    for (const [place, each] of this.chain.entries()) {
      if (!each.letters && last.letters) {
        Object.assign(each, { code: last.code, letters: last.letters, year: last.year });
        if (!each.types.length) each.types = last.types;
      }
      if (place && !each.named && first.named && (first.stated || each.letters)) each.types = first.types;
      const keys = each.types.map((type) => `#${type}:${each.number}`);
      if (each.letters !== each.code) {
        keys.unshift(`#${each.number}${each.letters}`);
        if (each.year) keys.unshift(`#${each.number}x${each.year}${each.letters}`);
      }
      const begins = each.ofYear && `#${each.number}x${each.ofYear}`;
      if (keys.length) this.found.push({ start: each.start, end: each.end, keys, begins });
    }
    this.chain = [];
  }
}
