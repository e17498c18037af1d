# Two commands: `make run` talks, `make test` proves.
PYTHON ?= python3
BIN := .venv/bin
# What was compiled is kept: else each of the many processes would compile it all again.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: texts run test install install-dev lint bench chaos lock

run: install
	@$(BIN)/python manage.py runbot

test: install-dev
	@$(BIN)/python -m tests

install: .venv/installed

install-dev: .venv/installed-dev

lint: install-dev
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
	$(BIN)/mypy config bots conversations reminders
	$(BIN)/lint-imports

chaos: install-dev
	SOAK_SECONDS=$${SOAK_SECONDS:-600} $(BIN)/python -m pytest tests -m fault_row --full --timeout 1500

texts: install-dev
	$(BIN)/python -m tests.catalogues

bench: install-dev
	$(BIN)/python -m tests.benchmarks
	$(BIN)/python -m tests.benchmarks.mixed

lock: install-dev
	uv pip compile --universal --generate-hashes --no-annotate --no-header --python-version 3.11 pyproject.toml -o requirements.txt
	uv pip compile --universal --generate-hashes --no-annotate --no-header --python-version 3.11 --group dev pyproject.toml -o requirements-dev.txt

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.12 ...")'
	@$(PYTHON) -m venv .venv || (echo "python3 -m venv failed: install your system's python3-venv package" >&2; rm -rf .venv; exit 1)

.venv/installed: requirements.txt | .venv/bin/python
	@if command -v uv >/dev/null; then uv pip install -q --python $(BIN)/python --require-hashes -r requirements.txt; \
	else $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt; fi
	@touch $@

.venv/installed-dev: requirements.txt requirements-dev.txt | .venv/bin/python
	@if command -v uv >/dev/null; then uv pip install -q --python $(BIN)/python --require-hashes -r requirements-dev.txt; \
	else $(BIN)/python -m pip install -q --disable-pip-version-check --no-compile --require-hashes -r requirements-dev.txt; fi
	@touch $@ .venv/installed
