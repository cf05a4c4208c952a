/* The contribution page: a text → a draft → a bundle. Nothing is loaded before the person starts, nothing is sent. */

import { element, fill, find } from "../search/nodes.js";
import { Desk, TOO_OLD } from "./desk.js";
import { draftForm, showProblems } from "./form.js";
import { forget, keep, kept, packed, unpacked } from "./keeping.js";
import { result } from "./result.js";

const LARGEST = 5 * 1024 * 1024;
const PAUSE = 400;

const root = find(document, "[data-contribute]", HTMLElement);
const { repository = "", branch = "", articles = "", known = "" } = root.dataset;
/** @type {import("../search/nodes.js").Words} */
const words = JSON.parse(root.dataset.words ?? "");
/** @param {string} name */
const part = (name) => find(root, `.contribute__${name}`, HTMLElement);
const [start, status, place, done, chosen, notice] = ["start", "status", "draft", "result", "chosen", "kept"].map(part);
const bar = find(root, ".contribute__progress", HTMLProgressElement);
const starter = find(start, "button", HTMLButtonElement);
const text = find(root, "#nguyen-van", HTMLTextAreaElement);
const file = find(root, "#tep-bai", HTMLInputElement);
/** @param {string} path */
const at = (path) => new URL(path, import.meta.url).href;
/** @param {number} bytes */
const megabytes = (bytes) =>
  `${(bytes / 1e6).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1, minimumFractionDigits: 1 })} MB`;
/** @param {string} sentence */
const say = (sentence) => {
  status.textContent = sentence;
};

/** @typedef {{pyodide: string, importer: string, size: number}} Tool  where the importer lies, and its bytes */
/** @typedef {{desk: Desk, choices: Record<string, import("./form.js").Entries>}} Opened */

/** @type {Tool} */
let tool;
/** @type {Promise<Opened> | undefined} */
let opening; // of the desk, once
let input = { name: "", data: "", text: "" }; // `data`: the bytes of a file, packed; `text`: what was pasted
/** @type {import("./form.js").Form | null} */
let form = null;
let waiting = 0;

/* --- the draft between visits --- */

function save() {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const isThere = input.text.trim() || input.data;
    if (!isThere) forget();
    else if (!keep({ version: 1, ...input, form })) say(words.not_kept);
  }, PAUSE);
}

function clear() {
  clearTimeout(waiting);
  forget();
  input = { name: "", data: "", text: "" };
  form = null;
  text.value = "";
  file.value = "";
  chosen.hidden = notice.hidden = true;
  place.replaceChildren();
  done.replaceChildren();
  say(words.cleared);
  text.focus();
}

/**
 * @param {string} textContent
 * @param {() => void} act
 */
const button = (textContent, act, className = "contribute__button") => {
  const made = element("button", { type: "button", className, textContent });
  made.addEventListener("click", act);
  return made;
};

function restore() {
  const draft = kept();
  if (!draft) return;
  ({ form } = draft);
  input = { name: draft.name, data: draft.data, text: draft.text };
  text.value = input.text;
  showChosen();
  notice.replaceChildren(
    element("p", { textContent: words.kept }),
    element(
      "p",
      { className: "contribute__choices" },
      ...(form ? [button(words.go_on, () => read(false))] : []),
      button(words.clear, clear),
    ),
  );
  notice.hidden = false;
}

/* --- the text --- */

function showChosen() {
  chosen.hidden = !input.name;
  chosen.textContent = input.name ? fill(words.chosen, { name: input.name }) : "";
}

/** @param {File | null | undefined} given */
async function take(given) {
  if (!given) return;
  if (given.size > LARGEST) return say(fill(words.too_big, { size: megabytes(given.size) }));
  input = { name: given.name, data: packed(new Uint8Array(await given.arrayBuffer())), text: "" };
  text.value = "";
  form = null;
  showChosen();
  say("");
  save();
}

text.addEventListener("input", () => {
  input = { name: "", data: "", text: text.value };
  form = null;
  file.value = "";
  showChosen();
  save();
});
file.addEventListener("change", () => take(file.files?.[0]));
start.addEventListener("dragover", (event) => event.preventDefault());
start.addEventListener("drop", (event) => {
  if (!event.dataTransfer?.files.length) return;
  event.preventDefault();
  take(event.dataTransfer.files[0]);
});
start.addEventListener("submit", (event) => {
  event.preventDefault();
  form = null;
  read(false);
});

/* --- the desk --- */

