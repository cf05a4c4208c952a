/* A query and its postings → scored entries: pairs of neighbours first, single syllables only where pairs are missing or don't meet. */

import { coded, fit, telling } from "./ranking.js";
import { eachPosting } from "./shards.js";

/** @typedef {import("./ranking.js").Given} Given */
/** @typedef {import("./ranking.js").Query} Query */
/** @typedef {import("./words.js").Asked} Asked */
/** @typedef {import("./shards.js").Index} Index */
/** @typedef {import("./shards.js").Term} Term */

/** @typedef {{from: number, size: number, key: string}} Sought  a key, and the words of the query that it answers */
/** @typedef {Sought & {light: number}} Priced  `light`: how many of its words may be left out; -1: none, it is quoted */
/** @typedef {{order: number[], key: string}} Name  a name in one piece: its words by their places in the query */

const MOST_TOKENS = 24;
const BYTES_FIRST = 95_000;
const BYTES_MORE = 50_000;
const OPEN_SHARDS = 3;
const OPEN_KEYS = 40;
/* 20 begins 2020, 2021, …: more of them than a reader can mean are not worth their postings. */
const OPEN_FIGURES = 12;
const [IN_TITLE, IN_NAMES] = [16, 32];
const WHOLE_TITLE = 2.5;

/* What one posting says: how much in the text, in the title, in names, at the beginning; less through an abbreviation. */
const WORTH = Float32Array.from({ length: 256 }, (_, weight) => {
  const parts = (weight & 15) / 15 + (weight & 16 ? 1.4 : 0) + (weight & 32 ? 0.5 : 0) + (weight & 64 ? 0.2 : 0);
  return parts * (weight & 128 ? 0.7 : 1);
});

/**
 * A sheet with every entry's score for the query.
 * @param {Index} index
 * @param {Given} given
 * @param {AbortSignal} [signal]
 */
export async function gather(index, given, signal) {
  const { entries: size } = await index.directory(signal);
  const begun = given.codes.filter(isBegun);
  const literal = given.codes.filter(({ span }) => span).map(({ keys }) => `${keys[0]} ${keys.at(-1)}`);
  const [known, ...opened] = await Promise.all([
    index.terms([...given.codes.flatMap(sought), ...literal], signal),
    ...begun.map((code) => index.beginning(code.begins, 1, signal)),
  ]);
  /** @type {Map<Given["codes"][number], [string, Term][]>} */
  const ofYear = new Map();
  for (const [i, code] of begun.entries()) ofYear.set(code, opened[i]);
  /** @param {Given["codes"][number]} code */
  const keysOf = (code) => {
    const those = ofYear.get(code) || [];
    for (const [key, term] of those) known.set(key, term);
    if (code.span)
      return known.has(`${code.keys[0]} ${code.keys.at(-1)}`) ? [] : code.keys.filter((key) => known.has(key));
    return those.length
      ? those.map(([key]) => key)
      : sought(code)
          .filter((key) => known.has(key))
          .slice(0, 1);
  };
  const query = limited(coded(given, keysOf));
  const sheet = new Sheet(query, size);
  sheet.given = given;
  sheet.unknownCodes = given.codes.filter((code) => !code.span && !keysOf(code).length);
  for (const [i, { keys }] of query.tokens.entries())
    for (const key of keys || []) sheet.add({ term: known.get(key), key, from: i, size: 1, boost: 2 });
  await addPairs(index, sheet, signal);
  await addSingles(index, sheet, signal);
  sheet.query = telling(query, sheet.rarity);
  return sheet;
}

/**
 * @param {Given["codes"][number]} code
 * @returns {code is Given["codes"][number] & {begins: string}}
 */
const isBegun = (code) => Boolean(code.begins);

/**
 * A day that nothing happened on is no reason to show its month.
 * @param {{keys: string[]}} code
 */
const sought = ({ keys }) => (keys[0][0] === "@" ? keys.slice(0, 1) : keys);

/**
 * A question of more words than anyone needs loses its end.
 * @param {Query} query
 */
