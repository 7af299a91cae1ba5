# make book     build the book into _build/html, in an environment of its own in .venv;
#               with BOOK_URL=https://example.org/book/ its pages also tell where they are, with
#               REPO_URL=https://example.org/people/book where an error can be reported
# make check    seconds, for between two edits: lint, the data, tests on made data, stale notebooks
# make test     everything: the data, the packages, the notebooks, the built book
# make lint     style, types and dependencies; make format mends what can be mended
# make pdf      the book as a PDF, beside the pages; a minute or two
# make epub     the book as an EPUB, beside the pages
# make execute  execute every notebook again
# make readme   write what the README says and shows of the findings again
# make verify   hold the rows against the source copies: make verify SOURCE_COPIES=folder
# make bench    time the parts of a build, as ratios to plain jupyter-book
# make mutants  plant faults in evidence/ and report/ and name those that no test notices
# make lock     renew requirements.txt from the dependencies in pyproject.toml
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

# Said at once: the build would say it last, below a traceback.
$(if $(BOOK_URL),$(if $(filter http://% https://%,$(BOOK_URL)),,$(error \
  BOOK_URL must look like https://example.org/book/)))

EDITION = $(BIN)/jupyter-book build . -W -n --keep-going -q --path-output _build/$@ --builder custom --custom-builder
COVERAGE = --cov --cov-report=term:skip-covered
KEEP = mkdir -p _build/html && cp _build/$@/_build/*/*.$@ _build/html/ && echo "The book: $(CURDIR)/$$(ls _build/html/*.$@)"

# What the pages come from, folders too: they tell of files that went. The addresses that the pages
# carry are kept in a file that is written when they change; what lies beside the pages is linked.
INPUTS = $(shell find *.yml *.ipynb *.bib *.cff *.md requirements.txt chapters data evidence report \
  booktheme _static ! -name '*.pyc' ! -name __pycache__ | sed 's/ /\\ /g')
ADDRESSES := _build/.addresses
$(shell mkdir -p _build; echo '$(BOOK_URL) $(REPO_URL)' > $(ADDRESSES).new; \
  if cmp -s $(ADDRESSES).new $(ADDRESSES); then rm $(ADDRESSES).new; else mv $(ADDRESSES).new $(ADDRESSES); fi)

.PHONY: book pdf epub check test lint format execute readme verify bench mutants lock clean

book: _build/.built
	@echo "The book: file://$(CURDIR)/_build/html/index.html"

_build/.built: $(READY) $(ADDRESSES) $(INPUTS) $(wildcard _build/html/*.pdf _build/html/*.epub)
	$(BIN)/python -m evidence check
	$(BIN)/python -m evidence execute
	$(BIN)/jupyter-book build . -W -n --keep-going -q
	@touch $@

# The next build of the pages links to what these leave beside them.
pdf: $(READY)
	$(BIN)/python -m evidence execute
	$(EDITION) singlehtml
	@$(KEEP)

epub: $(READY)
	$(BIN)/python -m evidence execute
	$(EDITION) epub
	@$(KEEP)

check: lint
	$(BIN)/python -m evidence check
	$(BIN)/python -m pytest -q -n auto --dist loadfile \
	  -m "not slow and not copies and not book and not browser" tests/core tests/report
	$(BIN)/python -m evidence stale

# The PDF takes one processor for minutes: the other sets the e-book and the pages.
test: $(READY)
	$(BIN)/python -m evidence execute
	$(MAKE) -j2 pdf epub
	$(MAKE) book
	$(BIN)/python -m pytest -n auto $(COVERAGE) tests
	JUPYTER_DEFAULT_PROVISIONER_NAME=forked $(BIN)/python -m pytest -n auto --dist loadscope \
	  --nbval --nbval-sanitize-with tests/nbval.cfg index.ipynb chapters

lint: $(READY)
	$(BIN)/ruff check -q
	$(BIN)/ruff format -q --check
	$(BIN)/mypy --no-error-summary
	$(BIN)/deptry .

format: $(READY)
	$(BIN)/ruff check -q --fix-only
	$(BIN)/ruff format -q

execute: $(READY)
	$(BIN)/python -m evidence execute --all

readme: $(READY)
	$(BIN)/python -m evidence execute
	$(BIN)/python -m report readme

verify: $(READY)
	$(BIN)/python -m evidence verify "$(SOURCE_COPIES)"

bench: $(READY)
	$(BIN)/python benchmarks/bench.py

mutants: $(READY)
	$(BIN)/python benchmarks/mutants.py $(MODULES)

lock: $(READY)
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --custom-compile-command "make lock" --group test --group dev pyproject.toml -o requirements.txt

clean:
	rm -rf _build

# uv comes first, by pip, at the version and with the hashes of the lock; it installs the rest.
$(READY): requirements.txt pyproject.toml
	$(PYTHON) -m venv --clear .venv
	awk '/^[a-z]/ { wanted = /^uv==/ } wanted' requirements.txt > .venv/uv.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r .venv/uv.txt
	$(BIN)/uv pip sync -q --python $(BIN)/python --require-hashes requirements.txt
	$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	touch $@
