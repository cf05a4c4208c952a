/* The files of the index: a file is read, and read once; nothing that fails is kept. */

const TRIES = 3;
const PAUSE = 250;

/** A file of the index could not be read. */
export class SearchFailed extends Error {}

/**
 * Bytes of a file, unpacked if they are gzip: some servers unpack on the way, some don't.
 * @param {URL} url
 * @param {AbortSignal} [signal]
 * @param {RequestCache} [cache]
 * @throws {SearchFailed} after three tries, or at once in a browser that can't unpack
 */
export async function read(url, signal, cache = "default") {
  if (!("DecompressionStream" in globalThis)) throw new SearchFailed("no DecompressionStream");
  for (let turn = 1; ; turn += 1) {
    try {
      const answer = await fetch(url, { signal, cache });
      if (!answer.ok) throw new Error(`${answer.status} ${url}`);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
      return new Uint8Array(await new Response(stream).arrayBuffer());
    } catch (error) {
      if (signal?.aborted) throw error;
      if (turn === TRIES) throw new SearchFailed(String(error));
      await new Promise((done) => setTimeout(done, PAUSE * turn));
    }
  }
}

/** @param {Parameters<typeof read>} given */
export const readText = async (...given) => new TextDecoder().decode(await read(...given));

/** @param {Parameters<typeof read>} given */
export const readJson = async (...given) => JSON.parse(await readText(...given));

/**
 * What `make` gives for a key, made once; a failure is not kept, and nobody is stopped by another's signal.
 * @template T
 * @template K
 * @param {Map<K, Promise<T>>} kept
 * @param {K} key
 * @param {() => Promise<T>} make
 * @param {AbortSignal} [signal]
 * @returns {Promise<T>}
 */
export async function once(kept, key, make, signal) {
  for (;;) {
    let promise = kept.get(key);
    if (!promise) {
      const made = make();
      promise = made;
      kept.set(key, made);
      made.catch(() => kept.get(key) === made && kept.delete(key));
    }
    try {
      return await promise;
    } catch (error) {
      if (signal?.aborted || !(error instanceof Error) || error.name !== "AbortError") throw error;
    }
  }
}
