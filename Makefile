# `make` alone lists what there is. Everything is installed into this folder (.venv, pwa/node_modules);
# only the browser and its fonts, which tests need, come from the system's packages.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PORT ?= 8000
STORE ?= files
ARGS ?=

PY := .venv/bin/python
UV := .venv/bin/uv
PYTEST := $(PY) -m pytest -q
# Compiled once, not at each of the many starts of a server that the tests make, whatever the machine is set to.
export PYTHONDONTWRITEBYTECODE :=
# A file stays with one worker: what its tests share is built once.
BY_FILE := -n 2 --dist loadfile
OUTPUT := tests/output

# Vite 8 wants Node 20.19 or 22.12 and later. A machine without it gets one from a package, into .venv.
NODE_FITS := $(shell command -v npm >/dev/null && node -e 'const [a, b] = process.versions.node.split(".").map(Number); \
	process.exit((a === 20 && b >= 19) || (a === 22 && b >= 12) || a > 22 ? 0 : 1)' 2>/dev/null && echo yes)
ifeq ($(NODE_FITS),)
export PATH := $(CURDIR)/.venv/bin:$(PATH)
NODE := .make/node
endif

PWA_SOURCES := $(shell find pwa schemas/data -name node_modules -prune -o -name dist -prune -o -type f -print)

##@ Use it
.PHONY: help setup run
help: ## this list
	@awk 'BEGIN { FS = ":.*## " } /^##@ / { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-17s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: .make/requirements pwa/dist/index.html ## install what running needs and build the pages

run: setup ## serve the demo district at http://127.0.0.1:8000 (PORT=8000, STORE=s3 for a real S3 server)
	@PORT=$(PORT) STORE=$(STORE) .ci/serve

##@ Check it
.PHONY: lint lint-python lint-imports lint-web lint-generated lint-repository
lint: lint-python lint-imports lint-web lint-generated lint-repository ## every check that runs nothing

lint-python: .make/requirements-dev ## style, types
	@echo "» ruff"; .venv/bin/ruff check --quiet . && .venv/bin/ruff format --quiet --check .
	@echo "» mypy"; .venv/bin/mypy --no-error-summary

lint-imports: .make/requirements-dev ## schemas <- storage <- server, and the slices' order
	@echo "» imports"; mkdir -p $(OUTPUT); PYTHONPATH=. .venv/bin/lint-imports --no-cache >$(OUTPUT)/imports.txt || { cat $(OUTPUT)/imports.txt; exit 1; }

lint-web: pwa/node_modules/.package-lock.json ## types and style of the pages
	@echo "» vue-tsc"; cd pwa && npm run --silent typecheck
	@echo "» eslint"; cd pwa && npm run --silent lint

lint-generated: .make/requirements-dev pwa/node_modules/.package-lock.json ## openapi.json and schema.d.ts are current
	@echo "» generated files"; .ci/generate --check

lint-repository: .make/requirements-dev pwa/dist/index.html ## sizes, citations, catalogues, addresses, compose file
	@echo "» repository"; $(PYTEST) tests/lint --junitxml=$(OUTPUT)/lint.xml $(ARGS)

.PHONY: test test-unit test-web test-integration test-contract test-faults test-browser
test: test-unit test-web test-integration test-contract test-faults test-browser ## every test, quickest first (ARGS='-k name' narrows the Python ones)

test-unit: .make/requirements-dev ## pure rules
	@echo "» unit"; $(PYTEST) tests/unit --junitxml=$(OUTPUT)/unit.xml $(ARGS)

test-web: pwa/node_modules/.package-lock.json ## the pages' own tests
	@echo "» web"; mkdir -p $(OUTPUT); cd pwa && NO_COLOR=1 npx --no-install vitest run --reporter=dot --reporter=junit --outputFile.junit=../$(OUTPUT)/web.xml

test-integration: setup .make/requirements-dev ## the API on SQLite and on PostgreSQL, and a simulated year on each
	@echo "» integration"; $(PYTEST) $(BY_FILE) tests/integration tests/simulation --junitxml=$(OUTPUT)/integration.xml $(ARGS)