const limited = (query) =>
  query.tokens.length > MOST_TOKENS
    ? coded({ ...query, tokens: query.tokens.slice(0, MOST_TOKENS), codes: [] }, () => [])
    : query;

/**
 * @param {Index} index
 * @param {Sheet} sheet
 * @param {AbortSignal} [signal]
 */
async function addPairs(index, sheet, signal) {
  const { tokens, prefix } = sheet.query;
  const last = tokens.length - 1;
  /** @type {Priced[]} */
  let pairs = [];
  for (let i = 0; i < last; i += 1) {
    const [one, next] = [tokens[i], tokens[i + 1]];
    if (!one.keys && !next.keys && !(prefix && i + 1 === last))
      pairs.push({ from: i, size: 2, key: `${one.key} ${next.key}`, light: one.quote ? -1 : +one.light + +next.light });
  }
  const alone = tokens
    .map((_, i) => i)
    .filter(
      (i) => !tokens[i].keys && !(prefix && i === last) && !pairs.some(({ from }) => from === i || from + 1 === i),
    );
  pairs.push(...alone.map((i) => ({ from: i, size: 1, key: tokens[i].key, light: +tokens[i].light * 2 })));
  const names = isName(tokens)
    ? [
        inOrder(
          tokens,
          tokens.map((_, i) => i),
        ),
        ...(prefix ? [] : edges(tokens)),
      ]
    : [];
  const open =
    prefix && last > 0 && !tokens[last - 1].keys
      ? index.beginning(`${tokens[last - 1].key} ${tokens[last].key}`, OPEN_SHARDS, signal)
      : [];
  pairs = within(index, pairs, BYTES_FIRST);
  const [terms, opened] = await Promise.all([
    index.terms(
      [...pairs, ...names].map(({ key }) => key),
      signal,
    ),
    open,
  ]);
  for (const pair of pairs) sheet.add({ ...pair, term: terms.get(pair.key) });
  for (const [, term] of opened.sort((a, b) => b[1].count - a[1].count).slice(0, OPEN_KEYS))
    sheet.add({ from: last - 1, size: 2, term, open: true });
  sheet.addNames(names, terms);
}

/** @param {Asked[]} tokens */
const isName = (tokens) =>
  tokens.length > 0 && tokens.length < 8 && tokens.every(({ keys, key }) => !keys && /\D/.test(key));
/**
 * @param {Asked[]} tokens
 * @param {number[]} order
 * @returns {Name}
 */
const inOrder = (tokens, order) => ({ order, key: `=${order.map((i) => tokens[i].key).join("")}` });

/**
 * One word alone: where it begins or ends a title or a name.
 * @param {Asked[]} tokens
 * @returns {Name[]}
 */
const edges = (tokens) =>
  tokens.length === 1 ? [`^${tokens[0].key}`, `${tokens[0].key}$`].map((key) => ({ order: [0], key })) : [];

/**
 * A name in other orders: backwards, or the given name first.
 * @param {Asked[]} tokens
 */
function otherOrders(tokens) {
  if (!isName(tokens) || tokens.length < 2 || tokens.length > 5) return [];
  const order = tokens.map((_, i) => i);
  const backwards = inOrder(tokens, [...order].reverse());
  return tokens.length > 2 ? [backwards, inOrder(tokens, [...order.slice(1), 0])] : [backwards];
}

/**
 * Names inside a longer query: neighbours that stand so in titles and names, together and without their first or last.
 * @param {Sheet} sheet
 */
function innerNames({ query, namedPairs }) {
  const { tokens } = query;
  if (tokens.length < 3) return [];
  /** @type {number[][]} */
  const runs = [];
  for (let i = 0; i + 1 < tokens.length; i += 1) {
    if (!(namedPairs & (1 << i)) || ![tokens[i], tokens[i + 1]].every(isNameWord)) continue;
    const last = runs.at(-1);
    if (last && last.at(-1) === i) last.push(i + 1);
    else runs.push([i, i + 1]);
  }
  const parts = runs.flatMap((run) => [run, run.slice(1), run.slice(0, -1)]);
  return parts
    .filter(({ length }) => length > 1 && length < 6 && length < tokens.length)
    .map((places) => inOrder(tokens, places));
}

