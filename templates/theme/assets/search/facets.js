/* The filters: each facet's values with counts, read when its group is opened, and the chosen ones above the results. */

import { element, fill } from "./nodes.js";
import { failure } from "./results.js";

export const FACETS = ["kind", "year", "level", "place", "official", "document"];
const FIRST = 8;
const MORE = 24;
/* A longer list can be searched itself. */
const LONG = 32;
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
const byId = (a, b) => b[0].localeCompare(a[0]);
const byCount = (a, b) => b[2] - a[2] || a[1].localeCompare(b[1], "vi");

/* `panel` holds one <details data-facet> a facet; `choose(facet, value, on)` is told of every choice. */
export function filterPanel(panel, words, choose) {
  const boxes = FACETS.map((name) => panel.querySelector(`[data-facet="${name}"]`));
  const rows = new Map(FACETS.map((name) => [name, FIRST]));
  let now = null;

  for (const box of [panel, ...boxes]) box.addEventListener("toggle", () => box.open && now && readAll(now));

  /* They are shown when all that are open have been read, at once: one would push the others down. */
  async function readAll(asked) {
    await Promise.all(boxes.map((box) => read(box, asked)));
    if (asked === now) panel.dataset.drawn = "";
  }

  /* A facet is counted without its own filters: choosing 2024 must leave 2023 there to be chosen too. */
  async function counted(name, { engine, state, found, signal }) {
    if (!state.filters[name]) return engine.counts(found, name);
    const { [name]: own, ...filters } = state.filters;
    const without = await engine.search(found.instead ?? state.query, {
      filters,
      sort: "relevance",
      from: 0,
      limit: 0,
      typing: state.typing,
      signal,
    });
    return engine.counts(without, name);
  }

  async function read(box, asked) {
    const name = box.dataset.facet;
    if (!panel.open || !box.open || box.drawn === asked) return;
    box.drawn = asked;
    try {
      const counts = await counted(name, asked);
      if (asked === now) draw(box, name, counts, asked.state.filters[name] ?? []);
    } catch (error) {
      if (asked !== now || asked.signal.aborted) return;
      box.drawn = null;
      console.info(error);
      box.lastElementChild.replaceChildren(failure(words.failed_facet, words, () => read(box, asked)));
    }
  }

  function draw(box, name, counts, chosen) {
    const there = counts.filter(([id, , n]) => n || chosen.includes(id)).sort(name === "year" ? byId : byCount);
    if (there.length > LONG && !box.finder) addFinder(box, name);
    const wanted = folded(box.finder?.value ?? "");
    const left = there.filter(([, label]) => folded(label).includes(wanted));
    box.redraw = () => draw(box, name, counts, chosen);
    const shown = left.filter(([id], at) => at < rows.get(name) || (!wanted && chosen.includes(id)));
    const focused = document.activeElement?.dataset?.value;
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
      rows.set(name, rows.get(name) + MORE);
      draw(box, name, counts, chosen);
      box.querySelectorAll("input")[shown.length]?.focus();
    });
    box.lastElementChild.replaceChildren(
      ...(labels.length ? labels : [element("p", { className: "aside" }, words.no_values)]),
      ...(rest ? [rest] : []),
    );
    if (focused) box.querySelector(`[data-value="${CSS.escape(focused)}"]`)?.focus();
  }

  function addFinder(box, name) {
    box.finder = element("input", {
      type: "text",
      className: "facet__finder",
      autocomplete: "off",
      placeholder: words.find_value,
    });
    box.finder.setAttribute("aria-label", `${words.find_value}: ${words[name]}`);
    box.finder.addEventListener("input", () => box.redraw());
    box.lastElementChild.before(box.finder);
  }

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
    show(asked) {
      now = asked;
      for (const box of boxes) if (asked.state.filters[box.dataset.facet]) box.open = true;
      readAll(asked);
    },
    close() {
      now = null;
    },
  };
}

/* What narrows the search, each with a button that takes it away. */
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
