/* Numbers of documents and dates in a text or a query, in any dress; the twin of archive/search/codes.py (docs/search.md). */

import { fold } from "./words.js";

const folds = new Map();

/* Lower case without marks, dashes and blanks of one kind, letter for letter: a place in it is a place in the text. */
function flat(text) {
  return text.toLowerCase().replace(/[^\0-\x7f]/g, (letter) => {
    if (!folds.has(letter)) {
      const bare = /[\u2010-\u2015\u2212]/.test(letter) ? "-" : /\s/.test(letter) ? " " : fold(letter);
      folds.set(letter, bare.length === 1 ? bare : letter);
    }
    return folds.get(letter);
  }).replace(/\s/g, " ");
}

const YEAR = "((?:19|20)\\d\\d)";
const NUMBER = /\d{1,5}(?:\.\d{1,2}(?!\d|\.\d))?(?:[a-z](?![a-z\d]))?/y;
const LINK = / ?[-/] ?| |(?=[a-z])/y;
const OF_YEAR = new RegExp(`${YEAR} ?[-/] ?`, "y");
const BODY = /( ?[-/] ?| )([a-z]+\d*)(?![a-z\d])/y;
const QUANTITY = /\d|[.,/-]\d| ?%/y;
const YEAR_AFTER = new RegExp(` ?/ ?${YEAR}(?!\\d)`, "y");
const SMALL_END = /\s*(?:$|[,;.:()"\u201c\u201d]|(?:cua|ngay|khoa|ve|nam)\b)/y;

const ready = new WeakMap();
const anyOf = (list) => `(${[...new Set(list)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).join("|")})`;
const isCode = (written) => (written.match(/\p{Lu}/gu) || []).length * 2 > written.replace(/\d+$/, "").length || /\d$/.test(written);

function at(pattern, text, place) {
  pattern.lastIndex = place;
  return pattern.exec(text);
}

function prepare(data) {
  const { day, month, year, number, and } = Object.fromEntries(Object.entries(data.around).map(([what, form]) => [what, fold(form)]));
  const names = new Map();
  const shorts = new Set(Object.values(data.short_types).flat().map(fold));
  for (const types of [data.types, data.short_types]) for (const id in types) for (const form of types[id]) names.set(fold(form), id);
  const ofCode = new Map();
  for (const id of Object.keys(data.codes).sort())
    for (const form of data.codes[id]) {
      const known = ofCode.get(fold(form)) || { ids: [], forms: [fold(form)] };
      ofCode.set(fold(form), { ids: [...new Set([...known.ids, id])], forms: [...known.forms, form] });
    }
  const issuers = new Set([...data.issuers, ...data.issuers.map(fold)]);
  const between = `(?: ?,? ${year} | ?[/-] ?| )`;
  return {
    names, shorts, ofCode, issuers,
    code: new RegExp(`${anyOf(ofCode.keys())}${anyOf(data.issuers.map(fold))}?(\\d*)(?![a-z])`, "y"),
    name: new RegExp(`(?<![a-z\\d])(?:${anyOf(names.keys())}\\s+(${number}(?: ?:)?\\s+)?|${anyOf(shorts)})$`),
    numberWord: new RegExp(`(?<![a-z\\d])${number} ?:? $`),
    dayWord: new RegExp(`(?<![a-z\\d])${day} $`),
    monthWord: new RegExp(`(?<![a-z\\d])${month} $`),
    list: new RegExp(`^(?: ?[,;]| ${and}| ?[,;] ${and}) (?:${number} )?$`),
    day: new RegExp(`(\\d\\d?)(?: ?([/.-]) ?(\\d\\d?) ?\\2 ?${YEAR}(?!\\d)| ${month} (\\d\\d?)${between}${YEAR}(?!\\d))`, "y"),
    month: new RegExp(`(\\d\\d?)${between}${YEAR}(?!\\d)(?! ?[/-] ?[a-z\\d])`, "y"),
    plainMonth: new RegExp(`(\\d\\d?) ?[/-] ?${YEAR}(?!\\d)(?! ?[/-] ?[a-z\\d])`, "y"),
  };
}

/* [{keys, start, end, begins}] in order, nothing overlaps; the most telling key first. Places are places in the text.
   `begins`: how the keys begin that a bare number and its year stand for (Nghị định 59/2023). */
export function codes(text, data) {
  if (!/\d/.test(text)) return [];
  if (!ready.has(data)) ready.set(data, prepare(data));
  const finder = new Finder(text, data, ready.get(data));
  let place = 0;
  for (let match; (match = at(/\d/g, finder.plain, place)); ) {
    const date = finder.date(match.index);
    const number = date ? null : finder.number(match.index);
    if (!number || !finder.goesOn(match.index)) finder.finish();
    if (date) finder.found.push(date);
    if (number) finder.chain.push(number);
    place = (date || number)?.end || match.index + at(/\d+/y, finder.plain, match.index)[0].length;
  }
  finder.finish();
  return finder.found;
}

class Finder {
  constructor(text, data, known) {
    this.text = text;
    this.lower = text.toLowerCase();
    this.plain = flat(text);
    this.data = data;
    this.known = known;
    this.found = [];
    this.chain = [];
  }

  before(start, length = 60) {
    return this.plain.slice(Math.max(0, start - length), start);
  }

  goesOn(start) {
    return this.chain.length > 0 && this.known.list.test(this.plain.slice(this.chain[this.chain.length - 1].end, start));
  }

  date(start) {
    const { plain, known } = this;
    if (/\d[./-]?$/.test(this.before(start, 2))) return null;
    const begin = (word) => start - (word ? word[0].length : 0);
    const day = at(known.day, plain, start);
    const [date, month, year] = day ? [+day[1], +(day[3] || day[5]), day[4] || day[6]] : [];
    if (date > 0 && date < 32 && month > 0 && month < 13)
      return { start: begin(known.dayWord.exec(this.before(start))), end: start + day[0].length, keys: [`@${date}x${month}x${year}`, `@m${month}x${year}`] };
    const word = known.monthWord.exec(this.before(start));
    const match = at(word ? known.month : known.plainMonth, plain, start);
    if (!match || !+match[1] || +match[1] > 12 || (!word && known.name.test(this.before(start)))) return null;
    return { start: begin(word), end: start + match[0].length, keys: [`@m${+match[1]}x${match[2]}`] };
  }

  /* The number that begins here, with letters and type if it has them. */
  number(start) {
    const { plain, known } = this;
    const match = at(NUMBER, plain, start);
    const named = known.name.exec(this.before(start));
    if (!match || (/[a-z\d]$/.test(this.before(start, 1)) && !named?.[3])) return null;
    const end = start + match[0].length;
    const found = { start, end, number: match[0].replace(/^0+(?=\d)/, ""), year: "", letters: "", code: "", types: [] };
    this.readLetters(found);
    this.readType(found, named);
    if (found.letters) return found;
    const year = found.named && at(YEAR_AFTER, plain, end);
    if (year) [found.end, found.ofYear] = [found.end + year[0].length, year[1]];
    else if (at(QUANTITY, plain, end) || (!found.named && /^(?:19|20)\d\d$/.test(found.number))) return null;
    return found;
  }

  /* `-NQ/TW`, `/2023/NĐ-CP`, ` KL/TW` after the figures. */
  readLetters(found) {
    const { plain, known } = this;
    const link = at(LINK, plain, found.end);
    if (!link) return;
    let place = found.end + link[0].length;
    const year = link[0] && at(OF_YEAR, plain, place);
    place += year ? year[0].length : 0;
    const code = at(known.code, plain, place);
    if (!code) return;
    const { ids, forms } = known.ofCode.get(code[1]);
    const behind = place + code[0].length;
    const bodies = this.bodies(behind);
    const blank = !link[0].trim() && !code[2] && !bodies.letters && !isCode(this.text.slice(place, behind));
    if (blank || !forms.includes(this.lower.slice(place, place + code[1].length))) return;
    const letters = code[1] + (code[2] || "") + code[3] + bodies.letters;
    Object.assign(found, { year: year ? year[1] : "", code: code[1], letters, end: bodies.end, types: ids });
  }

  bodies(place) {
    let letters = "";
    for (let turn = 0, match; turn < 5 && (match = at(BODY, this.plain, place)); turn += 1) {
      const end = place + match[0].length;
      const start = end - match[2].length;
      const exact = this.lower.slice(start, end);
      const tight = /^[-/]$/.test(match[1]) && !/\p{Lu}/u.test(this.text[place - 1]) && !/\p{Lu}/u.test(this.text[start]);
      const code = match[1].trim() && (isCode(this.text.slice(start, end)) || tight);
      if (!this.known.issuers.has(exact) && !code) break;
      letters += fold(this.data.same_issuers[exact] || exact);
      place = end;
    }
    return { letters, end: place };
  }

  /* The name of a type before the number: `Nghị quyết số 43`, `NQ 43`, `NQ43`. */
  readType(found, match) {
    const { names, shorts, numberWord } = this.known;
    if (match) {
      const name = match[1] || match[3];
      const type = names.get(name);
      const small = found.number.length === 1 && !at(SMALL_END, this.plain, found.end);
      const bare = !small && (this.data.bare_types.includes(type) || shorts.has(name));
      if (found.letters || match[2] || bare) Object.assign(found, { types: [type], named: true, stated: Boolean(match[2]), start: found.start - match[0].length });
    } else if (found.letters) found.start -= numberWord.exec(this.before(found.start))?.[0].length || 0;
  }

  /* Numbers told in a row share what only one of them says: `217, 218-QĐ/TW`, `số 18, 19`. */
  finish() {
    const [first, last] = [this.chain[0], this.chain[this.chain.length - 1]];
    this.chain.forEach((each, place) => {
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
    });
    this.chain = [];
  }
}