/**
 * Two words that stand nowhere as neighbours may be surname and given name, in either order.
 * @param {Sheet} sheet
 */
function shortNames({ query, exactPairs, named }) {
  const { tokens } = query;
  if (named) return [];
  return tokens.slice(1).flatMap((next, i) => {
    if (exactPairs & (1 << i) || ![tokens[i], next].every(isNameWord)) return [];
    return [inOrder(tokens, [i, i + 1]), inOrder(tokens, [i + 1, i])];
  });
}

/** @param {Asked} token */
const isNameWord = ({ key, keys, light, short, quote }) => !keys && !light && !short && !quote && /\D/.test(key);

/** @param {Asked} token */
const isFigure = ({ key, keys }) => !keys && /^\d+$/.test(key);

/**
 * Those that fit into so many bytes: words that may be left out go first, then the dearest.
 * @param {Index} index
 * @param {Priced[]} pairs
 * @param {number} most
 */
function within(index, pairs, most) {
  const byNeed = [...pairs].sort(
    (a, b) => a.light - b.light || index.cost(a.key) - index.cost(b.key) || a.from - b.from,
  );
  const kept = new Set();
  const places = new Set();
  let sum = 0;
  for (const pair of byNeed) {
    const place = index.place(pair.key);
    const cost = places.has(place) ? 0 : index.cost(pair.key);
    if (kept.size && sum + cost > most) continue;
    sum += cost;
    places.add(place);
    kept.add(pair);
  }
  return pairs.filter((pair) => kept.has(pair));
}

/**
 * @param {Index} index
 * @param {Sheet} sheet
 * @param {AbortSignal} [signal]
 */
async function addSingles(index, sheet, signal) {
  const { tokens, prefix } = sheet.query;
  const names = [
    ...innerNames(sheet),
    ...(sheet.named || sheet.isTitle() ? [] : [...otherOrders(tokens), ...shortNames(sheet)]),
  ];
  const scattered = sheet.isScattered();
  if (sheet.isWhole() && !names.length && !scattered && !sheet.unsure().length) return;
  const last = tokens.length - 1;
  const lacking = scattered ? tokens.map((_, i) => i) : [...new Set([...sheet.uncovered(), ...sheet.unsure()])];
  const alone = lacking
    .filter(
      (i) => !(prefix && i === last && !isFigure(tokens[i])) && !tokens[i].keys && !sheet.tried.has(tokens[i].key),
    )
    .map((i) => ({ from: i, size: 1, key: tokens[i].key, light: +tokens[i].light }));
  const needed = within(
    index,
    alone.filter(({ light }) => !light),
    scattered ? BYTES_FIRST : BYTES_MORE,
  );
  const open = prefix && !sheet.covers(last) ? completed(index, tokens[last], signal) : [];
  const [terms, opened] = await Promise.all([
    index.terms(
      [...needed, ...names].map(({ key }) => key),
      signal,
    ),
    open,
  ]);
  for (const single of needed) sheet.add({ ...single, term: terms.get(single.key) });
  sheet.addNames(names, terms);
  for (const term of opened) sheet.add({ from: last, size: 1, term, open: true });
}

/**
 * The most frequent syllables that begin with what was typed.
 * @param {Index} index
 * @param {Asked} token
 * @param {AbortSignal} [signal]
 */
async function completed(index, token, signal) {
  if (isFigure(token)) {
    const found = await index.beginning(token.key, 1, signal);
    const longer = found.filter(([key]) => key !== token.key && /^\d+$/.test(key)).map(([, term]) => term);
    return longer.sort((a, b) => b.count - a.count).slice(0, OPEN_FIGURES);
  }
  const lexicon = await index.lexicon(signal);
  const begun = [...lexicon].filter(([key]) => key.startsWith(token.key));
  const counted = begun.map(([key, forms]) => {
    const meant = forms.filter(([form]) => !token.marked || form.startsWith(token.form));
    return { key, isWhole: +(key === token.key), n: meant.reduce((sum, [, n]) => sum + n, 0) };
  });
  const best = counted.filter(({ n }) => n).sort((a, b) => b.isWhole - a.isWhole || b.n - a.n);
  return (
    await index.terms(
      best.slice(0, 4).map(({ key }) => key),
      signal,
    )
  ).values();
}

