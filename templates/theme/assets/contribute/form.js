/* The draft as a form. The form is the draft's own values: an input that nobody touches changes nothing in them. */

import { element, fill, find } from "../search/nodes.js";

/** @typedef {import("../search/nodes.js").Words} Words */
/** @typedef {[id: string, label: string][]} Entries  of a vocabulary, or records that there are */
/** @typedef {Record<string, any>} Values  of the article or of one of its members, by the names of the fields */
/** @typedef {{people: Values[], documents: Values[], captions: Values[], confirmed: string[]}} Lists */
/** @typedef {Values & Lists} Form */

/**
 * `at`: a field or a member (`people.2`) of the draft, `field`: that member's field, `words` stand in `passage`.
 * @typedef {{at: string, key: string, field: string, why: string, other: string, named: string, value: string, passage: string, words: string}} Doubt
 */

/**
 * What the desk makes of a text.
 * @typedef {object} Draft
 * @property {"refused" | "double" | "draft"} state
 * @property {{message: string, hint: string}[]} said
 * @property {string} title  of the article that is there already
 * @property {string} id  of that article
 * @property {Form} form
 * @property {Doubt[]} unsure
 * @property {{kind: string, text: string, line: number}[]} dropped
 * @property {string[]} body
 */

/**
 * What a form is made with: `changed` is called after every change, `say` tells what happened.
 * @typedef {object} Given
 * @property {Draft} draft
 * @property {Form} form  values of the draft, or those kept from an earlier visit
 * @property {Record<string, Entries>} choices
 * @property {Words} words
 * @property {() => void} changed
 * @property {(sentence: string) => void} say
 */

/** @typedef {Given & {known: Record<string, Map<string, string>>, documentsRead: number}} Kit */

/**
 * @typedef {object} Labels
 * @property {string} label
 * @property {string} [help]
 * @property {number} [rows]
 * @property {string} [type]
 */

const NEW = "+";
const GROUPS = ["speakers", "attendees", "mentioned"];
let count = 0;

/** @param {Given & {finish: () => void}} given */
export function draftForm({ draft, form, choices, words, changed, finish, say }) {
  const known = Object.fromEntries(["officials", "events", "documents"].map((kind) => [kind, new Map(choices[kind])]));
  form.confirmed ??= []; /* a draft that was kept before doubts could be confirmed */
  const documentsRead = draft.form.documents.length;
  /** @type {Kit} */
  const kit = { draft, form, choices, words, known, changed, say, documentsRead };
  const root = element("form", { className: "contribute__form", noValidate: true });
  const people = members(kit, {
    name: "people",
    one: words.person,
    add: words.add_person,
    make: person,
    fresh: newPerson,
  });
  const documents = members(kit, {
    name: "documents",
    one: words.document,
    add: words.add_document,
    make: cited,
    fresh: newDocument,
  });
  const captions = members(kit, { name: "captions", one: words.caption, make: caption });
  root.append(
    ...["officials", "events", "documents"].map((kind) => offered(kind, choices[kind])),
    doubts(kit, root),
    part(words.about, about(kit)),
    part(words.when, circumstances(kit)),
    part(words.people, [people]),
    part(words.documents, [documents]),
    form.captions.length ? part(words.captions, [captions]) : "",
    ...left(kit),
    field(kit, form, "note", { label: words.note, help: words.note_help, rows: 3 }),
    element("div", { className: "contribute__mend", role: "alert" }),
    element("button", { type: "submit", className: "contribute__main", textContent: words.finish }),
  );
  for (const doubt of draft.unsure.filter(({ at }) => !at.includes("."))) {
    /** @type {HTMLElement | null} */
    const holder = root.querySelector(`.contribute__field[data-at="${doubt.at}"]`);
    if (holder) beside(kit, holder, doubt);
  }
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    finish();
  });
  return root;
}

/**
 * What the desk could not use, at its fields and together above the button.
 * @param {HTMLElement} root
 * @param {{at: string, message: string}[]} problems
 * @param {Words} words
 */
