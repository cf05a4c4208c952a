/* The draft between two visits, in this browser alone. */

const KEY = "dong-gop";

/** @typedef {{version: 1, name: string, data: string, text: string, form: import("./form.js").Form | null}} Kept */

/**
 * False where the browser keeps nothing, or not as much.
 * @param {Kept} draft
 */
export function keep(draft) {
  try {
    localStorage.setItem(KEY, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

/** @returns {Kept | null} */
export function kept() {
  try {
    const draft = JSON.parse(localStorage.getItem(KEY) ?? "null");
    return draft?.version === 1 ? draft : null;
  } catch {
    return null;
  }
}

export function forget() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    /* nothing was kept */
  }
}

/** @param {Uint8Array} bytes */
export function packed(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

/** @param {string} text */
export const unpacked = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
