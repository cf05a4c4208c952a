/* The same interface over Pagefind: pages of their own hold đ as ḏ, codes and abbreviations as words (archive/search/pagefind.py). */

import { asked, coded, hit, judge } from "./ranking.js";
import { once, readJson, readText, SearchFailed } from "./reading.js";
import { lexiconOf } from "./shards.js";

/** @typedef {import("./engine.js").Filters} Filters */
/** @typedef {import("./forms.js").Vocabulary} Vocabulary */
/** @typedef {import("./ranking.js").Entry} Entry */
/** @typedef {import("./ranking.js").Given} Given */
/** @typedef {import("./ranking.js").Judged} Judged */
/** @typedef {import("./ranking.js").Query} Query */
/** @typedef {Record<string, Record<string, number>>} Counts  facet → id → number */

/**
 * A page as Pagefind keeps it: words, metadata, and the places of its anchors among the words.
 * @typedef {{content: string, meta: Record<string, string>, anchors: {id: string, location: number}[]}} Fragment
 */

/** @typedef {{id: string, score: number, data: () => Promise<Fragment>}} Result  `data` reads the page */
/** @typedef {{results: (Result & {words: number[]})[], filters: Counts}} Reply  `words`: where in the page the words stand */
/** @typedef {{filters?: Record<string, {any: string[]}>, sort?: {date: "desc"}}} Wanted  options of a question to Pagefind */

/**
 * What of Pagefind's own program is used.
 * @typedef {object} Pagefind
 * @property {(options: object) => Promise<void>} options
 * @property {(words: string | null, options: Wanted) => Promise<Reply>} search
 */

/**
 * @typedef {object} Found
 * @property {Result[]} results  in order
 * @property {Query} query
 * @property {Counts} counts
 * @property {string | null} instead  what was searched instead
 * @property {Map<string, Judged>} judged  those that were read
 * @property {number} near  how near the words stand together in the best
 */

const READ = 20;
const SHOWN = 10;
const KEPT = 12;
const EXACT = 1.5;
const WHOLE = 0.75;
const SCATTERED = 0.6;
const BETTER = 0.2;
const MOST_PAIRS = 16;
const TRIES = 3;

/** @param {string} form */
const indexed = (form) => form.replace(/đ/g, "\u1e0f");
/** @param {string} text */
const shown = (text) => text.replace(/\u1e0f/g, "đ").replace(/\u1e0e/g, "Đ");
/** @param {string} key */
const codeWord = (key) => key.replace(/[^a-z0-9]/g, "");

/**
 * @param {URL} folder
 * @param {Vocabulary} data
 * @param {URL} base
 */
export async function open(folder, data, base) {
  for (let turn = 1; ; turn += 1) {
    try {
      const pagefind = await import(new URL(`pagefind/pagefind.js${turn > 1 ? `?${turn}` : ""}`, base).href);
      await pagefind.options({ excerptLength: 1, basePath: new URL("pagefind/", base).href });
      await pagefind.init();
      return new OverPagefind(pagefind, folder, data);
    } catch (error) {
      if (turn === TRIES) throw new SearchFailed(String(error));
    }
  }
}

class OverPagefind {
  /**
   * @param {Pagefind} pagefind
   * @param {URL} folder
   * @param {Vocabulary} data
   */
  constructor(pagefind, folder, data) {
    this.pagefind = pagefind;
    this.folder = folder;
    this.data = data;
    /** @type {Map<string, Found>} */
    this.kept = new Map();
    /** @type {Map<string, Promise<any>>} */
    this.files = new Map();
    /** @type {Promise<unknown>} */
    this.turn = Promise.resolve();
  }

  /**
   * See docs/search.md, "What an engine answers".
   * @param {string} query
   * @param {import("./engine.js").Options} [options]
   */
  async search(
    query,
    { filters = {}, sort = "relevance", from = 0, limit = SHOWN, typing = false, exact = false, signal } = {},
  ) {
    const key = JSON.stringify([query, filters, sort, typing, exact, limit > 0]);
    const read = limit > 0;
    const found = this.kept.get(key) ?? (await this.find(query, { filters, sort, typing, exact, signal, read }));
    if (!this.kept.has(key)) {
      const [oldest] = this.kept.keys();
      if (this.kept.size >= KEPT) this.kept.delete(oldest);
      this.kept.set(key, found);
    }
    return this.page(found, from, limit, signal);
  }

