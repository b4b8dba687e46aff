# Every target sets itself up: all it needs is make and Python 3.11 or newer.
.DEFAULT_GOAL := help
.PHONY: help run test check format bench lock wheel clean

# The first Python on the PATH that is new enough, newest first; `make PYTHON=/path/to/python` overrides it.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
VENV := .venv
BIN := $(VENV)/bin

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

run: $(VENV)/.run$(if $(SEMANTIC),-semantic) ## set up and start the bot; SEMANTIC=1 adds the search by meaning
	@$(BIN)/pprnet run

test: $(VENV)/.dev $(VENV)/.browser ## run every test, with coverage
	$(BIN)/python -m coverage erase
	$(BIN)/python -m pytest --cov --cov-report=
	@$(BIN)/python -m coverage report --include='bot/*' --fail-under=100
	@$(BIN)/python -m coverage report --fail-under=95

check: $(VENV)/.dev ## lint, check types and check the layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev ## mend what the linter and formatter can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev ## measure speed and memory beside bare libraries
	$(BIN)/python -m bench.startup
	$(BIN)/python -m bench.answers
	$(BIN)/python -m bench.importing
	$(BIN)/python -m bench.slack_answers
	$(BIN)/python -m bench.slack_publishing

lock: $(VENV)/.dev ## pin the newest versions that fit, in constraints.txt
	$(BIN)/python -m pip install --quiet 'uv>=0.8'
	$(BIN)/uv pip compile --quiet --universal --upgrade --python-version 3.11 --extra semantic --group dev \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml -o constraints.txt

wheel: $(VENV)/.dev ## build the wheel and try it in an empty environment
	rm -rf dist
	$(BIN)/python -m build --wheel --outdir dist .
	rm -rf build/wheel && $(PYTHON) -m venv build/wheel
	build/wheel/bin/python -m pip install --quiet --constraint constraints.txt dist/*.whl
	cd / && DATABASE_URL=sqlite:///$(CURDIR)/build/wheel/pprnet.db $(CURDIR)/build/wheel/bin/pprnet ask "/pprnet latest"

clean: ## remove what the other targets made
	rm -rf $(VENV) build dist

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; none was found." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.run-semantic: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[semantic]'
	@touch $@ $(VENV)/.run

$(VENV)/.dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[semantic]' --group dev
	@touch $@ $(VENV)/.run $(VENV)/.run-semantic

# The web page is tested in a real browser: the system's, which on Debian and Ubuntu is installed where that is allowed.
$(VENV)/.browser: | $(VENV)/bin/python
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || { \
		command -v apt-get >/dev/null && test "$$(id -u)" = 0 && apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; } || \
		{ echo "The tests need a browser: install Chromium, or Google Chrome." >&2; exit 1; }
	@touch $@