function open() {
  opening ??= new Promise((resolve, reject) => {
    bar.hidden = false;
    const desk = new Desk(({ loaded, starting }) => {
      if (starting) {
        bar.removeAttribute("value");
        return say(words.starting);
      }
      bar.value = Math.min(1, loaded / tool.size);
      /* Said once a megabyte, so that a screen reader is not drowned. */
      const spoken = fill(words.loading, {
        done: megabytes(Math.floor(loaded / 1e6) * 1e6),
        size: megabytes(tool.size),
      });
      if (status.textContent !== spoken) say(spoken);
    });
    const files = {
      folder: at(tool.pyodide),
      importer: at(tool.importer),
      known: new URL(known, location.href).href,
    };
    desk.call("open", files).then(
      (choices) => resolve({ desk, choices }),
      (error) => {
        desk.close();
        opening = undefined;
        reject(error);
      },
    );
  }).finally(() => {
    bar.hidden = true;
  });
  return opening;
}

/**
 * @param {boolean} again
 * @returns {Promise<void>}
 */
async function read(again) {
  if (!input.text.trim() && !input.data) {
    say(words.nothing);
    return text.focus();
  }
  place.replaceChildren();
  done.replaceChildren();
  notice.hidden = true;
  starter.disabled = true;
  try {
    say(fill(words.loading, { done: megabytes(0), size: megabytes(tool.size) }));
    let isTooOld = false;
    const opened = await open().catch((error) => {
      console.info(error);
      isTooOld = String(error).includes(TOO_OLD);
      return null;
    });
    if (isTooOld) return stop(words.too_old);
    if (!opened) return stop(words.failed, () => read(again));
    say(words.reading);
    const data = input.data ? unpacked(input.data) : new TextEncoder().encode(input.text);
    const draft = await opened.desk.call("draft", { name: input.name, data, again });
    show(draft, opened);
  } catch (error) {
    console.info(error);
    stop(words.broken);
  } finally {
    starter.disabled = false;
  }
}

/**
 * @param {string} sentence
 * @param {() => void} [again]
 */
function stop(sentence, again) {
  say(sentence);
  if (again) place.replaceChildren(element("p", {}, button(words.retry, again)));
}

/* --- the draft --- */

/**
 * @param {import("./form.js").Draft} draft
 * @param {Opened} opened
 */
function show(draft, { desk, choices }) {
  const said = draft.said.map(({ message, hint }) =>
    element("p", { textContent: [message, hint].filter(Boolean).join(" ") }),
  );
  /** @param {...Node} children */
  const box = (...children) => element("div", { className: "notice" }, ...children);
  if (draft.state === "refused") {
    say(words.refused);
    return place.replaceChildren(box(...said));
  }
  if (draft.state === "double") {
    say(fill(words.double, { title: draft.title }));
    const way = element("a", { href: `${articles}${draft.id}/`, textContent: words.double_open });
    return place.replaceChildren(
      box(
        element("p", {}, way),
        element(
          "p",
          {},
          button(words.double_again, () => read(true)),
        ),
      ),
    );
  }
  form ??= draft.form;
  const heading = element("h3", { tabIndex: -1, className: "contribute__heading", textContent: words.form });
  const built = draftForm({ draft, form, choices, words, say, finish, changed });
  place.replaceChildren(
    heading,
    ...(said.length ? [box(...said)] : []),
    built,
    element("p", {}, button(words.clear, clear)),
  );
  say(fill(words.ready, { title: draft.form.title }));
  heading.focus();
  heading.scrollIntoView({ block: "start" });
  save();

  function changed() {
    if (done.firstChild) done.replaceChildren(element("p", { className: "notice", textContent: words.done_changed }));
    save();
  }

  async function finish() {
    try {
      const made = await desk.call("finish", { form });
      showProblems(built, made.problems, words);
      if (made.problems.length) return;
      const { body, heading: first } = result(made, { words, repository, branch, say });
      done.replaceChildren(...body);
      say(words.done);
      first.focus();
      first.scrollIntoView({ block: "start" });
    } catch (error) {
      console.info(error);
      say(words.broken);
    }
  }
}

/* --- begin --- */

const answer = await fetch(at("tool.json"), { cache: "no-cache" }).catch(() => null);
tool = answer?.ok ? await answer.json() : { pyodide: null };
root.hidden = false;
if (tool.pyodide) {
  find(root, "[data-size]", HTMLElement).textContent = fill(words.size, { size: megabytes(tool.size) });
  restore();
} else {
  start.hidden = true;
  say(words.absent);
}
