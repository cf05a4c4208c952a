/* The engine over the archive's own index: query → postings → the best entries, read and ranked again on their text. */

import { SearchFailed, asked, hit, judge, passage } from "./engine.js";
import { gather } from "./scoring.js";
import { Index, Stale, eachPosting } from "./shards.js";

const READ = 8;
const SHOWN = 10;
const MOST_READ = 40;
const KEPT = 12;
const WHOLE = 0.75;
const BETTER = 0.2;

export const open = async (folder, data) => {
  const engine = new Syllable(new Index(folder), data);
  await engine.index.directory();
  return engine;
};

class Syllable {
  constructor(index, data) {
    this.index = index;
    this.data = data;
    this.kept = new Map();
    this.meant = new Map();
    this.whole = 0;
  }

  /* See docs/search.md, "What an engine answers". */
  async search(query, { filters = {}, sort = "relevance", from = 0, limit = SHOWN, typing = false, signal } = {}) {
    const key = JSON.stringify([query, filters, sort, typing, limit > 0]);
    for (let turn = 1; ; turn += 1) {
      try {
        if (!this.kept.has(key)) this.keep(key, await this.find(query, { filters, sort, typing, signal, read: limit }));
        return await this.page(this.kept.get(key), from, limit, signal);
      } catch (error) {
        if (!(error instanceof Stale)) throw error;
        if (turn === 2) throw new SearchFailed("numbering");
        this.index.renew();
        this.kept.clear();
      }
    }
  }

  keep(key, found) {
    if (this.kept.size >= KEPT) this.kept.delete(this.kept.keys().next().value);
    this.kept.set(key, found);
  }

  /* {ids: all entries found in their order, query, judged: Map of what was read, instead} */
  async find(text, { filters, sort, typing, signal, read }) {
    if (!typing && (this.whole += 1) === 2) this.expectSlips();
    const [allowed] = await Promise.all([this.allowed(filters, signal), this.index.directory(signal)]);
    const query = await asked((!read && this.meant.get(text)) || text, this.data, typing);
    if (!query.tokens.length) return this.everything(query, allowed, text);
    const first = await this.gathered(query, allowed, signal);
    const found = read ? await this.readOrRepaired(first, allowed, signal, read, typing) : first;
    if (found.instead) this.meant.set(text, found.instead);
    if (sort === "date") found.ids = [...found.ids].sort((a, b) => b - a);
    return found;
  }

  /* Filters without a query find all that they allow. */
  everything(query, allowed, text) {
    const ids = [];
    if (allowed && !text.trim()) for (let entry = this.index.size - 1; entry >= 0; entry -= 1) if (allowed[entry]) ids.push(entry);
    return { ids, query, judged: new Map(), instead: null };
  }

  /* One byte for every entry, 1 where all filters are met; null without filters. */
  async allowed(filters, signal) {
    const names = Object.keys(filters).filter((name) => filters[name].length);
    if (!names.length) return null;
    const keys = names.map((name) => filters[name].map((value) => `!${name}:${value}`));
    const terms = await this.index.terms(keys.flat(), signal);
    const met = new Uint8Array(this.index.size);
    keys.forEach((values, turn) => {
      for (const key of values) {
        const term = terms.get(key);
        for (const form of term?.forms || []) eachPosting(term, form, (entry) => met[entry] === turn && (met[entry] = turn + 1));
      }
    });
    return met.map((count) => (count === keys.length ? 1 : 0));
  }

  async gathered(query, allowed, signal) {
    const sheet = await gather(this.index, query, signal);
    const ranked = sheet.ranked(allowed);
    return { ids: ranked.map(([entry]) => entry), ranked, query: sheet.query, sheet, judged: new Map(), near: 0, instead: null };
  }

  /* Where repair is worth trying, the better of what was typed and what was meant. Texts that can't be the better ones are not read. */
  async readOrRepaired(first, allowed, signal, shown, typing) {
    const most = first.ids.length ? mostNear(first) : 0;
    let repaired = !typing && isUnknown(first) && most < WHOLE ? await this.instead(first, allowed, signal, shown) : undefined;
    if (repaired && isBetter(repaired, first, most)) return repaired;
    await this.rerank(first, signal, shown);
    if ((typing ? first.ids.length : first.near >= WHOLE) || !isDoubtful(first)) return first;
    if (repaired === undefined) repaired = await this.instead(first, allowed, signal, shown);
    return repaired && isBetter(repaired, first, first.near) ? repaired : first;
  }

