/* The archive's own index on disk (docs/search.md): a key → its postings, an entry number → the entry, a facet → its values. */

import { SearchFailed, once, read, readJson, readText } from "./engine.js";

const FACETS_AT_HAND = ["kind", "year", "level"];
const utf8 = new TextDecoder();

/* The site was published anew while somebody searched. */
export class Stale extends Error {}

export class Index {
  constructor(folder) {
    this.folder = folder;
    this.mode = "default";
    this.forget();
  }

  forget() {
    this.kept = new Map();
    this.shards = new Map();
  }

  /* Everything anew from the server, past the browser's own cache. */
  renew() {
    this.forget();
    this.mode = "reload";
  }

  directory(signal) {
    return once(this.kept, "directory", async () => {
      const told = await readJson(new URL("directory.gz", this.folder), signal, this.mode);
      Object.assign(this, shardList(told.shards));
      this.size = told.entries;
      return told;
    }, signal);
  }

  /* Which shard holds a key. */
  place(key) {
    let [low, high] = [0, this.firstKeys.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.firstKeys[middle] <= key) low = middle;
      else high = middle;
    }
    return low;
  }

  /* Bytes of the file that holds a key, whether it was read already or not: the same query finds the same. */
  cost(key) {
    return this.kilobytes[this.place(key)] * 1024;
  }

  shard(place, signal) {
    return once(this.shards, place, async () => {
      const { numbering } = await this.directory(signal);
      const bytes = await read(new URL(`shards/${place}.gz`, this.folder), signal, this.mode);
      const found = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      if (found !== numbering) throw new Stale();
      return unpacked(bytes);
    }, signal);
  }

  /* Keys → Map of those that stand in the index, each with its forms. */
  async terms(keys, signal) {
    await this.directory(signal);
    const wanted = [...new Set(keys)];
    const shards = await Promise.all(wanted.map((key) => this.shard(this.place(key), signal)));
    return new Map(wanted.map((key, i) => [key, shards[i].get(key)]).filter(([, term]) => term));
  }

  /* All keys that begin so, from at most `most` shards. */
  async beginning(start, most, signal) {
    await this.directory(signal);
    const first = this.place(start);
    const last = Math.min(this.place(`${start}\uffff`), first + most - 1);
    const places = Array.from({ length: last - first + 1 }, (_, i) => first + i);
    const shards = await Promise.all(places.map((place) => this.shard(place, signal)));
    return shards.flatMap((shard) => [...shard].filter(([key]) => key.startsWith(start)));
  }

  entry(number, signal) {
    return once(this.kept, number, () => readJson(new URL(`entries/${number}.gz`, this.folder), signal, this.mode), signal);
  }

  /* {values: [[id, label], …], of: for every value the distances between its entries} */
  facet(name, signal) {
    return once(this.kept, name, () => readJson(new URL(`facets/${name}.gz`, this.folder), signal, this.mode), signal);
  }

  async values(name, signal) {
    if (FACETS_AT_HAND.includes(name)) return (await this.directory(signal)).facets[name].values;
    return (await this.facet(name, signal)).values;
  }

  /* Map of syllables: key → [[form, entries], …] */
  lexicon(signal) {
    return once(this.kept, "lexicon", async () => lexiconOf(await readText(new URL("lexicon.gz", this.folder), signal, this.mode)), signal);
  }
}

/* Lines of: letters shared with the line before, kilobytes, rest of the key, `!` for a key that fills the shard. */
function shardList(lines) {
  const [firstKeys, kilobytes] = [[], []];
  let key = "";
  for (const line of lines.split("\n")) {
    if (!line) continue;
    key = key.slice(0, parseInt(line[0], 36)) + line.slice(2).replace(/!$/, "");
    firstKeys.push(key);
    kilobytes.push(parseInt(line[1], 36));
  }
  return { firstKeys, kilobytes };
}

/* Lines of: key, form, count, form, count, …; `=` is the key itself. */
export function lexiconOf(text) {
  const found = new Map();
  for (const line of text.split("\n")) {
    const [key, ...rest] = line.split(" ");
    const forms = [];
    for (let i = 0; i < rest.length; i += 2) forms.push([rest[i] === "=" ? key : rest[i], +rest[i + 1]]);
    if (key) found.set(key, forms);
  }
  return found;
}

/* A shard: Map of key → {count, forms: [{form, count, at}], bytes}. */
function unpacked(bytes) {
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
  const found = new Map();
  let key = new Uint8Array(0);
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
    const term = { bytes, count: 0, forms: [] };
    for (let more = number(); more; more -= 1) {
      const size = number();
      const form = size ? utf8.decode(bytes.subarray(at, at + size)) : name;
      at += size;
      const count = number();
      forms.push({ form, count, size: number() });
      term.forms.push(forms[forms.length - 1]);
      term.count += count;
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

/* Calls `see(entry, weight)` for every posting of a form. */
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
