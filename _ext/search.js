"use strict";
// On top of Sphinx's search: a page counts by where the words of a query stand in it (its title, its
// index entries, its headings, its text), rare words count more, pages for researchers less. Words
// are alike with and without their hyphen, in British and in American spelling; numbers count too.
// Sphinx puts this into language_data.js, which Furo loads after searchtools.js.

(() => {
  const WEIGHTS = { entry: 30, title: 15, heading: 6, text: 2 };
  const FOR_RESEARCHERS = /codebook|explorer|references/;
  const LENGTH = 240; // of an excerpt
  const wordsOf = (text) => text.normalize("NFKC").toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];

  // Words without their endings, and most spellings of Britain as those of America.
  const american = (stem) => stem.replace(/[ao]e/g, "e").replace(/our/g, "or").replace(/([bt])r$/, "$1er")
    .replace(/(?<=.{4})[iy][sz]e?$/, "");
  const alike = (word) => american(new Stemmer().stemWord(word));

  // Where each word stands: word, then page, then the best of the weights.
  function tableOf({ titles, alltitles, indexentries, terms }) {
    const table = new Map();
    function add(key, page, kind) {
      if (!table.has(key)) table.set(key, new Map());
      const pages = table.get(key);
      pages.set(page, Math.max(pages.get(page) || 0, WEIGHTS[kind]));
    }
    for (const [term, pages] of Object.entries(terms)) [pages].flat().forEach((page) => add(american(term), page, "text"));
    for (const [title, places] of Object.entries(alltitles))
      for (const [page] of places) wordsOf(title).forEach((word) => add(alike(word), page, titles[page] === title ? "title" : "heading"));
    for (const [entry, places] of Object.entries(indexentries))
      for (const [page] of places) wordsOf(entry).forEach((word) => add(alike(word), page, "entry"));
    return table;
  }

  // Words of a query as the table has them: auto-immune is one word there, long-covid two.
  function typed(query, table) {
    const words = query.trim().split(/\s+/).flatMap((word) => {
      const parts = wordsOf(word.replace(/['\u2019]s$/, ""));
      return parts.length > 1 && table.has(alike(parts.join(""))) ? [parts.join("")] : parts;
    });
    const telling = words.filter((word) => !stopwords.includes(word));
    return telling.length ? telling : words;
  }

  function pagesOf(term, table) {
    if (table.has(term) || term.length < 4) return table.get(term) || new Map();
    const pages = new Map();
    for (const [word, places] of table)
      if (word.startsWith(term)) places.forEach((weight, page) => pages.set(page, Math.max(pages.get(page) || 0, weight / 2)));
    return pages;
  }

  // Heading or entry of a page that has all words.
  function placeOf(page, terms, { titles, alltitles, indexentries }) {
    const hasAll = (text) => [...terms].every((term) => wordsOf(text).map(alike).includes(term));
    const places = [...Object.entries(alltitles), ...Object.entries(indexentries)];
    for (const [text, found] of places)
      for (const [number, anchor] of found)
        if (number === page && anchor && text !== titles[page] && hasAll(text)) return [anchor, text];
    return ["", ""];
  }

  Search._parseQuery = (query) => {
    const words = typed(query, tableOf(Search._index));
    return [query, new Set(words.map(alike)), new Set(), new Set(words), new Set()];
  };

  Search._performSearch = (query, terms) => {
    const index = Search._index;
    const table = tableOf(index);
    const scores = new Map();
    for (const term of terms) {
      const pages = pagesOf(term, table);
      const rarity = Math.log(1 + index.titles.length / pages.size);
      pages.forEach((weight, page) => scores.set(page, (scores.get(page) || 0) + weight * rarity));
    }
    document.getElementById("search-progress")?.replaceChildren();
    return [...scores].map(([page, score]) => {
      const name = index.docnames[page];
      const [anchor, text] = placeOf(page, terms, index);
      const title = text ? `${index.titles[page]} › ${text}` : index.titles[page];
      return [name, title, anchor && `#${anchor}`, null, FOR_RESEARCHERS.test(name) ? score / 4 : score, index.filenames[page]];
    }).sort((one, other) => one[4] - other[4]);
  };

  // An excerpt begins with the first sentence that has most of the words; cells come last.
  Search.makeSearchSummary = (text, terms, anchor) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    const place = anchor ? page.querySelector(anchor) : null;
    const main = (place?.matches("dt") ? place.nextElementSibling : place) || page.querySelector('[role="main"]');
    main.querySelectorAll(".analysis, .page-links, .csv, .headerlink").forEach((part) => part.remove());
    const count = (words) => [...terms].filter((term) => words.some((word) => word.startsWith(term))).length;
    let best = ["", -1];
    for (const block of [...main.querySelectorAll("p:not(td p, th p)"), ...main.querySelectorAll("td p, th p")]) {
      const sentences = block.textContent.replace(/\s+/g, " ").trim().split(/(?<=[.?!]”?) (?=[A-Z“])/);
      sentences.forEach((sentence, place) => {
        const number = count(wordsOf(sentence).map(alike));
        if (number > best[1]) best = [sentences.slice(place).join(" "), number];
      });
    }
    const [words] = best;
    const short = words.length > LENGTH ? `${words.slice(0, words.lastIndexOf(" ", LENGTH))} …` : words;
    return Object.assign(document.createElement("p"), { className: "context", textContent: short });
  };
})();
