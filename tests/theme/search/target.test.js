import assert from "node:assert/strict";
import { test } from "node:test";

/** @type {any} */
const window = globalThis;
window.document ??= { documentElement: { lang: "vi" } };
const { target } = await import("../../../templates/theme/assets/search/nodes.js");

/**
 * @param {import("../../../templates/theme/assets/search/ranking.js").Passage | null} passage
 */
const leads = (passage) =>
  /** @type {string} */ (target(/** @type {any} */ ({ address: "bai-viet/a/", passage }))).split("/").at(-1);

test("a hit leads to its paragraph and marks the words there", () => {
  /** @type {[string, boolean][]} */
  const parts = [
    ["Ban ", false],
    ["Mẫu  T.Ư", true],
    [" ở ", false],
    ["7-NQ", true],
  ];
  assert.equal(leads({ anchor: "doan-2", parts }), "#doan-2:~:text=M%E1%BA%ABu%20T.%C6%AF&text=7%2DNQ");
});

test("without a paragraph it leads to the page alone", () => {
  assert.equal(leads({ anchor: "", parts: [["Mẫu", true]] }), "");
  assert.equal(leads(null), "");
});
