/* The engine over the archive's own index: query → postings → the best entries, read and ranked again on their text. */

import { asked, fit, hit, judge, NARROW } from "./ranking.js";
import { SearchFailed } from "./reading.js";
import { gather } from "./scoring.js";
import { eachPosting, Index, Stale } from "./shards.js";

/** @typedef {import("./engine.js").Filters} Filters */
/** @typedef {import("./forms.js").Vocabulary} Vocabulary */
/** @typedef {import("./ranking.js").Given} Given */
/** @typedef {import("./ranking.js").Judged} Judged */
/** @typedef {import("./words.js").Asked} Asked */
/** @typedef {Uint8Array | null} Allowed  one byte for every entry, 1 where all filters are met; null without filters */

/**
 * `ids`: all entries found in their order; `judged`: those that were read; `instead`: what was searched instead.
 * `absent`: what of the query is nowhere, then all that was found lacks it.
 * @typedef {{ids: number[], query: import("./ranking.js").Query, judged: Map<number, Judged>, instead: string | null,
 *   absent: string[]}} Found
 */

/**
 * What postings found; `near`: how near the words stand together in the best that were read.
 * @typedef {Found & {ranked: [number, number][], sheet: Awaited<ReturnType<typeof gather>>, near: number}} Gathered
 */

