"use strict";
// Search, filters and sorting for every table of class "explorer", by DataTables.
//
// A column whose cells repeat few short texts becomes a choice; all cells can be searched. The
// address holds what was chosen under the columns' names (?source=…&words=…), so that a link
// opens the same selection. Without this script the table is complete.

(() => {
  const MOST_CHOICES = 40; // a list of so many choices is none
  const LONGEST_CHOICE = 60; // characters; longer texts are prose

  const slug = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
  const text = (cell) => cell.textContent.replace(/\s+/g, " ").trim();
  const { compare } = new Intl.Collator(document.documentElement.lang, { numeric: true });

  DataTable.ext.errMode = "throw"; // not an alert
  DataTable.type("html", "order", {
    pre: DataTable.type("html").order.pre,
    asc: compare,
    desc: (a, b) => compare(b, a),
  });

  function choices(cells) {
    const found = new Map();
    for (const value of cells.filter(Boolean)) found.set(value, (found.get(value) || 0) + 1);
    const values = [...found.keys()];
    const most = Math.min(MOST_CHOICES, cells.length / 2);
    const isProse = values.some((value) => value.length > LONGEST_CHOICE);
    if (isProse || values.length < 2 || values.length >= most) return null;
    return values.sort(compare).map((value) => [value, found.get(value)]);
  }

  // Values that only rows of one kind have stand under its name: their meaning depends on it.
  function group(select, cells, kinds) {
    for (const kind of [...new Set(kinds)].sort(compare)) {
      const others = new Set(cells.filter((_, row) => kinds[row] !== kind));
      const own = [...select.options].filter(({ value }) => value && !others.has(value));
      if (!own.length) continue;
      const heading = document.createElement("optgroup");
      heading.label = kind;
      heading.append(...own);
      select.append(heading);
    }
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

  function button(type, name) {
    const made = document.createElement("button");
    made.type = type;
    made.className = "plain";
    made.textContent = name;
    return made;
  }

  // A choice for each column that has one, with the texts of its cells.
  function filtersOf(rows) {
    const filters = [];
    rows.columns().every(function column() {
      const cells = this.nodes().toArray().map(text);
      const values = this.index() > 0 && choices(cells);
      if (!values) return;
      const name = text(this.header());
      const control = select(name, values);
      if (filters.length) group(control, cells, filters[0].cells);
      filters.push({ name, column: this.index(), cells, control });
    });
    return filters;
  }

  function build(filters) {
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
    form.append(label, ...filters.map(({ name, control }) => labelled(name, control)));
    const count = document.createElement("output");
    count.setAttribute("aria-live", "polite");
    const link = button("button", "Copy link to these rows");
    const outcome = document.createElement("div");
    outcome.append(count, button("reset", "Clear"), link);
    form.append(outcome);
    return { form, words, count, link };
  }

  // Real buttons: DataTables' own answer to the enter key alone.
  function sortButtons(table) {
    table.tHead.rows[0].dataset.dtOrder = "disable";
    return [...table.tHead.rows[0].cells].map((cell) => {
      const sort = button("button", text(cell));
      cell.replaceChildren(sort);
      return sort;
    });
  }

  function markOrder(rows) {
    const order = new Map(rows.order());
    const states = { asc: "ascending", desc: "descending" };
    rows.columns().every(function column() {
      const state = states[order.get(this.index())];
      if (state) this.header().setAttribute("aria-sort", state);
      else this.header().removeAttribute("aria-sort");
    });
  }

  function sortable(table) {
    const buttons = sortButtons(table);
    const rows = new DataTable(table, {
      autoWidth: false,
      columnDefs: [{ targets: "_all", type: "html" }],
      language: { zeroRecords: "No row has all of this" },
      layout: { topStart: null, topEnd: null, bottomStart: null, bottomEnd: null },
      order: [],
      orderClasses: false,
      paging: false,
    });
    buttons.forEach((sort, column) => rows.order.listener(sort, column));
    rows.on("order", () => markOrder(rows));
    return rows;
  }

  function enhance(table) {
    const frame = table.closest(".frame");
    const rows = sortable(table);
    const filters = filtersOf(rows);
    const { form, words, count, link } = build(filters);
    const controls = [words, ...filters.map(({ control }) => control)];
    frame.before(form);

    function show() {
      for (const { column, cells, control } of filters) {
        const chosen = control.value && ((_text, _data, row) => cells[row] === control.value);
        rows.column(column).search.fixed("choice", chosen || null);
      }
      rows.search(words.value).draw();
      const shown = rows.rows({ search: "applied" }).count();
      const all = rows.rows().count();
      count.value = shown === all ? `All ${all} rows` : `${shown} of ${all} rows`;
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
      const search = String(query) && `?${query}`;
      history.replaceState(null, "", location.pathname + search + location.hash);
    }

    const changed = () => { show(); save(); };

    // A row that is linked to is shown, whatever the filters say.
    function reveal() {
      const id = decodeURIComponent(location.hash.slice(1));
      const row = rows.row((_index, _data, node) => node.id === id).node();
      if (!id || !row) return;
      if (!row.isConnected) {
        form.reset();
        changed();
      }
      if (row.matches(":target")) return;
      location.replace(location.hash); // marks it
      row.scrollIntoView({ behavior: "instant" });
    }

    form.addEventListener("input", changed);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(changed)); // values are cleared after the event
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

  // After book.js has put its buttons into all rows: those that are filtered out leave the page.
  addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("table.explorer").forEach(enhance);
  });
})();
