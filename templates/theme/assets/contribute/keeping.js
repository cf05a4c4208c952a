/* The draft between two visits, in this browser alone. */

const KEY = "dong-gop";

/* False where the browser keeps nothing, or not as much. */
export function keep(draft) {
  try {
    localStorage.setItem(KEY, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function kept() {
  try {
    const draft = JSON.parse(localStorage.getItem(KEY));
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

export function packed(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

export const unpacked = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
