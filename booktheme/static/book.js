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
    root.dataset.mode = mode;
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

  function copyButton(row) {
    const key = row.cells[0];
    const link = key.querySelector("a[href]");
    const name = key.textContent.trim();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain copy";
    button.title = `Copy the link to ${name}`;
    button.setAttribute("aria-label", button.title);
    button.append(icon("link"));
    button.addEventListener("click", async () => {
      // The key leads to the row's home, whichever page shows the row.
      await copyText(link ? link.href : `${location.href.split("#")[0]}#${row.id}`);
      button.replaceChildren(icon("done"));
      say(`Link to ${name} copied`);
      setTimeout(() => button.replaceChildren(icon("link")), 2000);
    });
    key.append(button);
  }

  function csvCell(cell) {
    const copy = cell.cloneNode(true);
    copy.querySelector(".copy")?.remove();
    const text = copy.textContent.replace(/\s+/g, " ").trim();
    // A spreadsheet would run a cell that begins like a formula: an apostrophe makes it text.
    return `"${text.replace(/^[=+\-@]/, "'$&").replaceAll('"', '""')}"`;
  }

  // The rows that are shown, so that a filtered table downloads as filtered.
  function csvButton(table) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain csv";
    button.textContent = "CSV";
    const name = table.caption.textContent.trim();
    button.setAttribute("aria-label", `CSV of ${name}`);
    button.addEventListener("click", () => {
      const rows = [...table.rows].filter((row) => !row.querySelector(".dt-empty"));
      const lines = rows.map((row) => [...row.cells].map(csvCell).join(","));
      const file = new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], { type: "text/csv" });
      const link = document.createElement("a");
      link.href = URL.createObjectURL(file);
      link.download = `${table.id || "table"}.csv`;
      link.click();
      URL.revokeObjectURL(link.href);
      say(`${rows.length - 1} rows downloaded`);
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

  function frames() {
    for (const frame of document.querySelectorAll(".frame")) {
      if (frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0;
      else frame.removeAttribute("tabindex");
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
    document.querySelectorAll("tbody tr[id]").forEach(copyButton);
    for (const table of document.querySelectorAll("table.evidence")) {
      if (table.caption) csvButton(table);
    }
    const sizes = new ResizeObserver(frames);
    document.querySelectorAll(".frame, .frame table").forEach((box) => sizes.observe(box));
    contents();
    if (document.querySelector(".chart .mark")) marks();
  });
})();
