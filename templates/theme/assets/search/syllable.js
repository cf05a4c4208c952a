/* The engine over the archive's own index: query → postings → the best entries, read and ranked again on their text. */

import { asked, hit, judge, passage } from "./ranking.js";
import { SearchFailed } from "./reading.js";
import { gather } from "./scoring.js";
import { eachPosting, Index, Stale } from "./shards.js";

/** @typedef {import("./engine.js").Filters} Filters */
/** @typedef {import("./forms.js").Vocabulary} Vocabulary */
/** @typedef {import("./ranking.js").Given} Given */
/** @typedef {import("./ranking.js").Judged} Judged */
/** @typedef {Uint8Array | null} Allowed  one byte for every entry, 1 where all filters are met; null without filters */

/**
 * `ids`: all entries found in their order; `judged`: those that were read; `instead`: what was searched instead.
 * @typedef {{ids: number[], query: import("./ranking.js").Query, judged: Map<number, Judged>, instead: string | null}} Found
 */

/**
 * What postings found; `near`: how near the words stand together in the best that were read.
 * @typedef {Found & {ranked: [number, number][], sheet: Awaited<ReturnType<typeof gather>>, near: number}} Gathered
 */

const READ = 8;
const SHOWN = 10;
const MOST_READ = 40;
const KEPT = 12;
const WHOLE = 0.75;
const BETTER = 0.2;

/**
 * @param {URL} folder
 * @param {Vocabulary} data
 */
export const open = async (folder, data) => {
  const engine = new Syllable(new Index(folder), data);
  await engine.index.directory();
  return engine;
};

class Syllable {
  /**
   * @param {Index} index
   * @param {Vocabulary} data
   */
  constructor(index, data) {
    this.index = index;
    this.data = data;
    /** @type {Map<string, Found>} */
    this.kept = new Map();
    /** @type {Map<string, string>} */
    this.meant = new Map();
    this.whole = 0;
  }

  /**
   * See docs/search.md, "What an engine answers".
   * @param {string} query
   * @param {import("./engine.js").Options} [options]
   */
  async search(query, { filters = {}, sort = "relevance", from = 0, limit = SHOWN, typing = false, signal } = {}) {
    const key = JSON.stringify([query, filters, sort, typing, limit > 0]);
    for (let turn = 1; ; turn += 1) {
      try {
        const found = this.kept.get(key) ?? (await this.find(query, { filters, sort, typing, signal, read: limit }));
        if (!this.kept.has(key)) this.keep(key, found);
        return await this.page(found, from, limit, signal);
      } catch (error) {
        if (!(error instanceof Stale)) throw error;
        if (turn === 2) throw new SearchFailed("numbering");
        this.index.renew();
        this.kept.clear();
      }
    }
  }

  /**
   * @param {string} key
   * @param {Found} found
   */
  keep(key, found) {
    const [oldest] = this.kept.keys();
    if (this.kept.size >= KEPT) this.kept.delete(oldest);
    this.kept.set(key, found);
  }

  /**
   * @param {string} text
   * @param {{filters: Filters, sort: string, typing: boolean, signal?: AbortSignal, read: number}} options
   * @returns {Promise<Found>}
   */
  async find(text, { filters, sort, typing, signal, read }) {
    if (!typing) this.whole += 1;
    if (!typing && this.whole === 2) this.expectSlips();
    const [allowed] = await Promise.all([this.allowed(filters, signal), this.index.directory(signal)]);
    const query = await asked((!read && this.meant.get(text)) || text, this.data, typing);
    if (!query.tokens.length) return this.everything({ ...query, codes: [] }, allowed, text);
    const first = await this.gathered(query, allowed, signal);
    const found = read ? await this.readOrRepaired(first, allowed, signal, read, typing) : first;
    if (found.instead) this.meant.set(text, found.instead);
    if (sort === "date") found.ids = [...found.ids].sort((a, b) => b - a);
    return found;
  }

  /**
   * Filters without a query find all that they allow.
   * @param {Found["query"]} query
   * @param {Allowed} allowed
   * @param {string} text
   * @returns {Found}
   */
  everything(query, allowed, text) {
    /** @type {number[]} */
    const ids = [];
    if (allowed && !text.trim())
      for (let entry = this.index.size - 1; entry >= 0; entry -= 1) if (allowed[entry]) ids.push(entry);
    return { ids, query, judged: new Map(), instead: null };
  }

