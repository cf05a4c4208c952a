/* A query and its postings → scored entries: pairs of neighbours first, single syllables only where pairs are missing or don't meet. */

import { coded, fit } from "./ranking.js";
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
const IN_TITLE = 16;
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
  const [known, ...opened] = await Promise.all([
    index.terms(given.codes.flatMap(sought), signal),
    ...begun.map((code) => index.beginning(code.begins, 1, signal)),
  ]);
  /** @type {Map<Given["codes"][number], [string, Term][]>} */
  const ofYear = new Map();
  for (const [i, code] of begun.entries()) ofYear.set(code, opened[i]);
  /** @param {Given["codes"][number]} code */
  const keysOf = (code) => {
    const those = ofYear.get(code) || [];
    for (const [key, term] of those) known.set(key, term);
    return those.length
      ? those.map(([key]) => key)
      : sought(code)
          .filter((key) => known.has(key))
          .slice(0, 1);
  };
  const query = limited(coded(given, keysOf));
  const sheet = new Sheet(query, size);
  for (const [i, { keys }] of query.tokens.entries())
    for (const key of keys || []) sheet.add({ term: known.get(key), key, from: i, size: 1, boost: 2 });
  await addPairs(index, sheet, signal);
  await addSingles(index, sheet, signal);
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
  const names =
    isName(tokens) && !prefix
      ? [
          inOrder(
            tokens,
            tokens.map((_, i) => i),
          ),
          ...edges(tokens),
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
  const names = sheet.named || sheet.isTitle() ? [] : otherOrders(tokens);
  const scattered = sheet.isScattered();
  if (sheet.isWhole() && !names.length && !scattered) return;
  const last = tokens.length - 1;
  const lacking = scattered ? tokens.map((_, i) => i) : sheet.uncovered();
  const alone = lacking
    .filter((i) => !(prefix && i === last) && !tokens[i].keys && !sheet.tried.has(tokens[i].key))
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
    for (const i of places) this.rarity[i] = Math.min(this.rarity[i], idf);
    const value = idf * boost * light * (size === 1 && boost === 1 ? 0.6 : 1);
    if (!open) this.most += value;
    const bits = places.reduce((mask, i) => mask | (1 << i), 0);
    /** @type {number[]} */
    const touched = [];
    for (const form of term.forms) {
      const { worth, good } = this.fitForm(form.form, places, open, order);
      const whole = order !== undefined && good === bits;
      eachPosting(term, form, (entry, weight) => {
        const points = value * worth * (whole && weight & IN_TITLE ? WHOLE_TITLE : WORTH[weight] + 0.05);
        if (points > best[entry]) {
          if (!best[entry]) touched.push(entry);
          best[entry] = points;
        }
        masks[entry] |= bits;
        exact[entry] |= good;
        if (size === 2 && good === bits) this.pairs[entry] |= 1 << from;
        if (size > 1) linked[entry] = Math.max(linked[entry], worth);
        if (size > 1 && weight & IN_TITLE) this.titled[entry] |= bits;
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
    this.named ||= names.some(({ key }) => key[0] === "=" && terms.has(key));
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
      const fits = begun ? 0.8 : fit(tokens[i], parts[part]);
      if (fits >= 0.8) good |= 1 << i;
      worth *= fits;
    }
    return { worth, good };
  }

  bits() {
    return this.query.tokens.map((_, i) => i).filter((i) => !this.query.tokens[i].light);
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

  /** A word whose neighbours on every side are strangers to it may be mistyped. */
  hasStranger() {
    const { tokens } = this.query;
    /** @param {number} from */
    const met = (from) => this.missing.every((each) => each.from !== from || each.size !== 2);
    return tokens.some(
      (token, i) =>
        !token.light && !token.quote && !token.keys && !(i > 0 && met(i - 1)) && !(i + 1 < tokens.length && met(i)),
    );
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
    const least = best * (tokens.length > 3 ? 0.6 : 0.95);
    /** @type {[number, number][]} */
    const found = [];
    for (let entry = 0; entry < this.size; entry += 1) {
      if (!fits(entry) || covered(this.masks[entry]) < least) continue;
      const share = covered(this.masks[entry]);
      const sure = 0.3 + 0.7 * covered(this.exact[entry]) ** 2;
      found.push([entry, (this.scores[entry] / (this.most || 1)) * share * share * sure]);
    }
    return found.sort((a, b) => b[1] - a[1] || b[0] - a[0]);
  }
}
