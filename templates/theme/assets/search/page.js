/* The search page: reads query and filters from the address, asks the engine while the reader types, draws the
   results. It keeps nothing and asks nobody but this site.

   There is no list of suggestions here, though other pages have one: the results themselves follow each letter right
   below the box and are reached by the arrow keys, and a list would cover them with the same pages once more. */

import { asAddress, isOld, readAddress, renewed } from "./address.js";
import { chips, filterPanel } from "./facets.js";
import { element, fill, find, isStuck, isTooOld, opened } from "./nodes.js";
import { below, failure, groups, list, nothing, repaired, skeleton } from "./results.js";

const PAGE = 10;
const PAUSE = 160;
const LONG = 6000;
/* One letter is on half of all pages and costs a reader more bytes than it tells. */
const LEAST = 2;

/** @typedef {import("./facets.js").Asked & {kinds: Map<string, string>}} Answer */

const root = find(document, "[data-search]", HTMLElement);
/** @type {import("./nodes.js").Words} */
const words = JSON.parse(root.dataset.words ?? "");
const form = find(root, "form", HTMLFormElement);
const input = find(form, "[name=q]", HTMLInputElement);
/** @param {string} name */
const part = (name) => find(root, `.search__${name}`, HTMLElement);
const panel = find(root, ".search__filters", HTMLDetailsElement);
const [status, results, more, chosen, instead, bar] = ["status", "results", "more", "chosen", "instead", "bar"].map(
  part,
);
const filters = filterPanel(panel, words, choose);
const title = document.title;

let state = readAddress(location.search);
let settled = asAddress(state);
let running = new AbortController();
let count = 0;
let waiting = 0;

/* --- a search --- */

async function search(limit = PAGE, typing = false) {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  const asked = { ...state, typing };
  const again = () => (isStuck() ? location.reload() : search(limit, typing));
  document.title = state.query ? `${state.query} - ${title}` : title;
  if (!state.query.trim() && !Object.keys(state.filters).length) return rest();
  begin();
  const slow = setTimeout(() => {
    say(words.slow);
    instead.replaceChildren(failure(words.slow_try, words, again));
  }, LONG);
  try {
    const engine = await opened();
    if (isOld(asked.filters)) {
      state.filters = asked.filters = await renewed(engine, asked.filters);
      if (signal.aborted) return;
      settled = asAddress(state);
      history.replaceState(history.state, "", settled);
    }
    const found = await engine.search(asked.query, {
      filters: asked.filters,
      sort: asked.sort,
      from: 0,
      limit,
      typing,
      exact: asked.exact,
      signal,
    });
    const kinds = new Map(await engine.values("kind"));
    if (signal.aborted) return;
    show({ engine, state: asked, found, kinds, signal });
  } catch (error) {
    if (signal.aborted) return;
    console.info(error);
    root.dataset.state = "failed";
    say(isTooOld() ? words.too_old : words.failed);
    chosen.replaceChildren();
    instead.replaceChildren();
    more.replaceChildren();
    results.replaceChildren(
      isTooOld() ? element("p", { className: "notice" }, words.too_old_try) : failure(words.failed_try, words, again),
    );
  } finally {
    clearTimeout(slow);
    if (!signal.aborted) results.setAttribute("aria-busy", "false");
  }
}

function begin() {
  root.dataset.state = "asked";
  root.toggleAttribute("data-narrowed", Object.keys(state.filters).length > 0);
  results.setAttribute("aria-busy", "true");
  if (results.querySelector(".search__hits")) return;
  say(words.loading);
  instead.replaceChildren();
  results.replaceChildren(skeleton());
  /* The letters of passages come while the engine looks: they do not change under the reader's eyes. */
  document.fonts.load(`1rem ${getComputedStyle(document.documentElement).getPropertyValue("--serif")}`).catch(() => {});
}

function rest() {
  root.dataset.state = "empty";
  root.removeAttribute("data-narrowed");
  filters.close();
  say(words.empty);
  for (const each of [results, more, chosen, instead]) each.replaceChildren();
  results.setAttribute("aria-busy", "false");
}

/** @param {string} sentence */
function say(sentence) {
  if (status.textContent !== sentence) status.textContent = sentence;
}

/** @param {Answer} answer */
function show(answer) {
  const { engine, state: asked, found, signal } = answer;
  count = 0;
  const isAbsent = found.absent.length > 0;
  root.dataset.state = found.total || found.near ? "found" : "nothing";
  instead.replaceChildren(
    ...(found.instead ? repaired(found.instead, asked.query, words, () => change({ exact: true })) : []),
    ...(isAbsent && found.near ? [below(words)] : []),
  );
  if (found.total || found.near) {
    say(fill(isAbsent ? words.absent : words.count, { n: found.total, words: found.absent.join(", ") }));
    results.replaceChildren();
    add(answer);
  } else {
    const none = isAbsent ? words.absent : asked.query ? words.none : words.none_filtered;
    say(fill(none, { query: asked.query, words: found.absent.join(", ") }));
    more.replaceChildren();
    results.replaceChildren(nothing(words, Object.keys(asked.filters).length ? clear : null));
  }
  filters.show(answer);
  chips(engine, asked.filters, words, choose, clear).then(
    (made) => {
      if (signal.aborted) return;
      const away = chosen.contains(document.activeElement);
      chosen.replaceChildren(...made);
      if (away) (made[0] ?? input).focus();
    },
    (error) => console.info(error),
  );
}

