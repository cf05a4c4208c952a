/* A saved web page → its main text and what it says of itself, by the browser's own reader of HTML: nothing in it
   is run or loaded. */

const NOISE = "script, style, noscript, template, nav, aside, header, footer, form, iframe, svg, button, select, [hidden], [aria-hidden=true]";
const BLOCKS = new Set(
  "ADDRESS ARTICLE BLOCKQUOTE BR CENTER DD DIV DL DT FIGCAPTION FIGURE H1 H2 H3 H4 H5 H6 HR LI MAIN OL P PRE SECTION TABLE TD TH TR UL".split(" "),
);
/* A main part must hold this share of all words, else the page marks something else by it. */
const SHARE = 0.4;

export const isPage = (name, text) => /\.html?$/i.test(name) || /<!doctype\s+html|<html[\s>]/i.test(text.slice(0, 2000));

export function readPage(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const said = sayings(page);
  for (const element of page.querySelectorAll(NOISE)) element.remove();
  const whole = paragraphs(page.body);
  const length = (lines) => lines.join("").length;
  const parts = [...page.querySelectorAll("article, main, [role=main], [itemprop=articleBody]")].map(paragraphs);
  const best = parts.sort((a, b) => length(b) - length(a))[0] ?? [];
  return { text: (length(best) > SHARE * length(whole) ? best : whole).join("\n\n"), said };
}

function sayings(page) {
  const meta = (name) => page.querySelector(`meta[property="${name}"], meta[name="${name}"], meta[itemprop="${name}"]`)?.content;
  const published = (meta("article:published_time") ?? meta("datePublished") ?? "").match(/^\d{4}-\d{2}-\d{2}/)?.[0];
  const url = page.querySelector("link[rel=canonical]")?.getAttribute("href") ?? meta("og:url");
  const said = {
    title: meta("og:title") ?? page.querySelector("h1")?.textContent ?? page.title,
    publisher: meta("og:site_name"),
    published,
    url: /^https?:\/\/[^\s/]/.test(url ?? "") ? url : null,
  };
  const tidy = Object.entries(said).map(([key, value]) => [key, value?.replace(/\s+/g, " ").trim()]);
  return Object.fromEntries(tidy.filter(([, value]) => value));
}

function paragraphs(root) {
  const found = [];
  let line = "";
  const end = () => {
    const text = line.replace(/\s+/g, " ").trim();
    if (text) found.push(text);
    line = "";
  };
  const walk = (node) => {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) line += child.data;
      else if (child.nodeType === Node.ELEMENT_NODE) {
        const isBlock = BLOCKS.has(child.tagName);
        if (isBlock) end();
        walk(child);
        if (isBlock) end();
      }
    }
  };
  walk(root);
  end();
  return found;
}
