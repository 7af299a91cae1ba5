"use strict";
// Settings of Sphinx's search, loaded after it: found words are not kept in the reader's browser,
// a page opened from a file cannot fetch the others for their summaries, and a summary shows the
// text alone, the cells of a table apart.
var SPHINX_HIGHLIGHT_ENABLED = false;
if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

Search.htmlToText = (html) => {
  const article = new DOMParser().parseFromString(html, "text/html").querySelector("article");
  article.querySelectorAll(".headerlink, details.code, script, thead").forEach((e) => e.remove());
  article.querySelectorAll("th, td, caption, p, h1, h2, h3").forEach((e) => e.append(" · "));
  return article.textContent.replace(/[\s·]+·[\s·]+/g, " · ");
};
