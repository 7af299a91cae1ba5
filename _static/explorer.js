"use strict";
// Search and filters for every table of class "explorer", kept in the address.
//
// A column whose cells repeat few short texts becomes a choice; all cells can be searched. The
// address holds what was chosen under the columns' names (?source=…&words=…), so that a link
// opens the same selection. Without this script the table is complete.

(() => {
  const MOST_CHOICES = 40; // a longer list of choices is none
  const LONGEST_CHOICE = 60; // characters; longer texts are prose

  const slug = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  const text = (cell) => cell.textContent.replace(/\s+/g, " ").trim();

  // Each row's texts are read once: typing must not wait for the page.
  function read(table) {
    return [...table.tBodies[0].rows].map((row) => {
      const cells = [...row.cells].map(text);
      return { row, cells, words: fold(cells.join(" ")) };
    });
  }

  function choices(rows, column) {
    const found = new Map();
    for (const { cells } of rows) {
      if (cells[column]) found.set(cells[column], (found.get(cells[column]) || 0) + 1);
    }
    const values = [...found.keys()];
    const repeats = values.length > 1 && values.length <= MOST_CHOICES && values.length < rows.length / 2;
    if (!repeats || values.some((value) => value.length > LONGEST_CHOICE)) return null;
    const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
    return values.sort(order.compare).map((value) => [value, found.get(value)]);
  }

  function labelled(name, control) {
    const label = document.createElement("label");
    label.append(name, control);
    return label;
  }

  function select(name, values) {
    const control = document.createElement("select");
    control.name = slug(name);
    control.add(new Option("any", ""));
    for (const [value, count] of values) control.add(new Option(`${value} (${count})`, value));
    return control;
  }

  function build(table, rows, names) {
    const form = document.createElement("form");
    form.className = "filters";
    form.setAttribute("role", "search");
    form.setAttribute("aria-label", "Rows of the table");
    const words = document.createElement("input");
    words.type = "search";
    words.name = "words";
    words.autocomplete = "off";
    const label = labelled("Words in a row", words);
    label.className = "words";
    form.append(label);
    const filters = [];
    names.forEach((name, column) => {
      const values = column > 0 && choices(rows, column);
      if (!values) return;
      const control = select(name, values);
      filters.push({ column, control });
      form.append(labelled(name, control));
    });
    const clear = document.createElement("button");
    clear.type = "reset";
    clear.className = "plain";
    clear.textContent = "Clear";
    const link = document.createElement("button");
    link.type = "button";
    link.className = "plain";
    link.textContent = "Copy link to these rows";
    const count = document.createElement("output");
    count.setAttribute("aria-live", "polite");
    form.append(clear, link, count);
    table.closest(".frame").before(form);
    return { form, words, filters, count, link };
  }

  function enhance(table) {
    const names = [...table.tHead.rows[0].cells].map(text);
    const rows = read(table);
    const { form, words, filters, count, link } = build(table, rows, names);
    const controls = [words, ...filters.map(({ control }) => control)];

    function show() {
      const wanted = fold(words.value).split(/\s+/).filter(Boolean);
      const chosen = filters.filter(({ control }) => control.value);
      let shown = 0;
      for (const { row, cells, words: all } of rows) {
        const keep =
          wanted.every((word) => all.includes(word)) &&
          chosen.every(({ column, control }) => cells[column] === control.value);
        row.hidden = !keep;
        shown += keep;
      }
      count.value = shown === rows.length ? `All ${shown} rows` : `${shown} of ${rows.length} rows`;
      if (!shown) count.value = "No row has all of this";
    }

    function load() {
      const query = new URLSearchParams(location.search);
      for (const control of controls) {
        control.value = query.get(control.name) || "";
        if (control.selectedIndex === -1) control.value = ""; // a choice that no longer exists
      }
      show();
    }

    function save() {
      const query = new URLSearchParams();
      for (const control of controls) if (control.value) query.set(control.name, control.value);
      const search = query.toString();
      history.replaceState(null, "", location.pathname + (search ? `?${search}` : "") + location.hash);
    }

    // A row that is linked to is shown, whatever the filters say.
    function reveal() {
      const row = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!row || !row.hidden || !table.contains(row)) return;
      form.reset();
      row.scrollIntoView();
    }

    const changed = () => { show(); save(); };
    form.addEventListener("input", changed);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(changed)); // the values are cleared after the event
    link.addEventListener("click", async () => {
      await window.copyText(location.href);
      document.getElementById("said").textContent = "Link copied";
      link.textContent = "Copied";
      setTimeout(() => { link.textContent = "Copy link to these rows"; }, 2000);
    });
    addEventListener("popstate", load);
    addEventListener("hashchange", reveal);
    load();
    reveal();
    table.classList.add("ready");
  }

  // Deferred, so the page is there; but before book.js adds its controls to the keys.
  document.querySelectorAll("table.explorer").forEach(enhance);
})();