/**
 * A joined form, cut into pieces of these lengths.
 * @param {string} form
 * @param {number[]} lengths
 */
function cutAt(form, lengths) {
  let at = 0;
  return lengths.map((length) => {
    at += length;
    return form.slice(at - length, at);
  });
}

/** The score sheet: for every entry, what was found of the query in it. */
class Sheet {
  /**
   * @param {Query} query
   * @param {number} size  number of entries
   */
  constructor(query, size) {
    this.query = query;
    this.size = size;
    this.scores = new Float32Array(size);
    this.masks = new Int32Array(size);
    this.exact = new Int32Array(size);
    this.best = new Float32Array(size);
    this.linked = new Float32Array(size);
    this.links = new Float32Array(size);
    this.pairs = new Int32Array(size);
    this.quotedPairs = 0;
    this.named = false;
    /** @type {Given["codes"]} */
    this.unknownCodes = [];
    /** @type {Given} */
    this.given = { ...query, codes: [] };
    this.exactWords = 0;
    this.exactPairs = 0;
    this.namedPairs = 0;
    /** Entries of which a name or title stands whole in the query. */
    this.own = new Uint8Array(size);
    this.titled = new Int32Array(size);
    this.rarity = query.tokens.map(() => Infinity);
    this.most = 0;
    /** @type {Sought[]} */
    this.missing = [];
    this.tried = new Set();
  }

  /**
   * Takes in what stands under a key, which answers `size` words of the query from `from` on, or those of `order`.
   * @param {object} given
   * @param {Term} [given.term]  nothing: the index does not hold the key
   * @param {string} [given.key]
   * @param {number} [given.from]
   * @param {number} given.size
   * @param {number} [given.boost]
   * @param {boolean} [given.open]  the last word may go on
   * @param {number[]} [given.order]
   */
  add({ term, from = 0, size, boost = 1, open = false, order, key = "" }) {
    const { best, linked, masks, exact, query } = this;
    const places = order || Array.from({ length: size }, (_, i) => from + i);
    this.tried.add(key);
    if (size === 2 && !order && query.tokens[from].quote && query.tokens[from].quote === query.tokens[from + 1].quote)
      this.quotedPairs |= 1 << from;
    if (!term) {
      this.missing.push({ from, size, key });
      return;
    }
    const idf = Math.log(1 + this.size / term.count);
    const light = places.some((i) => query.tokens[i].light) ? (size > 1 ? 0.7 : 0.4) : 1;
    /* Kim is everywhere, Kim Bôi in one district: a word alone tells nothing of what it means beside its neighbour. */
    for (const i of places) if (size > 1 || this.rarity[i] === Infinity) this.rarity[i] = Math.min(this.rarity[i], idf);
    const value = idf * boost * light * (size === 1 && boost === 1 ? 0.6 : 1);
    if (!open) this.most += value;
    const bits = places.reduce((mask, i) => mask | (1 << i), 0);
    /** @type {number[]} */
    const touched = [];
    for (const form of term.forms) {
      const { worth, good } = this.fitForm(form.form, places, open, order);
      const whole = order !== undefined && good === bits;
      this.exactWords |= good;
      if (size === 2 && good === bits) this.exactPairs |= 1 << Math.min(...places);
      eachPosting(term, form, (entry, weight) => {
        const points = value * worth * (whole && weight & IN_TITLE ? WHOLE_TITLE : WORTH[weight] + 0.05);
        if (points > best[entry]) {
          if (!best[entry]) touched.push(entry);
          best[entry] = points;
        }
        masks[entry] |= bits;
        exact[entry] |= good;
        if (size === 2 && good === bits && !order) this.pairs[entry] |= 1 << from;
        if (size > 1) linked[entry] = Math.max(linked[entry], worth);
        if (size > 1 && weight & IN_TITLE) this.titled[entry] |= bits;
        if (size === 2 && good === bits && !order && weight & (IN_TITLE | IN_NAMES)) this.namedPairs |= 1 << from;
        if (whole && size > 1 && weight & IN_TITLE) this.own[entry] = 1;
      });
    }
    for (const entry of touched) {
      this.scores[entry] += best[entry];
      this.links[entry] += idf * linked[entry];
      best[entry] = linked[entry] = 0;
    }
  }