  /**
   * @param {string} text
   * @param {{filters: Filters, sort: string, typing: boolean, exact: boolean, signal?: AbortSignal, read: boolean}} options
   * @returns {Promise<Found>}
   */
  async find(text, { filters, sort, typing, exact, signal, read }) {
    const given = await asked(text, this.data, typing);
    const chosen = Object.entries(filters).filter(([, values]) => values.length);
    /** @type {Wanted} */
    const options = { filters: Object.fromEntries(chosen.map(([name, any]) => [name, { any }])) };
    if (sort === "date") options.sort = { date: "desc" };
    if (!given.tokens.length) {
      const all =
        text.trim() || !chosen.length
          ? { results: [], filters: {} }
          : await this.ask(null, { ...options, sort: { date: "desc" } });
      return {
        results: all.results,
        query: { ...given, codes: [] },
        counts: all.filters,
        instead: null,
        judged: new Map(),
        near: 0,
      };
    }
    const query = await this.withCodes(given);
    let found = await this.attempt(query, options, sort, read, signal);
    if (read && !exact && (typing ? !found.results.length : found.near < WHOLE) && !query.phrases.length)
      found = (await this.instead(found, options, sort, signal)) || found;
    return found;
  }

  /** @param {Given} query */
  async withCodes(query) {
    const known = new Set();
    for (const key of query.codes.flatMap(({ keys }) => (keys[0][0] === "@" ? keys.slice(0, 1) : keys)))
      if ((await this.ask(`"${codeWord(key)}"`)).results.length) known.add(key);
    return coded(query, ({ keys, span }) => (span ? [] : keys.filter((key) => known.has(key)).slice(0, 1)));
  }

  /**
   * One question after another: the option for exact marks holds for all of Pagefind.
   * @param {string | null} words
   * @param {Wanted} [options]
   */
  ask(words, options = {}, exactDiacritics = false) {
    const answer = this.turn.then(async () => {
      await this.pagefind.options({ exactDiacritics });
      try {
        return await this.pagefind.search(words, options);
      } catch (error) {
        throw new SearchFailed(String(error));
      }
    });
    this.turn = answer.catch(() => null);
    return answer;
  }

  /**
   * @param {Query} query
   * @param {Wanted} options
   * @param {string} sort
   * @param {boolean} read
   * @param {AbortSignal} [signal]
   */
  async attempt(query, options, sort, read, signal) {
    let { results, filters } = await this.candidates(query, options, signal);
    /** @type {Found} */
    const found = { results, query, counts: filters, instead: null, judged: new Map(), near: 0 };
    if (!read) return found;
    const best = await this.read(found, sort === "date" ? results.slice(0, SHOWN) : results.slice(0, READ), signal);
    found.near = Math.max(0, ...best.filter(({ phrases }) => phrases).map(({ near }) => near));
    if (sort === "date") return found;
    if (found.near < SCATTERED && results.length && query.tokens.length > 4) {
      const more = (await this.byPairs(query, options, signal)).results.slice(0, READ);
      best.push(...(await this.read(found, more, signal)));
      results = [
        ...new Map(
          [...results.slice(0, READ), ...more, ...results].map((result) => [result.id, { ...result, score: 0 }]),
        ).values(),
      ];
      best.length = new Set(best).size;
    }
    /** @param {Result} result */
    const judged = ({ id }) => /** @type {Judged} */ (found.judged.get(id));
    /** @param {Result} result */
    const rank = (result) => judged(result).score + 0.5 * Math.log(1 + result.score);
    const top = results
      .slice(0, best.length)
      .sort((a, b) => rank(b) - rank(a) || (judged(a).entry.d < judged(b).entry.d ? 1 : -1));
    /* Pagefind passes over words that it doesn't know. */
    /** @param {Result} result */
    const holds = (result) => judged(result).phrases && judged(result).near > 0;
    found.results = [...top.filter(holds), ...results.slice(best.length)];
    return found;
  }

  /**
   * Pages with all words, exact marks before folded ones; if there are none, those with most neighbours.
   * @param {Query} query
   * @param {Wanted} options
   * @param {AbortSignal} [signal]
   */
  async candidates(query, options, signal) {
    const strong = query.tokens.filter(({ light }) => !light);
    const words = (strong.length > 1 ? strong : query.tokens).map(({ keys, key, form }) =>
      keys ? codeWord(key) : indexed(form),
    );
    const marked = query.tokens.some((token) => token.marked);
    const exact = marked ? await this.ask(words.join(" "), options, true) : { results: [] };
    signal?.throwIfAborted();
    const folded = await this.ask(words.join(" "), options);
    signal?.throwIfAborted();
    if (folded.results.length || query.tokens.length < 3)
      return { results: merged(exact, folded, words.length, options), filters: folded.filters };
    return this.byPairs(query, options, signal);
  }

