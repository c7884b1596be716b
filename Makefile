# The commands of the Container Workbook; `make help` lists them.
# Settings: PYTHON=python3.13  LESSON=03_ports_env  FROM=hub|stand-ins  PURGE=1  INSTRUCTOR=1  IN=container

PYTHON ?= python3
BIN := .venv/bin
MACHINE := $(BIN)/python -m checker.machine
WORKBOOK := $(BIN)/workbook
SETUP := @$(PYTHON) tools/bootstrap.py
SETUP_DEV := $(SETUP) --dev
PURGE_OPTION := $(if $(PURGE),--purge)
START := $(if $(IN),tools/in-container,$(MACHINE)) start
STOP := $(if $(IN),tools/in-container,$(MACHINE)) stop
LESSON_OPTION := $(if $(LESSON),--lesson $(LESSON))

.DEFAULT_GOAL := help
.PHONY: help start stop engine engine-down mirror mirror-down grader grader-down test test-fast \
	bench exercises panel record approve docs docs-serve screenshots lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

start: ## Set up what is missing and open the first lesson; IN=container needs Docker alone
	$(if $(IN),,$(SETUP))
	@$(START) $(LESSON_OPTION) $(if $(INSTRUCTOR),--instructor)

stop: ## Stop JupyterLab, or with IN=container its container; the engine stays
	$(if $(IN),,$(SETUP))
	@$(STOP)

engine: ## Find a Docker engine, or install and start one
	$(SETUP)
	@$(MACHINE) engine-up

engine-down: ## Stop the engine that was started here; PURGE=1 removes all that was added
	$(SETUP)
	@$(MACHINE) engine-down $(PURGE_OPTION)

mirror: ## Fill and start the course mirror; FROM=hub or FROM=stand-ins, LESSON=name for a part
	$(SETUP)
	@$(MACHINE) mirror-up $(if $(FROM),--from $(FROM)) $(LESSON_OPTION)

mirror-down: ## Stop the course mirror; PURGE=1 removes its images
	$(SETUP)
	@$(MACHINE) mirror-down $(PURGE_OPTION)

grader: ## Build what sealed grading runs submissions in; it is also built on first use
	$(SETUP)
	@$(BIN)/python -m checker.grading.seal

grader-down: ## Remove what sealed grading runs submissions in
	$(SETUP)
	@$(BIN)/python -m checker.grading.seal --remove

test: ## Run all checks and tests, on an engine and a mirror that it sets up
	$(SETUP_DEV)
	@$(BIN)/python tools/check.py

test-fast: ## Run the checks and tests that need no engine
	$(SETUP_DEV)
	@$(BIN)/python tools/check.py --fast

bench: ## Measure what a check costs, and how soon a tick follows its command; needs Chromium
	$(SETUP_DEV)
	@$(BIN)/python tools/bench.py
	@$(BIN)/python -m tools.bench_live
	@$(BIN)/python -m tools.bench_seal

panel: ## Build JupyterLab's sidebar from panel/, with the Node that is in .venv
	$(SETUP_DEV)
	@$(BIN)/python -m tools.panel

exercises: ## Generate notebooks, exercises and the README's lessons from the lessons' text
	$(SETUP_DEV)
	@$(BIN)/python tools/notebooks.py
	@$(BIN)/python -m tools.documents

record: ## Record the golden evidence of every lesson on a real engine
	$(SETUP_DEV)
	@$(BIN)/python -m tests.live.record

approve: ## Take the reports as they are now for the approved ones
	$(SETUP_DEV)
	@APPROVE=1 $(BIN)/python -m pytest tests/test_report.py tests/test_map.py

docs: ## Build the documentation in docs/_build
	$(SETUP_DEV)
	@$(BIN)/sphinx-build --fail-on-warning --keep-going --quiet docs docs/_build

docs-serve: docs ## Build the documentation and show it at http://127.0.0.1:8899
	@$(BIN)/python -m http.server --bind 127.0.0.1 --directory docs/_build 8899

screenshots: ## Take the README's pictures of JupyterLab anew; needs an engine and Chromium
	$(SETUP_DEV)
	@$(BIN)/python -m tools.screenshots

lock: ## Write the lock files anew from pyproject.toml; needs uv
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
		--all-extras --output-file requirements-dev.lock pyproject.toml
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
		--extra setup --constraint requirements-dev.lock --output-file requirements.lock pyproject.toml

clean: ## Remove what tools and tests left in this folder; the learner's work stays
	rm -rf panel/lib panel/node_modules docs/_build .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage dist
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