  /**
   * A name in one piece says as much as all its pairs.
   * @param {Name[]} names
   * @param {Map<string, Term>} terms
   */
  addNames(names, terms) {
    for (const { key, order } of names)
      if (terms.has(key)) this.add({ term: terms.get(key), order, size: order.length, boost: key[0] === "=" ? 2 : 1 });
    const whole = names.filter(({ key, order }) => key[0] === "=" && order.length === this.query.tokens.length);
    this.named ||= whole.some(({ key }) => terms.has(key));
  }

  /**
   * How well a written form answers the tokens at some places; `good`: bits of those it answers with their marks.
   * @param {string} form
   * @param {number[]} places
   * @param {boolean} open
   * @param {number[]} [joined]
   */
  fitForm(form, places, open, joined) {
    const { tokens } = this.query;
    let [worth, good] = [1, 0];
    const parts =
      joined && joined.length > 1
        ? cutAt(
            form,
            places.map((i) => tokens[i].key.length),
          )
        : form.split(" ");
    for (const [part, i] of places.entries()) {
      if (tokens[i].keys) {
        good |= 1 << i;
        continue;
      }
      const begun =
        open && part === places.length - 1 && parts[part] !== tokens[i].form && parts[part].startsWith(tokens[i].form);
      const fits = begun ? 0.8 : fit(tokens[i], parts[part], this.query.strict);
      if (fits >= 0.8) good |= 1 << i;
      worth *= fits;
    }
    return { worth, good };
  }

  bits() {
    return this.query.tokens.map((_, i) => i).filter((i) => !this.query.tokens[i].light);
  }

  /** Words whose typed form was seen nowhere yet. */
  unsure() {
    const { tokens } = this.query;
    return this.bits().filter((i) => !tokens[i].keys && !(this.exactWords & (1 << i)));
  }

  /** Does an entry hold every word that counts? */
  isWhole() {
    const all = this.bits().reduce((mask, i) => mask | (1 << i), 0);
    return all !== 0 && this.masks.some((mask) => (mask & all) === all);
  }

  /** Does a title or name hold all words as neighbours? */
  isTitle() {
    const all = 2 ** this.query.tokens.length - 1;
    return this.titled.some((mask) => mask === all);
  }

  /**
   * Do two neighbours of the query stand so anywhere, with their marks? Yes if nobody looked.
   * @param {number} from
   */
  isPair(from) {
    const { tokens } = this.query;
    const [one, next] = [tokens[from], tokens[from + 1]];
    if (one.keys || next.keys || this.exactPairs & (1 << from)) return true;
    return !this.tried.has(`${one.key} ${next.key}`);
  }

  /** Words that count and that the archive does not hold as they were typed. */
  absent() {
    const { tokens } = this.query;
    return this.unsure().filter((i) => this.tried.has(tokens[i].key) || (this.query.prefix && i === tokens.length - 1));
  }

  /** Runs of words of which none stands beside its neighbour anywhere: `[[2, 3, 4]]`. */
  strangers() {
    const { tokens } = this.query;
    /** @param {number} i */
    const isStrange = (i) =>
      isNameWord(tokens[i]) && !(i > 0 && this.isPair(i - 1)) && !(i + 1 < tokens.length && this.isPair(i));
    /** @type {number[][]} */
    const found = [];
    for (let i = 0; i < tokens.length; i += 1) {
      if (!isStrange(i)) continue;
      const last = found.at(-1);
      if (last && last.at(-1) === i - 1) last.push(i);
      else found.push([i]);
    }
    return found;
  }

