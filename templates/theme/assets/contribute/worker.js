/* Python at work beside the page: loads Pyodide and the importer from this site, then answers calls. What is loaded
   is counted and told, so that the page can say how far it is. */

/** @type {any} */
let python;
/** @type {any} */
let desk;
let loaded = 0;
const TOO_OLD = "too-old"; // as desk.js names it
const ask = self.fetch;

/* Pyodide waits for ever for a file that does not come, so the page is told at once. */
self.fetch = async (...request) => {
  const response = await ask(...request).catch((error) => error);
  if (!response.ok || !response.body) {
    const failed = response.status ? `${response.status} ${response.url}` : String(response);
    self.postMessage({ failed });
    throw new Error(failed);
  }
  const count = new TransformStream({
    transform(chunk, out) {
      loaded += chunk.length;
      self.postMessage({ loaded });
      out.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(count), { headers: response.headers, status: response.status });
};

/** @type {Record<string, (given: any) => any>} */
const calls = {
  async open({ folder, importer, known }) {
    if (!("WebAssembly" in self)) throw new Error(TOO_OLD);
    const { loadPyodide } = await import(new URL("pyodide.mjs", folder).href);
    const [interpreter, packed, rows] = await Promise.all([
      loadPyodide({ indexURL: folder }),
      self.fetch(importer).then((response) => response.arrayBuffer()),
      self.fetch(known).then((response) => response.text()),
    ]);
    self.postMessage({ starting: true });
    python = interpreter;
    python.unpackArchive(packed, "zip", { extractDir: "/importer" });
    python.runPython("import sys; sys.path.insert(0, '/importer')");
    const files = python.FS.readFile("/importer/site-config.json", { encoding: "utf8" });
    const { Desk } = python.pyimport("archive.desk");
    desk = Desk.open(files, rows);
    return JSON.parse(desk.choices());
  },
  draft: ({ name, data, again }) => JSON.parse(desk.draft(name, python.toPy(data), again)),
  finish: ({ form }) => JSON.parse(desk.finish(JSON.stringify(form))),
};

self.onmessage = async ({ data: { id, call, given } }) => {
  try {
    self.postMessage({ id, value: await calls[call](given) });
  } catch (error) {
    self.postMessage({ id, error: String(error) });
  }
};
