# Two commands: `make run` starts everything, `make test` checks everything.
# PYTHON=/path/to/python3 chooses an interpreter; else the first one that is new enough is taken.

SHELL := /bin/sh
CANDIDATES := $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11)
BIN := .venv/bin
PY := $(BIN)/python
READY := .venv/.ready
CLIENTS := tests/api/clients
# Servers and databases are shared among the test processes, so more of them stop paying early.
TEST_PROCESSES ?= auto
PYTEST_ARGS ?=
PIP := $(PY) -m pip --disable-pip-version-check --no-input
LOCK := $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header

.PHONY: help setup run test lint contract eval eval-large bench lock clean

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile

setup: $(READY) ## create the environment, exactly as locked

$(READY): requirements-dev.lock pyproject.toml
	@for candidate in $(CANDIDATES); do \
	  if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then chosen=$$candidate; break; fi; \
	done; \
	if [ -z "$$chosen" ]; then \
	  echo "Qawl needs Python 3.11 or later; none of these is: $(CANDIDATES). Say which one: make setup PYTHON=/path/to/python3" >&2; exit 1; \
	fi; \
	echo "Setting up the environment in .venv with $$("$$chosen" --version) ..."; \
	"$$chosen" -m venv .venv || \
	  { echo "Python could not create a virtual environment; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@$(PIP) install -qq --require-hashes -r requirements-dev.lock
	@$(PIP) install -qq --no-deps --no-build-isolation -e .
	@touch $(READY)

run: $(READY) ## everything on http://127.0.0.1:8000
	@$(BIN)/qawl serve --migrate --seed seed --worker

test: $(READY) ## the whole test suite, on real servers
	@$(PY) -m pytest -n $(TEST_PROCESSES) --maxprocesses 8 --dist loadfile $(PYTEST_ARGS)

lint: $(READY) ## style, types, import contracts
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(BIN)/lint-imports

contract: $(READY) ## linters on the OpenAPI document; clients made from it, compiled and run (needs node and a JDK)
	@$(PY) -m venv --clear $(CLIENTS)/.venv
	@$(CLIENTS)/.venv/bin/python -m pip --disable-pip-version-check install -qq --require-hashes -r $(CLIENTS)/requirements.lock
	@cd $(CLIENTS) && npm ci --silent
	@$(PY) -m pytest $(CLIENTS) -m contract $(PYTEST_ARGS)

eval: $(READY) ## scores on labelled articles, those of ../shared as well
	@$(PY) -m tests.evaluation.statements
	@$(PY) -m tests.evaluation.search

eval-large: $(READY) ## search among SIZE articles (4,000 unless told), beside BM25
	@$(PY) -m tests.evaluation.search_at_scale $(SIZE)

bench: $(READY) ## how fast reading, indexing and answering are
	@$(PY) -m tests.bench

lock: $(READY) ## resolve the dependencies anew
	@$(LOCK) pyproject.toml -o requirements.lock
	@$(LOCK) --extra dev pyproject.toml -o requirements-dev.lock
	@$(LOCK) $(CLIENTS)/requirements.in -o $(CLIENTS)/requirements.lock

clean: ## remove the environment and the caches; the data in var/ stays
	@rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find app tests -name __pycache__ -type d -prune -exec rm -rf {} +
