import assert from "node:assert/strict";
import { test } from "node:test";
import { isOld, readAddress } from "../../../templates/theme/assets/search/address.js";

test("an address tells the query, the filters, each value once, and the order", () => {
  assert.deepEqual(readAddress("?q=d%C3%A2n+v%E1%BA%ADn&nam=2024&nam=2024&nam=2023&nguoi=&xep=ngay"), {
    query: "dân vận",
    filters: { year: ["2024", "2023"] },
    sort: "date",
  });
  assert.deepEqual(readAddress("?xep=x&khac=1"), { query: "", filters: {}, sort: "relevance" });
});

test("an address says where nothing else is to be searched instead", () => {
  assert.equal(readAddress("?q=mai&dung=1").exact, true);
  assert.equal(readAddress("?q=mai").exact, undefined);
});

test("an address with labels is an old one, one with ids is not", () => {
  assert.equal(isOld({ kind: ["Bài viết"] }), true);
  assert.equal(isOld({ kind: ["articles"], year: ["2024"], place: ["kim-boi"] }), false);
});