  /**
   * Those with most of the neighbours, rare ones before common ones.
   * @param {Query} query
   * @param {Wanted} options
   * @param {AbortSignal} [signal]
   */
  async byPairs(query, options, signal) {
    const pairs = query.tokens
      .slice(1)
      .map((token, i) => [query.tokens[i], token])
      .filter((pair) => pair.every(({ light, keys }) => !light && !keys));
    const found = [];
    for (const pair of pairs.slice(0, MOST_PAIRS)) {
      found.push(await this.ask(pair.map(({ form }) => indexed(form)).join(" "), options));
      signal?.throwIfAborted();
    }
    return { results: summed(found), filters: found[0]?.filters || {} };
  }

  /**
   * @param {Found} before
   * @param {Wanted} options
   * @param {string} sort
   * @param {AbortSignal} [signal]
   */
  async instead(before, options, sort, signal) {
    const [{ repaired }] = await Promise.all([import("./repair.js"), this.lexicon(signal)]);
    const { tokens } = before.query;
    const missing = [];
    if (tokens.length < 9)
      for (let from = 0; from + 1 < tokens.length; from += 1) {
        const key = `${tokens[from].key} ${tokens[from + 1].key}`;
        if (!(await this.terms([key])).size) missing.push({ from, size: 2, key });
      }
    /** @type {import("./repair.js").Asks} */
    const index = {
      lexicon: () => this.lexicon(signal),
      cost: () => 0,
      terms: (keys) => this.terms(keys.slice(0, 2 * MOST_PAIRS)),
    };
    const orders =
      before.results.length || tokens.length < 2 || tokens.length > 5
        ? []
        : [[...tokens].reverse(), [...tokens.slice(1), tokens[0]]];
    const proposals = [
      ...orders.map((order) => order.map(({ form }) => form)),
      ...(await repaired(index, { ...before.query, missing }, signal)),
    ];
    /** @type {Found | null} */
    let best = null;
    for (const words of proposals.slice(0, 4)) {
      const query = coded({ ...(await asked(words.join(" "), this.data, false)), codes: [] }, () => []);
      const other = await this.attempt(query, options, sort, true, signal);
      other.instead = words.join(" ");
      if (other.results.length && (!best || other.near > best.near)) best = other;
      if (best && best.near > 0.95) break;
    }
    return best && (!before.results.length || best.near > before.near + BETTER) ? best : null;
  }

  /**
   * Neighbours that stand in the index, for repair.
   * @param {string[]} keys
   * @returns {Promise<Map<string, {count: number}>>}
   */
  async terms(keys) {
    const found = new Map();
    for (const key of keys) {
      const { results } = await this.ask(`"${key}"`);
      if (results.length) found.set(key, { count: results.length });
    }
    return found;
  }

  /** @param {AbortSignal} [signal] */
  lexicon(signal) {
    return once(
      this.files,
      "lexicon",
      async () => lexiconOf(await readText(new URL("lexicon.gz", this.folder), signal)),
      signal,
    );
  }

  /**
   * @param {Found} found
   * @param {Result[]} results
   * @param {AbortSignal} [signal]
   * @returns {Promise<Judged[]>}
   */
  async read(found, results, signal) {
    const pages = await Promise.all(
      results.map((result) => once(this.files, result.id, () => this.fragment(result), signal)),
    );
    signal?.throwIfAborted();
    return pages.map((entry, i) => {
      const { id } = results[i];
      const judged = found.judged.get(id) ?? judge(entry, found.query);
      found.judged.set(id, judged);
      return judged;
    });
  }

  /**
   * @param {Result} result
   * @returns {Promise<Entry>}
   */
  async fragment(result) {
    for (let turn = 1; ; turn += 1) {
      try {
        return entryOf(await result.data());
      } catch (error) {
        if (turn === TRIES) throw new SearchFailed(String(error));
      }
    }
  }