  /* Where the best are fewer than will be shown, those that follow are asked for with them. */
  readAhead(ids, best, shown, signal) {
    const known = new Set(best.map(([entry]) => entry));
    const more = ids.filter((id) => !known.has(id)).slice(0, Math.max(0, shown - best.length));
    for (const id of more) this.index.entry(id, signal).catch(() => null);
  }

  /* The best are read and take the order that their text gives them. */
  async rerank(result, signal, shown) {
    const best = result.sheet.worthReading(result.ranked, READ);
    this.readAhead(result.ids, best, shown, signal);
    const read = await this.read(result, best.map(([entry]) => entry), signal);
    const judged = read.map((each, i) => ({ ...each, id: best[i][0], score: each.score + 2 * Math.min(1.5, best[i][1]) }));
    judged.sort((a, b) => b.score - a.score || b.id - a.id);
    const kept = judged.filter(({ phrases }) => phrases);
    const done = new Set(best.map(([entry]) => entry));
    result.ids = [...kept.map(({ id }) => id), ...result.ids.filter((id) => !done.has(id))];
    result.near = Math.max(0, ...kept.map(({ near }) => near));
  }

  async read(result, ids, signal) {
    const entries = await Promise.all(ids.map((id) => this.index.entry(id, signal)));
    return entries.map((entry, i) => {
      if (!result.judged.has(ids[i])) result.judged.set(ids[i], judge(entry, result.query));
      return result.judged.get(ids[i]);
    });
  }

  /* What was meant instead, if anything: of the likeliest two repairs, asked at once, the nearer; the first if it will do. */
  /* Who asks a second time will ask again, and sooner or later mistype: what a repair needs comes beside the answer. */
  expectSlips() {
    Promise.all([import("./repair.js"), this.index.lexicon()]).catch(() => null);
  }

  async instead({ query, sheet }, allowed, signal, shown) {
    const [{ repaired }] = await Promise.all([import("./repair.js"), this.index.lexicon(signal)]);
    const proposals = await repaired(this.index, { ...query, missing: sheet.missing }, signal);
    const attempts = proposals.slice(0, 2).map((words) => this.proposed(words.join(" "), allowed, signal, shown));
    for (const attempt of attempts) attempt.catch(() => null); // nobody may wait for the second
    let best = null;
    for (const attempt of attempts) {
      const other = await attempt;
      if (other.ids.length && (!best || other.near > best.near)) best = other;
      if (best && best.near > 0.95) break;
    }
    return best;
  }

  async proposed(words, allowed, signal, shown) {
    const query = await asked(words, this.data, false);
    const found = await this.gathered({ ...query, codes: [] }, allowed, signal);
    await this.rerank(found, signal, shown);
    return { ...found, instead: words };
  }

  async page(found, from, limit, signal) {
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

  /* [[id, label, number], …] of one facet over everything found. */
  async counts({ ids }, name, signal) {
    const { values, of } = await this.index.facet(name, signal);
    const found = new Uint8Array(this.index.size);
    for (const id of ids) found[id] = 1;
    const count = (distances) => {
      let [entry, sum] = [0, 0];
      for (const distance of distances) sum += found[(entry += distance)];
      return sum;
    };
    return values.map(([id, label], place) => [id, label, count(of[place])]).filter(([, , n]) => n);
  }

  values(name, signal) {
    return this.index.values(name, signal);
  }
}

/* Is there a word that the archive doesn't know? */
function isUnknown({ sheet }) {
  const { tokens } = sheet.query;
  return sheet.missing.some(({ from, size }) => size === 1 && !tokens[from].light && !tokens[from].quote);
}

/* Is there reason to think that something was mistyped? Not in a long question that simply has no page of its own. */
function isDoubtful(found) {
  const { ids, sheet } = found;
  return isUnknown(found) || (sheet.hasStranger() && (!ids.length || sheet.query.tokens.length < 9));
}

const isBetter = (repaired, first, near) => !first.ids.length || repaired.near > near + BETTER;

/* How near words can stand at best, where no text holds some of them: a run ends where such a word should be. */
function mostNear({ query, sheet }) {
  if (query.codes.length) return 1;
  const lacking = new Set(sheet.missing.filter(({ size }) => size === 1).map(({ from }) => from));
  const runs = [0];
  query.weights.forEach((weight, i) => (lacking.has(i) ? runs.push(0) : (runs[runs.length - 1] += weight)));
  return runs.reduce((sum, run) => sum + run * run, 0) / query.whole ** 2;
}