  /**
   * @param {Filters} filters
   * @param {AbortSignal} [signal]
   * @returns {Promise<Allowed>}
   */
  async allowed(filters, signal) {
    const names = Object.keys(filters).filter((name) => filters[name].length);
    if (!names.length) return null;
    const keys = names.map((name) => filters[name].map((value) => `!${name}:${value}`));
    const terms = await this.index.terms(keys.flat(), signal);
    const met = new Uint8Array(this.index.size);
    for (const [turn, values] of keys.entries())
      for (const key of values) {
        const term = terms.get(key);
        if (!term) continue;
        /** @param {number} entry */
        const meet = (entry) => {
          if (met[entry] === turn) met[entry] = turn + 1;
        };
        for (const form of term.forms) eachPosting(term, form, meet);
      }
    return met.map((count) => (count === keys.length ? 1 : 0));
  }

  /**
   * @param {Given} query
   * @param {Allowed} allowed
   * @param {AbortSignal} [signal]
   * @returns {Promise<Gathered>}
   */
  async gathered(query, allowed, signal) {
    const sheet = await gather(this.index, query, signal);
    const ranked = sheet.ranked(allowed);
    return {
      ids: ranked.map(([entry]) => entry),
      ranked,
      query: sheet.query,
      sheet,
      judged: new Map(),
      near: 0,
      instead: null,
    };
  }

  /**
   * Where repair is worth trying, the better of what was typed and what was meant. Texts that can't be the better ones
   * are not read.
   * @param {Gathered} first
   * @param {Allowed} allowed
   * @param {AbortSignal | undefined} signal
   * @param {number} shown
   * @param {boolean} typing
   */
  async readOrRepaired(first, allowed, signal, shown, typing) {
    const most = first.ids.length ? mostNear(first) : 0;
    let repaired =
      !typing && isUnknown(first) && most < WHOLE ? await this.instead(first, allowed, signal, shown) : undefined;
    if (repaired && isBetter(repaired, first, most)) return repaired;
    await this.rerank(first, signal, shown);
    if ((typing ? first.ids.length : first.near >= WHOLE) || !isDoubtful(first)) return first;
    if (repaired === undefined) repaired = await this.instead(first, allowed, signal, shown);
    return repaired && isBetter(repaired, first, first.near) ? repaired : first;
  }

  /**
   * Where the best are fewer than will be shown, those that follow are asked for with them.
   * @param {number[]} ids
   * @param {[number, number][]} best
   * @param {number} shown
   * @param {AbortSignal} [signal]
   */
  readAhead(ids, best, shown, signal) {
    const known = new Set(best.map(([entry]) => entry));
    const more = ids.filter((id) => !known.has(id)).slice(0, Math.max(0, shown - best.length));
    for (const id of more) this.index.entry(id, signal).catch(() => null);
  }

  /**
   * The best are read and take the order that their text gives them.
   * @param {Gathered} result
   * @param {AbortSignal | undefined} signal
   * @param {number} shown
   */
  async rerank(result, signal, shown) {
    const best = result.sheet.worthReading(result.ranked, READ);
    this.readAhead(result.ids, best, shown, signal);
    const read = await this.read(
      result,
      best.map(([entry]) => entry),
      signal,
    );
    const judged = read.map((each, i) => ({
      ...each,
      id: best[i][0],
      score: each.score + 2 * Math.min(1.5, best[i][1]),
    }));
    judged.sort((a, b) => b.score - a.score || b.id - a.id);
    const kept = judged.filter(({ phrases }) => phrases);
    const done = new Set(best.map(([entry]) => entry));
    result.ids = [...kept.map(({ id }) => id), ...result.ids.filter((id) => !done.has(id))];
    result.near = Math.max(0, ...kept.map(({ near }) => near));
  }

  /**
   * @param {Found} result
   * @param {number[]} ids
   * @param {AbortSignal} [signal]
   * @returns {Promise<Judged[]>}
   */
  async read(result, ids, signal) {
    const entries = await Promise.all(ids.map((id) => this.index.entry(id, signal)));
    return entries.map((entry, i) => {
      const judged = result.judged.get(ids[i]) ?? judge(entry, result.query);
      result.judged.set(ids[i], judged);
      return judged;
    });
  }

  /** Who asks a second time will ask again, and sooner or later mistype: what a repair needs comes beside the answer. */
  expectSlips() {
    Promise.all([import("./repair.js"), this.index.lexicon()]).catch(() => null);
  }

