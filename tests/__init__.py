"""Tests: of the core, of the report, of the theme, and of the book that they make together."""