/* As many as are shown: they are fetched anyway. */
const READ = 10;
const SHOWN = 10;
const MOST_READ = 40;
const KEPT = 12;
/* Proposals asked at once: the first two were enough on all tuned queries but those with three readings of one tone. */
const PROPOSALS = 3;
const SURE = 0.95;
/* Nothing is mistyped in a query of which a page holds nearly all in one place. */
const CLOSE = 0.95;
/* In a longer question strangers stand side by side without anybody having mistyped. */
const LONGEST_REPAIRED = 8;
/* A known word is another one only in a phrase: two words stand side by side by chance. */
const PHRASE = 3;
/* So many words that are strangers to each other are keywords, not a name, if a page holds them all. */
const BAG = 4;

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
  async search(
    query,
    { filters = {}, sort = "relevance", from = 0, limit = SHOWN, typing = false, exact = false, signal } = {},
  ) {
    const key = JSON.stringify([query, filters, sort, typing, exact, limit > 0]);
    for (let turn = 1; ; turn += 1) {
      try {
        const found =
          this.kept.get(key) ?? (await this.find(query, { filters, sort, typing, exact, signal, read: limit }));
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
   * @param {{filters: Filters, sort: string, typing: boolean, exact: boolean, signal?: AbortSignal, read: number}} options
   * @returns {Promise<Found>}
   */
  async find(text, { filters, sort, typing, exact, signal, read }) {
    if (!typing) this.whole += 1;
    if (!typing && this.whole === 2) this.expectSlips();
    const [filtered] = await Promise.all([this.allowed(filters, signal), this.index.directory(signal)]);
    const slug = slugOf(text);
    const words = slug ? slug.replaceAll("-", " ") : (!read && !exact && this.meant.get(text)) || text;
    const query = await asked(words, this.data, typing && !slug);
    if (!query.tokens.length) return this.everything({ ...query, codes: [] }, filtered, text);
    const allowed = await this.without(query, filtered, signal);
    const first = await this.gathered(await this.joined(query, signal), allowed, signal);
    const found = slug
      ? await this.atAddress(first, slug, allowed, signal, read)
      : read
        ? await this.readOrRepaired(first, allowed, signal, read, typing, exact)
        : { ...first, absent: absentWords(first) };
    if (found.instead) this.meant.set(text, found.instead);
    if (sort === "date") found.ids = [...found.ids].sort((a, b) => b - a);
    return found;
  }

  /**
   * The page whose address was pasted comes first.
   * @param {Gathered} found
   * @param {string} slug
   * @param {Allowed} allowed
   * @param {AbortSignal | undefined} signal
   * @param {number} shown
   */
  async atAddress(found, slug, allowed, signal, shown) {
    const term = (await this.index.terms([`/${slug}`], signal)).get(`/${slug}`);
    /** @type {number[]} */
    const own = [];
    if (term) for (const form of term.forms) eachPosting(term, form, (entry) => own.push(entry));
    await this.rerank(found, signal, shown);
    const first = own.filter((entry) => !allowed || allowed[entry]);
    found.ids = [...first, ...found.ids.filter((id) => !first.includes(id))];
    return found;
  }

  /**
   * K Ré is K’Ré where only that is known: a letter alone and the word behind it.
   * @param {Given} query
   * @param {AbortSignal} [signal]
   * @returns {Promise<Given>}
   */
  async joined(query, signal) {
    const at = query.tokens.findIndex(
      ({ key, quote }, i) => /^[a-z]$/.test(key) && !quote && /^[a-z]{2,}$/.test(query.tokens[i + 1]?.key ?? ""),
    );
    if (at < 0) return query;
    const [one, next] = query.tokens.slice(at, at + 2);
    const [apart, whole] = [`${one.key} ${next.key}`, one.key + next.key];
    const isOpen = query.prefix && at + 2 === query.tokens.length;
    const begun = isOpen ? await this.index.beginning(whole, 1, signal) : [];
    const known = await this.index.terms([apart, whole], signal);
    if (known.has(apart) || !(known.has(whole) || begun.length)) return query;
    const words = query.tokens
      .map(({ form }, i) => (i === at ? one.form + next.form : form))
      .filter((_, i) => i !== at + 1);
    return asked(words.join(" "), this.data, query.prefix);
  }

  /**
   * What is allowed, without the pages that hold what was excluded (`-quân đội`).
   * @param {Given} query
   * @param {Allowed} allowed
   * @param {AbortSignal} [signal]
   * @returns {Promise<Allowed>}
   */
  async without({ without }, allowed, signal) {
    if (!without.length) return allowed;
    const left = allowed ? Uint8Array.from(allowed) : new Uint8Array(this.index.size).fill(1);
    for (const words of without) {
      const wanted = words.length > 1 ? words.slice(1).map((word, i) => [words[i], word]) : [words];
      const terms = await this.index.terms(
        wanted.map((pair) => pair.map(({ key }) => key).join(" ")),
        signal,
      );
      const met = new Uint8Array(this.index.size);
      for (const [turn, pair] of wanted.entries()) {
        const term = terms.get(pair.map(({ key }) => key).join(" "));
        for (const form of term?.forms ?? []) {
          const parts = form.form.split(" ");
          if (
            !pair.every(
              (word, i) =>
                fit(
                  word,
                  parts[i],
                  words.some(({ marked }) => marked),
                ) > 0.5,
            )
          )
            continue;
          eachPosting(/** @type {NonNullable<typeof term>} */ (term), form, (entry) => {
            if (met[entry] === turn) met[entry] = turn + 1;
          });
        }
      }
      for (const [entry, count] of met.entries()) if (count === wanted.length) left[entry] = 0;
    }
    return left;
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
    return { ids, query, judged: new Map(), instead: null, absent: [] };
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
      absent: [],
    };
  }

  /**
   * What was typed; where no page holds it whole, what was meant, if that is found as a whole.
   * @param {Gathered} first
   * @param {Allowed} allowed
   * @param {AbortSignal | undefined} signal
   * @param {number} shown
   * @param {boolean} typing
   * @param {boolean} exact
   */
  async readOrRepaired(first, allowed, signal, shown, typing, exact) {
    /* While the reader types, the last word may only be unfinished: it is mistyped if nothing begins so. */
    const mayRepair = !exact && !first.query.any && (!typing || !first.ids.length || first.sheet.absent().length > 0);
    /* A word that the archive doesn't know is looked for beside the reading of what it does know. */
    const early = mayRepair && first.sheet.absent().length ? this.instead(first, [], allowed, signal, shown) : null;
    early?.catch(() => null);
    await this.rerank(first, signal, shown);
    const doubtful = doubtfulWords(first);
    if (mayRepair && doubtful.length && !first.query.phrases.length) {
      const repaired = early ? await early : await this.instead(first, doubtful, allowed, signal, shown);
      if (repaired) return repaired;
    }
    first.absent = absentWords(first);
    return first;
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
      score: each.score + 2 * Math.min(1.5, best[i][1]) * each.factor,
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
   * What was meant instead, if anything: of the likeliest repairs, asked at once, the nearest of those that stand somewhere
   * as a whole.
   * @param {Gathered} first
   * @param {number[]} doubtful  words of the query that may be mistyped; none: those that the archive does not know
   * @param {Allowed} allowed
   * @param {AbortSignal | undefined} signal
   * @param {number} shown
   */
  async instead({ query, sheet }, doubtful, allowed, signal, shown) {
    const places = doubtful.length ? doubtful : sheet.absent();
    const [{ repaired }] = await Promise.all([import("./repair.js"), this.index.lexicon(signal)]);
    const proposals = await repaired(this.index, { ...query, missing: sheet.missing, doubtful: places }, signal);
    const attempts = proposals
      .slice(0, PROPOSALS)
      .map((words) => this.proposed(words.join(" "), allowed, signal, shown));
    for (const attempt of attempts) attempt.catch(() => null); // nobody may wait for the others
    /** @type {Gathered | null} */
    let best = null;
    for (const attempt of attempts) {
      const other = await attempt;
      const isWhole = holdsWhole(other, query.tokens, sheet.absent());
      if (isWhole && (!best || other.near > best.near)) best = other;
      if (best && best.near > SURE) break;
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
    const found = await this.gathered(query, allowed, signal);
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
      hits.push(...read.filter(({ phrases }) => phrases).map((each) => hit(each, found.query, found.absent)));
      if (dropped.length) found.ids = found.ids.filter((id) => !dropped.includes(id));
      place += ids.length - dropped.length;
    }
    signal?.throwIfAborted();
    const { ids, instead, query, absent } = found;
    const total = absent.length ? 0 : ids.length;
    return { total, near: ids.length - total, absent, hits, instead, asked: query, more: place < ids.length, ids };
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
 * Words that may be mistyped: those that stand nowhere as they were typed, and those that stand nowhere beside a neighbour,
 * unless a page holds the query in one place.
 * @param {Gathered} found
 */
function doubtfulWords({ sheet, judged }) {
  const { tokens } = sheet.query;
  const absent = sheet.absent().filter((i) => !tokens[i].quote);
  if (absent.length) return absent;
  if (tokens.length < 2 || tokens.length > LONGEST_REPAIRED || [...judged.values()].some(({ close }) => close > CLOSE))
    return [];
  return sheet.strangers().flat();
}

/**
 * What of the query is nowhere in the archive, as it was typed: numbers, words, names.
 * @param {Gathered} found
 */
function absentWords({ sheet, judged, query }) {
  const { tokens } = sheet.query;
  if (query.any) return [];
  const read = [...judged.values()];
  const codes = sheet.unknownCodes
    .filter((code) => !isWritten(code, sheet.given, tokens, read))
    .map(({ typed }) => typed);
  /* Other marks than those typed, but in one piece with a neighbour: a reading, if not the reader's. */
  /** @param {number} i */
  const isRead = (i) =>
    read.some((each) => looks(each).some(({ found }) => found.some((run) => run.length > 1 && holds(run, i))));
  const words = sheet
    .absent()
    .filter((i) => !isRead(i) && !codes.some((typed) => typed.toLowerCase().includes(tokens[i].form)));
  const telling = tokens.map((_, i) => i).filter((i) => !tokens[i].light);
  const hasAll = read.some(({ held }) => telling.every((i) => held[i]));
  const names = (read.length ? sheet.strangers() : []).filter((run) => {
    const isAll = run.length === telling.length && (run.length < BAG || !hasAll);
    const isName = run.every((i) => tokens[i].capital) && !hasAll;
    return (
      run.length > 1 &&
      (isAll || isName) &&
      !run.some((i) => words.includes(i)) &&
      !read.some((each) => isTogether(each, run))
    );
  });
  return [
    ...codes,
    ...words.map((i) => tokens[i].form),
    ...names.map((run) => run.map((i) => tokens[i].form).join(" ")),
  ];
}

/**
 * Does a page hold the words of a number that nobody knows as one?
 * @param {Given["codes"][number]} code
 * @param {Given} given
 * @param {Asked[]} tokens
 * @param {Judged[]} read
 */
function isWritten({ from, to }, given, tokens, read) {
  const words = given.tokens.slice(from, to).map(({ form }) => form);
  const at = tokens.findIndex((_, i) => words.every((form, n) => tokens[i + n]?.form === form));
  if (at < 0) return false;
  const run = words.map((_, n) => at + n);
  return read.some((each) => isTogether(each, run));
}

/** @param {Judged} judged */
const looks = ({ title, names, blocks, said }) => [title, ...names, ...blocks, ...said];

/**
 * @param {import("./ranking.js").Run} run
 * @param {number} i  a word of the query
 */
const holds = ({ from, length }, i) => from <= i && i < from + length;

/**
 * Do these words of the query stand in one narrow place of a page?
 * @param {Judged} judged
 * @param {number[]} run
 */
function isTogether(judged, run) {
  return looks(judged).some(({ found }) => {
    const hits = found.flatMap(({ at, from, exacts }) =>
      exacts.flatMap((exact, i) => (exact ? [[at + i, from + i]] : [])),
    );
    const own = hits.filter(([, token]) => run.includes(token)).sort((a, b) => a[0] - b[0]);
    return own.some(([start], first) => {
      const near = own.slice(first).filter(([at]) => at - start < run.length + NARROW);
      return new Set(near.map(([, token]) => token)).size === run.length;
    });
  });
}

/**
 * Does a page hold what was meant as a whole? A word that the archive doesn't know in one piece with a neighbour, a word that
 * it knows with all its neighbours.
 * @param {Gathered} found
 * @param {Asked[]} typed
 * @param {number[]} absent  words that the archive doesn't know
 */
function holdsWhole({ query, judged, ids, sheet }, typed, absent) {
  const size = query.tokens.length;
  if (!ids.length || size === 1) return ids.length > 0;
  const isSame = size === typed.length;
  const changed = query.tokens.map((_, i) => i).filter((i) => !isSame || query.tokens[i].form !== typed[i].form);
  /* What stands beside the change has to be explained, too: `Tô Lâm` is not `tô tâm`. */
  const left = sheet.strangers().flat();
  if (changed.some((i) => [i - 1, i, i + 1].some((at) => left.includes(at)))) return false;
  return [...judged.values()].some((judged) => {
    const tight = looks(judged).flatMap(({ found }) => found.filter(({ exact, tight }) => exact && tight));
    return changed.every((i) => {
      const wanted = isSame && !absent.includes(i) ? [i - 1, i, i + 1].filter((at) => at >= 0 && at < size) : [i];
      const least = wanted.length > 1 ? Math.min(size, PHRASE) : 2;
      return tight.some((run) => run.length >= least && wanted.every((at) => holds(run, at)));
    });
  });
}

/* An address, whole or from the site's root on; the last part of one; `43-nq/tw` is a number. */
const ADDRESS = /^(?:https?:\/\/[^/\s]+)?\/(?:[a-z0-9-]+\/)*([a-z0-9]+(?:-[a-z0-9]+)*)\/?(?:[?#]\S*)?$/;
const LAST_PART = /^(?:[a-z][a-z-]+\/)*([a-z]+(?:-[a-z0-9]+){2,})\/?$/;

/**
 * `https://…/nguoi/truong-thi-mai/` → `truong-thi-mai`
 * @param {string} text
 */
const slugOf = (text) => (ADDRESS.exec(text.trim()) ?? LAST_PART.exec(text.trim()))?.[1] ?? null;
