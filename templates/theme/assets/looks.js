/* Before anything is drawn: that scripts run, and light or dark: what the reader chose last, else what the system says. */
(() => {
  const root = document.documentElement;
  root.className = "js";
  let chosen = null;
  try {
    chosen = localStorage.getItem("scheme");
  } catch {
    /* storage may be forbidden */
  }
  const scheme = chosen || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  /* The theme's rules look at the body, which is not there yet; it is told before the browser draws it. */
  new MutationObserver((_, observer) => {
    if (!document.body) return;
    observer.disconnect();
    document.body.dataset.scheme = scheme;
  }).observe(root, { childList: true });
})();
