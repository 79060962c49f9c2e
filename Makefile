# Needs python3 (3.11 or later), make and git. `make` alone lists the targets.
SHELL := /bin/sh
PYTHON ?= python3
CASE ?= case-frontier-lab
BIN := .venv/bin
CODE := openstrat tests benchmarks docs
MAKEFLAGS += --no-print-directory
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help report test check static lint types layers notebooks docs lab faults bench lock clean

help:  ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

report:  ## Build the flagship report (CASE=case-public-lab for another case); its path is the last line
	@scripts/environment.sh report
	@$(BIN)/openstrat report strategy-brief --case $(CASE)

test:  ## Everything that must pass: lint, types, contracts, notebooks, then all tests
	@scripts/environment.sh test
	@scripts/ensure_chromium.sh
	@$(MAKE) static
	@$(BIN)/python -m pytest -n 2 --dist loadscope $(PYTEST_ARGS)

check:  ## Lint, types, import contracts and notebook rules, without the tests
	@scripts/environment.sh test
	@$(MAKE) static

# Each can be run alone; `make -k check` goes on after the first that fails.
static: lint types layers notebooks

lint:
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)

types:
	$(BIN)/mypy

layers:
	$(BIN)/lint-imports --no-logo

notebooks:
	$(BIN)/python -m openstrat.reporting.lint notebooks

docs:  ## Build the documentation into docs/_build/html; a warning is an error
	@scripts/environment.sh docs
	@$(BIN)/python -m sphinx -W --keep-going -q -b html docs docs/_build/html
	@echo docs/_build/html/index.html

lab:  ## Open the workbooks in JupyterLab
	@scripts/environment.sh report
	@$(BIN)/openstrat lab notebooks

faults:  ## Kills, full disks, hung cells, hostile values; then bytes under every zone, locale, seed, folder, day, engine (an hour)
	@scripts/environment.sh test
	@$(BIN)/python tests/faults/figures.py
	@$(BIN)/python tests/faults/identity_matrix.py

bench:  ## Measure start-up against a bare click program, and reading a git history against git (REPO=path to a clone)
	@scripts/environment.sh report
	@$(BIN)/python benchmarks/cli_start.py
	@$(BIN)/python benchmarks/git_log.py $(or $(REPO),.)

# Versions come from the default index (or PIP_INDEX_URL); no address, option or path is written into the files.
COMPILE = env -u PIP_FIND_LINKS -u PIP_EXTRA_INDEX_URL PIP_CONFIG_FILE=/dev/null CUSTOM_COMPILE_COMMAND="make lock" \
	.venv/lock/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-trusted-host \
	--no-emit-find-links --no-emit-options $(LOCK_ARGS)

lock:  ## Refresh requirements/*.txt from pyproject.toml (LOCK_ARGS=--upgrade for newer versions)
	@test -x .venv/lock/bin/pip-compile || { $(PYTHON) -m venv .venv/lock && .venv/lock/bin/python -m pip install --quiet pip-tools; }
	$(COMPILE) -o requirements/report.txt pyproject.toml requirements/build.in
	$(COMPILE) --extra test -c requirements/report.txt -o requirements/test.txt pyproject.toml requirements/build.in
	$(COMPILE) --extra docs -c requirements/test.txt -o requirements/docs.txt pyproject.toml requirements/build.in

clean:  ## Remove .venv, caches and everything generated, reports too
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist docs/_build docs/reference reports/out
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
