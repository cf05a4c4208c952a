/* Suggestions under a search box: an editable ARIA combobox with a listbox, made when the first letter is typed.
   Focus stays in the box; Enter without a chosen suggestion goes to the search page as it would without this. */

import { byKind, element, fill, isTooOld, opened, target } from "./nodes.js";

const LIMIT = 6;
const PAUSE = 160;
/* One letter is on half of all pages: it opens the engine, and the second one asks it. */
const LEAST = 2;

/** @param {HTMLInputElement} field */
export function attach(field) {
  const { form, dataset } = field;
  const { label = "", failed = "", old = "", all = "", count = "", none = "" } = dataset;
  if (!form) return;
  const { action } = form;
  const id = `${field.id}-suggestions`;
  const listbox = element("div", {
    id,
    className: "suggestions",
    role: "listbox",
    "aria-label": label,
    hidden: true,
  });
  /* Says how many there are to those who do not see the list, and in plain sight what went wrong. */
  const status = element("p", { className: "visually-hidden", role: "status" });
  form.append(listbox, status);
  field.setAttribute("aria-controls", id);

  let running = new AbortController();
  let waiting = 0;
  let shown = "";
  /** @returns {HTMLAnchorElement[]} */
  const options = () => [...listbox.querySelectorAll("a")];
  const active = () => options().find((option) => option.id === field.getAttribute("aria-activedescendant"));

  /** @param {boolean} yes */
  function open(yes) {
    listbox.hidden = !yes;
    field.setAttribute("aria-expanded", String(yes));
    if (!yes) choose(null);
  }

  /** @param {HTMLElement | null} option */
  function choose(option) {
    active()?.setAttribute("aria-selected", "false");
    if (!option) return field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  /** @param {string} sentence */
  function say(sentence, inSight = false) {
    status.className = inSight ? "suggestions suggestions--note" : "visually-hidden";
    status.textContent = sentence;
  }

  async function suggest() {
    running.abort();
    running = new AbortController();
    const { signal } = running;
    const query = field.value.trim();
    if (query.length < LEAST) {
      open(false);
      say("");
      listbox.replaceChildren();
      return opened().catch(() => {});
    }
    try {
      const engine = await opened();
      const found = await engine.search(query, {
        filters: {},
        sort: "relevance",
        from: 0,
        limit: LIMIT,
        typing: true,
        signal,
      });
      const kinds = new Map(await engine.values("kind"));
      if (signal.aborted) return;
      draw(query, found.hits, kinds);
    } catch (error) {
      if (signal.aborted) return;
      console.info(error);
      open(false);
      say(isTooOld() ? old : failed, true);
    }
  }

  /**
   * @param {string} query
   * @param {import("./nodes.js").Hit[]} hits
   * @param {Map<string, string>} kinds
   */
  function draw(query, hits, kinds) {
    let at = 0;
    /**
     * @param {string} href
     * @param {...(Node | string | null)} children
     */
    const option = (href, ...children) =>
      element(
        "a",
        { id: `${id}-${at++}`, className: "suggestion", role: "option", href, tabIndex: -1, "aria-selected": "false" },
        ...children,
      );
    const groups = byKind(hits).map(([kind, members]) => {
      const label = element(
        "span",
        { id: `${id}-${kind}`, className: "suggestions__kind", role: "presentation" },
        kinds.get(kind) ?? kind,
      );
      const group = element(
        "div",
        { role: "group" },
        label,
        ...members.map((hit) =>
          option(
            target(hit),
            element("span", { className: "suggestion__title" }, hit.title),
            hit.facts ? element("span", { className: "suggestion__facts" }, hit.facts) : null,
          ),
        ),
      );
      group.setAttribute("aria-labelledby", label.id);
      return group;
    });
    const page = new URL(action);
    page.search = String(new URLSearchParams({ q: query }));
    const whole = option(page.href, fill(all, { query }));
    whole.classList.add("suggestion--all");
    listbox.replaceChildren(...groups, whole);
    listbox.scrollTop = 0;
    field.removeAttribute("aria-activedescendant");
    shown = query;
    open(document.activeElement === field);
    say(hits.length ? fill(count, { n: hits.length }) : none);
  }

  /* The list does not change under a reader who walks it. Past either end lies the box itself, so that the reader's own words can be reached again. */
  /** @param {number} by */
  function step(by) {
    clearTimeout(waiting);
    running.abort();
    const stops = [null, ...options()];
    choose(stops[(stops.indexOf(active() ?? null) + by + stops.length) % stops.length]);
  }

  field.addEventListener("input", () => {
    choose(null);
    clearTimeout(waiting);
    waiting = setTimeout(suggest, PAUSE);
  });

  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const isOpen = !listbox.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (isOpen && event.altKey && event.key === "ArrowUp") open(false);
      else if (isOpen) step(event.key === "ArrowDown" ? 1 : -1);
      else if (shown && shown === field.value.trim()) open(true);
      else return;
    } else if (event.key === "Escape" && (isOpen || status.classList.contains("suggestions"))) {
      open(false);
      say("");
    } else if (event.key === "Enter" && active()) {
      active()?.click();
    } else {
      /* In a box that can be edited Home and End belong to the words: back to them, and the browser moves the caret. */
      if (event.key === "Home" || event.key === "End") choose(null);
      return;
    }
    event.preventDefault();
  });

  field.addEventListener("blur", () => {
    clearTimeout(waiting);
    running.abort();
    open(false);
    say("");
  });
  form.addEventListener("submit", () => running.abort());
  listbox.addEventListener("mousedown", (event) => event.preventDefault());
  suggest();
}