test-contract: .make/requirements-dev .make/office ## object stores, migrations, the wire, printed documents
	@echo "» contract"; $(PYTEST) tests/contract --junitxml=$(OUTPUT)/contract.xml $(ARGS)

test-faults: setup .make/requirements-dev ## kills and cuts, the quick numbers
	@if compgen -G 'tests/faults/test_*.py' >/dev/null; then \
		echo "» faults"; $(PYTEST) tests/faults --junitxml=$(OUTPUT)/faults.xml $(ARGS); fi

test-browser: setup .make/requirements-dev .make/browser ## the main job in a real Chromium
	@echo "» browser"; $(PYTEST) tests/browser --junitxml=$(OUTPUT)/browser.xml $(ARGS)

.PHONY: bench drill
bench: setup .make/requirements-dev ## timings against the floors; prints a table, asserts nothing
	@test -f tests/load/__main__.py || { echo "There are no load scripts yet (tests/load)."; exit 1; }
	@$(PY) -m tests.load $(ARGS)

drill: setup .make/requirements-dev .make/browser ## the fault tests, the simulated year, the killed browser and the fuzzed calls with their large numbers (some hours)
	@compgen -G 'tests/faults/test_*.py' >/dev/null || { echo "There are no fault tests yet (tests/faults)."; exit 1; }
	@XUNGAI_DRILL=1 $(PYTEST) tests/faults tests/simulation tests/browser/test_kills.py tests/contract/test_wire.py --timeout=4000 $(ARGS)

##@ Change it
.PHONY: format generate evidence lock clean
format: .make/requirements-dev ## put Python and the pages into their style
	@.venv/bin/ruff check --quiet --fix . ; .venv/bin/ruff format --quiet .

generate: .make/requirements-dev pwa/node_modules/.package-lock.json ## write openapi.json and schema.d.ts anew
	@.ci/generate

COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url
evidence: .make/requirements-dev ## judge every trick with photos and write docs/evidence.md anew (some minutes)
	@$(PY) -m tests.tricks

lock: .make/uv ## resolve the requirements anew, with hashes and without addresses
	@for name in requirements requirements-dev requirements-node requirements-uv; do \
		echo "» $$name.txt"; $(COMPILE) $$name.in --output-file $$name.txt; done

clean: ## remove what was installed and built (the data folder stays)
	@rm -rf .venv .make pwa/node_modules pwa/dist $(OUTPUT) .mypy_cache .ruff_cache .pytest_cache .hypothesis

# What is installed, and when it is stale.
.venv/pyvenv.cfg:
	@echo "» Python into .venv"; .ci/venv .venv; touch $@

.make/uv: .venv/pyvenv.cfg requirements-uv.txt
	@mkdir -p .make; $(PY) -m pip install --quiet --require-hashes -r requirements-uv.txt; touch $@

.make/requirements: .make/uv requirements.txt
	@echo "» what the server needs"; $(UV) pip install --quiet --require-hashes -r requirements.txt; touch $@

.make/requirements-dev: .make/uv .make/requirements requirements-dev.txt
	@echo "» what tests need"; $(UV) pip install --quiet --require-hashes -r requirements-dev.txt; mkdir -p $(OUTPUT); touch $@

.make/node: .make/uv requirements-node.txt
	@echo "» Node from a package"; $(UV) pip install --quiet --require-hashes -r requirements-node.txt; touch $@

.make/office: .ci/office
	@.ci/office; mkdir -p .make; touch $@

.make/browser: .ci/browser
	@.ci/browser; mkdir -p .make; touch $@

pwa/node_modules/.package-lock.json: pwa/package-lock.json pwa/.npmrc | $(NODE)
	@echo "» what the pages need"; cd pwa && npm ci --no-audit --no-fund --silent; touch node_modules/.package-lock.json

pwa/dist/index.html: pwa/node_modules/.package-lock.json $(PWA_SOURCES)
	@echo "» the pages"; cd pwa && NO_COLOR=1 VITE_CONFIG_NATIVE_IGNORE_WARNING=true npm run --silent build -- --logLevel warn; touch dist/index.html
