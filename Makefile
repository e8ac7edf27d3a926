# One command each, on a fresh machine with Python 3.11+ (Debian: python3, python3-venv, make).
#
#   make run     set up, then open the app on the sample shop
#   make test    set up, then lint, types, floors and all tests
#   make lock    resolve the dependencies again and pin them with hashes
#   make bench   the benchmarks, as ratios to a bare baseline
#   make clean   remove what the others made
#
# Windows: the same words with `powershell -ExecutionPolicy Bypass -File make.ps1 run`.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
WORKERS ?= 2
PORT ?= 8501
ARGS ?=
LOCK := uv pip compile pyproject.toml --quiet --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11

export TZ := UTC
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_REQUIRE_VIRTUALENV := 1

.DEFAULT_GOAL := run
.PHONY: run test check types floors tests lock bench clean

run: $(VENV)/.run
	$(BIN)/ecodash run --port $(PORT) $(ARGS)

test: check types floors tests

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy --strict

floors: $(VENV)/.dev
	$(BIN)/lint-imports

tests: $(VENV)/.dev
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile $(ARGS)

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks $(ARGS)

lock: $(VENV)/.dev
	$(BIN)/$(LOCK) --extra build --output-file requirements-run.txt
	$(BIN)/$(LOCK) --extra build --extra dev --constraint requirements-run.txt --output-file requirements-dev.txt

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# A half-made environment has no stamp and is made again.
$(VENV)/.made:
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "ecodash needs Python 3.11 or newer")'
	$(PYTHON) -m venv --clear $(VENV)
	touch $@

$(VENV)/.run: requirements-run.txt pyproject.toml | $(VENV)/.made
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-run.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: requirements-dev.txt pyproject.toml | $(VENV)/.made
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@ $(VENV)/.run
