"use strict";
// Search and choices for a table whose columns are marked with data-choose. What was chosen stands
// in the address (?words=…&article=…), so that it can be shared and the back button undoes it.
// Without this script the table is complete.

(() => {
  const PAGE = 20; // rows shown at once
  const slug = (name) => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
  const textOf = (cell) => cell.textContent.replace(/\s+/g, " ").trim();

  // Letters with and without accents and all kinds of quotes are alike; hyphens are nothing, so
  // that auto-immune and autoimmune find each other.
  function fold(text) {
    return text.normalize("NFKD").toLowerCase().replace(/\p{M}|[-\u00ad\u2010-\u2013]/gu, "")
      .replace(/[\u2018\u2019]/g, "'").replace(/[\u201c\u201d]/g, '"').replace(/\s+/g, " ");
  }

  // Words, and phrases in quotes.
  const termsOf = (text) => [...fold(text).matchAll(/"([^"]+)"|[^\s"]+/g)].map(([word, phrase]) => phrase || word);

  function made(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  // A list of what stands in a column, each with a box and with how many rows it would leave.
  function choiceOf(head, rows) {
    const name = textOf(head);
    const cells = rows.map((row) => textOf(row.querySelector(`:scope > [data-label="${CSS.escape(name)}"]`)).replace(/ #$/, ""));
    const boxes = new Map();
    const options = made("div", { className: "options" });
    options.setAttribute("role", "group");
    options.setAttribute("aria-label", name);
    for (const value of [...new Set(cells)].filter(Boolean).sort(new Intl.Collator("en", { numeric: true }).compare)) {
      const box = made("input", { type: "checkbox", value });
      const count = made("span", { className: "count" });
      options.append(made("label", {}, box, made("span", {}, value), count));
      boxes.set(value, { box, count });
    }
    const said = made("strong", {});
    const fold = made("details", {}, made("summary", {}, `${name}: `, said), options);
    const chosen = () => [...boxes].filter(([, { box }]) => box.checked).map(([value]) => value);
    return { key: slug(name), cells, boxes, chosen, said, fold };
  }

  function enhance(table) {
    const rows = [...table.tBodies[0].rows];
    const texts = rows.map((row) => fold([row.id, ...[...row.cells].map(textOf)].join(" | ")));
    const choices = [...table.querySelectorAll("th[data-choose]")].map((head) => choiceOf(head, rows));
    const words = made("input", { type: "search", autocomplete: "off" });
    const count = made("output", {});
    const clear = made("button", { type: "button" }, "Clear");
    const save = made("button", { type: "button" }, "These rows as CSV");
    const more = made("button", { type: "button", className: "further" });
    const form = made(
      "form",
      { className: "explorer" },
      made("label", {}, "Words in a row", words),
      ...choices.map((choice) => choice.fold),
      made("div", { className: "outcome" }, count, clear, save),
    );
    form.setAttribute("role", "search");
    form.setAttribute("aria-label", "Rows of the table");
    const frame = table.closest(".table-wrapper");
    frame.before(form);
    frame.querySelector(".fold")?.remove();
    frame.after(more);
    rows.forEach((row) => row.classList.remove("more"));
    let found = rows;
    let shown = PAGE;

    // Which rows have all words and, of each list but one, a choice.
    function rowsOf(without) {
      const terms = termsOf(words.value);
      const lists = choices.filter((choice) => choice !== without)
        .map(({ cells, chosen }) => [cells, new Set(chosen())]).filter(([, values]) => values.size);
      return rows.filter((_, place) => terms.every((term) => texts[place].includes(term))
        && lists.every(([cells, values]) => values.has(cells[place])));
    }

    function draw() {
      const visible = new Set(found.slice(0, shown));
      rows.forEach((row) => { row.hidden = !visible.has(row); });
      const rest = found.length - visible.size;
      more.hidden = !rest;
      more.textContent = `Show ${Math.min(PAGE, rest)} more of ${rest}`;
    }

    function show() {
      found = rowsOf();
      shown = PAGE;
      count.textContent = `${found.length} of ${rows.length} rows`;
      for (const choice of choices) {
        const chosen = choice.chosen();
        choice.said.textContent = chosen.length > 1 ? `${chosen.length} chosen` : chosen[0] || "any";
        const left = new Set(rowsOf(choice));
        const tally = new Map();
        choice.cells.forEach((value, place) => left.has(rows[place]) && tally.set(value, (tally.get(value) || 0) + 1));
        choice.boxes.forEach(({ count: number }, value) => { number.textContent = tally.get(value) || 0; });
      }
      draw();
    }

    // The address holds what is chosen.
    function read() {
      const query = new URLSearchParams(location.search);
      words.value = query.get("words") || "";
      for (const { key, boxes, fold: list, chosen } of choices) {
        const values = query.getAll(key);
        boxes.forEach(({ box }, value) => { box.checked = values.includes(value); });
        list.open ||= chosen().length > 0;
      }
      show();
    }

    function write(replaces) {
      const query = new URLSearchParams();
      if (words.value.trim()) query.set("words", words.value.trim());
      for (const { key, chosen } of choices) chosen().forEach((value) => query.append(key, value));
      const address = `?${query}`.replace(/^\?$/, location.pathname);
      history[replaces ? "replaceState" : "pushState"](null, "", address);
      show();
    }

    function download() {
      const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
      const heads = [...table.tHead.rows[0].cells].map(textOf);
      const lines = found.map((row) => [row.id, ...[...row.cells].map((cell) => [...cell.querySelectorAll("p")].map(textOf).join(" "))]);
      const csv = [["key", ...heads], ...lines].map((line) => line.map(quoted).join(",")).join("\n");
      const address = URL.createObjectURL(new Blob([`${csv}\n`], { type: "text/csv" }));
      made("a", { href: address, download: `${table.id}-${found.length}-rows.csv` }).click();
      setTimeout(() => URL.revokeObjectURL(address), 1000);
    }

    let isTyping = false; // all letters of one search are one step back
    words.addEventListener("input", () => { write(isTyping); isTyping = true; });
    words.addEventListener("change", () => { isTyping = false; });
    form.addEventListener("change", ({ target }) => target !== words && write(false));
    form.addEventListener("submit", (event) => event.preventDefault());
    clear.addEventListener("click", () => {
      words.value = "";
      choices.forEach(({ boxes }) => boxes.forEach(({ box }) => { box.checked = false; }));
      write(false);
    });
    save.addEventListener("click", download);
    more.addEventListener("click", () => {
      const next = found[shown];
      shown += PAGE;
      draw();
      next.querySelector("a")?.focus({ preventScroll: true });
    });
    addEventListener("popstate", read);
    read();
  }

  document.addEventListener("DOMContentLoaded", () => {
    new Set([...document.querySelectorAll("th[data-choose]")].map((head) => head.closest("table"))).forEach(enhance);
  });
})();
