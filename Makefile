# Everything that one does with the course. `make` alone lists it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP_QUIET := --quiet --disable-pip-version-check
SERVED := $(VENV)/.served
TESTED := $(VENV)/.tested

.DEFAULT_GOAL := help
.PHONY: help serve install dev test test-all coverage bench lighthouse format check handouts instructor screenshots constraints clean

help: ## list what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

serve: $(SERVED) ## serve the course on http://127.0.0.1:8000 (COURSE_BIND changes that)
	@$(BIN)/python manage.py prepare
	@exec $(BIN)/gunicorn -c courseapp/server.py courseapp.wsgi

install: $(SERVED) ## set up alone, into .venv

dev: $(SERVED) ## serve for authors: reloads code and content
	@COURSE_DEV=1 $(BIN)/python manage.py migrate -v0
	@COURSE_DEV=1 $(BIN)/python manage.py dev $${COURSE_BIND:-127.0.0.1:8000}

test: $(TESTED) ## lint, types and the quick tests, each template once in a browser (under 8 minutes)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 -m "not full and not bench"

test-all: $(TESTED) ## the full matrix: every address in the browser, everything else on a real PostgreSQL
	$(BIN)/pytest -n 2 -m "full and not bench"
	@sh tests/postgres.sh
	TEST_ON=postgresql $(BIN)/pytest -n 2 -m "not full and not bench and not browser" -q

coverage: $(TESTED) ## which lines and branches the tests of make test never reach (it takes half as long again)
	$(BIN)/pytest -n 2 -m "not full and not bench" -q --cov --cov-report=term:skip-covered

bench: $(TESTED) ## page weights, and what a page costs beside a static file (prints ratios)
	$(BIN)/pytest tests/bench -m bench -s -q -p no:cacheprovider

lighthouse: $(SERVED) ## Lighthouse, mobile preset, on a section page (needs npx)
	@sh tests/bench/lighthouse.sh

format: $(TESTED) ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

check: $(SERVED) ## check content/ and the settings
	$(BIN)/python manage.py check

handouts: $(TESTED) ## write every deck as PDF into var/handouts (FOLDER=… changes that)
	@$(BIN)/python manage.py collectstatic -v0 --no-input
	@$(BIN)/python manage.py handouts $(or $(FOLDER),var/handouts)

instructor: $(SERVED) ## make an account for somebody who teaches (asks for name and password)
	@$(BIN)/python manage.py migrate -v0
	@$(BIN)/python manage.py instructor

screenshots: $(TESTED) ## make the README's pictures anew
	SCREENSHOTS=1 $(BIN)/pytest tests/browser/test_screenshots.py -q

constraints: ## renew constraints.txt from the registry
	rm -rf $(VENV)-new && $(PYTHON) -m venv $(VENV)-new
	$(VENV)-new/bin/pip install $(PIP_QUIET) -e '.[dev,postgres]'
	(head -1 constraints.txt; $(VENV)-new/bin/pip freeze --exclude-editable) > constraints.new && mv constraints.new constraints.txt
	rm -rf $(VENV)-new

clean: ## remove what was installed and collected (never the database)
	rm -rf $(VENV) var/static .mypy_cache .ruff_cache .pytest_cache

$(SERVED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it with make PYTHON=python3.12 …")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install $(PIP_QUIET) -c constraints.txt -e '.[postgres]'
	@touch $@

$(TESTED): $(SERVED)
	@$(BIN)/pip install $(PIP_QUIET) -c constraints.txt -e '.[dev,postgres]'
	@sh tests/browser/chromium.sh $(BIN)/playwright
	@touch $@
