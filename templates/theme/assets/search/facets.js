/* The filters: each facet's values with counts, read when its group is opened, and the chosen ones above the results. */

import { element, fill, find } from "./nodes.js";
import { failure } from "./results.js";

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./engine.js").Filters} Filters */
/** @typedef {import("./nodes.js").Words} Words */
/** @typedef {[id: string, label: string, n: number]} Count */
/** @typedef {(facet: string, value: string, on: boolean) => void} Choose  told of every choice */

/**
 * A search and its answer.
 * @typedef {object} Asked
 * @property {Engine} engine
 * @property {import("./address.js").State & {typing: boolean}} state
 * @property {import("./engine.js").Answer} found
 * @property {AbortSignal} signal
 */

/**
 * A facet on the page; `rows`: how many values are shown, `drawn`: for which search, `finder`: searches a long list.
 * @typedef {object} Facet
 * @property {string} name
 * @property {HTMLDetailsElement} box
 * @property {HTMLElement} values
 * @property {number} rows
 * @property {Asked | null} drawn
 * @property {HTMLInputElement} [finder]
 * @property {() => void} redraw
 */

export const FACETS = ["kind", "year", "level", "place", "official", "document"];
const FIRST = 8;
const MORE = 24;
/* A longer list can be searched itself. */
const LONG = 32;
/** @param {string} text */
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
/** @type {(a: Count, b: Count) => number} */
const byId = (a, b) => b[0].localeCompare(a[0]);
/** @type {(a: Count, b: Count) => number} */
const byCount = (a, b) => b[2] - a[2] || a[1].localeCompare(b[1], "vi");

/**
 * @param {HTMLDetailsElement} panel  holds one <details data-facet> a facet
 * @param {Words} words
 * @param {Choose} choose
 */
export function filterPanel(panel, words, choose) {
  const facets = FACETS.map((name) => {
    const box = find(panel, `[data-facet="${name}"]`, HTMLDetailsElement);
    /** @type {Facet} */
    const facet = {
      name,
      box,
      values: find(box, ".facet__values", HTMLElement),
      rows: FIRST,
      drawn: null,
      redraw() {},
    };
    return facet;
  });
  /** @type {Asked | null} */
  let now = null;

  for (const box of [panel, ...facets.map((facet) => facet.box)])
    box.addEventListener("toggle", () => {
      if (box.open && now) readAll(now);
    });

  /**
   * They are shown when all that are open have been read, at once: one would push the others down.
   * @param {Asked} asked
   */
  async function readAll(asked) {
    await Promise.all(facets.map((facet) => read(facet, asked)));
    if (asked === now) panel.dataset.drawn = "";
  }

  /**
   * A facet is counted without its own filters: choosing 2024 must leave 2023 there to be chosen too.
   * @param {string} name
   * @param {Asked} asked
   */
  async function counted(name, { engine, state, found, signal }) {
    if (!state.filters[name]) return engine.counts(found, name);
    const { [name]: own, ...filters } = state.filters;
    const without = await engine.search(found.instead ?? state.query, {
      filters,
      sort: "relevance",
      from: 0,
      limit: 0,
      typing: state.typing,
      exact: state.exact,
      signal,
    });
    return engine.counts(without, name);
  }

  /**
   * @param {Facet} facet
   * @param {Asked} asked
   */
  async function read(facet, asked) {
    const { name } = facet;
    if (!panel.open || !facet.box.open || facet.drawn === asked) return;
    facet.drawn = asked;
    try {
      const counts = await counted(name, asked);
      if (asked === now) draw(facet, counts, asked.state.filters[name] ?? []);
    } catch (error) {
      if (asked !== now || asked.signal.aborted) return;
      facet.drawn = null;
      console.info(error);
      facet.values.replaceChildren(failure(words.failed_facet, words, () => read(facet, asked)));
    }
  }

  /**
   * @param {Facet} facet
   * @param {Count[]} counts
   * @param {string[]} chosen
   */
  function draw(facet, counts, chosen) {
    const { name, box, values } = facet;
    const there = counts.filter(([id, , n]) => n || chosen.includes(id)).sort(name === "year" ? byId : byCount);
    if (there.length > LONG && !facet.finder) addFinder(facet);
    const wanted = folded(facet.finder?.value ?? "");
    const left = there.filter(([, label]) => folded(label).includes(wanted));
    facet.redraw = () => draw(facet, counts, chosen);
    const shown = left.filter(([id], at) => at < facet.rows || (!wanted && chosen.includes(id)));
    const active = document.activeElement;
    const focused = active instanceof HTMLElement ? active.dataset.value : undefined;
    const labels = shown.map(([id, label, n]) => choice(name, id, label, n, chosen.includes(id)));
    const rest =
      left.length > shown.length
        ? element(
            "button",
            { type: "button", className: "search__plain" },
            fill(words.more_values, { n: Math.min(MORE, left.length - shown.length) }),
          )
        : null;
    rest?.addEventListener("click", () => {
      facet.rows += MORE;
      draw(facet, counts, chosen);
      box.querySelectorAll("input")[shown.length]?.focus();
    });
    values.replaceChildren(
      ...(labels.length ? labels : [element("p", { className: "aside" }, words.no_values)]),
      ...(rest ? [rest] : []),
    );
    const again = focused ? box.querySelector(`[data-value="${CSS.escape(focused)}"]`) : null;
    if (again instanceof HTMLElement) again.focus();
  }

  /** @param {Facet} facet */
  function addFinder(facet) {
    const finder = element("input", {
      type: "text",
      className: "facet__finder",
      autocomplete: "off",
      placeholder: words.find_value,
    });
    finder.setAttribute("aria-label", `${words.find_value}: ${words[facet.name]}`);
    finder.addEventListener("input", () => facet.redraw());
    facet.values.before(finder);
    facet.finder = finder;
  }

  /**
   * @param {string} name
   * @param {string} id
   * @param {string} label
   * @param {number} n
   * @param {boolean} checked
   */
  function choice(name, id, label, n, checked) {
    const input = element("input", { type: "checkbox", checked });
    input.dataset.value = `${name}:${id}`;
    input.addEventListener("change", () => choose(name, id, input.checked));
    return element(
      "label",
      {},
      input,
      element("span", {}, label),
      element("span", { className: "count" }, fill("{n}", { n })),
    );
  }

  return {
    /** @param {Asked} asked */
    show(asked) {
      now = asked;
      for (const { name, box } of facets) if (asked.state.filters[name]) box.open = true;
      readAll(asked);
    },
    close() {
      now = null;
    },
  };
}

/**
 * What narrows the search, each with a button that takes it away.
 * @param {Engine} engine
 * @param {Filters} filters
 * @param {Words} words
 * @param {Choose} choose
 * @param {() => void} clear  takes all of them away
 */
export async function chips(engine, filters, words, choose, clear) {
  const made = [];
  for (const name of FACETS.filter((facet) => filters[facet])) {
    const labels = new Map(await engine.values(name));
    for (const id of filters[name]) {
      const label = labels.get(id) ?? id;
      const button = element(
        "button",
        { type: "button", className: "search__chip" },
        element("span", {}, `${words[name]}: `),
        label,
      );
      button.setAttribute("aria-label", fill(words.drop, { label: `${words[name]}: ${label}` }));
      button.addEventListener("click", () => choose(name, id, false));
      made.push(button);
    }
  }
  if (made.length) {
    const all = element("button", { type: "button", className: "search__plain" }, words.clear);
    all.addEventListener("click", clear);
    made.push(all);
  }
  return made;
}
