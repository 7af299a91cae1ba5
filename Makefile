# make book     the book in _build/html, in an environment of its own in .venv; BOOK_URL=https://…/
#               tells its pages where they are, REPO_URL=https://… where an error can be reported
# make test     everything: data, package, notebooks, prose and the built book
# make check    seconds, between two edits: style, data, prose, tests of functions
# make execute  every notebook again
# make pdf      the pages that readers print, as one PDF, into _build/html (needs Chromium)
# make verify   the rows against the source copies: make verify SOURCE_COPIES=folder
# make links    ask every address that the book names whether it is still there
# make format   mend what can be mended of style
# make bench    times, beside plain jupyter-book
# make lock     requirements.txt anew from pyproject.toml
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
NOTEBOOKS := index.ipynb $(wildcard chapters/*.ipynb)
# Notebooks at a time: while one waits for its kernel to start, another can work.
JOBS := $(shell echo $$(( $$(getconf _NPROCESSORS_ONLN) + 1 )))
BUILT := _build/html/.built
RUN := $(NOTEBOOKS:%.ipynb=_build/run/%)
ROWS := $(wildcard data/* evidence/*.py)
PAGES := _config.yml _toc.yml references.bib $(wildcard *.md chapters/*.md _ext/* _static/* _templates/*)
export BOOK_URL REPO_URL

$(if $(shell [ -w . ] || echo no),$(error this folder cannot be written to: copy the project elsewhere))

# A fresh clone has outputs that were compared where the project is tested: it builds from them.
$(shell [ -d _build/run ] || { mkdir -p _build/run/chapters && touch $(RUN); })

# One build at a time, where the system can say so.
ALONE := $(if $(shell command -v flock),flock _build/lock)

.PHONY: book pages execute check test lint format pdf verify links bench lock clean
.DELETE_ON_ERROR:

book: $(BUILT)
	@echo "The book: $$($(BIN)/python -c 'import pathlib as p; print(p.Path("_build/html/index.html").resolve().as_uri())')"

$(BUILT): $(READY) $(PAGES) $(ROWS) $(NOTEBOOKS) Makefile
	@$(ALONE) $(MAKE) -s pages || { echo "make book: no new pages; those of the last build stay as they were" >&2; exit 1; }

# The pages come into being beside the last ones, from a copy in which Sphinx writes anew what
# changed, and take their place when all are right. What is saved meanwhile is newer than .built.
pages:
	@$(MAKE) -s _build/checked && $(MAKE) -s -j$(JOBS) $(RUN)
	@touch _build/began
	@rm -rf _build/next/_build/html
	@[ ! -d _build/next ] || [ ! -f $(BUILT) ] || [ -n "$$(find _toc.yml _config.yml $(wildcard _static _templates _ext/*.js) -newer $(BUILT))" ] \
	  || cp -a _build/html _build/next/_build/html
	@$(BIN)/jupyter-book build . --path-output _build/next -W -n --keep-going -q >/dev/null \
	  || { rm -rf _build/next; exit 1; }
	@touch -r _build/began _build/next/_build/html/.built
	@rm -rf _build/last && { [ ! -d _build/html ] || mv _build/html _build/last; }
	@mv _build/next/_build/html _build/html && rm -rf _build/last

_build/checked: $(ROWS) | $(READY)
	@$(BIN)/python -m evidence check
	@touch $@

$(RUN): _build/run/%: %.ipynb $(ROWS) | $(READY)
	@echo "executing $<"
	@$(BIN)/python -m evidence.run $< $@

execute: $(READY)
	@rm -rf _build/run && mkdir -p _build/run
	@$(MAKE) -s -j$(JOBS) $(RUN)

check: lint
	$(BIN)/python -m evidence check
	$(BIN)/python -m evidence prose $(NOTEBOOKS)
	$(BIN)/python -m pytest -q -m "not book and not browser and not slow"

test: check book pdf
	$(BIN)/python -m pytest -q --nbval -n 2 --dist loadscope $(NOTEBOOKS)
	$(BIN)/python -m pytest -q -n 2 --dist loadscope -m "book or browser or slow" tests

lint: $(READY)
	$(BIN)/ruff check -q
	$(BIN)/ruff format -q --check

format: $(READY)
	$(BIN)/ruff check -q --fix-only
	$(BIN)/ruff format -q

pdf: book
	$(BIN)/python _ext/pdf.py _build/html

verify: $(READY)
	$(BIN)/python -m evidence verify "$(SOURCE_COPIES)"

links: $(READY)
	-$(BIN)/jupyter-book build . -q --builder linkcheck

bench: book
	$(BIN)/python benchmarks/bench.py

lock: $(READY)
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --custom-compile-command "make lock" --group test --group dev pyproject.toml -o requirements.txt

clean:
	rm -rf _build

# uv comes first, by pip, at the version and with the hashes of the lock; it installs the rest.
$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit( \
	  "Python 3.11 or later is needed, and $(PYTHON) is " + sys.version.split()[0] + \
	  "; name a later one: make book PYTHON=python3.12")'
	$(PYTHON) -m venv --clear .venv
	awk '/^[a-z]/ { wanted = /^uv==/ } wanted' requirements.txt > .venv/uv.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r .venv/uv.txt
	$(BIN)/uv pip sync -q --python $(BIN)/python --require-hashes --compile-bytecode requirements.txt
	$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	touch $@
