/* The search page. Reads the Pagefind index that the build made, asks nobody else, keeps nothing:
   query and filters live in the address alone. */

const root = document.querySelector("[data-search]");
const base = new URL(root.dataset.base, location.href);
const words = JSON.parse(root.dataset.words);
const form = root.querySelector("form");
const input = form.elements.q;
const facets = root.querySelector(".search__facets");
const filterPanel = root.querySelector(".search__filters");
const results = root.querySelector(".search__results");
const status = root.querySelector(".search__status");

/* Filter names of the index and their names in the address. */
const FILTERS = { kind: "loai", year: "nam", level: "cap", official: "nguoi", document: "van-ban" };
const PER_GROUP = 5;
const LOADED = 40;
const EXCERPT_WORDS = 34;

let pagefind = null;
let turn = 0;

/* --- the query, in the spelling of the index (see archive/language/spelling.py) --- */

const TONES = "\u0300\u0309\u0303\u0301\u0323";
const OPEN_PAIR = new RegExp(`(^|[^qQ])([oOuU])([aAeEyY])([${TONES}])(?![\\p{L}\\p{M}])`, "gu");
const OPEN = { o: "ae", u: "y" };

function oneTonePlace(text) {
  return text
    .normalize("NFD")
    .replace(OPEN_PAIR, (all, before, first, second, tone) =>
      OPEN[first.toLowerCase()].includes(second.toLowerCase()) ? before + first + tone + second : all)
    .normalize("NFC");
}

function indexed(text) {
  return oneTonePlace(text)
    .replace(/[\u201c\u201d\u201e\u00ab\u00bb]/g, '"')
    .replace(/[\u0111\u00f0]/g, "\u1e0f")
    .replace(/[\u0110\u00d0]/g, "\u1e0e")
    .replace(/\s+/g, " ")
    .trim();
}

/* A word without marks and punctuation, to see whether the query names it. */
const folded = (word) => shown(word).normalize("NFD").replace(/[\u0111\u0110]/g, "d").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();

const shown = (text) => text.replace(/\u1e0f/g, "\u0111").replace(/\u1e0e/g, "\u0110");

const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

/* --- the state, in the address --- */

function readAddress() {
  const given = new URLSearchParams(location.search);
  const filters = {};
  for (const [name, key] of Object.entries(FILTERS)) {
    const values = given.getAll(key).filter(Boolean);
    if (values.length) filters[name] = values;
  }
  return { query: given.get("q") || "", filters };
}

function writeAddress(state, push) {
  const given = new URLSearchParams();
  if (state.query) given.set("q", state.query);
  for (const [name, values] of Object.entries(state.filters))
    for (const value of values) given.append(FILTERS[name], value);
  const address = given.size ? `?${given}` : location.pathname;
  history[push ? "pushState" : "replaceState"](null, "", address);
}

/* --- building the page without markup from strings --- */

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter((child) => child !== null));
  return made;
}

function say(sentence, ...children) {
  status.textContent = sentence;
  results.replaceChildren(...children);
}

function skeleton() {
  const bars = Array.from({ length: 6 }, () => element("div"));
  say(words.loading, element("div", { className: "search__skeleton", ariaHidden: "true" }, ...bars));
}

async function engine() {
  if (!pagefind) {
    const loaded = await import(new URL("pagefind/pagefind.js", base).href);
    await loaded.options({ excerptLength: EXCERPT_WORDS });
    await loaded.init();
    pagefind = loaded;
  }
  return pagefind;
}

/* --- a search --- */

async function search(state) {
  const mine = ++turn;
  const query = indexed(state.query);
  if (!query && !Object.keys(state.filters).length) {
    filterPanel.hidden = true;
    say(words.empty);
    return;
  }
  results.setAttribute("aria-busy", "true");
  if (!results.querySelector(".search__group")) skeleton();
  try {
    const pf = await engine();
    const all = await pf.filters();
    const found = await pf.search(query || null, {
      filters: Object.fromEntries(Object.entries(state.filters).map(([name, values]) => [name, { any: values }])),
    });
    const hits = await Promise.all(found.results.slice(0, LOADED).map((result) => result.data()));
    if (mine !== turn) return;
    showFacets(state, found, all);
    showHits(state, found, hits);
  } catch (error) {
    if (mine !== turn) return;
    pagefind = null;
    const retry = element("button", { type: "button", className: "search__retry" }, words.retry);
    retry.addEventListener("click", () => search(state));
    say(words.failed, retry);
    console.warn(error);
  } finally {
    if (mine === turn) results.setAttribute("aria-busy", "false");
  }
}

function showHits(state, found, hits) {
  if (!hits.length) {
    say(fill(words.none, { query: state.query }), element("p", { className: "aside" }, words.none_try));
    return;
  }
  const groups = new Map();
  for (const hit of hits) groups.set(hit.meta.kind, [...(groups.get(hit.meta.kind) || []), hit]);
  const asked = indexed(state.query).split(" ").map(folded).filter(Boolean);
  say(fill(words.count, { n: found.results.length }), ...[...groups].map(([kind, members], index) => group(kind, members, index, asked)));
}

function group(kind, hits, index, asked) {
  const list = element("ol", { className: "search__hits" }, ...hits.map((hit) => showHit(hit, asked)));
  [...list.children].slice(PER_GROUP).forEach((item) => (item.hidden = true));
  const heading = element("h2", { id: `nhom-${index}` }, kind);
  const section = element("section", { className: "search__group" }, heading, list);
  section.setAttribute("aria-labelledby", heading.id);
  if (hits.length > PER_GROUP) {
    const more = element("button", { type: "button" }, words.more);
    more.addEventListener("click", () => {
      const hidden = [...list.children].filter((item) => item.hidden);
      hidden.forEach((item) => (item.hidden = false));
      hidden[0].querySelector("a").focus();
      more.parentElement.remove();
    });
    section.append(element("p", { className: "search__more" }, more));
  }
  return section;
}

