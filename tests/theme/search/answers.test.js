/* What the ranking makes of a query and a handful of pages: the kinds of queries that real readers type. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { asked, coded, hit, judge, passages, telling } from "../../../templates/theme/assets/search/ranking.js";
import { vocabulary } from "./vocabulary.js";

/** @typedef {import("../../../templates/theme/assets/search/ranking.js").Entry} Entry */

/**
 * @param {string} title
 * @param {Partial<Entry>} more
 * @returns {Entry}
 */
const entry = (title, more = {}) => ({ a: "a/", k: "articles", t: title, f: "", d: "", n: [], b: [], ...more });

/** @param {...string} texts */
const text = (...texts) => ({ b: texts.map((each, i) => /** @type {[string, string]} */ ([`doan-${i + 1}`, each])) });

/**
 * @param {string} query
 * @param {number[]} [rarity]
 */
async function ask(query, rarity) {
  const made = coded(await asked(query, vocabulary, false), ({ keys }) => keys);
  return rarity ? telling(made, rarity) : made;
}

/**
 * Titles of the entries, the best first.
 * @param {string} query
 * @param {Entry[]} entries
 * @param {number[]} [rarity]
 */
async function ranked(query, entries, rarity) {
  const given = await ask(query, rarity);
  const judged = entries.map((each) => judge(each, given)).sort((a, b) => b.score - a.score);
  return judged.map((each) => each.entry.t);
}

test("a word without marks beside marked ones means itself", async () => {
  const found = await ranked("Vi Thị Cam", [
    entry("Đồng chí Vi Thị Cầm dự họp", text("Đồng chí Vi Thị Cầm nói.")),
    entry("Giao ban", text("Dự họp có đồng chí Vi Thị Cam.")),
  ]);
  assert.equal(found[0], "Giao ban");
});

test("the page of a person comes before reports, with a form of address, turned round or without the middle", async () => {
  const person = entry("Vi Thị Cam", { k: "officials" });
  const report = entry("Đồng chí Vi Thị Cam thăm bản", { ...text("Bà Vi Thị Cam thăm bản."), n: ["Vi Thị Cam"] });
  for (const query of ["Vi Thị Cam", "bà Vi Thị Cam", "Cam Vi Thị", "Vi Cam", "Cam Vi", "vi thi cam"])
    assert.equal((await ranked(query, [report, person]))[0], "Vi Thị Cam", query);
});

test("the rarer word decides: a place over a run of usual words", async () => {
  const usual = entry("Tổng kết quy chế dân chủ", text("Tổng kết quy chế dân chủ ở cơ sở."));
  const there = entry("Họp ở Lũng Chuối", text("Bản Lũng Chuối thực hiện quy chế dân chủ."));
  const rarity = [1, 1, 1, 1, 1, 1, 5, 5];
  assert.equal((await ranked("tổng kết quy chế dân chủ Lũng Chuối", [usual, there], rarity))[0], "Họp ở Lũng Chuối");
});

test("type, issuer and year find the document before a report that has these words", async () => {
  const document = entry("Kết luận số 8", { k: "documents", d: "2014-05-06", s: ["Kết luận Ban Mẫu Năm 2014"] });
  const report = entry("Họp năm 2014", text("Kết luận hội nghị. Ban Mẫu gửi thư năm 2014."));
  assert.equal((await ranked("kết luận Ban Mẫu năm 2014", [report, document]))[0], "Kết luận số 8");
});

test("its own day says more of a page than a text that names the day", async () => {
  const own = entry("Chỉ thị số 9", { k: "documents", d: "2014-05-06" });
  const other = entry("Kết luận số 4", { k: "documents", d: "2020-01-02", ...text("Kết luận ngày 6/5/2014") });
  assert.equal((await ranked("6/5/2014", [other, own]))[0], "Chỉ thị số 9");
});

test("a page is known to hold all words in one narrow place, or not", async () => {
  const given = await ask("Cam Vi");
  const close = (/** @type {string} */ words) => judge(entry("Họp", text(words)), given).close;
  assert.ok(close("Đồng chí Vi Thị Cam nói.") > 0.95);
  assert.ok(close("Quả cam ngọt của bản nọ, nhà ông Vi.") < 0.95);
});

test("the passage is where most of the query stands, each word once; up to three of a page", async () => {
  const given = await ask("dân vận khéo nhờ ghép lê");
  const often = "Dân vận, dân vận, dân vận, dân vận, dân vận.";
  const found = passages(
    judge(entry("Họp", text(often, "Dân vận khéo nhờ ghép lê.", "Lúa chín.", "Ghép lê.")), given),
    given,
  );
  assert.deepEqual(
    found.map(({ anchor }) => anchor),
    ["doan-2"],
  );
  const one = await ask("ghép lê");
  const more = passages(judge(entry("Họp", text("Ghép lê.", "Lúa.", "Ghép lê.", "Ghép lê.", "Ghép lê.")), one), one);
  assert.equal(more.length, 3);
});

test("a passage shows the text as it was written: T.Ư, blanks, points of thousands", async () => {
  const lit = async (/** @type {string} */ query, /** @type {string} */ words) => {
    const given = await ask(query);
    const [found] = passages(judge(entry("Họp", text(words)), given), given);
    return found.parts.map(([part, isHit]) => (isHit ? `[${part}]` : part)).join("");
  };
  assert.equal(await lit("Ban Mẫu T.Ư", "Sáng nay Ban Mẫu T.Ư. Sau đó về."), "Sáng nay [Ban Mẫu T.Ư]. Sau đó về.");
  assert.equal(await lit("8412 hộ", "Có 8.412  hộ dự."), "Có [8.412  hộ] dự.");
});

test("a hit has its title lit up, and a document what it is about even if its number alone was asked for", async () => {
  const given = await ask("ghép lê");
  assert.deepEqual(hit(judge(entry("Ghép lê ở bản", text("Lúa.")), given), given).parts, [
    ["Ghép lê", true],
    [" ở bản", false],
  ]);
  const about = hit(judge(entry("Chỉ thị số 9", { k: "documents", b: [["", "Về trồng rừng"]] }), given), given);
  assert.deepEqual(about.passage?.parts, [["Về trồng rừng", false]]);
});