export function showProblems(root, problems, words) {
  for (const old of root.querySelectorAll(".contribute__problem")) old.remove();
  for (const input of root.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
  const place = find(root, ".contribute__mend", HTMLElement);
  place.replaceChildren();
  if (!problems.length) return;
  const list = element("ul");
  for (const { at, message } of problems) {
    /** @type {HTMLElement | null} */
    const holder = root.querySelector(`[data-at="${at}"]`);
    if (!holder) continue;
    holder.append(element("p", { className: "contribute__problem", textContent: message }));
    holder.querySelector("input, select, textarea")?.setAttribute("aria-invalid", "true");
    const go = element("a", { href: `#${holder.id}`, textContent: holder.dataset.name });
    go.addEventListener("click", (event) => jump(event, holder));
    list.append(element("li", {}, go, `: ${message}`));
  }
  place.append(element("p", { textContent: fill(words.mend, { n: problems.length }) }), list);
}

/* --- what is unsure --- */

/**
 * @param {Kit} kit
 * @param {HTMLElement} root
 */
function doubts({ draft, words }, root) {
  const found = element("section", { className: "contribute__doubts" });
  const many = draft.unsure.length;
  found.append(element("h3", { textContent: many ? fill(words.doubts, { n: many }) : words.no_doubts }));
  if (many) found.append(element("p", { textContent: words.doubts_help }));
  const list = element("ol");
  for (const doubt of draft.unsure) {
    const name = [naming(doubt.at, words), doubt.named && `(${doubt.named})`].filter(Boolean).join(" ");
    const entry = element("li", {}, element("strong", { textContent: name }), doubt.value ? `: ${doubt.value}` : "");
    entry.append(reason(doubt, words));
    entry.append(
      doubt.passage ? quotation(doubt) : element("p", { className: "aside", textContent: words.words_none }),
    );
    const go = element("a", { href: "#", textContent: words.doubt_go });
    go.append(element("span", { className: "visually-hidden", textContent: `: ${name}` }));
    go.addEventListener("click", (event) =>
      jump(event, root.querySelector(`[data-first="${doubt.at}"], .contribute__field[data-at="${doubt.at}"]`)),
    );
    entry.append(element("p", {}, go));
    list.append(entry);
  }
  if (many) found.append(list);
  return found;
}

/**
 * @param {string} at
 * @param {Words} words
 */
function naming(at, words) {
  const [group, number] = at.split(".");
  /** @type {Words} */
  const names = { title: words.name, people: words.person, documents: words.document, unit: words.unit };
  const name = names[group] ?? words[group] ?? group;
  return number === undefined ? fill(name, { n: "" }).trim() : fill(name, { n: Number(number) + 1 });
}

/**
 * @param {Doubt} doubt
 * @param {Words} words
 */
const reason = ({ why, other }, words) =>
  element("p", { textContent: [why, other && fill(words.doubt_other, { other })].filter(Boolean).join("; ") });

/**
 * The doubt at its field, with the way to say that nothing is wrong. What is changed or confirmed does not go with the
 * bundle.
 * @param {Kit} kit
 * @param {HTMLElement} holder
 * @param {Doubt} doubt
 */
function beside({ form, words, changed }, holder, doubt) {
  const box = element("input", { type: "checkbox", checked: form.confirmed.includes(doubt.key) });
  box.addEventListener("change", () => {
    const rest = form.confirmed.filter((key) => key !== doubt.key);
    form.confirmed = box.checked ? [...rest, doubt.key] : rest;
    changed();
  });
  const why = reason(doubt, words);
  why.id = next();
  const input = find(holder, "fieldset, input, select, textarea", HTMLElement);
  if (doubt.field || !doubt.at.includes(".")) {
    const told = [input.getAttribute("aria-describedby"), why.id].filter(Boolean).join(" ");
    input.setAttribute("aria-describedby", told);
  }
  const right = element("label", { className: "contribute__check" }, box, ` ${words.doubt_right}`);
  right.append(
    element("span", { className: "visually-hidden", textContent: `: ${naming(doubt.at, words)}, ${doubt.why}` }),
  );
  const note = element("div", { className: "contribute__doubt" }, why, doubt.passage ? quotation(doubt) : "", right);
  if (doubt.field || !doubt.at.includes(".")) holder.append(note);
  else holder.prepend(note);
}

/** @param {Doubt} doubt */
function quotation({ passage, words: said }) {
  const at = said ? passage.indexOf(said) : -1;
  if (at < 0) return element("blockquote", { textContent: passage });
  const marked = element("mark", { textContent: said });
  return element("blockquote", {}, passage.slice(0, at), marked, passage.slice(at + said.length));
}

/**
 * @param {Event} event
 * @param {HTMLElement | null} holder
 */
function jump(event, holder) {
  event.preventDefault();
  if (!holder) return;
  /** @type {HTMLElement | null} */
  let around = holder;
  for (; around; around = around.parentElement) if (around instanceof HTMLDetailsElement) around.open = true;
  holder.scrollIntoView({ block: "center" });
  /** @type {HTMLElement | null} */
  const input = holder.querySelector("input, select, textarea");
  input?.focus({ preventScroll: true });
}

/* --- fields --- */

/** @param {Kit} kit */
function about(kit) {
  const { form, words } = kit;
  return [
    field(kit, form, "title", { label: words.name, rows: 2 }),
    field(kit, form, "publisher", { label: words.publisher }),
    field(kit, form, "published", { label: words.published }),
    field(kit, form, "url", { label: words.url, type: "url" }),
    lines(kit, form, "byline", { label: words.byline }),
  ];
}

/** @param {Kit} kit */
function circumstances(kit) {
  const { form, words, choices } = kit;
  return [
    field(kit, form, "date", { label: words.date, help: words.date_help }),
    choice(kit, form, "date_basis", { label: words.date_basis, of: choices.date_basis }),
    field(kit, form, "date_words", { label: words.date_words, help: words.date_words_help, rows: 2 }),
    field(kit, form, "period", { label: words.period, help: words.period_help }),
    record(kit, form, "event", { label: words.event, help: words.event_help, kind: "events", hint: words.event_new }),
    choice(kit, form, "level", { label: words.level, of: choices.levels }),
    field(kit, form, "place", { label: words.place }),
    choice(kit, form, "unit", { label: words.unit, of: choices.places }),
    checks(kit, form, "sector", { label: words.sector, of: choices.sectors }),
  ];
}

const newPerson = () => ({ at: null, group: "mentioned", official: NEW, name: "", roles: [], capacity: ["nhac-den"] });
/**
 * `at` tells which of the draft's documents an entry is; no new one may pass for one that was taken out.
 * @param {Kit} kit
 */
const newDocument = ({ form, documentsRead }) => ({
  at: form.documents.reduce((most, entry) => Math.max(most, entry.at + 1), documentsRead),
  document: "",
  printed: "",
  type: "",
  number: "",
  date: "",
  issuer: "",
  title: "",
});

/**
 * @param {Kit} kit
 * @param {Values} entry
 */
function person(kit, entry) {
  const { words, choices } = kit;
  return [
    field(kit, entry, "name", { label: words.person_name }),
    choice(kit, entry, "group", { label: words.group, of: GROUPS.map((group) => [group, words[group]]), whole: true }),
    lines(kit, entry, "roles", { label: words.roles }),
    checks(kit, entry, "capacity", { label: words.capacity, of: choices.capacities }),
    record(kit, entry, "official", {
      label: words.official,
      help: words.official_help,
      kind: "officials",
      hint: words.official_new,
    }),
  ];
}

/**
 * @param {Kit} kit
 * @param {Values} entry
 */
function cited(kit, entry) {
  const { words, choices } = kit;
  const fresh = element("input", { type: "checkbox", checked: entry.document === NEW });
  const there = record(kit, entry, "document", {
    label: words.document_record,
    help: words.document_help,
    kind: "documents",
    empty: () => (fresh.checked ? NEW : ""),
  });
  const input = find(there, "input", HTMLInputElement);
  fresh.addEventListener("change", () => {
    if (fresh.checked) input.value = "";
    input.dispatchEvent(new Event("input"));
  });
  input.addEventListener("input", () => {
    if (input.value.trim()) fresh.checked = false;
  });
  there.append(element("label", { className: "contribute__check" }, fresh, ` ${words.document_new}`));
  return [
    field(kit, entry, "printed", { label: words.printed, rows: 2 }),
    choice(kit, entry, "type", { label: words.type, of: choices.document_types }),
    field(kit, entry, "number", { label: words.number }),
    field(kit, entry, "date", { label: words.document_date }),
    field(kit, entry, "issuer", { label: words.issuer }),
    field(kit, entry, "title", { label: words.document_title, rows: 2 }),
    there,
  ];
}

/**
 * @param {Kit} kit
 * @param {Values} entry
 */
const caption = (kit, entry) => [
  field(kit, entry, "text", { label: kit.words.captions, rows: 3 }),
  field(kit, entry, "credit", { label: kit.words.credit }),
];

/**
 * A list of people, documents or captions. Every place is numbered anew when one goes.
 * @param {Kit} kit
 * @param {object} list
 * @param {keyof Lists & ("people" | "documents" | "captions")} list.name
 * @param {string} list.one  what one of them is called
 * @param {string} [list.add]  of the button, where new ones can be added
 * @param {(kit: Kit, entry: Values) => Node[]} list.make
 * @param {(kit: Kit) => Values} [list.fresh]
 */
function members(kit, { name, one, add, make, fresh }) {
  const { form, words, changed, say, draft } = kit;
  const holder = element("div", { className: "contribute__members" });
  /**
   * @param {Values} entry
   * @param {number} index
   */
  const titled = (entry, index) =>
    [fill(one, { n: index + 1 }), entry.name ?? entry.printed ?? entry.text].filter(Boolean).join(": ");
  const draw = (open = -1, isNew = false) => {
    const made = form[name].map((entry, index) => {
      const at = `${name}.${index}`;
      const first = `${name}.${entry.at}`;
      const isDoubtful = isNew && draft.unsure.some((doubt) => doubt.at === first);
      const summary = element("summary");
      const remove = element("button", { type: "button", className: "contribute__remove", textContent: words.remove });
      const retitle = () => {
        summary.textContent = titled(entry, index);
        remove.ariaLabel = fill(words.remove_one, { name: titled(entry, index) });
      };
      retitle();
      remove.addEventListener("click", () => {
        form[name].splice(index, 1);
        draw();
        changed();
        say(words.removed);
        const near = holder.querySelectorAll("summary")[Math.min(index, form[name].length - 1)];
        (near ?? holder.querySelector("button"))?.focus();
      });
      const body = element("div", { className: "contribute__fields" }, ...make(kit, entry));
      for (const doubt of draft.unsure.filter((one) => one.at === first)) {
        /** @type {HTMLElement | null} */
        const holder = body.querySelector(`[data-at="${doubt.field}"]`);
        beside(kit, holder ?? body, doubt);
      }
      body.addEventListener("input", retitle);
      const details = element(
        "details",
        { className: "contribute__member", id: next(), open: open === index || isDoubtful },
        summary,
        body,
        element("p", {}, remove),
      );
      details.dataset.at = at;
      details.dataset.first = first;
      details.dataset.name = fill(one, { n: index + 1 });
      return details;
    });
    holder.replaceChildren(...made);
    if (!add || !fresh) return;
    const more = element("button", { type: "button", className: "contribute__button", textContent: add });
    more.addEventListener("click", () => {
      form[name].push(fresh(kit));
      draw(form[name].length - 1);
      changed();
      const last = holder.querySelectorAll("details")[form[name].length - 1];
      find(last, "input, textarea", HTMLElement).focus();
    });
    holder.append(element("p", {}, more));
  };
  draw(-1, true);
  return holder;
}

/* --- what the machine left out, and what it kept --- */

/** @param {Kit} kit */
function left({ draft, words }) {
  const dropped = draft.dropped.filter(({ text }) => text);
  const rows = dropped.map(({ kind, text, line }) =>
    element(
      "li",
      {},
      text,
      element("span", {
        className: "aside",
        textContent: ` (${[kind, line && fill(words.dropped_line, { n: line })].filter(Boolean).join(", ")})`,
      }),
    ),
  );
  const found = [];
  if (rows.length) {
    found.push(
      element(
        "details",
        { className: "contribute__left" },
        element("summary", { textContent: fill(words.dropped, { n: rows.length }) }),
        element("p", { className: "aside", textContent: words.dropped_help }),
        element("ul", {}, ...rows),
      ),
    );
  }
  found.push(
    element(
      "details",
      { className: "contribute__left" },
      element("summary", { textContent: fill(words.body, { n: draft.body.length }) }),
      ...draft.body.map((text) => element("p", { textContent: text })),
    ),
  );
  return found;
}

/* --- the pieces --- */

function next() {
  count += 1;
  return `muc-${count}`;
}

/**
 * @param {string} title
 * @param {Node[]} fields
 */
const part = (title, fields) =>
  element(
    "section",
    {},
    element("h3", { textContent: title }),
    element("div", { className: "contribute__fields" }, ...fields),
  );

/**
 * @param {string} name
 * @param {string} label
 * @param {Node[]} children
 * @param {string} [help]
 */
function holding(name, label, children, help) {
  const holder = element("div", { className: "contribute__field", id: next() }, ...children);
  holder.dataset.at = name;
  holder.dataset.name = label;
  if (help) {
    const words = element("p", { className: "aside", id: next(), textContent: help });
    find(holder, "input, select, textarea", HTMLElement).setAttribute("aria-describedby", words.id);
    holder.append(words);
  }
  return holder;
}

/**
 * @param {Kit} kit
 * @param {Values} values
 * @param {string} name
 * @param {Labels} labels
 */
function field(kit, values, name, { label, help, rows, type = "text" }) {
  const id = next();
  const input = rows ? element("textarea", { id, rows }) : element("input", { id, type, autocomplete: "off" });
  input.value = values[name];
  input.addEventListener("input", () => {
    values[name] = input.value;
    kit.changed();
  });
  return holding(name, label, [element("label", { htmlFor: id, textContent: label }), input], help);
}

/**
 * @param {Kit} kit
 * @param {Values} values
 * @param {string} name
 * @param {Labels} labels
 */
function lines(kit, values, name, { label }) {
  const id = next();
  const input = element("textarea", { id, rows: Math.max(2, values[name].length), value: values[name].join("\n") });
  input.addEventListener("input", () => {
    values[name] = input.value.split("\n").filter((line) => line.trim());
    kit.changed();
  });
  return holding(name, label, [element("label", { htmlFor: id, textContent: label }), input]);
}

/**
 * @param {Kit} kit
 * @param {Values} values
 * @param {string} name
 * @param {Labels & {of: Entries, whole?: boolean}} labels  `whole`: one of them is always chosen
 */
function choice(kit, values, name, { label, of, whole = false }) {
  const id = next();
  const empty = whole ? [] : [element("option", { value: "", textContent: kit.words.unknown })];
  const select = element(
    "select",
    { id },
    ...empty,
    ...of.map(([value, textContent]) => element("option", { value, textContent })),
  );
  select.value = values[name];
  select.addEventListener("change", () => {
    values[name] = select.value;
    kit.changed();
  });
  return holding(name, label, [element("label", { htmlFor: id, textContent: label }), select]);
}

/**
 * @param {Kit} kit
 * @param {Values} values
 * @param {string} name
 * @param {Labels & {of: Entries}} labels
 */
function checks(kit, values, name, { label, of }) {
  const boxes = of.map(([code, text]) => {
    const box = element("input", { type: "checkbox", value: code, checked: values[name].includes(code) });
    box.addEventListener("change", () => {
      /** @type {string[]} */
      const chosen = values[name];
      const rest = chosen.filter((other) => other !== code);
      values[name] = box.checked ? [...rest, code] : rest;
      kit.changed();
    });
    return element("label", { className: "contribute__check" }, box, ` ${text}`);
  });
  const group = element("fieldset", {}, element("legend", { textContent: label }), ...boxes);
  return holding(name, label, [group]);
}

/**
 * Datalists show what is typed; the id behind the name says which of two with one name is meant.
 * @param {string} kind
 * @param {Entries} entries
 */
const offered = (kind, entries) =>
  element(
    "datalist",
    { id: `co-san-${kind}` },
    ...entries.map(([id, name]) => element("option", { value: `${name} (${id})` })),
  );

/**
 * @param {Kit} kit
 * @param {Values} values
 * @param {string} name
 * @param {Labels & {kind: string, hint?: string, empty?: () => string}} labels  `empty`: the value without a record
 */
function record(kit, values, name, { label, help, kind, hint = "", empty = () => NEW }) {
  const id = next();
  const known = kit.known[kind];
  const input = element("input", { id, type: "text", autocomplete: "off", placeholder: hint });
  input.setAttribute("list", `co-san-${kind}`);
  input.value = known.has(values[name]) ? `${known.get(values[name])} (${values[name]})` : "";
  const warning = element("p", { className: "contribute__choose", textContent: kit.words.choose, hidden: true });
  input.addEventListener("input", () => {
    const chosen = input.value.trim().match(/\(([a-z0-9-]+)\)$/)?.[1];
    const isKnown = chosen !== undefined && known.has(chosen);
    values[name] = isKnown ? chosen : input.value.trim() ? input.value.trim() : empty();
    warning.hidden = isKnown || !input.value.trim();
    kit.changed();
  });
  const holder = holding(name, label, [element("label", { htmlFor: id, textContent: label }), input], help);
  holder.append(warning);
  return holder;
}
