"use strict";
// The page works without this script. It remembers the colours, copies links and keeps the
// tab order free of frames that have nothing to scroll.

(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const MODES = { auto: "as the device", light: "light", dark: "dark" };

  // The type is asked for before a text needs it, so that the first page has it too. For a page
  // from a file browsers refuse such a request; there the text may be set twice.
  if (location.protocol !== "file:") {
    for (const face of ["regular", "bold"]) {
      const link = document.createElement("link");
      Object.assign(link, { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "" });
      link.href = new URL(`atkinson-${face}.woff2`, document.currentScript.src);
      document.head.append(link);
    }
  } else {
    document.fonts.forEach((face) => { face.display = "swap"; });
  }

  function remembered() {
    try {
      return localStorage.getItem("mode") in MODES ? localStorage.getItem("mode") : "auto";
    } catch {
      return "auto"; // storage may be forbidden
    }
  }

  let mode = remembered();

  function paint() {
    root.dataset.theme = mode === "auto" ? (dark.matches ? "dark" : "light") : mode;
  }

  paint();
  root.classList.add("loading");
  addEventListener("load", () => root.classList.remove("loading"));
  dark.addEventListener("change", paint);

  function say(text) {
    document.getElementById("said").textContent = text;
  }

  function icon(name) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.classList.add("icon");
    svg.setAttribute("aria-hidden", "true");
    const use = svg.appendChild(document.createElementNS(svg.namespaceURI, "use"));
    use.setAttribute("href", `#icon-${name}`);
    return svg;
  }

  function themeButton() {
    const button = document.querySelector("button.theme");
    const label = button.querySelector("span");
    const name = () => { label.textContent = `Colours: ${MODES[mode]}`; button.title = label.textContent; };
    button.hidden = false;
    name();
    button.addEventListener("click", () => {
      const modes = Object.keys(MODES);
      mode = modes[(modes.indexOf(mode) + 1) % modes.length];
      try {
        localStorage.setItem("mode", mode);
      } catch { /* it lasts for this page only */ }
      paint();
      name();
      say(label.textContent);
    });
  }

  window.copyText = async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch { // a page from a file or an older browser
      const field = document.body.appendChild(document.createElement("textarea"));
      field.value = text;
      field.select();
      document.execCommand("copy");
      field.remove();
    }
  };

  const keyOf = (row) => row.id || text(row.cells[0]);

  // One button for all rows, in the one that has the pointer, the focus or the link. The keyboard
  // has the row's key, which is a link.
  function copyButton() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain copy";
    button.tabIndex = -1;
    const stand = (row) => {
      if (!row || button.parentNode === row.cells[0]) return;
      button.title = `Copy the link to ${row.id}`;
      button.setAttribute("aria-label", button.title);
      button.replaceChildren(icon("link"));
      row.cells[0].append(button);
    };
    const rowOf = ({ target }) => stand(target.closest?.("tbody tr[id]"));
    for (const event of ["pointerover", "pointerdown", "focusin"]) document.addEventListener(event, rowOf);
    button.addEventListener("click", async () => {
      const row = button.closest("tr");
      const link = row.cells[0].querySelector("a[href]");
      // The key leads to the row's home, whichever page shows the row.
      await copyText(link ? link.href : `${location.href.split("#")[0]}#${row.id}`);
      button.replaceChildren(icon("done"));
      say(`Link to ${row.id} copied`);
      setTimeout(() => button.replaceChildren(icon("link")), 2000);
    });
    const linked = () => {
      const row = document.querySelector("tbody tr:target");
      const fold = row?.querySelector("details");
      if (fold) fold.open = true;
      stand(row);
    };
    addEventListener("hashchange", linked);
    linked();
  }

  // What a cell says; of what is drawn in it there are words too.
  function text(cell) {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll(".copy, [aria-hidden]").forEach((part) => part.remove());
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  // A row as a map of its columns' names, the folded ones included.
  function record(row, names) {
    const found = new Map();
    [...row.cells].forEach((cell, column) => {
      if (cell.matches(".more")) {
        cell.querySelectorAll("dl > div").forEach((pair) => found.set(text(pair.children[0]), text(pair.children[1])));
      } else {
        found.set(names[column], column === 0 && row.id ? keyOf(row) : text(cell));
      }
    });
    return found;
  }

  function csvCell(cell) {
    // A spreadsheet would run a cell that begins like a formula: an apostrophe makes it text.
    return `"${(cell || "").replace(/^[=+\-@]/, "'$&").replaceAll('"', '""')}"`;
  }

  function saveAs(name, parts, type) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(parts, { type }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  window.saveCsv = function saveCsv(table, names, lines) {
    const csv = [names, ...lines].map((line) => `${line.map(csvCell).join(",")}\r\n`);
    saveAs(`${table.id || "table"}.csv`, ["\ufeff", ...csv], "text/csv");
    say(`${lines.length} rows downloaded`);
  };

  function csvButton(table) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain csv";
    button.textContent = "CSV";
    const name = table.caption.textContent.trim();
    button.setAttribute("aria-label", `CSV of ${name}`);
    button.addEventListener("click", () => {
      const heads = [...table.tHead.rows[0].cells].filter((cell) => !cell.matches(".more")).map(text);
      const records = [...table.tBodies[0].rows].map((row) => record(row, heads));
      const names = [...new Set([...heads, ...records.flatMap((found) => [...found.keys()])])];
      saveCsv(table, names, records.map((found) => names.map((column) => found.get(column))));
    });
    table.caption.append(button);
  }

  // The words of a mark are shown where it stands, at once and for the keyboard too. Without this
  // script the browser shows them in its own way.
  function marks() {
    const words = document.createElement("div");
    words.className = "words-of-mark";
    words.hidden = true;
    words.setAttribute("aria-hidden", "true"); // the mark is named by them
    document.body.append(words);
    for (const title of document.querySelectorAll(".chart .mark > title")) {
      title.parentElement.setAttribute("aria-label", title.textContent);
      title.remove(); // the browser would show it too
    }
    const mark = (event) => event.target.closest?.(".chart .mark");
    const hide = () => { words.hidden = true; };
    const show = (event) => {
      if (!mark(event)) return;
      const { left, bottom } = mark(event).getBoundingClientRect();
      words.textContent = mark(event).getAttribute("aria-label");
      words.hidden = false;
      const most = document.documentElement.clientWidth - words.offsetWidth - 8;
      words.style.left = `${scrollX + Math.max(8, Math.min(left, most))}px`;
      words.style.top = `${scrollY + bottom + 8}px`;
    };
    for (const [over, out] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
      document.addEventListener(over, show);
      document.addEventListener(out, (event) => mark(event) && hide());
    }
    document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  }

  // One button for all the code of a page.
  function codeButton() {
    const button = document.querySelector("button.code");
    if (!button) return;
    const folds = [...document.querySelectorAll("details.code")];
    const name = () => {
      const isOpen = folds.every((fold) => fold.open);
      button.setAttribute("aria-pressed", isOpen);
      button.querySelector("span").textContent = isOpen ? "Hide code" : "Show code";
    };
    button.hidden = false;
    button.addEventListener("click", () => {
      const open = button.getAttribute("aria-pressed") === "false";
      folds.forEach((fold) => { fold.open = open; });
      name();
    });
    folds.forEach((fold) => fold.addEventListener("toggle", name));
  }

  // In an opened row: its link, and where its error can be told.
  function folds() {
    const form = root.dataset.report;
    const link = (href, words) => {
      const made = document.createElement("a");
      made.href = href;
      made.textContent = words;
      made.tabIndex = -1; // its table is one stop
      return made;
    };
    document.addEventListener("toggle", ({ target }) => {
      const row = target.closest?.("tr[id]");
      if (!row || !target.open || target.querySelector(".report")) return;
      const links = document.createElement("p");
      links.className = "report";
      links.append(link(row.cells[0].querySelector("a[href]")?.href || `#${row.id}`, "Link to this row"));
      if (form) links.append(" · ", link(form + encodeURIComponent(row.id), "Report an error in this row"));
      target.append(links);
    }, true);
  }

  // A table is one stop of the Tab key, and so is a drawing: the arrow keys lead on within it, up
  // and down from row to row. Without this script each link is a stop.
  function stops() {
    const WHOLE = "table.evidence, svg.chart";
    const STOP = ":is(caption, tbody) :is(a[href], button:not(.copy), summary), .mark";
    const last = new WeakMap(); // where each of them was left
    const isSeen = (stop) => stop.isConnected && stop.checkVisibility({ visibilityProperty: true });
    const linesOf = (whole) => [...whole.querySelectorAll(whole.rows ? "caption, tbody > tr" : ".mark")];
    const stopsOf = (line) => (line.matches(".mark") ? [line] : [...line.querySelectorAll(STOP)].filter(isSeen));

    const settle = (whole) => {
      const all = [...whole.querySelectorAll(STOP)];
      let stop = last.get(whole);
      if (!stop || !isSeen(stop)) stop = all.find((one) => !one.closest("caption, dl")) || all[0];
      all.forEach((one) => { one.tabIndex = one === stop ? 0 : -1; });
    };
    const hint = document.body.appendChild(document.createElement("p"));
    hint.className = "hint";
    hint.hidden = true;
    hint.setAttribute("aria-hidden", "true"); // said below
    const leave = () => { hint.hidden = true; };

    document.addEventListener("focusin", ({ target }) => {
      const whole = target.matches(STOP) && target.closest(WHOLE);
      if (!whole) return;
      last.set(whole, target);
      settle(whole);
      const words = `Arrow keys: on within this ${whole.rows ? "table" : "chart"}. Tab: out of it.`;
      if (!target.matches(":focus-visible") || (!hint.hidden && hint.textContent === words)) return;
      hint.textContent = words;
      hint.hidden = false;
      say(words);
    });
    document.addEventListener("focusout", ({ relatedTarget }) => relatedTarget?.closest?.(WHOLE) || leave());
    document.addEventListener("pointerdown", leave);
    document.addEventListener("keydown", (event) => {
      const whole = event.target.matches?.(STOP) && event.target.closest(WHOLE);
      const step = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1], Home: [-Infinity, 0], End: [Infinity, 0] }[event.key];
      if (!whole || !step || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const lines = linesOf(whole).filter((line) => stopsOf(line).length);
      const line = lines.findIndex((one) => one.contains(event.target));
      const place = stopsOf(lines[line]).indexOf(event.target);
      const down = whole.rows ? step[0] : step[0] || step[1];
      const next = stopsOf(lines[Math.max(0, Math.min(line + down, lines.length - 1))]);
      next[Math.max(0, Math.min(down ? place : place + step[1], next.length - 1))].focus();
    });
    document.addEventListener("toggle", ({ target }) => target.open || !target.closest("tbody") || settle(target.closest("table")), true);
    document.querySelectorAll(WHOLE).forEach(settle);
    return settle;
  }

  // A frame that hides a part can be scrolled by the keyboard; one that does not is no stop. The
  // least of a scroll is no more than rounding.
  function frames() {
    const all = [...document.querySelectorAll(".frame")];
    const hides = all.map((frame) => frame.scrollWidth > frame.clientWidth + 4);
    all.forEach((frame, place) => {
      frame.classList.toggle("fits", !hides[place]);
      if (hides[place] && getComputedStyle(frame).overflowX === "auto") frame.tabIndex = 0;
      else frame.removeAttribute("tabindex");
    });
  }

  // On a phone, where a row is a card, a long table begins with its first rows. A press shows the
  // others, and so does a link to one of them; a wide screen and paper show all.
  const MOST = 12, FIRST = 6; // rows of a table shown whole, and those that a longer one begins with
  function beginnings(tables) {
    const phone = matchMedia("(max-width: 40em)");
    const buttons = new Map();
    const open = (table) => {
      table.classList.remove("begun");
      buttons.get(table).remove();
      buttons.delete(table);
    };
    for (const table of tables) {
      const rows = table.tBodies[0]?.rows ?? [];
      if (rows.length <= MOST || table.matches(".explorer")) continue;
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "plain all-rows", textContent: `Show all ${rows.length} rows` });
      button.addEventListener("click", () => {
        open(table);
        [...rows[FIRST].querySelectorAll("a[href], summary")].find((stop) => stop.checkVisibility())?.focus();
      });
      buttons.set(table, button);
      [...rows].slice(FIRST).forEach((row) => row.classList.add("later"));
      table.classList.add("begun");
      table.closest(".frame").append(button);
    }
    const linked = () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      const table = target?.closest("table");
      if (buttons.has(table)) open(table);
      if (target && phone.matches) target.scrollIntoView();
    };
    if (!buttons.size) return;
    addEventListener("hashchange", linked);
    if (location.hash) linked();
  }

  // Browsers take the roles from parts of tables that a style sheet lays out otherwise
  // (https://www.w3.org/TR/html-aam-1.0/#html-element-role-mappings): there they are said aloud.
  function roles(tables) {
    for (const table of tables) {
      const rows = [...table.rows];
      const isLaidOut = rows.length && getComputedStyle(table.rows[table.rows.length - 1]).display !== "table-row";
      const parts = [[table.tHead, "rowgroup"], [table.tBodies[0], "rowgroup"]];
      for (const row of rows) {
        parts.push([row, "row"]);
        for (const cell of row.cells) parts.push([cell, cell.scope ? `${cell.scope === "col" ? "column" : "row"}header` : "cell"]);
      }
      for (const [part, role] of parts) {
        if (isLaidOut) part?.setAttribute("role", role);
        else part?.removeAttribute("role");
      }
    }
  }

  function contents() {
    const menu = document.getElementById("contents");
    const isOpen = () => menu.matches(":popover-open");
    menu.addEventListener("click", (event) => {
      if (event.target.closest("a") && isOpen()) menu.hidePopover();
    });
    // The keyboard would go on below the open drawer. A pointer closes it by itself.
    document.addEventListener("focusin", ({ target }) => {
      if (isOpen() && !menu.contains(target) && target.matches(":focus-visible")) menu.hidePopover();
    });
    const here = menu.querySelector("[aria-current]");
    const show = () => { if (here) menu.scrollTop = here.offsetTop - menu.clientHeight / 2; };
    menu.addEventListener("toggle", show);
    show();
  }

  document.addEventListener("DOMContentLoaded", () => {
    themeButton();
    const print = document.querySelector("button.print");
    if (print) {
      print.hidden = false;
      print.addEventListener("click", () => window.print());
    }
    copyButton();
    codeButton();
    folds();
    const tables = document.querySelectorAll("table.evidence");
    beginnings(tables);
    // An explorer's form has one.
    tables.forEach((table) => table.caption && !table.matches(".explorer") && csvButton(table));
    const settle = stops();
    window.settleTable = (table) => { settle(table); roles([table]); }; // after rows came or went
    const sizes = new ResizeObserver(frames);
    document.querySelectorAll(".frame, .frame table").forEach((box) => sizes.observe(box));
    roles(tables);
    matchMedia("(max-width: 40em)").addEventListener("change", () => roles(tables));
    addEventListener("beforeprint", () => document.querySelectorAll(".more details").forEach((fold) => { fold.open = true; }));
    contents();
    if (document.querySelector(".chart .mark")) marks();
  });
})();