/**
 * A page of hits more, below those that are there: nothing a reader has seen moves.
 * @param {Answer} answer
 */
function add(answer) {
  const { state: asked, found, kinds } = answer;
  const drawn =
    asked.sort === "date"
      ? [list(found.hits, kinds)]
      : groups(found.hits, kinds, words, (kind) => choose("kind", kind, true), results.children.length);
  const last = results.lastElementChild;
  const [next] = drawn;
  if (last instanceof HTMLElement && next && last.dataset.kind === next.dataset.kind) {
    drawn.shift();
    listOf(last).append(...listOf(next).children);
  }
  results.append(...drawn);
  count += found.hits.length;
  offerMore(answer);
}

/** @param {HTMLElement} group */
const listOf = (group) => (group.matches("ol") ? group : find(group, "ol", HTMLElement));

/** @param {Answer} answer */
function offerMore(answer) {
  const left = answer.found.total + answer.found.near - count;
  if (!answer.found.more || left <= 0) return more.replaceChildren();
  const button = element("button", { type: "button" }, fill(words.more, { n: Math.min(PAGE, left) }));
  button.addEventListener("click", () => readMore(answer, button));
  more.replaceChildren(button);
}

/**
 * @param {Answer} answer
 * @param {HTMLButtonElement} button
 */
async function readMore(answer, button) {
  const { engine, state: asked, signal } = answer;
  button.textContent = words.loading;
  button.setAttribute("aria-disabled", "true");
  const first = count;
  try {
    const found = await engine.search(asked.query, {
      filters: asked.filters,
      sort: asked.sort,
      from: count,
      limit: PAGE,
      typing: asked.typing,
      exact: asked.exact,
      signal,
    });
    if (signal.aborted || first !== count) return;
    add({ ...answer, found });
    links()[first]?.focus();
    history.replaceState({ shown: count }, "");
  } catch (error) {
    if (signal.aborted) return;
    console.info(error);
    more.replaceChildren(failure(words.failed, words, () => readMore(answer, button)));
  }
}

/* --- choices: each is a step that the back button undoes; letters typed on the way are not --- */

function commit() {
  const address = asAddress(state);
  if (address === settled) return;
  history.replaceState(history.state, "", settled);
  history.pushState(null, "", address);
  settled = address;
}

/** @type {import("./facets.js").Choose} */
function choose(name, value, on) {
  const values = new Set(state.filters[name]);
  values[on ? "add" : "delete"](value);
  const { [name]: before, ...others } = state.filters;
  change({ filters: values.size ? { ...others, [name]: [...values] } : others });
}

function clear() {
  change({ filters: {} });
  input.focus();
}

/** @param {Partial<import("./address.js").State>} what */
function change(what) {
  clearTimeout(waiting);
  state = { ...state, query: input.value, exact: state.exact && input.value === state.query, ...what };
  commit();
  search();
}

/* --- the person --- */

input.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    if (input.value.trim() === state.query.trim()) return;
    if (input.value.trim() && input.value.trim().length < LEAST) return;
    state = { ...state, query: input.value, exact: false };
    history.replaceState(null, "", asAddress(state));
    search(PAGE, true);
  }, PAUSE);
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  change({});
});

bar.addEventListener("change", ({ target }) => {
  if (target instanceof HTMLInputElement) change({ sort: target.value === "date" ? "date" : "relevance" });
});

function links() {
  /** @type {NodeListOf<HTMLElement>} */
  const found = results.querySelectorAll("a.search__title");
  return [...found];
}

root.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const stops = [...links(), ...more.querySelectorAll("button")];
  const at = event.target instanceof HTMLElement ? stops.indexOf(event.target) : -1;
  if (event.key === "ArrowDown" && (event.target === input || at >= 0)) (stops[at + 1] ?? stops[at] ?? input).focus();
  else if (event.key === "ArrowUp" && at >= 0) (stops[at - 1] ?? input).focus();
  else if (event.key === "Escape" && event.target !== input) input.focus();
  else return;
  event.preventDefault();
});

function fromAddress() {
  clearTimeout(waiting);
  state = readAddress(location.search);
  settled = asAddress(state);
  input.value = state.query;
  for (const radio of bar.querySelectorAll("input")) radio.checked = radio.value === state.sort;
  search(history.state?.shown ?? PAGE);
}

addEventListener("popstate", fromAddress);
panel.open = matchMedia("(min-width: 64em)").matches;
const [arrival] = performance.getEntriesByType("navigation");
const isBack = arrival instanceof PerformanceNavigationTiming && arrival.type === "back_forward";
if (!location.hash && !("ontouchstart" in window) && !isBack) input.focus({ preventScroll: true });
opened().catch(() => {});
fromAddress();
