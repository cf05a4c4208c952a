/* The importer as functions that promise: a worker does the work, the page stays free. */

/** What stands in the error of a browser that lacks WebAssembly: trying again won't help. */
export const TOO_OLD = "too-old";

export class Desk {
  #worker;
  /** @type {Map<number, {resolve: (value: any) => void, reject: (error: Error) => void}>} */
  #waiting = new Map();
  #last = 0;

  /** @param {(told: {loaded: number, starting?: true}) => void} tell  hears how many bytes have come, and when it starts */
  constructor(tell) {
    this.#worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    this.#worker.onmessage = ({ data }) => {
      if ("failed" in data) return this.#fail(new Error(data.failed));
      if (!("id" in data)) return tell(data);
      const waiting = this.#waiting.get(data.id);
      if (!waiting) return;
      this.#waiting.delete(data.id);
      if ("error" in data) waiting.reject(new Error(data.error));
      else waiting.resolve(data.value);
    };
    this.#worker.onerror = (event) => this.#fail(new Error(event.message || "worker"));
  }

  /** @param {Error} error */
  #fail(error) {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  /**
   * @param {"open" | "draft" | "finish"} call
   * @param {object} given
   * @returns {Promise<any>}
   */
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
