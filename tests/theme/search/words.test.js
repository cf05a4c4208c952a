import assert from "node:assert/strict";
import { before, test } from "node:test";
import { parse, readyFor } from "../../../templates/theme/assets/search/words.js";
import { vocabulary } from "./vocabulary.js";

before(() => readyFor("1"));

/** @param {string} query */
const asked = (query, typing = false) => parse(query, vocabulary, typing);

const QUERIES = {
  "hội nghị CTDV": "hội nghị công tác dân vận",
  "hdnd tinh": "hội đồng nhân dân tinh",
  tu: "tu",
  tư: "tư",
  "TƯ Đảng": "trung ương đảng",
  "Hoà K’Ré": "hòa kré",
  "05": "5",
  "": "",
  "?!": "",
};

for (const [query, words] of Object.entries(QUERIES))
  test(`a query becomes the words that are looked for, abbreviations in full, one spelling: ${query}`, () => {
    const forms = asked(query).tokens.map(({ form }) => form);
    assert.equal(forms.join(" "), words);
  });

test("a word with marks means them, its neighbour without marks doesn't", () => {
  const marked = asked("dân van đỏ ba").tokens.map((token) => token.marked);
  assert.deepEqual(marked, [true, false, true, false]);
});

test("words in quotes belong together, in any kind of quotes; an open quote is none", () => {
  const quotes = asked('“dân vận” ở "Sơn La" "x').tokens.map(({ quote }) => quote);
  assert.deepEqual(quotes, [1, 1, 0, 2, 2, 0]);
});

test("a number knows the words that it stands for, spelt out or not", () => {
  const { tokens, codes } = asked("hội nghị nghị quyết 43-NQ/TW ở Huế");
  const covered = tokens.slice(codes[0].from, codes[0].to).map(({ form }) => form);
  assert.equal(codes.length, 1);
  assert.deepEqual(covered, ["nghị", "quyết", "43", "nq", "tw"]);
});

test("a bare number and its year tell how their keys begin", () => {
  const [{ keys, begins }] = asked("nghị quyết 59/2023").codes;
  assert.deepEqual([keys, begins], [["#nghi-quyet:59"], "#59x2023"]);
});

test("blanks and dashes of any kind part a number as plain ones do", () => {
  const keys = (/** @type {string} */ query) => asked(query).codes.map((code) => code.keys);
  assert.deepEqual(keys("43   NQ/TW"), keys("43 NQ/TW"));
  assert.deepEqual(keys("43–NQ–TW"), keys("43-NQ-TW"));
});

test("words of a question may be left out, those of a short query or a phrase not", () => {
  const light = (/** @type {string} */ query) =>
    asked(query).tokens.flatMap((token) => (token.light ? token.form : []));
  assert.deepEqual(light("hội nghị diễn ra khi nào ở Sơn La"), ["diễn", "ra", "khi", "nào", "ở"]);
  assert.deepEqual(light("ở đâu"), []);
  assert.deepEqual(light('"diễn ra khi nào ở đâu"'), []);
});

test("the last word may go on while the reader types, and as long as no blank follows it", () => {
  assert.equal(asked("dân v", true).prefix, true);
  assert.equal(asked("dân v ", true).prefix, false);
  assert.equal(asked("dân v").prefix, false);
});
