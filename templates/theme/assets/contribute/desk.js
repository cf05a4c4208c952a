/* The importer as functions that promise: a worker does the work, the page stays free. */

export class Desk {
  #worker;
  #waiting = new Map();
  #last = 0;

  /* `tell` hears {loaded: bytes} and {starting: true} while the tool comes. */
  constructor(tell) {
    this.#worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    this.#worker.onmessage = ({ data }) => {
      if ("failed" in data) return this.#fail(new Error(data.failed));
      if (!("id" in data)) return tell(data);
      if (!this.#waiting.has(data.id)) return;
      const { resolve, reject } = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if ("error" in data) reject(new Error(data.error));
      else resolve(data.value);
    };
    this.#worker.onerror = (event) => this.#fail(new Error(event.message || "worker"));
  }

  #fail(error) {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  call(call, given) {
    return new Promise((resolve, reject) => {
      this.#last += 1;
      this.#waiting.set(this.#last, { resolve, reject });
      this.#worker.postMessage({ id: this.#last, call, given });
    });
  }

  close() {
    this.#worker.terminate();
    this.#fail(new Error("closed"));
  }
}
