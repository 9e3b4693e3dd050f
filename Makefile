# The verbs of this project: what people type, and what .ci/run calls.
# They need python3 (3.11 or newer), make and git; everything else is brought by the set-up below.

PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python
UV     := $(VENV)/bin/uv pip
LOCK   := $(UV) compile --quiet --universal --python-version 3.11 --generate-hashes \
          --no-header --annotation-style line --no-emit-index-url --no-emit-find-links

export UV_PYTHON_DOWNLOADS := never

.DEFAULT_GOAL := help
.PHONY: help demo test check format bench crash soak docs lock upgrade snapshot clean \
        check-format check-lint check-types check-ty check-plan check-sizes check-addresses

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.run ## set up, then ten years of viewing read from a local Trakt and turned into statistics (ONCE=1: end after the tables)
	@WATCHPRINT_HOME="$(CURDIR)/.watchprint-demo" ONCE="$(ONCE)" $(VENV)/bin/watchprint demo

test: $(VENV)/.dev ## set up, then every test, part by part, with the time of each
	@$(PY) scripts/run_parts.py

check: check-format check-lint check-types check-ty check-plan check-sizes check-addresses ## format, lint, types, the plan of imports, sizes, addresses

check-format: $(VENV)/.dev
	$(VENV)/bin/ruff format --check .

check-lint: $(VENV)/.dev
	$(VENV)/bin/ruff check .

check-types: $(VENV)/.dev
	$(VENV)/bin/mypy

check-ty: $(VENV)/.dev
	$(VENV)/bin/ty check

check-plan: $(VENV)/.dev
	$(VENV)/bin/lint-imports --no-logo

check-sizes: $(VENV)/.dev
	$(PY) scripts/check_sizes.py

check-addresses: $(VENV)/.dev
	$(PY) scripts/check_addresses.py

format: $(VENV)/.dev ## format the code and sort its imports
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

bench: $(VENV)/.dev ## side-by-side measurements, ratios in one run
	@$(PY) -m bench

crash: $(VENV)/.dev ## the tests that kill processes, N kills each (make crash N=500)
	@WATCHPRINT_KILLS=$(or $(N),200) $(PY) -m pytest -q tests/trakt/test_tokens.py tests/crash/test_sync_killed.py -k kill

soak: $(VENV)/.dev ## the property tests with N examples each (make soak N=5000)
	@WATCHPRINT_EXAMPLES=$(or $(N),2000) $(PY) -m pytest -q -n 2 tests -m "hypothesis and not shared"

docs: $(VENV)/.dev ## the pages of docs/ into build/docs; a broken link or example is an error
	@$(PY) scripts/build_docs.py

snapshot: $(VENV)/.dev ## write down anew the public API, the pages and pictures made by the program, after a change that was meant
	@$(PY) scripts/public_api.py --write
	@$(PY) scripts/generated_pages.py
	@$(PY) scripts/insight_pictures.py

lock: $(VENV)/.uv ## make the locks again after a change of pyproject.toml (versions stay where they can)
	$(LOCK) requirements/uv.in --output-file requirements/uv.txt
	$(LOCK) pyproject.toml --all-extras --group dev -c requirements/uv.txt --output-file requirements/dev.txt
	$(LOCK) pyproject.toml --extra app --extra sandbox --group build \
	        -c requirements/dev.txt --output-file requirements/run.txt

upgrade: ## make the locks again with the newest versions
	rm -f requirements/dev.txt requirements/run.txt
	@$(MAKE) lock

clean: ## remove what the recipes made: environment, caches, builds, the demo's home
	rm -rf $(VENV) .cache build dist .mypy_cache .ruff_cache .import_linter_cache .hypothesis .pytest_cache .watchprint-demo
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the set-up: each stamp is remade when what it was made from has changed

$(VENV)/.uv: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Watchprint needs Python 3.11 or newer, and '$(PYTHON)' is not. Name another: make PYTHON=python3.12 ..." >&2; exit 1; }
	@echo "Setting up $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

$(VENV)/.run: $(VENV)/.uv pyproject.toml requirements/run.txt
	@$(UV) install --quiet --python $(PY) --require-hashes -r requirements/run.txt
	@$(UV) install --quiet --python $(PY) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.uv pyproject.toml requirements/dev.txt
	@$(UV) sync --quiet --python $(PY) --require-hashes requirements/dev.txt
	@$(UV) install --quiet --python $(PY) --no-deps --no-build-isolation --editable .
	@touch $(VENV)/.run $@
