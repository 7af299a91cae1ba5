"use strict";
// Settings of Sphinx's search: found words are not kept in the reader's browser, and a page opened
// from a file cannot fetch the others for their summaries.
var SPHINX_HIGHLIGHT_ENABLED = false;
if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
