import assert from "node:assert/strict";
import { test } from "node:test";
import { asked, coded, judge, passage } from "../../../templates/theme/assets/search/ranking.js";
import { vocabulary } from "./vocabulary.js";

/** @typedef {import("../../../templates/theme/assets/search/ranking.js").Entry} Entry */

/**
 * @param {string} title
 * @param {string[]} texts
 * @returns {Entry}
 */
const article = (title, ...texts) => ({
  a: "a/",
  k: "articles",
  t: title,
  f: "",
  d: "2023-11-24",
  n: [],
  b: texts.map((text, i) => [`doan-${i + 1}`, text]),
});

/** @param {string} text */
const query = async (text) => coded(await asked(text, vocabulary, false), ({ keys }) => keys);

test("neighbours in order come before scattered words, exact marks before others", async () => {
  const given = await query("dân vận khéo");
  const score = (/** @type {string} */ text) => judge(article("Chuyện", text), given).score;
  assert.ok(score("Mô hình dân vận khéo.") > score("Dân chờ xe vận tải, anh Khéo kể."));
  assert.ok(score("Mô hình dân vận khéo.") > score("Cụ nói dẫn vân khẻo."));
});

test("a title that is the query says more than a text that holds it", async () => {
  const given = await query("dân vận khéo");
  const whole = judge(article("Dân vận khéo", "Lúa chín."), given);
  assert.ok(whole.score > judge(article("Chuyện làng", "Dân vận khéo."), given).score);
  assert.equal(whole.near, 1);
});

test("a phrase stands only where its words are neighbours with the marks that were typed", async () => {
  const given = await query('"dân vận"');
  const holds = (/** @type {string} */ text) => judge(article("Chuyện", text), given).phrases;
  assert.deepEqual(["Dân vận tốt.", "Dân ta vận tải.", "Dẫn vân tay."].map(holds), [true, false, false]);
});

test("the passage is the paragraph with the words, and lights up them alone", async () => {
  const given = await query("dân vận khéo");
  const found = passage(judge(article("Chuyện", "Lúa chín.", "Mô hình dân vận khéo lan rộng."), given), given);
  assert.equal(found?.anchor, "doan-2");
  assert.deepEqual(found?.parts, [
    ["Mô hình ", false],
    ["dân vận khéo", true],
    [" lan rộng.", false],
  ]);
});

test("a number is lit up in the dress it wears there", async () => {
  const given = await query("nghị quyết 43");
  const lit = (/** @type {string} */ text) =>
    passage(judge(article("Chuyện", text), given), given)?.parts.flatMap(([part, isHit]) => (isHit ? part : []));
  assert.deepEqual(lit("Theo Nghị quyết số 43-NQ/TW về đoàn kết."), ["Nghị quyết số 43-NQ/TW"]);
});

test("a text without the words has no passage", async () => {
  const given = await query("dân vận");
  assert.equal(passage(judge(article("Chuyện", "Lúa chín."), given), given), null);
});
