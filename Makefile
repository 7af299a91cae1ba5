# make book     build the book into _build/html, in an environment of its own in .venv;
#               with BOOK_URL=https://example.org/book/ its pages also tell where they are, with
#               REPO_URL=https://example.org/people/book where an error can be reported
# make check    seconds, for between two edits: lint, the data, tests of functions, stale notebooks
# make test     everything: the data, the packages, the notebooks, the built book
# make notebooks  execute every notebook and compare each output with the one that is stored (nbval)
# make lint     style, types and dependencies; make format mends what can be mended
# make pdf      the pages and, beside them, the book as a PDF
# make epub     the pages and, beside them, the book as an EPUB
# make bundle   the pages and, beside them, all that they are made from, as one archive
# make editions all that is published, anew: pages, bundle, PDF, EPUB; the same bytes each time
# make execute  execute every notebook again
# make renew    write everything that is generated again, the README too: make renew SOURCE_COPIES=folder
# make links    ask every address that the book names whether it is still there
# make verify   hold the rows against the source copies: make verify SOURCE_COPIES=folder
# make bench    time the parts of a build, as ratios to plain jupyter-book
# make mutants  plant faults in evidence/ and report/ and name those that no test notices
# make wreck    damage data, notebooks, settings and copies, and name what nothing notices
# make lock     renew requirements.txt from the dependencies in pyproject.toml
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

# Images of containers often say so; each of a hundred processes would compile the libraries anew.
unexport PYTHONDONTWRITEBYTECODE

# Said at once: the build would say it last, below a traceback.
$(if $(BOOK_URL),$(if $(filter http://% https://%,$(BOOK_URL)),,$(error \
  BOOK_URL must look like https://example.org/book/)))

# The pages link to the editions that are made along with them.
export EDITIONS ?= $(filter pdf epub,$(MAKECMDGOALS))

PAGES = $(BIN)/jupyter-book build . -W -n --keep-going -q
EDITION = $(PAGES) --builder custom --custom-builder
COVERAGE = -m slipcover --source evidence,report --skip-covered
SAY = echo "The book: $(CURDIR)/$$(ls _build/html/*.$@)"

# What the pages come from, folders too: they tell of files that went. The addresses that the pages
# carry, and the editions that they link to, are kept in a file that is written when they change.
INPUTS = $(shell find *.yml *.ipynb *.bib *.cff *.md requirements.txt chapters data evidence report \
  _ext _templates _static ! -name '*.pyc' ! -name __pycache__ | sed 's/ /\\ /g')
ADDRESSES := _build/.addresses
$(shell mkdir -p _build; echo '$(BOOK_URL) $(REPO_URL) $(EDITIONS)' > $(ADDRESSES).new; \
  if cmp -s $(ADDRESSES).new $(ADDRESSES); then rm $(ADDRESSES).new; else mv $(ADDRESSES).new $(ADDRESSES); fi)

.PHONY: book pdf epub bundle editions check functions sound test notebooks lint format execute renew verify links bench bench-growth mutants wreck lock clean

book: _build/.built
	@echo "The book: file://$(CURDIR)/_build/html/index.html"

_build/.built: $(READY) $(ADDRESSES) $(INPUTS)
	$(BIN)/python -m evidence check
	$(BIN)/python -m evidence execute
	$(PAGES)
	@$(BIN)/python -m evidence export _build/html
	@touch $@

# Both after the pages, whose reading they share; then one beside the other.
pdf: book
	$(EDITION) singlehtml
	cp _build/singlehtml/*.pdf _build/html/
	@$(SAY)

epub: book
	rm -rf _build/epub
	$(EDITION) epub
	cp _build/epub/*.epub _build/html/
	@$(SAY)

# It also holds what the pages do not come from, such as the tests.
bundle: $(READY)
	rm -f _build/.built
	$(MAKE) book
	@echo "The bundle: $(CURDIR)/$$(ls _build/html/*-[0-9]*.zip)"

editions: $(READY)
	rm -rf _build/html _build/.built
	$(MAKE) -j2 pdf epub EDITIONS="pdf epub"

# Side by side; what they say stays together where make can keep it (from 4.0 on).
check: $(READY)
	@$(MAKE) -s -j2 $(if $(filter output-sync,$(.FEATURES)),--output-sync=target) \
	  functions sound

functions:
	$(BIN)/python -m pytest -q -m "not slow and not package and not copies and not book and not browser" \
	  tests/core tests/report

sound: lint
	$(BIN)/python -m evidence check
	$(BIN)/python -m evidence stale

# Most of what makes the editions keeps one core busy, so the notebooks have the other.
test: $(READY)
	$(BIN)/python -m evidence execute
	$(MAKE) -j2 editions notebooks
	$(BIN)/python $(COVERAGE) -m pytest -n auto --dist loadgroup tests

notebooks: $(READY)
	JUPYTER_DEFAULT_PROVISIONER_NAME=forked $(BIN)/python -m pytest \
	  --nbval --nbval-sanitize-with tests/nbval.cfg index.ipynb chapters

lint: $(READY)
	$(BIN)/ruff check -q
	$(BIN)/ruff format -q --check
	$(BIN)/mypy --no-error-summary
	$(BIN)/deptry .
	@told=$$($(BIN)/lint-imports --no-cache) || { echo "$$told"; false; }
	$(BIN)/zizmor -q --offline .github

format: $(READY)
	$(BIN)/ruff check -q --fix-only
	$(BIN)/ruff format -q

execute: $(READY)
	$(BIN)/python -m evidence execute --all

renew: $(READY)
	$(BIN)/python -m evidence renew $(if $(SOURCE_COPIES),"$(SOURCE_COPIES)")
	$(BIN)/python -m evidence execute
	$(BIN)/python -m report readme

verify: $(READY)
	$(BIN)/python -m evidence verify "$(SOURCE_COPIES)"

# What it finds is in _build/linkcheck; it fails where many a publisher only turns programs away.
links: $(READY)
	-$(BIN)/jupyter-book build . -q --builder custom --custom-builder linkcheck

bench: $(READY)
	$(BIN)/python benchmarks/bench.py

bench-growth: $(READY)
	$(BIN)/python -m benchmarks.growth

mutants: $(READY)
	$(BIN)/python benchmarks/mutants.py $(MODULES)

wreck: $(READY)
	$(BIN)/python -m evidence execute
	SOURCE_COPIES="$(SOURCE_COPIES)" $(BIN)/python benchmarks/wreck.py

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
	$(BIN)/uv pip sync -q --python $(BIN)/python --require-hashes requirements.txt
	$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	touch $@
