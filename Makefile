# `make quiz` and `make test` need python3 (3.11 to 3.13) and nothing else; both make .venv first.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: quiz test check bench fuzz clean

quiz: .venv/.installed  ## sheets, keys and the Moodle file of Assignment 4, into out/assignment4/
	$(BIN)/gen-quiz --seed 42

test: check  ## every check and every test
	$(BIN)/python -m pytest -n auto --dist worksteal

check: .venv/.installed-dev  ## style, types and the layer rule
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: .venv/.installed  ## time the whole command; make bench ARGUMENTS=--full takes long
	$(BIN)/python tests/bench.py $(ARGUMENTS)

fuzz: .venv/.installed-dev  ## banks that no author would write; make fuzz ARGUMENTS='--seed 2 --minutes 10'
	$(BIN)/python -m tests.fuzz $(ARGUMENTS)

.venv/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' || \
	  { echo "gen-quiz needs Python 3.11, 3.12 or 3.13; name one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || \
	  { echo "python3 cannot make a virtual environment; on Debian: apt install python3-venv" >&2; exit 1; }
	$(PIP) 'pip>=25.1,<27'
	$(PIP) --constraint constraints.txt --editable .
	$(BIN)/python -m compileall -q generator
	@touch $@

.venv/.installed-dev: .venv/.installed
	$(PIP) --constraint constraints.txt --group dev
	@touch $@

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
