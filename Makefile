# The words CI and people use alike. What each promises: docs/interfaces.md.
.PHONY: run test e2e check bench lint lint-types lint-rest lock bundle env dev front
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
# One stamp per lock file: a second start compares two dates and installs nothing.
BASE := .venv/.base
DEV := .venv/.dev
FRONT := node_modules/.stamp

run: $(BASE) $(FRONT)
	@exec $(MANAGE) serve

test: dev
	@$(BIN)/python -m tests.suite

e2e: dev
	@exec $(BIN)/python -m pytest tests/e2e

check: dev
	@$(BIN)/python -m tests.suite
	@$(MAKE) --no-print-directory lint

# BENCH_FRACTION=0.1 make bench is the short one; make bench ONLY=ladder (pages, boards, scan, funds, registers, ledgers, imports) measures one part.
bench: dev
	@exec $(BIN)/python -m tests.bench $(ONLY)

# The types take half of it: they are looked at beside the rest.
lint: dev
	@$(MAKE) --no-print-directory -j2 lint-types lint-rest

lint-types: dev
	$(BIN)/mypy .

lint-rest: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(MANAGE) makemigrations --check --dry-run
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/python -m tests.drift
	$(BIN)/hadolint Dockerfile
	$(BIN)/docker-compose --env-file docs/operations/compose.env -f docker-compose.yml -f docs/operations/outbound.yml config -q

lock: .venv/.bootstrap
	cd requirements && for name in bootstrap node base dev; do \
	  ../$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --universal \
	    --python-version 3.11 $$(test $$name = dev && echo -c base.txt) $$name.in -o $$name.txt || exit 1; done
	npm install --package-lock-only

# Everything a server without internet needs, in one file; installed once with the network cut off before it counts.
bundle: $(BASE) $(FRONT)
	@exec sh docs/operations/bundle.sh

env: $(BASE)
dev: $(DEV) $(FRONT)
front: $(FRONT)

.venv/bin/python:
	$(PYTHON) -m venv .venv

# uv installs three times as fast; where it has no wheel, pip does the same work.
.venv/.bootstrap: requirements/bootstrap.txt | .venv/bin/python
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $< 2>.venv/bootstrap.log \
	  || echo "uv is not to be had here; installing with pip."
	@touch $@

$(BASE): requirements/base.txt .venv/.bootstrap
	@sh requirements/install.sh $<
	@touch $@

$(DEV): requirements/dev.txt .venv/.bootstrap
	@sh requirements/install.sh $<
	@touch $(BASE) $@

$(FRONT): package-lock.json .npmrc | .venv/.bootstrap
	@PATH="$$PATH:$(CURDIR)/$(BIN)"; command -v npm >/dev/null \
	  || $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/node.txt
	@PATH="$$PATH:$(CURDIR)/$(BIN)" NODE_OPTIONS="$$NODE_OPTIONS --use-openssl-ca" npm ci --ignore-scripts --loglevel=error
	@touch $@
