/* What the pages do beyond HTML: theme, menu, search boxes, keys, contents, copying, notes, tables to sort, timeline filter. Every page is whole without it. */
(() => {
  /**
   * @template {Element} T
   * @param {new () => T} type
   * @param {string} selector
   * @param {ParentNode} within
   */
  const all = (type, selector, within = document) =>
    [...within.querySelectorAll(selector)].flatMap((found) => (found instanceof type ? [found] : []));
  /**
   * What stands on every page.
   * @template {Element} T
   * @param {new () => T} type
   * @param {string} selector
   */
  const one = (type, selector) => {
    const [found] = all(type, selector);
    if (!found) throw new TypeError(selector);
    return found;
  };
  /**
   * The element around what an event is about, or that itself.
   * @param {Event} event
   * @param {string} selector
   */
  const around = ({ target }, selector) => (target instanceof Element ? target.closest(selector) : null);

  const toggle = one(HTMLElement, "[data-palette]");
  const schemes = ["light", "dark"];
  const other = () => 1 - schemes.indexOf(document.body.dataset.scheme ?? "");
  const nameToggle = () => {
    toggle.title = (toggle.dataset.palette ?? "").split("|")[1 - other()];
    toggle.setAttribute("aria-label", toggle.title);
  };
  toggle.hidden = false;
  nameToggle();
  toggle.addEventListener("click", () => {
    const scheme = schemes[other()];
    document.body.dataset.scheme = scheme;
    try {
      localStorage.setItem("scheme", scheme);
    } catch {
      /* storage may be forbidden */
    }
    nameToggle();
  });

  /* A search box with suggestions is a combobox from the start; what makes them comes with the first letter,
     and not at all to readers who asked their browser to save data. */
  const script = document.currentScript;
  const here = script instanceof HTMLScriptElement ? script.src : "";
  /** @type {Navigator & {connection?: {saveData: boolean}}} */
  const { connection } = navigator;
  for (const field of connection?.saveData ? [] : all(HTMLInputElement, "[data-suggest]")) {
    for (const [name, value] of [
      ["role", "combobox"],
      ["aria-autocomplete", "list"],
      ["aria-expanded", "false"],
    ])
      field.setAttribute(name, value);
    let loading = false;
    field.addEventListener("input", () => {
      if (loading || !field.value.trim()) return;
      loading = true;
      import(new URL("search/box.js", here).href).then(
        ({ attach }) => attach(field),
        () => {
          loading = false;
        },
      );
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented) return;
    const field = around(event, "input, textarea, select, [contenteditable]");
    if (event.key === "Escape") {
      if (field instanceof HTMLInputElement && field.name === "q") {
        event.preventDefault();
        field.blur();
      }
    } else if (
      (event.key === "/" || event.key === "s") &&
      !field &&
      !event.ctrlKey &&
      !event.metaKey &&
      !event.altKey
    ) {
      const boxes = all(HTMLInputElement, "main input[name=q], .header input[name=q]");
      const box = boxes.find((input) => input.offsetParent);
      if (box) {
        event.preventDefault();
        box.focus();
        box.select();
      }
    }
  });

  const [contents] = all(HTMLDetailsElement, ".toc details");
  if (contents) {
    const wide = matchMedia("(min-width: 1100px)");
    const fit = () => {
      contents.open = wide.matches;
    };
    fit();
    wide.addEventListener("change", fit);
    contents.addEventListener("click", (event) => {
      if (around(event, "a") && !wide.matches) contents.open = false;
    });
    const links = all(HTMLAnchorElement, "a", contents);
    const sections = links.map((link) => document.getElementById(link.hash.slice(1)));
    const follow = () => {
      const passed = sections.filter((section) => section && section.getBoundingClientRect().top < 120).length;
      links.forEach((link, at) => {
        if (at === passed - 1) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      });
    };
    let waiting = false;
    addEventListener(
      "scroll",
      () => {
        if (!waiting)
          requestAnimationFrame(() => {
            waiting = false;
            follow();
          });
        waiting = true;
      },
      { passive: true },
    );
    follow();
  }

  /* Copying: the words of what `data-copy` names, else the address of the page. Where it can't be done, no button. */
  const today = new Date().toLocaleDateString("vi-VN");
  for (const place of all(HTMLElement, "[data-today]")) place.textContent = `${place.dataset.today}${today}`;
  for (const button of navigator.clipboard ? all(HTMLButtonElement, "[data-copy]") : []) {
    const words = button.textContent;
    button.hidden = false;
    button.addEventListener("click", () => {
      const source = document.getElementById(button.dataset.copy ?? "");
      navigator.clipboard.writeText(source?.textContent ?? location.href).then(() => {
        button.textContent = button.dataset.done ?? words;
        setTimeout(() => {
          button.textContent = words;
        }, 2000);
      });
    });
  }

  /* A report says which paragraph it is about: the one that the reader went to. */
  for (const link of all(HTMLAnchorElement, "a[data-report]"))
    link.addEventListener("click", () => {
      const [page] = location.href.split("#");
      const anchor = location.hash.slice(1);
      if (anchor && /^[\w-]+$/.test(anchor) && !link.href.includes(`%23${anchor}`))
        link.href = link.href.replace(encodeURIComponent(page), `${encodeURIComponent(page)}%23${anchor}`);
    });

  /* Notes stand in the margin where it is wide enough; elsewhere they open below their link. */
  const wideNotes = matchMedia("(min-width: 1200px)");
  /** @type {HTMLElement | undefined} */
  let popover;
  const closePopover = () => {
    popover?.remove();
    popover = undefined;
  };
  /** @param {Event} event */
  const openPopover = (event) => {
    const link = around(event, "a.mention");
    const note = link?.closest(".noted")?.querySelector(`[data-note="${CSS.escape(link.getAttribute("href") ?? "")}"]`);
    if (wideNotes.matches || !link || !note) return;
    closePopover();
    popover = document.createElement("div");
    popover.className = "popover";
    popover.append(note.cloneNode(true));
    const { left, bottom } = link.getBoundingClientRect();
    document.body.append(popover);
    popover.style.top = `${bottom + scrollY + 4}px`;
    popover.style.left = `${Math.max(16, Math.min(left, innerWidth - popover.offsetWidth - 16))}px`;
  };
  if (document.querySelector(".noted")) {
    document.addEventListener("mouseover", openPopover);
    document.addEventListener("focusin", openPopover);
    document.addEventListener("focusout", closePopover);
    document.addEventListener("mouseout", (event) => {
      if (!(event.relatedTarget instanceof Node && popover?.contains(event.relatedTarget))) closePopover();
    });
    document.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") closePopover();
    });
  }

  /* Tables to sort: numbers as numbers, what is unknown last. An address that names a column sorts by it. */
  const collator = new Intl.Collator("vi", { numeric: true });
  for (const table of all(HTMLTableElement, "table.sortable")) {
    const heads = all(HTMLTableCellElement, "thead th", table);
    const [body] = table.tBodies;
    /** @param {number} at */
    const sortBy = (at) => {
      const head = heads[at];
      const sorted = head.getAttribute("aria-sort");
      const down = sorted ? sorted === "ascending" : head.classList.contains("number");
      const keyed = [...body.rows].map((row) => ({
        row,
        key: row.cells[at].dataset.key ?? row.cells[at].textContent ?? "",
      }));
      keyed.sort((a, b) =>
        a.key && b.key ? collator.compare(a.key, b.key) * (down ? -1 : 1) : Number(!a.key) - Number(!b.key),
      );
      body.append(...keyed.map(({ row }) => row));
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
    };
    heads.forEach((head, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => sortBy(at));
      if (head.id && location.hash === `#${head.id}`) sortBy(at);
    });
  }

  const showTarget = () => {
    let node = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    for (; node; node = node.parentElement) if (node instanceof HTMLDetailsElement) node.open = true;
  };
  showTarget();
  addEventListener("hashchange", showTarget);
  addEventListener("beforeprint", () =>
    all(HTMLDetailsElement, "main details").forEach((details) => {
      details.open = true;
    }),
  );

  const [filter] = all(HTMLFormElement, "[data-timeline-filter]");
  if (filter) {
    /** @type {Record<string, string>} */
    const names = { level: "cap", kind: "loai" };
    const fields = all(HTMLSelectElement, "select", filter).filter(({ name }) => name in names);
    const [output] = all(HTMLOutputElement, "output", filter);
    const apply = () => {
      let shown = 0;
      for (const moment of all(HTMLElement, ".moment")) {
        moment.hidden = fields.some((field) => field.value && field.value !== moment.dataset[field.name]);
        if (!moment.hidden) shown += 1;
      }
      for (const group of all(HTMLElement, ".timeline__month, .timeline__year"))
        group.hidden = !group.querySelector(".moment:not([hidden])");
      for (const link of all(HTMLAnchorElement, ".letters a"))
        link.hidden = document.getElementById(link.hash.slice(1))?.parentElement?.hidden ?? false;
      output.textContent = (output.dataset.template ?? "").replace("{n}", String(shown));
    };
    const readAddress = () => {
      const query = new URLSearchParams(location.search);
      for (const field of fields) {
        field.value = query.get(names[field.name]) || "";
        if (field.selectedIndex < 0) field.value = "";
      }
      apply();
    };
    filter.addEventListener("change", () => {
      const address = new URL(location.href);
      for (const field of fields) {
        if (field.value) address.searchParams.set(names[field.name], field.value);
        else address.searchParams.delete(names[field.name]);
      }
      history.pushState(null, "", address);
      apply();
    });
    filter.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("popstate", readAddress);
    filter.hidden = false;
    readAddress();
  }
})();
