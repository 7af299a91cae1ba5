"use strict";
// Search, filters, sorting and a window of rows for every table of class "explorer".
//
// A column whose cells repeat few short texts becomes a list of choices, of which several can be
// taken; all cells can be searched. The address holds what was chosen under the columns' names
// (?source=…&source=…&words=…&sort=…), so that a link opens the same selection. Without this
// script the table is complete, up to the size from which on its rows lie in files beside the page
// (booktheme/table_layout.py): their texts are loaded once, the rows themselves as they are shown.
// Written for this: DataTables has no choices that tell what they would leave, writes its table
// anew for the first letter typed, and fetches rows, which a page opened from a folder cannot.

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
  const fold = (text) => text.replace(/[\t\n\r]|[^\x00-\x7f]/g, one).toLowerCase();

  // What orders a text among others: letters as they are searched, numbers by their size.
  const rankOf = (text) => fold(text).replace(/\d+/g, (digits) => digits.padStart(9, "0"));

  // What a cell says, in one line.
  function textOf(cell) {
    return cell.textContent.replace(/\s+/g, " ").trim();
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

  // The columns of a table whose rows are on the page, the folded ones too: a name and a text for
  // each row.
  function columnsOf(heads, rows) {
    const columns = new Map(heads.map((head) => [textOf(head), Array(rows.length).fill("")]));
    rows.forEach((row, place) => {
      heads.forEach((head, column) => { columns.get(textOf(head))[place] = textOf(row.cells[column]); });
      for (const pair of row.querySelectorAll(".more dl > div")) {
        const name = pair.firstChild.textContent;
        if (!columns.has(name)) columns.set(name, Array(rows.length).fill(""));
        columns.get(name)[place] = textOf(pair.lastChild);
      }
    });
    return columns;
  }

  // A file of rows is a script that hands over its content: a page from a folder may fetch nothing.
  const asked = new Map();
  const arrived = new Map();
  window.tableFile = (name, content) => arrived.set(name, JSON.parse(content));
  function file(name) {
    if (!asked.has(name)) {
      asked.set(name, new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = `${document.documentElement.dataset.content_root}_tables/${name}.js`;
        script.addEventListener("load", () => done(arrived.get(name)));
        script.addEventListener("error", failed);
        document.head.append(script);
      }));
    }
    return asked.get(name);
  }

  function valuesOf(cells) {
    const values = [...new Set(cells)].filter(Boolean);
    const most = Math.min(MOST_CHOICES, cells.length / 2);
    const isProse = values.some((value) => value.length > LONGEST_CHOICE);
    return isProse || values.length < 2 || values.length >= most ? null : values.sort(compare);
  }

  // Values that only rows of one kind have stand under its name: their meaning depends on it.
  function grouped(values, cells, kinds) {
    const of = new Map(values.map((value) => [value, new Set()]));
    cells.forEach((value, place) => of.get(value)?.add(kinds ? kinds[place] : ""));
    const groups = new Map();
    for (const value of values) {
      const name = of.get(value).size === 1 ? [...of.get(value)][0] : "";
      groups.set(name, [...(groups.get(name) || []), value]);
    }
    return [...groups].sort(([a], [b]) => compare(a, b));
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

  async function enhance(table) {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells].filter((cell) => !cell.matches(".more"));
    const { rows: folder, part } = table.dataset; // where its files are, rows in one of them
    const nodes = [...body.rows]; // a row that is still in its file is not there
    const named = folder ? new Map(await file(`${folder}/texts`)) : columnsOf(heads, nodes);
    const columns = [...named].map(([name, cells], place) => ({ name, cells, head: heads[place] }));
    const ids = folder ? columns[0].cells : nodes.map((row) => row.id);
    const texts = ids.map((id, place) => fold([id, ...columns.map(({ cells }) => cells[place])].join(" \n ")));
    const all = [...ids.keys()]; // a row is known by its place
    const choices = [];
    for (const column of columns.slice(1)) {
      const values = valuesOf(column.cells);
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
      return all.filter((row) => terms.every((term) => texts[row].includes(term))
        && filters.every(({ cells, chosen }) => chosen.has(cells[row])));
    }

    // “…” holds words together.
    const termsOf = () => [...fold(words.value).matchAll(/"([^"]+)"|[^\s"]+/g)].map(([whole, quoted]) => (quoted || whole).trim()).filter(Boolean);

    function tell(choice) {
      if (!choice.fold.open) return;
      const tally = new Map();
      for (const row of rowsOf(termsOf(), choice)) {
        const value = choice.cells[row];
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

    // A single letter stands everywhere.
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

    // Rows that are still in their files are waited for, unless others are to be shown meanwhile.
    async function draw() {
      const shown = found.slice(0, size);
      const lacking = new Set(shown.filter((row) => !nodes[row]).map((row) => Math.floor(row / part)));
      if (lacking.size) {
        const of = found;
        await Promise.all([...lacking].map((number) => file(`${folder}/rows-${number}`).then((html) => {
          const parsed = document.createElement("template");
          parsed.innerHTML = html;
          [...parsed.content.children].forEach((row, place) => { nodes[number * part + place] ??= row; });
        })));
        if (of !== found) return;
      }
      const rows = shown.map((row) => nodes[row]);
      const same = rows.length === body.rows.length && rows.every((row, place) => row === body.rows[place]);
      if (!same) {
        body.replaceChildren(...rows);
        window.settleTable?.(table);
      }
      mark(termsOf().filter((term) => term.length > 1));
      const rest = found.length - rows.length;
      more.hidden = !rest;
      more.firstChild.textContent = `Show ${Math.min(WINDOW, rest)} more of ${rest}`;
      more.lastChild.hidden = Boolean(folder);
    }

    function show() {
      found = rowsOf(termsOf());
      if (order) {
        const ranks = order.column.ranks ??= order.column.cells.map(rankOf);
        const direction = order.down ? -1 : 1;
        found.sort((a, b) => direction * (ranks[a] < ranks[b] ? -1 : ranks[a] > ranks[b] ? 1 : 0));
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
    async function reveal() {
      let id = location.hash.slice(1);
      try {
        id = decodeURIComponent(id);
      } catch { /* a bare % is one */ }
      const row = id ? ids.indexOf(id) : -1;
      if (row < 0) return;
      if (!found.includes(row)) {
        reset();
        changed();
      }
      if (!nodes[row]?.isConnected) {
        size = Math.ceil((found.indexOf(row) + 1) / WINDOW) * WINDOW;
        await draw();
      }
      if (nodes[row].matches(":target")) return;
      location.replace(location.hash); // marks it
      nodes[row].scrollIntoView({ behavior: "instant" });
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
    const showMore = async (rows) => {
      const next = found[size];
      size += rows;
      await draw();
      nodes[next].querySelector("a[href]")?.focus(); // the button moved below what came
    };
    more.firstChild.addEventListener("click", () => showMore(WINDOW));
    more.lastChild.addEventListener("click", () => showMore(Infinity));
    link.addEventListener("click", async () => {
      await window.copyText(location.href);
      document.getElementById("said").textContent = "Link copied";
      link.textContent = "Copied";
      setTimeout(() => { link.textContent = "Copy link to these rows"; }, 2000);
    });
    save.addEventListener("click", () => {
      const lines = found.map((row) => [ids[row] || columns[0].cells[row], ...columns.slice(1).map(({ cells }) => cells[row])]);
      window.saveCsv(table, columns.map(({ name }) => name), lines);
    });
    if (!folder) {
      addEventListener("beforeprint", () => { size = Infinity; draw(); });
      addEventListener("afterprint", () => { size = WINDOW; draw(); });
    }
    // A link to a row is an entry of the history too, with the same choices.
    addEventListener("popstate", () => { if (location.search !== loaded) load(); });
    addEventListener("hashchange", reveal);
    load();
    reveal();
    table.classList.add("ready");
  }

  for (const table of document.querySelectorAll("table.explorer")) {
    enhance(table).catch(() => table.classList.add("ready")); // a file is lacking: what is there is shown
  }
})();
