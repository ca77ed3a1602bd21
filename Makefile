# Needs make and Python 3.11 or newer with venv. Everything else comes from PyPI and the npm registry:
# node, too, is a Python package here, so that nothing is fetched by installers of their own.

VENV := .venv
PYTHON := $(VENV)/bin/python
INSTALL := $(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes
NEWEST := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
TESTS ?= tests
JOBS ?= 2

.DEFAULT_GOAL := help
.PHONY: help run dev test check format lock clean

help: ## Show this list.
	@sed -n 's/^\([a-z]*\):[^#]*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

run: $(VENV)/.installed ## Install, bring the database up to date, build what changed, and serve.
	@exec $(PYTHON) -m assistant_app run

dev: $(VENV)/.installed-dev ## Serve, and follow changes in the sources.
	@exec $(PYTHON) -m assistant_app dev

test: $(VENV)/.installed-dev ## Run all tests; TESTS=tests/llm for some, JOBS=0 for one after the other.
	$(PYTHON) -m assistant_app build
	$(PYTHON) -m pytest -n $(JOBS) --dist loadgroup $(TESTS)

check: $(VENV)/.installed-dev ## Check style, types and the direction of imports.
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m pyright
	$(VENV)/bin/lint-imports

format: $(VENV)/.installed-dev ## Put the sources into their form.
	$(PYTHON) -m ruff check --fix
	$(PYTHON) -m ruff format

lock: $(VENV)/.installed-dev ## Choose the versions of all packages anew, after a change in pyproject.toml.
	$(PYTHON) -m pip install --quiet --disable-pip-version-check uv
	$(VENV)/bin/uv pip compile --quiet --no-emit-find-links --no-emit-index-url --universal --python-version 3.11 \
		--generate-hashes --custom-compile-command "make lock" pyproject.toml -o requirements.txt
	$(VENV)/bin/uv pip compile --quiet --no-emit-find-links --no-emit-index-url --universal --python-version 3.11 \
		--generate-hashes --custom-compile-command "make lock" pyproject.toml --group dev -c requirements.txt \
		-o requirements-dev.txt

clean: ## Remove what was built and installed, but no data.
	rm -rf $(VENV) .web assets/external .pytest_cache .ruff_cache .hypothesis

$(PYTHON):
	@for python in python3.13 python3.12 python3.11 python3 python3.14; do \
		if $$python -c '$(NEWEST)' >/dev/null 2>&1; then \
			echo "Creating $(VENV) with $$($$python --version)"; \
			exec $$python -m venv $(VENV); \
		fi; \
	done; \
	echo "Steward needs Python 3.11 or newer with its venv module (on Debian: apt install python3-venv)." >&2; exit 1

$(VENV)/.installed: requirements.txt | $(PYTHON)
	@echo "Installing packages"
	@$(INSTALL) -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt | $(PYTHON)
	@echo "Installing packages, those for development among them"
	@$(INSTALL) -r requirements-dev.txt
	@touch $@ $(VENV)/.installed
