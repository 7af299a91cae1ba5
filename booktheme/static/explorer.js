"use strict";
// Search, filters, sorting and a window of rows for every table of class "explorer".
//
// A column whose cells repeat few short texts becomes a list of choices, of which several can be
// taken; all cells can be searched. The address holds what was chosen under the columns' names
// (?source=…&source=…&words=…&sort=…), so that a link opens the same selection. Without this
// script the table is complete. Written for this: DataTables has no choices that tell what they
// would leave, and writes its table anew for the first letter typed.

(() => {
  const MOST_CHOICES = 40; // a list of so many choices is none
  const LONGEST_CHOICE = 60; // characters; longer texts are prose
  const WINDOW = 30; // rows shown at once; a phone scrolls no further
  const { compare } = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const slug = (name) => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");

  // Letters with and without accents, kinds of quotes, hyphens and spaces are alike. One character
  // stays one, so that what was found can be marked where it stands.
  const alike = new Map();
  function one(letter) {
    if (!alike.has(letter)) {
      let folded = letter.normalize("NFKD")[0].toLowerCase();
      if ("\u2018\u2019\u02bc\u2032".includes(letter)) folded = "'";
      if ("\u201c\u201d\u201e\u00ab\u00bb".includes(letter)) folded = '"';
      if (/[\u2010-\u2015\u2212]/.test(letter)) folded = "-";
      if (/\s/.test(letter)) folded = " ";
      alike.set(letter, folded.length === 1 ? folded : letter);
    }
    return alike.get(letter);
  }
  const fold = (text) => text.replace(/[A-Z\t\n\r]|[^\x00-\x7f]/gu, (letter) => (letter.length === 1 ? one(letter) : letter));

  // What a cell says, without what the page adds to it.
  function textOf(cell) {
    const fold = cell.querySelector("details > dl");
    const text = fold ? [...fold.children].map((pair) => pair.lastChild.textContent).join(" · ") : cell.textContent;
    return text.replace(/\s+/g, " ").trim();
  }

  function made(tag, kind, ...children) {
    const element = document.createElement(tag);
    if (kind) element.className = kind;
    element.append(...children);
    return element;
  }

  function button(type, name) {
    const element = made("button", "plain", name);
    element.type = type;
    return element;
  }

  // The columns of a table, the folded ones too: a name and a text for each row.
  function columnsOf(table, rows) {
    const heads = [...table.tHead.rows[0].cells].filter((cell) => !cell.matches(".more"));
    const columns = new Map(heads.map((cell) => [textOf(cell), { cells: Array(rows.length).fill(""), head: cell }]));
    rows.forEach((row, place) => {
      heads.forEach((head, column) => {
        columns.get(textOf(head)).cells[place] = textOf(row.cells[column]);
      });
      for (const pair of row.querySelectorAll(".more dl > div")) {
        const name = pair.firstChild.textContent;
        if (!columns.has(name)) columns.set(name, { cells: Array(rows.length).fill("") });
        columns.get(name).cells[place] = textOf(pair.lastChild);
      }
    });
    return [...columns].map(([name, column]) => ({ name, ...column }));
  }

  function valuesOf({ cells }) {
    const values = [...new Set(cells)].filter(Boolean);
    const most = Math.min(MOST_CHOICES, cells.length / 2);
    const isProse = values.some((value) => value.length > LONGEST_CHOICE);
    return isProse || values.length < 2 || values.length >= most ? null : values.sort(compare);
  }

  // Values that only rows of one kind have stand under its name: their meaning depends on it.
  function grouped(values, cells, kinds) {
    const groups = new Map([["", []]]);
    for (const value of values) {
      const of = kinds ? [...new Set(kinds.filter((_, place) => cells[place] === value))] : [];
      const name = of.length === 1 ? of[0] : "";
      groups.set(name, [...(groups.get(name) || []), value]);
    }
    return [...groups].filter(([, group]) => group.length).sort(([a], [b]) => compare(a, b));
  }

  // A list of choices in a fold; each tells how many rows it would leave.
  function choiceOf(column, values, kinds) {
    const choice = { ...column, key: slug(column.name), chosen: new Set(), options: new Map() };
    const groups = grouped(values, column.cells, kinds);
    const summary = document.createElement("summary");
    const list = made("div", "options");
    list.setAttribute("role", "group");
    list.setAttribute("aria-label", column.name);
    for (const [group, members] of groups) {
      if (group && groups.length > 1) list.append(made("p", "", group));
      for (const value of members) {
        const box = document.createElement("input");
        box.type = "checkbox";
        box.name = choice.key;
        box.value = value;
        const count = made("span", "count");
        list.append(made("label", "", box, made("span", "", value), count));
        choice.options.set(value, { box, count });
      }
    }
    choice.summary = summary;
    choice.fold = made("details", "choice", summary, list);
    return choice;
  }

  function enhance(table) {
    const body = table.tBodies[0];
    const all = [...body.rows];
    const places = new Map(all.map((row, place) => [row, place]));
    const columns = columnsOf(table, all);
    const texts = all.map((row, place) => fold([row.id, ...columns.map(({ cells }) => cells[place])].join(" \n ")));
    const choices = [];
    for (const column of columns.slice(1)) {
      const values = valuesOf(column);
      const kinds = columns.find(({ name }) => name === "Kind") || choices[0];
      if (values) choices.push(choiceOf(column, values, kinds && kinds.name !== column.name && kinds.cells));
    }

    const words = document.createElement("input");
    words.type = "search";
    words.name = "words";
    words.autocomplete = "off";
    words.spellcheck = false;
    const count = made("output");
    count.setAttribute("aria-live", "polite");
    const link = button("button", "Copy link to these rows");
    const save = button("button", "CSV of these rows");
    const unknown = made("p", "unknown");
    const form = made(
      "form",
      "filters",
      made("label", "words", "Words in a row", words),
      made("div", "choices", ...choices.map(({ fold: element }) => element)),
      unknown,
      made("div", "outcome", count, button("reset", "Clear"), link, save),
    );
    form.setAttribute("role", "search");
    form.setAttribute("aria-label", "Rows of the table");
    const more = made("p", "further", button("button", ""), button("button", "Show all"));
    const frame = table.closest(".frame");
    frame.before(form);
    frame.after(more);

    let order = null; // { column, down }
    let found = all;
    let size = WINDOW;
    let loaded = null; // the choices of the address that are shown

    // Which rows have all words and choices, those of one list left out.
    function rowsOf(terms, without) {
      const filters = choices.filter((choice) => choice !== without && choice.chosen.size);
      return all.filter((row, place) => terms.every((term) => texts[place].includes(term))
        && filters.every(({ cells, chosen }) => chosen.has(cells[place])));
    }

    // “…” holds words together.
    const termsOf = () => [...fold(words.value).matchAll(/"([^"]+)"|[^\s"]+/g)].map(([whole, quoted]) => (quoted || whole).trim()).filter(Boolean);

    function tell(choice) {
      if (!choice.fold.open) return;
      const tally = new Map();
      for (const row of rowsOf(termsOf(), choice)) {
        const value = choice.cells[places.get(row)];
        tally.set(value, (tally.get(value) || 0) + 1);
      }
      for (const [value, option] of choice.options) {
        const text = String(tally.get(value) || 0);
        if (option.count.textContent !== text) option.count.textContent = text;
      }
    }

    function nameChoices() {
      for (const { name, chosen, summary } of choices) {
        const said = chosen.size === 0 ? "any" : chosen.size === 1 ? [...chosen][0] : `${chosen.size} chosen`;
        const strong = made("strong", "", said);
        if (summary.dataset.said !== said) summary.replaceChildren(`${name} `, strong);
        summary.dataset.said = said;
      }
    }

    function mark(terms) {
      if (!("highlights" in CSS)) return;
      CSS.highlights.delete("found");
      if (!terms.length) return;
      const ranges = [];
      const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const text = fold(node.data);
        for (const term of terms) {
          for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + term.length)) {
            const range = new StaticRange({ startContainer: node, startOffset: at, endContainer: node, endOffset: at + term.length });
            ranges.push(range);
          }
        }
      }
      CSS.highlights.set("found", new Highlight(...ranges));
    }

    function draw() {
      const rows = found.slice(0, size);
      const same = rows.length === body.rows.length && rows.every((row, place) => row === body.rows[place]);
      if (!same) body.replaceChildren(...rows);
      window.oneStop?.(table);
      mark(termsOf());
      const rest = found.length - rows.length;
      more.hidden = !rest;
      more.firstChild.textContent = `Show ${Math.min(WINDOW, rest)} more of ${rest}`;
    }

    function show() {
      found = rowsOf(termsOf());
      if (order) {
        const { cells } = order.column;
        const direction = order.down ? -1 : 1;
        found.sort((a, b) => direction * compare(cells[places.get(a)], cells[places.get(b)]));
      }
      for (const { name, head } of columns) {
        if (!head) continue;
        if (order?.column.name === name) head.setAttribute("aria-sort", order.down ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      }
      size = WINDOW;
      draw();
      nameChoices();
      choices.forEach(tell);
      const shown = found.length === all.length ? `All ${all.length} rows` : `${found.length} of ${all.length} rows`;
      count.value = found.length ? shown : "No row has all of this";
    }

    function load() {
      loaded = location.search;
      const query = new URLSearchParams(location.search);
      const gone = [];
      words.value = query.get("words") || "";
      for (const choice of choices) {
        const asked = query.getAll(choice.key);
        choice.chosen = new Set(asked.filter((value) => choice.options.has(value)));
        gone.push(...asked.filter((value) => !choice.options.has(value)).map((value) => `“${value}” is no ${choice.name}`));
        for (const [value, { box }] of choice.options) box.checked = choice.chosen.has(value);
      }
      const sort = query.get("sort") || "";
      const column = columns.find(({ name, head }) => head && slug(name) === sort.replace(/^-/, ""));
      order = column ? { column, down: sort.startsWith("-") } : null;
      if (sort && !column) gone.push(`there is no column “${sort}” to sort by`);
      const known = new Set(["words", "sort", ...choices.map(({ key }) => key)]);
      gone.push(...[...new Set(query.keys())].filter((key) => !known.has(key)).map((key) => `there is no choice “${key}”`));
      unknown.textContent = gone.length ? `Left out of the address: ${gone.join("; ")}.` : "";
      show();
    }

    function changed() {
      unknown.textContent = "";
      show();
      const query = new URLSearchParams();
      if (words.value) query.set("words", words.value);
      for (const { key, chosen } of choices) for (const value of chosen) query.append(key, value);
      if (order) query.set("sort", (order.down ? "-" : "") + slug(order.column.name));
      const search = String(query) && `?${query}`;
      history.replaceState(null, "", location.pathname + search + location.hash);
      loaded = location.search;
    }

    // A row that is linked to is shown, whatever the filters say.
    function reveal() {
      let id = location.hash.slice(1);
      try {
        id = decodeURIComponent(id);
      } catch { /* a bare % is one */ }
      const row = id && all.find((candidate) => candidate.id === id);
      if (!row) return;
      if (!found.includes(row)) {
        reset();
        changed();
      }
      if (!row.isConnected) {
        size = Math.ceil((found.indexOf(row) + 1) / WINDOW) * WINDOW;
        draw();
      }
      if (row.matches(":target")) return;
      location.replace(location.hash); // marks it
      row.scrollIntoView({ behavior: "instant" });
    }

    function reset() {
      words.value = "";
      order = null;
      for (const { chosen, options } of choices) {
        chosen.clear();
        options.forEach(({ box }) => { box.checked = false; });
      }
    }

    for (const column of columns.filter(({ head }) => head)) {
      const sort = button("button", column.name);
      column.head.replaceChildren(sort);
      sort.addEventListener("click", () => {
        const isSame = order?.column === column;
        order = isSame && order.down ? null : { column, down: isSame };
        changed();
      });
    }
    form.addEventListener("input", ({ target }) => {
      const choice = choices.find(({ key }) => target.type === "checkbox" && key === target.name);
      if (choice) choice.chosen[target.checked ? "add" : "delete"](target.value);
      changed();
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", (event) => {
      event.preventDefault();
      reset();
      changed();
    });
    for (const choice of choices) {
      choice.fold.addEventListener("toggle", () => {
        if (!choice.fold.open) return;
        tell(choice);
        for (const other of choices) if (other !== choice) other.fold.open = false;
      });
    }
    const close = () => choices.forEach((choice) => { choice.fold.open = false; });
    document.addEventListener("pointerdown", ({ target }) => { if (!target.closest(".choice")) close(); });
    document.addEventListener("focusin", ({ target }) => { if (!target.closest(".choice")) close(); });
    form.addEventListener("keydown", (event) => {
      const open = choices.find((choice) => choice.fold.open);
      if (event.key !== "Escape" || !open) return;
      event.preventDefault();
      close();
      open.summary.focus();
    });
    more.firstChild.addEventListener("click", () => {
      const next = found[size];
      size += WINDOW;
      draw();
      next.querySelector("a[href]")?.focus(); // the button moved below what came
    });
    more.lastChild.addEventListener("click", () => {
      const next = found[size];
      size = Infinity;
      draw();
      next.querySelector("a[href]")?.focus();
    });
    link.addEventListener("click", async () => {
      await window.copyText(location.href);
      document.getElementById("said").textContent = "Link copied";
      link.textContent = "Copied";
      setTimeout(() => { link.textContent = "Copy link to these rows"; }, 2000);
    });
    save.addEventListener("click", () => table.querySelector(".csv").click());
    table.shownRows = () => found;
    table.allRows = [table.tHead.rows[0], ...all];
    addEventListener("beforeprint", () => { size = Infinity; draw(); });
    addEventListener("afterprint", () => { size = WINDOW; draw(); });
    // A link to a row is an entry of the history too, with the same choices.
    addEventListener("popstate", () => { if (location.search !== loaded) load(); });
    addEventListener("hashchange", reveal);
    load();
    reveal();
    table.classList.add("ready");
  }

  document.querySelectorAll("table.explorer").forEach(enhance);
})();
