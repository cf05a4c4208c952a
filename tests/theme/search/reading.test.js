import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { gzipSync } from "node:zlib";
import { isTooOld } from "../../../templates/theme/assets/search/nodes.js";
import { once, read, readJson, SearchFailed } from "../../../templates/theme/assets/search/reading.js";

const real = globalThis.fetch;
const url = new URL("https://archive.test/a");
afterEach(() => {
  globalThis.fetch = real;
});

/** @param {(() => Response)[]} answers  one after another, the last one for ever */
function answering(...answers) {
  let asked = 0;
  globalThis.fetch = async () => answers[Math.min(asked++, answers.length - 1)]();
  return () => asked;
}

test("a file is read, packed or not", async () => {
  answering(() => new Response(gzipSync('{"a": 1}')));
  assert.deepEqual(await readJson(url), { a: 1 });
  answering(() => new Response('{"a": 1}'));
  assert.deepEqual(await readJson(url), { a: 1 });
});

test("a file that can't be fetched is tried twice more, then the search has failed", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const count = answering(() => new Response("", { status: 500 }));
  const failing = assert.rejects(read(url), SearchFailed);
  for (let turn = 0; turn < 99 && count() < 3; turn += 1) {
    await new Promise((done) => setImmediate(done));
    context.mock.timers.runAll();
  }
  await failing;
  assert.equal(count(), 3);
});

test("what is made is made once, and a failure is not kept", async () => {
  /** @type {Map<string, Promise<number>>} */
  const kept = new Map();
  await assert.rejects(once(kept, "a", () => Promise.reject(new Error("no"))));
  assert.equal(await once(kept, "a", async () => 1), 1);
  assert.equal(await once(kept, "a", async () => 2), 1);
});

test("nobody is stopped by the signal of another", async () => {
  /** @type {Map<string, Promise<number>>} */
  const kept = new Map();
  const stopped = new AbortController();
  const first = once(kept, "a", () => Promise.reject(new DOMException("", "AbortError")), stopped.signal);
  const second = once(kept, "a", async () => 2);
  stopped.abort();
  await assert.rejects(first, { name: "AbortError" });
  assert.equal(await second, 2);
});

test("a browser that can't unpack is told at once, and nothing is fetched", async () => {
  const unpacker = globalThis.DecompressionStream;
  const count = answering(() => new Response("{}"));
  Reflect.deleteProperty(globalThis, "DecompressionStream");
  try {
    assert.ok(isTooOld());
    await assert.rejects(read(url), SearchFailed);
    assert.equal(count(), 0);
  } finally {
    globalThis.DecompressionStream = unpacker;
  }
  assert.ok(!isTooOld());
});
