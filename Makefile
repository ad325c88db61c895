# Everything sets itself up: Python 3.11 or newer, make and a package index are all that is needed.
.DEFAULT_GOAL := help
.PHONY: help demo test lint bench chaos lock migration words pictures clean
SHELL := /bin/sh
READY := .venv/.installed
RUN := .venv/bin/python -m

# The first Python on this machine that is new enough and can make a virtual environment; PYTHON=… chooses another.
FIND_PYTHON = for candidate in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$candidate" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& { python=$$candidate; break; }; done; \
	if [ -z "$$python" ]; then \
	echo "This needs Python 3.11 or newer with venv, and none was found. On Debian or Ubuntu: apt-get install python3 python3-venv; elsewhere python.org has it. PYTHON=/path/to/python chooses one." >&2; \
	exit 1; fi

help:  ## Show what can be made
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## (.*)/make \1\t\2/' | expand -t 18

$(READY): requirements.lock pyproject.toml setup.py
	@echo "Setting up .venv; the first time takes a minute or two."
	@.venv/bin/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || { \
		python=; $(FIND_PYTHON); "$$python" -m venv --clear .venv; }
	@$(RUN) pip install -qq --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(RUN) pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY)  ## Open a lifelike support centre and its Slack in the browser (HOST=, PORT=, RESET=1)
	@.venv/bin/cspm demo

test: $(READY)  ## Run every test; PYTEST="tests/core -k backlog" runs some
	@$(RUN) pytest --numprocesses $$(($$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1) + 1)) --maxprocesses 4 --dist worksteal --benchmark-skip $(PYTEST)

lint: $(READY)  ## Check style, types and the directions between packages
	@$(RUN) ruff check .
	@$(RUN) ruff format --check .
	@$(RUN) mypy
	@.venv/bin/lint-imports

bench: $(READY)  ## Measure, beside DuckDB and bare sqlite3
	@$(RUN) pytest tests/bench --benchmark-only --benchmark-columns=min,median,max,rounds --benchmark-sort=name

chaos: $(READY)  ## Kill workers, break Slack, take the database away, and look whether anything was lost (KILLS=10, SEED=)
	@$(RUN) tests.chaos --kills $(or $(KILLS),10) $(if $(SEED),--seed $(SEED)) $(CHAOS)

lock:  ## Work out requirements.lock again, with the newest versions that pyproject.toml allows
	@python=; $(FIND_PYTHON); "$$python" -m venv build/lock
	@build/lock/bin/python -m pip install -qq --disable-pip-version-check --upgrade uv
	@build/lock/bin/uv pip compile --quiet --upgrade --generate-hashes --universal --python-version 3.11 --no-header \
		--no-emit-index-url --extra dev --output-file requirements.lock pyproject.toml

migration: $(READY)  ## Draft a migration from what the declared tables have and the migrations do not: m="what changes"
	@$(RUN) migrations "$(m)"
	@$(RUN) ruff check --quiet --fix migrations && $(RUN) ruff format --quiet migrations

words: $(READY)  ## Bring the translation files, and the README's table of figures, up to date with the code
	@$(RUN) bot.locales
	@$(RUN) bot.kpi.table

pictures: $(READY)  ## Make the README's pictures again, from the demo
	@$(RUN) tests.browser.pictures

clean:  ## Forget the environment and everything that was built
	@rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .benchmarks .import_linter_cache
