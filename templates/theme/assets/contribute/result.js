/* A finished bundle, and the two ways to hand it in: GitHub's page for a new file, and a file to send. */

import { element, fill } from "../search/nodes.js";

/** @typedef {{bundle: string, files: string[], path: string, name: string}} Made  what the desk gives for a form */

/**
 * What a page of results is told; `say` tells the reader what happened.
 * @typedef {object} Options
 * @property {import("../search/nodes.js").Words} words
 * @property {string} repository
 * @property {string} branch
 * @property {(sentence: string) => void} say
 */

/* Bytes; servers and browsers differ beyond that. */
const LONGEST = 8000;

/** @param {{repository: string, branch: string, path: string, bundle: string}} given */
export function address({ repository, branch, path, bundle }) {
  const page = `${repository.replace(/\/$/, "")}/new/${branch.split("/").map(encodeURIComponent).join("/")}`;
  const named = `${page}?filename=${encodeURIComponent(path)}`;
  const full = `${named}&value=${encodeURIComponent(bundle)}`;
  return full.length <= LONGEST ? { href: full, isWhole: true } : { href: named, isWhole: false };
}

let link = "";

/**
 * @param {Made} made
 * @param {Options} options
 */
export function result(made, { words, repository, branch, say }) {
  if (link) URL.revokeObjectURL(link);
  link = URL.createObjectURL(new Blob([made.bundle], { type: "text/plain;charset=utf-8" }));
  const heading = element("h3", { tabIndex: -1, textContent: words.done });
  const bundle = element("textarea", {
    id: "goi-bai",
    rows: 10,
    readOnly: true,
    spellcheck: false,
    value: made.bundle,
  });
  const body = [
    heading,
    element("p", { textContent: fill(words.done_files, { n: made.files.length }) }),
    element(
      "ul",
      { className: "contribute__files" },
      ...made.files.map((path) => element("li", {}, element("code", { textContent: path }))),
    ),
    element(
      "div",
      { className: "contribute__ways" },
      ...pull(made, bundle, { words, repository, branch, say }),
      ...download(made, words),
    ),
    element("label", { htmlFor: "goi-bai", textContent: words.bundle }),
    bundle,
  ];
  return { body, heading };
}

/**
 * @param {Made} made
 * @param {HTMLTextAreaElement} bundle
 * @param {Options} options
 */
function pull(made, bundle, { words, repository, branch, say }) {
  if (!repository) return [element("p", { className: "notice", textContent: words.pull_none })];
  const { href, isWhole } = address({ repository, branch, path: made.path, bundle: made.bundle });
  const way = element("a", {
    className: "contribute__main",
    href,
    target: "_blank",
    rel: "noopener",
    textContent: words.pull,
  });
  if (!isWhole) {
    way.addEventListener("click", () => {
      const copying = navigator.clipboard?.writeText(made.bundle) ?? Promise.reject(new Error("no clipboard"));
      copying.then(
        () => say(words.copied),
        () => {
          bundle.select();
          say(words.not_copied);
        },
      );
    });
  }
  return [
    element("p", {}, way),
    element("p", { className: "aside", textContent: isWhole ? words.pull_help : words.pull_long }),
  ];
}

/**
 * @param {Made} made
 * @param {Options["words"]} words
 */
function download(made, words) {
  const way = element("a", {
    className: "contribute__button",
    href: link,
    download: made.name,
    textContent: words.download,
  });
  return [element("p", {}, way), element("p", { className: "aside", textContent: words.download_help })];
}
