# Everything a newcomer types. Needs Python >= 3.11 and make; e2e, manifest-check and playground need Node >= 20 too.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
E2E := tests/e2e

.DEFAULT_GOAL := help
.PHONY: help run demo test check format bench e2e pictures manifest-check playground lock

help: ## show this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/ready ## set everything up and start the bot on http://127.0.0.1:3978
	$(PY) bot.py serve

demo: $(VENV)/ready $(E2E)/node_modules/.package-lock.json ## a whole round on a stated clock with made figures, in the Playground
	PYTHON=$(CURDIR)/$(PY) node $(E2E)/playground.mjs demo

test: $(VENV)/ready-dev ## the whole test suite, on SQLite and on PostgreSQL
	$(PY) -m pytest -q

check: $(VENV)/ready-dev ## format, lint, types and layout
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

format: $(VENV)/ready-dev ## put the code into its one form
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

bench: $(VENV)/ready ## how fast it is beside a stock bot and plain HTTP; BENCH=--quick, BENCH=--write
	$(PY) -m benchmarks $(BENCH)

e2e: $(VENV)/ready $(E2E)/node_modules/.package-lock.json ## the real Agents Playground in headless Chromium
	PYTHON=$(CURDIR)/$(PY) node $(E2E)/run.mjs

pictures: $(VENV)/ready $(E2E)/node_modules/.package-lock.json ## draw every kind of card anew for docs/pictures
	PYTHON=$(CURDIR)/$(PY) node $(E2E)/run.mjs pictures

manifest-check: $(VENV)/ready-dev $(E2E)/node_modules/.package-lock.json ## the app package against Microsoft's own schema
	$(PY) -m pytest -q tests/bplan_bot/test_package.py

playground: $(E2E)/node_modules/.package-lock.json ## the Agents Playground against the running bot
	node $(E2E)/playground.mjs

lock: ## compile requirements*.txt anew (needs uv)
	for name in requirements requirements-dev; do \
	  uv pip compile --universal --python-version 3.11 --generate-hashes -q --custom-compile-command "make lock" \
	    --no-emit-index-url --no-emit-find-links $$name.in -o $$name.txt || exit 1; \
	done

# Each file marks what the virtual environment holds, so that a second run installs nothing.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Bplan-bot needs Python 3.11 or newer; name one with: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/ready: requirements.txt | $(VENV)/bin/python
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/ready-dev: requirements-dev.txt $(VENV)/ready
	$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(E2E)/node_modules/.package-lock.json: $(E2E)/package-lock.json
	@command -v npm > /dev/null || { echo "Node.js 20 or newer with npm is missing: get it from nodejs.org or your package manager."; exit 2; }
	cd $(E2E) && npm ci --no-audit --no-fund
	@touch $@