  /** Words without their order: no entry holds half of them as neighbours, so what stands together does so by chance. */
  isScattered() {
    const wanted = this.query.tokens.length - 1;
    /**
     * @param {number} bits
     * @returns {number}
     */
    const count = (bits) => (bits ? 1 + count(bits & (bits - 1)) : 0);
    return wanted > 1 && !this.named && !this.pairs.some((bits) => bits && count(bits) * 2 >= wanted);
  }

  /** @param {number} i */
  covers(i) {
    return this.rarity[i] < Infinity;
  }

  /** Tokens that the best entries lack. */
  uncovered() {
    let most = 0;
    let mask = 0;
    for (let entry = 0; entry < this.size; entry += 1)
      if (this.scores[entry] > most) [most, mask] = [this.scores[entry], this.masks[entry]];
    return this.query.tokens.map((_, i) => i).filter((i) => !(mask & (1 << i)));
  }

  /**
   * Those worth reading: the best by score, and those with most of the words as neighbours, wherever they stand.
   * @param {[entry: number, score: number][]} ranked
   * @param {number} most
   */
  worthReading(ranked, most) {
    const read = ranked.slice(0, most);
    const own = ranked.slice(most).filter(([entry]) => this.own[entry]);
    read.push(...own.slice(0, most >> 1));
    const held = new Set(read.map(([entry]) => entry));
    const linked = ranked
      .filter(([entry]) => this.links[entry] && !held.has(entry))
      .sort((a, b) => this.links[b[0]] - this.links[a[0]] || b[1] - a[1]);
    return [...read, ...linked.slice(0, most >> 1)];
  }

  /**
   * Entries with enough of the query, the best first.
   * @param {Uint8Array | null} allowed  one byte for every entry, 0 for those that may not be among them
   * @returns {[entry: number, score: number][]}
   */
  ranked(allowed) {
    const { tokens, weights } = this.query;
    /** @param {number} i */
    const rare = (i) => Math.min(6, Math.max(0.7, this.rarity[i] === Infinity ? 3 : this.rarity[i]));
    const parts = tokens.map((_, i) => weights[i] * rare(i));
    const all = parts.reduce((sum, each) => sum + each, 0);
    const quoted = tokens.reduce((mask, token, i) => mask | (token.quote && this.covers(i) ? 1 << i : 0), 0);
    /** @type {Map<number, number>} */
    const cover = new Map();
    /** @param {number} mask */
    const covered = (mask) => {
      let share = cover.get(mask);
      if (share === undefined) {
        share = parts.reduce((sum, each, i) => sum + (mask & (1 << i) ? each : 0), 0) / all;
        cover.set(mask, share);
      }
      return share;
    };
    /** @param {number} entry */
    const isPhrase = (entry) =>
      (this.exact[entry] & quoted) === quoted && (this.pairs[entry] & this.quotedPairs) === this.quotedPairs;
    /** @param {number} entry */
    const fits = (entry) => this.scores[entry] > 0 && (!allowed || allowed[entry]) && isPhrase(entry);
    let best = 0;
    for (let entry = 0; entry < this.size; entry += 1)
      if (fits(entry)) best = Math.max(best, covered(this.masks[entry]));
    const least = this.query.any ? 0 : best * (tokens.length > 3 ? 0.6 : 0.95);
    /** @type {[number, number][]} */
    const found = [];
    for (let entry = 0; entry < this.size; entry += 1) {
      if (!fits(entry) || (covered(this.masks[entry]) < least && !this.own[entry])) continue;
      const share = covered(this.masks[entry]);
      const sure = 0.3 + 0.7 * covered(this.exact[entry]) ** 2;
      found.push([entry, (this.scores[entry] / (this.most || 1)) * share * share * sure]);
    }
    return found.sort((a, b) => b[1] - a[1] || b[0] - a[0]);
  }
}
