import assert from "node:assert/strict";
import { test } from "node:test";
import { SearchFailed } from "../../../templates/theme/assets/search/reading.js";
import { eachPosting, lexiconOf, shardList, unpacked } from "../../../templates/theme/assets/search/shards.js";

/* `dan` with the forms `dan` (entries 1 and 301) and `dân` (entry 2); `dan van`, which shares three letters with it. */
const SHARD = [
  ...[0, 0, 0, 0, 2],
  ...[0, 3, ...Buffer.from("dan"), 2, 0, 2, 5, 4, ...Buffer.from("dân"), 1, 2],
  ...[3, 4, ...Buffer.from(" van"), 1, 0, 1, 2],
  ...[1, 0xac, 2, 5, 16],
  ...[2, 7],
  ...[3, 9],
];

/** @param {import("../../../templates/theme/assets/search/shards.js").Term | undefined} term */
const postings = (term) =>
  term?.forms.map((form) => {
    /** @type {[number, number][]} */
    const found = [];
    eachPosting(term, form, (entry, weight) => found.push([entry, weight]));
    return [form.form, found];
  });

test("a shard gives every key its forms and their postings", () => {
  const shard = unpacked(Uint8Array.from(SHARD));
  assert.deepEqual([...shard.keys()], ["dan", "dan van"]);
  assert.equal(shard.get("dan")?.count, 3);
  assert.deepEqual(postings(shard.get("dan")), [
    [
      "dan",
      [
        [1, 5],
        [301, 16],
      ],
    ],
    ["dân", [[2, 7]]],
  ]);
  assert.deepEqual(postings(shard.get("dan van")), [["dan van", [[3, 9]]]]);
});

test("a shard that ends anywhere else than it says is refused", () => {
  assert.throws(() => unpacked(Uint8Array.from([...SHARD, 0])), SearchFailed);
});

test("the list of shards tells the first key of each and its size", () => {
  assert.deepEqual(shardList("05a\n1Zbc!\n2abd\n"), { firstKeys: ["a", "abc", "abbd"], kilobytes: [5, 35, 10] });
});

test("the lexicon tells the forms of a syllable and how often they stand", () => {
  const lexicon = lexiconOf("dan = 2 dân 12\nvan vận 3\n");
  assert.deepEqual(lexicon.get("dan"), [
    ["dan", 2],
    ["dân", 12],
  ]);
  assert.deepEqual(lexicon.get("van"), [["vận", 3]]);
});