  /**
   * @param {Found} found
   * @param {number} from
   * @param {number} limit
   * @param {AbortSignal} [signal]
   */
  async page(found, from, limit, signal) {
    /** @type {import("./engine.js").Hit[]} */
    const hits = [];
    let place = from;
    while (hits.length < limit && place < found.results.length) {
      const some = found.results.slice(place, place + limit - hits.length);
      const read = await this.read(found, some, signal);
      hits.push(...read.filter(({ phrases }) => phrases).map((each) => hit(each, found.query)));
      const dropped = some.filter((_, i) => !read[i].phrases);
      if (dropped.length) found.results = found.results.filter((result) => !dropped.includes(result));
      place += some.length - dropped.length;
    }
    const { results, instead, query, counts } = found;
    const told = { total: results.length, near: 0, absent: [], hits, instead };
    return { ...told, asked: query, more: place < results.length, counts };
  }

  /**
   * @param {{counts: Counts}} found
   * @param {string} name
   * @param {AbortSignal} [signal]
   * @returns {Promise<[string, string, number][]>}
   */
  async counts({ counts }, name, signal) {
    const labels = await this.values(name, signal);
    const of = counts[name] || {};
    /** @type {[string, string, number][]} */
    const counted = labels.map(([id, label]) => [id, label, of[id] || 0]);
    return counted.filter(([, , count]) => count);
  }

  /**
   * Labels stand beside the index; Pagefind itself knows ids alone.
   * @param {string} name
   * @param {AbortSignal} [signal]
   * @returns {Promise<[string, string][]>}
   */
  async values(name, signal) {
    /** @param {string} path */
    const file = (path) => once(this.files, path, () => readJson(new URL(path, this.folder), signal), signal);
    return (await file("facets.json"))[name] || (await file(`facets/${name}.gz`)).values;
  }
}

/**
 * The share of the query in one run of neighbours.
 * @param {number[]} places
 * @param {number} size
 */
function inOneRun(places, size) {
  const sorted = [...new Set(places)].sort((a, b) => a - b);
  let [most, run] = [0, 0];
  for (const [i, place] of sorted.entries()) {
    run = i && place === sorted[i - 1] + 1 ? run + 1 : 1;
    most = Math.max(most, run);
  }
  return Math.min(1, most / size);
}

/**
 * @param {Pick<Reply, "results">} exact
 * @param {Reply} folded
 * @param {number} size  number of words
 * @param {Wanted} wanted
 * @returns {Result[]}
 */
function merged(exact, folded, size, { sort }) {
  /** @type {Map<string, Result>} */
  const found = new Map();
  /**
   * @param {Pick<Reply, "results">} reply
   * @param {number} factor
   */
  const add = ({ results }, factor) => {
    for (const { id, score: plain, words, data } of results) {
      const score = plain * factor * (1 + 2 * inOneRun(words, size) ** 2);
      const held = found.get(id);
      if (!held || held.score < score) found.set(id, { id, score, data });
    }
  };
  if (!sort) add(exact, EXACT);
  add(folded, 1);
  return sort ? [...found.values()] : [...found.values()].sort((a, b) => b.score - a.score);
}

/** @param {Reply[]} answers */
function summed(answers) {
  /** @type {Map<string, Result>} */
  const found = new Map();
  for (const { results } of answers) {
    const near = results.filter((result) => inOneRun(result.words, 2) === 1);
    const worth = 1 / Math.log(2 + near.length);
    for (const result of near) {
      const held = found.get(result.id) || { id: result.id, score: 0, data: result.data };
      held.score += worth * (1 + 0.1 * Math.log(1 + result.score));
      found.set(result.id, held);
    }
  }
  return [...found.values()].sort((a, b) => b.score - a.score);
}

/**
 * A page of Pagefind → an entry: its words cut at the anchors `_n…` (names), `_b…` (no anchor), `_s…` (what else it is asked
 * for by), `_c` (codes), or a paragraph.
 * @param {Fragment} fragment
 * @returns {Entry}
 */
function entryOf({ content, meta, anchors }) {
  const words = shown(content).split(/\s+/);
  const parts = anchors
    .filter(({ id }) => id)
    .sort((a, b) => a.location - b.location)
    .map(({ id, location }, i, all) => [id, words.slice(location, all[i + 1]?.location).join(" ")]);
  const names = parts.filter(([id]) => /^_n/.test(id)).map(([, text]) => text);
  /** @type {[string, string][]} */
  const blocks = parts.filter(([id]) => !/^_[nsc]/.test(id)).map(([id, text]) => [/^_b/.test(id) ? "" : id, text]);
  const said = parts.filter(([id]) => /^_s/.test(id)).map(([, text]) => text);
  return {
    a: meta.address,
    k: meta.kind,
    t: meta.title,
    f: meta.facts || "",
    d: meta.date || "",
    n: names,
    b: blocks,
    s: said,
  };
}
