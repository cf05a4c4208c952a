/* The archive's own index on disk (docs/search.md): a key → its postings, an entry number → the entry, a facet → its values. */

import { once, read, readJson, readText, SearchFailed } from "./reading.js";

/** @typedef {{form: string, count: number, size: number, at: number}} Form  `at`: where its postings begin in the shard */
/** @typedef {{bytes: Uint8Array, count: number, forms: Form[]}} Term  what stands under a key */
/** @typedef {Map<string, Term>} Shard */
/** @typedef {Map<string, [form: string, count: number][]>} Lexicon  syllable without marks → its forms */
/** @typedef {{values: [id: string, label: string][], of: number[][]}} Facet  `of`: the distances between a value's entries */

/**
 * directory.gz as it stands in the index folder (docs/search.md).
 * @typedef {{numbering: string, entries: number, facets: Record<string, {values: [string, string][]}>, shards: string}} Told
 */

const FACETS_AT_HAND = ["kind", "year", "level"];
const utf8 = new TextDecoder();

/** The site was published anew while somebody searched. */
export class Stale extends Error {}

export class Index {
  /** @param {URL} folder */
  constructor(folder) {
    this.folder = folder;
    /** @type {RequestCache} */
    this.mode = "default";
    this.size = 0;
    /** @type {string[]} */
    this.firstKeys = [];
    /** @type {number[]} */
    this.kilobytes = [];
    this.forget();
  }

  forget() {
    /** @type {Map<string | number, Promise<any>>} */
    this.kept = new Map();
    /** @type {Map<number, Promise<Shard>>} */
    this.shards = new Map();
  }

  /** Everything anew from the server, past the browser's own cache. */
  renew() {
    this.forget();
    this.mode = "reload";
  }

  /**
   * A file of the index, read once and kept under its key.
   * @template T
   * @param {string | number} key
   * @param {string} path
   * @param {AbortSignal} [signal]
   * @param {(url: URL, signal?: AbortSignal, cache?: RequestCache) => Promise<T>} reader
   * @returns {Promise<T>}
   */
  file(key, path, signal, reader = readJson) {
    return once(this.kept, key, () => reader(new URL(path, this.folder), signal, this.mode), signal);
  }

  /**
   * @param {AbortSignal} [signal]
   * @returns {Promise<Told>}
   */
  directory(signal) {
    return this.file("directory", "directory.gz", signal, async (...given) => {
      const told = await readJson(...given);
      Object.assign(this, shardList(told.shards));
      this.size = told.entries;
      return told;
    });
  }

  /**
   * Which shard holds a key.
   * @param {string} key
   */
  place(key) {
    let [low, high] = [0, this.firstKeys.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.firstKeys[middle] <= key) low = middle;
      else high = middle;
    }
    return low;
  }

  /**
   * Bytes of the file that holds a key, whether it was read already or not: the same query finds the same.
   * @param {string} key
   */
  cost(key) {
    return this.kilobytes[this.place(key)] * 1024;
  }

  /**
   * @param {number} place
   * @param {AbortSignal} [signal]
   */
  shard(place, signal) {
    const make = async () => {
      const { numbering } = await this.directory(signal);
      const bytes = await read(new URL(`shards/${place}.gz`, this.folder), signal, this.mode);
      const found = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      if (found !== numbering) throw new Stale();
      return unpacked(bytes);
    };
    return once(this.shards, place, make, signal);
  }

  /**
   * Those of the keys that stand in the index, each with its forms.
   * @param {string[]} keys
   * @param {AbortSignal} [signal]
   * @returns {Promise<Shard>}
   */
  async terms(keys, signal) {
    await this.directory(signal);
    const wanted = [...new Set(keys)];
    const shards = await Promise.all(wanted.map((key) => this.shard(this.place(key), signal)));
    /** @type {Shard} */
    const found = new Map();
    for (const [i, key] of wanted.entries()) {
      const term = shards[i].get(key);
      if (term) found.set(key, term);
    }
    return found;
  }

  /**
   * All keys that begin so, from at most `most` shards.
   * @param {string} start
   * @param {number} most
   * @param {AbortSignal} [signal]
   */
  async beginning(start, most, signal) {
    await this.directory(signal);
    const first = this.place(start);
    const last = Math.min(this.place(`${start}\uffff`), first + most - 1);
    const places = Array.from({ length: last - first + 1 }, (_, i) => first + i);
    const shards = await Promise.all(places.map((place) => this.shard(place, signal)));
    return shards.flatMap((shard) => [...shard].filter(([key]) => key.startsWith(start)));
  }

  /**
   * @param {number} number
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("./ranking.js").Entry>}
   */
  entry(number, signal) {
    return this.file(number, `entries/${number}.gz`, signal);
  }

  /**
   * @param {string} name
   * @param {AbortSignal} [signal]
   * @returns {Promise<Facet>}
   */
  facet(name, signal) {
    return this.file(name, `facets/${name}.gz`, signal);
  }

  /**
   * @param {string} name  of a facet
   * @param {AbortSignal} [signal]
   */
  async values(name, signal) {
    if (FACETS_AT_HAND.includes(name)) return (await this.directory(signal)).facets[name].values;
    return (await this.facet(name, signal)).values;
  }

  /** @param {AbortSignal} [signal] */
  lexicon(signal) {
    return this.file("lexicon", "lexicon.gz", signal, async (...given) => lexiconOf(await readText(...given)));
  }
}

