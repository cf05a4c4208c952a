import assert from "node:assert/strict";
import { test } from "node:test";
import { decoded, repaired } from "../../../templates/theme/assets/search/repair.js";
import { lexiconOf } from "../../../templates/theme/assets/search/shards.js";
import { parse } from "../../../templates/theme/assets/search/words.js";
import { vocabulary } from "./vocabulary.js";

/* The tone comes last, so that nobody need know where it stands. */
const TYPED = {
  vaanj: "vân\u0323",
  kheos: "kheo\u0301",
  dduwowngf: "đương\u0300",
  hoaf: "hoa\u0300",
  va65n: "vân\u0323",
  d9u7o7ng2: "đương\u0300",
};

for (const [keys, syllable] of Object.entries(TYPED))
  test(`keystrokes of Telex and VNI become the syllable: ${keys}`, () => {
    assert.equal(decoded(keys), syllable);
  });

test("what holds no keystrokes is left alone", () => {
  assert.deepEqual(["dan", "dân", "43nq"].map(decoded), [null, null, null]);
});

/** @type {import("../../../templates/theme/assets/search/repair.js").Asks} */
const index = {
  lexicon: async () =>
    lexiconOf(
      "dan dân 20\nkheo khéo 9\nluong lương 6 lượng 5\nnguoi người 30 nguội 2\nnuoi nuôi 40\nvan vận 15 văn 4\n",
    ),
  cost: () => 1,
  terms: async (keys) => new Map(keys.filter((key) => key === "dan van").map((key) => [key, { count: 5 }])),
};

/**
 * @param {string} text
 * @param {number[]} [doubtful]
 */
async function proposals(text, doubtful) {
  const { tokens } = parse(text, vocabulary);
  return (await repaired(index, { tokens, missing: [], doubtful })).map((words) => words.join(" "));
}

test("keystrokes come back as words of the archive", async () => {
  assert.deepEqual(await proposals("daan vaanj"), ["dân vận"]);
});

test("one wrong letter is mended where the neighbour tells how", async () => {
  assert.deepEqual(await proposals("dân vậm"), ["dân vận"]);
});

test("two words typed as one are parted", async () => {
  assert.equal((await proposals("danvan"))[0], "dan van");
});

for (const [typed, meant] of Object.entries({ nguời: "người", luơng: "lương", vẫn: "vận", khèo: "khéo" }))
  test(`one word with a wrong or missing mark is the same word with right marks: ${typed}`, async () => {
    assert.equal((await proposals(typed, [0]))[0], meant);
  });
