"use strict";
// Shows what Sphinx's search finds, loaded after it: each page once, with its description from the
// list that the page holds anyway, and the sections whose titles have the words. Sphinx's own list
// would fetch every page found, which a page opened from a file cannot.
var SPHINX_HIGHLIGHT_ENABLED = false; // found words are not kept in the reader's browser

(() => {
  // [page, anchor, title] of each section whose title has all the words.
  function sections(words) {
    const { alltitles, docnames } = Search._index;
    return Object.entries(alltitles)
      .filter(([title]) => words.every((word) => title.toLowerCase().includes(word)))
      .flatMap(([title, places]) => places.map(([file, anchor]) => [docnames[file], anchor, title]))
      .filter(([, anchor]) => anchor);
  }

  function link(href, text) {
    const made = document.createElement("a");
    made.href = href;
    made.textContent = text;
    return made;
  }

  function addSections(item, found) {
    const page = item.querySelector("a").href;
    const list = document.createElement("ul");
    for (const [name, anchor, title] of found) {
      if (name !== item.dataset.page) continue;
      list.appendChild(document.createElement("li")).append(link(`${page}#${anchor}`, title));
    }
    if (list.children.length) item.append(list);
  }

  Search.performSearch = (query) => {
    const terms = Search._parseQuery(query);
    const words = [...terms[1]];
    const scores = new Map();
    for (const [page, , , , score] of Search._performSearch(...terms)) {
      scores.set(page, Math.max(score, scores.get(page) || 0));
    }
    const list = document.getElementById("search-results");
    const score = (item) => scores.get(item.dataset.page);
    const found = [...list.children].filter(score).sort((a, b) => score(b) - score(a));
    const titles = words.length ? sections(words) : [];
    for (const item of found) addSections(item, titles);
    list.replaceChildren(...found);
    const count = found.length === 1 ? "1 page" : `${found.length || "No"} pages`;
    document.getElementById("search-count").textContent = `${count} found for “${query}”`;
  };
})();
