"use strict";
// Finds words and numbers in the text of all pages, and shows the passages that have them. American
// and British spelling, singular and plural, and all kinds of quotes and hyphens are alike.

(() => {
  const MOST = 4; // passages shown of a page
  const CONTEXT = 130; // characters shown on each side of the first word found
  // American spelling stands for both; some words become none, as "rize", on both sides alike.
  const ALIKE = [
    [/[\u2018\u2019\u02bc]/g, "'"], [/[\u2010-\u2014\u2212]/g, "-"], [/[\u00a0\u2007\u202f]/g, " "],
    [/(?<=\d)[,\u2009'](?=\d{3}(?!\d))/g, ""],
    [/isation/g, "ization"], [/is(e[sdr]?|ing)\b/g, "iz$1"], [/ys(?=i[ns]|e)/g, "yz"],
    [/(?<=[a-z]{2})our(?=(s|ed|ing|al|able|ite)?s?\b)/g, "or"], [/([bt])re(?=[sd]?\b)/g, "$1er"],
    [/[æœ]|(?<=[chfkp]|an|on|yn|\b)ae|oe(?=de|so|st|t[aiu]|a\b|al\b)/g, "e"],
    [/ll(?=ed\b|ing\b|er)/g, "l"], [/ogue(?=s?\b)/g, "og"], [/amme(?=s?\b)/g, "am"], [/ence(?=s?\b)/g, "ense"],
    [/ulph/g, "ulf"], [/\bgrey/g, "gray"], [/ageing/g, "aging"], [/dgement/g, "dgment"],
  ];
  const NUMBERS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty";
  const PAIRS = [
    ["woman", "women"], ["man", "men"], ["child", "children"], ["person", "people"],
    ["criterion", "criteria"],
    ...NUMBERS.split(" ").map((word, place) => [word, String(place + 1)]),
  ];
  const OTHER = new Map(PAIRS.flatMap(([one, other]) => [[one, other], [other, one]]));

  const fold = (text) => ALIKE.reduce(
    (folded, [from, to]) => folded.replace(from, to),
    text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, ""),
  );
  const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

  // A number is found whole, but not at the end of a key; a word at its beginning and without its
  // ending, or as another name that the book has for it.
  function source(word) {
    if (/^\d/.test(word)) return `(?<!\\p{L}-?|\\d|\\d[.,])${escape(word)}(?!\\d|[.,]\\d)`;
    const stem = word.length > 4 ? word.replace(/(ies|is|y|es|s|e)$/, "") : word.replace(/s$/, "");
    return `(?<!\\p{L})${escape(stem)}\\p{L}*`;
  }

  function pattern(word, names) {
    const others = [...(names[word] || []), ...(OTHER.has(word) ? [OTHER.get(word)] : [])].map((name) => fold(name).split(" ").map(source).join(" "));
    return new RegExp([source(word), ...others].join("|"), "u");
  }

  function link(href, text) {
    const made = document.createElement("a");
    made.href = href;
    made.textContent = text;
    return made;
  }

  // The passage around the first word found; all words found are marked. A word is compared as the
  // query is, so that the marks stand in the passage as it is written.
  function excerpt(text, patterns) {
    const words = [...text.matchAll(/[\p{L}\d]+(['’.,-][\p{L}\d]+)*/gu)];
    const isFound = ({ 0: word, index }) => patterns.some((found) => {
      const at = fold(text.slice(index, index + 60)).search(found);
      return at === 0 || (at > 0 && at < word.length);
    });
    const found = words.filter(isFound);
    const middle = found[0]?.index || 0;
    const from = text.lastIndexOf(" ", Math.max(middle - CONTEXT, 0)) + 1;
    const to = middle + CONTEXT < text.length ? text.lastIndexOf(" ", middle + CONTEXT) : text.length;
    const shown = document.createElement("span");
    let at = from;
    if (from) shown.append("… ");
    for (const { 0: word, index } of found.filter((match) => match.index >= from && match.index < to)) {
      shown.append(text.slice(at, index));
      shown.appendChild(document.createElement("mark")).textContent = word;
      at = index + word.length;
    }
    shown.append(text.slice(at, Math.max(at, to)), to < text.length ? " …" : "");
    return shown;
  }

  // What a page has of the words; null if it lacks one of them.
  function search(title, passages, patterns) {
    const lacking = new Set(patterns);
    const found = [];
    let score = 0;
    for (const [anchor, text] of [["", `#${title}`], ...passages]) {
      const folded = fold(text);
      const has = patterns.filter((word) => word.test(folded));
      if (!has.length) continue;
      has.forEach((word) => lacking.delete(word));
      const isTitle = text.startsWith("#");
      const worth = has.length ** 2;
      score += worth * (isTitle ? 10 : 1);
      if (text === `#${title}`) score += 200 * worth;
      else found.push({ anchor, text: isTitle ? text.slice(1) : text, worth: worth + (isTitle ? 0.5 : 0) });
    }
    found.sort((a, b) => b.worth - a.worth);
    return lacking.size ? null : { score, found };
  }

  function show(query, text, names) {
    const words = fold(query).match(/[\p{L}\d]+(['.,-][\p{L}\d]+)*/gu) || [];
    const patterns = words.map((word) => pattern(word, names));
    const list = document.getElementById("search-results");
    const results = patterns.length
      ? [...list.children].flatMap((item) => {
        const page = item.querySelector("a");
        const result = search(page.textContent, text[item.dataset.page] || [], patterns);
        return result ? [{ item, page, ...result }] : [];
      })
      : [];
    results.sort((a, b) => b.score - a.score);
    for (const { item, page, found } of results) {
      const passages = item.appendChild(document.createElement("ul"));
      for (const { anchor, text: passage } of found.slice(0, MOST)) {
        const place = link(`${page.href}${anchor && `#${anchor}`}`, "");
        place.append(excerpt(passage, patterns));
        passages.appendChild(document.createElement("li")).append(place);
      }
      if (!found.length) passages.remove();
    }
    list.replaceChildren(...results.map(({ item }) => item));
    const count = results.length === 1 ? "1 page" : `${results.length || "No"} pages`;
    document.getElementById("search-count").textContent = `${count} found for “${query}”`;
  }

  // Called by searchtext.js, once it is there.
  window.bookText = (text, names) => {
    const query = new URLSearchParams(location.search).get("q")?.trim();
    if (!query) return;
    document.getElementById("search").value = query;
    show(query, text, names);
  };
})();