/**
 * The first key of every shard, and kilobytes of its file.
 * @param {string} lines  of: letters shared with the line before, kilobytes, rest of the key, `!` for a key that fills
 *   the shard
 */
export function shardList(lines) {
  /** @type {string[]} */
  const firstKeys = [];
  /** @type {number[]} */
  const kilobytes = [];
  let key = "";
  for (const line of lines.split("\n")) {
    if (!line) continue;
    key = key.slice(0, parseInt(line[0], 36)) + line.slice(2).replace(/!$/, "");
    firstKeys.push(key);
    kilobytes.push(parseInt(line[1], 36));
  }
  return { firstKeys, kilobytes };
}

/**
 * @param {string} text  lines of: key, form, count, form, count, …; `=` is the key itself
 */
export function lexiconOf(text) {
  /** @type {Lexicon} */
  const found = new Map();
  for (const line of text.split("\n")) {
    const [key, ...rest] = line.split(" ");
    /** @type {[string, number][]} */
    const forms = [];
    for (let i = 0; i < rest.length; i += 2) forms.push([rest[i] === "=" ? key : rest[i], +rest[i + 1]]);
    if (key) found.set(key, forms);
  }
  return found;
}

/**
 * A shard as its file says it (docs/search.md).
 * @param {Uint8Array} bytes
 * @throws {SearchFailed} if the file ends anywhere else than it says
 */
export function unpacked(bytes) {
  let at = 4;
  const number = () => {
    let [value, shift] = [0, 1];
    for (;;) {
      const byte = bytes[at++];
      value += (byte & 127) * shift;
      if (byte < 128) return value;
      shift *= 128;
    }
  };
  /** @type {Shard} */
  const found = new Map();
  let key = new Uint8Array(0);
  /** @type {Form[]} */
  const forms = [];
  for (let left = number(); left; left -= 1) {
    const shared = number();
    const length = number();
    const next = new Uint8Array(shared + length);
    next.set(key.subarray(0, shared));
    next.set(bytes.subarray(at, at + length), shared);
    at += length;
    key = next;
    const name = utf8.decode(key);
    /** @type {Term} */
    const term = { bytes, count: 0, forms: [] };
    for (let more = number(); more; more -= 1) {
      const size = number();
      const written = size ? utf8.decode(bytes.subarray(at, at + size)) : name;
      at += size;
      const form = { form: written, count: number(), size: number(), at: 0 };
      forms.push(form);
      term.forms.push(form);
      term.count += form.count;
    }
    found.set(name, term);
  }
  for (const form of forms) {
    form.at = at;
    at += form.size;
  }
  if (at !== bytes.length) throw new SearchFailed("shard");
  return found;
}

/**
 * Calls `see` for every posting of a form.
 * @param {Term} term
 * @param {Form} form
 * @param {(entry: number, weight: number) => void} see
 */
export function eachPosting({ bytes }, { at, count, size }, see) {
  let entry = 0;
  let weight = at + size - count;
  for (let place = at; count; count -= 1, weight += 1) {
    let [delta, shift] = [0, 1];
    for (;;) {
      const byte = bytes[place++];
      delta += (byte & 127) * shift;
      if (byte < 128) break;
      shift *= 128;
    }
    entry += delta;
    see(entry, bytes[weight]);
  }
}
