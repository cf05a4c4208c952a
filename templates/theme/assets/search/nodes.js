/* Elements made of values: no markup is ever made of strings, so what a page or a reader wrote stays text. */

export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made) made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/* "{n} kết quả" and {n: 12} → "12 kết quả"; numbers as the language writes them. */
export const fill = (sentence, values) =>
  sentence.replace(/\{(\w+)\}/g, (_, name) =>
    typeof values[name] === "number" ? values[name].toLocaleString(document.documentElement.lang) : values[name],
  );

/* The root of the site, wherever it is served: these modules lie in assets/search/. */
export const base = new URL("../../", import.meta.url);

/* The engine, opened once; one that could not be opened is tried anew when it is asked for again. Some browsers go on
   failing with a module that failed once: then only loading the page anew helps, and `isStuck` says so. */
let engine;
let failures = 0;
export const isStuck = () => failures > 1;
export function opened() {
  engine ??= import("./engine.js")
    .then(({ openEngine }) => openEngine(base))
    .catch((error) => {
      engine = undefined;
      if (error instanceof TypeError) failures += 1;
      throw error;
    });
  return engine;
}

/* Runs of hits of one kind, in the order in which each kind's best hit stands: [[kind, hits], …]. */
export function byKind(hits) {
  const groups = new Map();
  for (const hit of hits) groups.set(hit.kind, [...(groups.get(hit.kind) ?? []), hit]);
  return [...groups];
}

export const target = (hit) => new URL(hit.address + (hit.passage?.anchor ? `#${hit.passage.anchor}` : ""), base).href;