function showHit(hit, asked) {
  const passage = bestPassage(hit, asked);
  const href = new URL(hit.meta.address + (passage && passage.anchor ? `#${passage.anchor}` : ""), base).href;
  const title = element("a", { className: "search__title", href }, hit.meta.title);
  const facts = hit.meta.facts ? element("p", { className: "search__facts" }, hit.meta.facts) : null;
  const excerpt = passage ? element("p", { className: "search__excerpt" }, ...passage.nodes) : null;
  return element("li", { className: "search__hit" }, title, facts, excerpt);
}

/* The run of words below title and names with the longest matches, and its paragraph. */
function bestPassage(hit, asked) {
  const tokens = hit.content.split(/\s+/);
  const anchors = hit.anchors.filter((anchor) => anchor.id).sort((a, b) => a.location - b.location);
  const start = anchors.length ? anchors[0].location : 0;
  const last = asked[asked.length - 1];
  const isAsked = (word) => asked.includes(word) || (word.startsWith(last) && word.length <= last.length + 2);
  const found = hit.locations.filter((place) => place >= start).sort((a, b) => a - b);
  const exact = found.filter((place) => isAsked(folded(tokens[place] || "")));
  const places = exact.length ? exact : found;
  if (!places.length || !anchors.length) return null;
  const marked = new Set(places);
  const worth = (place) => {
    if (marked.has(place - 1)) return 0;
    let length = 1;
    while (marked.has(place + length)) length += 1;
    return length * length;
  };
  let best = 0;
  let most = 0;
  places.forEach((place, index) => {
    const window = places.slice(index).filter((other) => other < place + EXCERPT_WORDS / 2);
    const sum = window.reduce((total, other) => total + worth(other), 0);
    if (sum > most) [best, most] = [index, sum];
  });
  const anchor = anchors.filter((candidate) => candidate.location <= places[best]).pop();
  const next = anchors.find((candidate) => candidate.location > places[best]);
  const first = Math.max(anchor.location, places[best] - 6);
  const end = Math.min(next ? next.location : tokens.length, first + EXCERPT_WORDS);
  const nodes = first > anchor.location ? ["… "] : [];
  for (let at = first; at < end; at += 1) {
    const text = shown(tokens[at]);
    nodes.push(marked.has(at) ? element("mark", {}, text) : text, " ");
  }
  if (end < (next ? next.location : tokens.length)) nodes.push("…");
  return { anchor: anchor.id, nodes };
}

/* --- filters --- */

function showFacets(state, found, all) {
  const boxes = Object.keys(FILTERS)
    .filter((name) => all[name])
    .map((name) => facet(name, state, found.filters[name] || {}, all[name]));
  const chosen = Object.keys(state.filters).length > 0;
  const focused = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.facet : null;
  facets.replaceChildren(...boxes.filter(Boolean), ...(chosen ? [clearButton()] : []));
  filterPanel.hidden = false;
  if (focused) facets.querySelector(`[data-facet="${CSS.escape(focused)}"]`)?.focus();
}

function facet(name, state, counts, all) {
  const chosen = new Set(state.filters[name] || []);
  const values = Object.keys(all).filter((value) => counts[value] || chosen.has(value));
  if (!values.length) return null;
  values.sort((a, b) => (name === "year" ? b.localeCompare(a) : (counts[b] || 0) - (counts[a] || 0) || a.localeCompare(b, "vi")));
  const labels = values.slice(0, 12).map((value) => {
    const box = element("input", { type: "checkbox", checked: chosen.has(value) });
    box.dataset.facet = `${name}:${value}`;
    box.addEventListener("change", () => choose(name, value, box.checked));
    return element("label", {}, box, ` ${value} `, element("span", { className: "count" }, String(counts[value] || 0)));
  });
  return element("fieldset", {}, element("legend", {}, words[name]), ...labels);
}

function clearButton() {
  const button = element("button", { type: "button", className: "search__clear" }, words.clear);
  button.addEventListener("click", () => {
    const state = { query: input.value, filters: {} };
    writeAddress(state, true);
    search(state);
    input.focus();
  });
  return button;
}

function choose(name, value, on) {
  const state = { ...readAddress(), query: input.value };
  const values = new Set(state.filters[name] || []);
  values[on ? "add" : "delete"](value);
  if (values.size) state.filters[name] = [...values];
  else delete state.filters[name];
  writeAddress(state, true);
  search(state);
}

/* --- the person --- */

let waiting;
input.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const state = { ...readAddress(), query: input.value };
    writeAddress(state, false);
    search(state);
  }, 180);
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  const state = { ...readAddress(), query: input.value };
  writeAddress(state, true);
  search(state);
});

root.addEventListener("keydown", (event) => {
  const links = [...results.querySelectorAll("a.search__title")].filter((link) => !link.closest("[hidden]"));
  const at = links.indexOf(document.activeElement);
  if (event.key === "ArrowDown" && (event.target === input || at >= 0)) {
    links[at + 1]?.focus();
  } else if (event.key === "ArrowUp" && at >= 0) {
    (links[at - 1] || input).focus();
  } else if (event.key === "Escape" && event.target !== input) {
    input.focus();
  } else {
    return;
  }
  event.preventDefault();
});

function fromAddress() {
  const state = readAddress();
  input.value = state.query;
  search(state);
}

addEventListener("popstate", fromAddress);
if (matchMedia("(min-width: 60em)").matches) filterPanel.open = true;
if (!location.hash && !("ontouchstart" in window)) input.focus({ preventScroll: true });
fromAddress();