  /**
   * What was meant instead, if anything: of the likeliest two repairs, asked at once, the nearer; the first if it will do.
   * @param {Gathered} first
   * @param {Allowed} allowed
   * @param {AbortSignal | undefined} signal
   * @param {number} shown
   */
  async instead({ query, sheet }, allowed, signal, shown) {
    const [{ repaired }] = await Promise.all([import("./repair.js"), this.index.lexicon(signal)]);
    const proposals = await repaired(this.index, { ...query, missing: sheet.missing }, signal);
    const attempts = proposals.slice(0, 2).map((words) => this.proposed(words.join(" "), allowed, signal, shown));
    for (const attempt of attempts) attempt.catch(() => null); // nobody may wait for the second
    /** @type {Gathered | null} */
    let best = null;
    for (const attempt of attempts) {
      const other = await attempt;
      if (other.ids.length && (!best || other.near > best.near)) best = other;
      if (best && best.near > 0.95) break;
    }
    return best;
  }

  /**
   * @param {string} words
   * @param {Allowed} allowed
   * @param {AbortSignal | undefined} signal
   * @param {number} shown
   */
  async proposed(words, allowed, signal, shown) {
    const query = await asked(words, this.data, false);
    const found = await this.gathered({ ...query, codes: [] }, allowed, signal);
    await this.rerank(found, signal, shown);
    return { ...found, instead: words };
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
    for (let most = MOST_READ; hits.length < limit && place < found.ids.length && most > 0; most -= limit) {
      const ids = found.ids.slice(place, place + limit - hits.length);
      const read = await this.read(found, ids, signal);
      const dropped = ids.filter((_, i) => !read[i].phrases);
      hits.push(...read.filter(({ phrases }) => phrases).map((each) => hit(each.entry, passage(each, found.query))));
      if (dropped.length) found.ids = found.ids.filter((id) => !dropped.includes(id));
      place += ids.length - dropped.length;
    }
    signal?.throwIfAborted();
    const { ids, instead, query } = found;
    return { total: ids.length, hits, instead, asked: query, more: place < ids.length, ids };
  }

  /**
   * Id, label and number of every value of a facet over everything found.
   * @param {{ids: number[]}} found
   * @param {string} name
   * @param {AbortSignal} [signal]
   * @returns {Promise<[string, string, number][]>}
   */
  async counts({ ids }, name, signal) {
    const { values, of } = await this.index.facet(name, signal);
    const found = new Uint8Array(this.index.size);
    for (const id of ids) found[id] = 1;
    /** @param {number[]} distances */
    const count = (distances) => {
      let [entry, sum] = [0, 0];
      for (const distance of distances) {
        entry += distance;
        sum += found[entry];
      }
      return sum;
    };
    /** @type {[string, string, number][]} */
    const counted = values.map(([id, label], place) => [id, label, count(of[place])]);
    return counted.filter(([, , n]) => n);
  }

  /**
   * @param {string} name
   * @param {AbortSignal} [signal]
   */
  values(name, signal) {
    return this.index.values(name, signal);
  }
}

/**
 * Is there a word that the archive doesn't know?
 * @param {Gathered} found
 */
function isUnknown({ sheet }) {
  const { tokens } = sheet.query;
  return sheet.missing.some(({ from, size }) => size === 1 && !tokens[from].light && !tokens[from].quote);
}

/**
 * Is there reason to think that something was mistyped? Not in a long question that simply has no page of its own.
 * @param {Gathered} found
 */
function isDoubtful(found) {
  const { ids, sheet } = found;
  return isUnknown(found) || (sheet.hasStranger() && (!ids.length || sheet.query.tokens.length < 9));
}

/**
 * @param {Gathered} repaired
 * @param {Gathered} first
 * @param {number} near
 */
const isBetter = (repaired, first, near) => !first.ids.length || repaired.near > near + BETTER;

/**
 * How near words can stand at best, where no text holds some of them: a run ends where such a word should be.
 * @param {Gathered} found
 */
function mostNear({ query, sheet }) {
  if (query.codes.length) return 1;
  const lacking = new Set(sheet.missing.filter(({ size }) => size === 1).map(({ from }) => from));
  const runs = [0];
  for (const [i, weight] of query.weights.entries()) {
    if (lacking.has(i)) runs.push(0);
    else runs[runs.length - 1] += weight;
  }
  return runs.reduce((sum, run) => sum + run * run, 0) / query.whole ** 2;
}
