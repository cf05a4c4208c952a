/* The browser's side of the query layer for the tests: {vocabulary, texts} on standard input → what it makes of each
   text, as JSON on standard output. */

import { text } from "node:stream/consumers";
import { codes } from "../../templates/theme/assets/search/codes.js";
import { prepared, withoutApostrophes } from "../../templates/theme/assets/search/forms.js";
import { parse, readyFor, words } from "../../templates/theme/assets/search/words.js";

const { vocabulary, texts } = JSON.parse(await text(process.stdin));
await readyFor("1");

/** @param {string} given */
function read(given) {
  const ready = withoutApostrophes(prepared(given));
  const list = words(ready, vocabulary);
  const found = codes(ready, vocabulary);
  const covers = (/** @type {{start: number, end: number}} */ word) =>
    found.findIndex(({ start, end }) => start <= word.start && word.end <= end);
  return {
    forms: list.map(({ form }) => form),
    keys: list.map(({ key }) => key),
    codes: found.map(({ keys }) => keys),
    covered: list.map(covers),
    asked: parse(given, vocabulary).tokens,
  };
}

process.stdout.write(JSON.stringify(texts.map(read)));
