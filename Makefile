# Everything sets itself up: a bare clone needs Python 3.10 to 3.13 and make.
PYTHON ?= python3
VENV ?= .venv
REQUIREMENTS ?= requirements/dev.txt
BIN := $(VENV)/bin

.PHONY: demo test check gate promises fuzz bench bill audit floors install lock clean setup

setup: $(VENV)/.installed

$(VENV)/.installed: $(REQUIREMENTS) pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $(REQUIREMENTS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

demo: setup  ## crawl the simulated web, analyse it, write a report to counterspin-demo/
	$(BIN)/counterspin demo

test: setup  ## the whole test suite
	$(BIN)/python -m pytest

check: setup  ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

gate: setup  ## quality floors
	$(BIN)/python -m pytest tests/gate

promises: setup  ## the promises of docs/promises.md, in full (hours; nightly)
	$(BIN)/python -m tests.reliability.promises

bench: setup  ## paired speed ratios
	$(BIN)/python -m tests.bench

bill: setup  ## the bill of materials (CycloneDX) and the licences of all locked packages, in artefacts/
	$(BIN)/python -m tests.supply.bill artefacts

# PYSEC-2017-83 names every Scrapy and will have no fix: large answers kept in memory. crawl.max_bytes_in_flight bounds them.
audit: artefacts/audit/.installed  ## known weaknesses of the locked packages; fails when its data cannot be had
	artefacts/audit/bin/pip-audit --strict --ignore-vuln PYSEC-2017-83 --disable-pip --require-hashes --progress-spinner off --requirement requirements/runtime.txt

artefacts/audit/.installed: requirements/audit.txt
	$(PYTHON) -m venv artefacts/audit
	artefacts/audit/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	touch $@

fuzz: artefacts/fuzzing/.installed  ## every reader of strangers' bytes, ten minutes each, led by coverage
	artefacts/fuzzing/bin/python -m tests.reliability.fuzz

artefacts/fuzzing/.installed: requirements/fuzz.txt $(REQUIREMENTS)
	$(PYTHON) -m venv artefacts/fuzzing
	artefacts/fuzzing/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/fuzz.txt --requirement $(REQUIREMENTS)
	artefacts/fuzzing/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

floors: setup  ## smoke test and unit tests on the oldest versions that pyproject.toml allows (needs uv)
	$(BIN)/python -m tests.supply.floors

install: setup  ## the wheel with the locked packages, installed by pip 23.2 and by the newest pip
	$(BIN)/python -m tests.supply.install

lock:  ## resolve the dependencies anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.10 --generate-hashes --no-header --no-annotate --no-emit-index-url --upgrade pyproject.toml --output-file requirements/runtime.txt
	uv pip compile --quiet --universal --python-version 3.10 --generate-hashes --no-header --no-annotate --no-emit-index-url --upgrade --constraint requirements/runtime.txt pyproject.toml --group dev --output-file requirements/dev.txt
	uv pip compile --quiet --universal --python-version 3.10 --generate-hashes --no-header --no-annotate --no-emit-index-url --upgrade --constraint requirements/dev.txt pyproject.toml --group ci --output-file requirements/ci.txt
	echo "pip-audit>=2.10" | uv pip compile --quiet --universal --python-version 3.10 --generate-hashes --no-header --no-annotate --no-emit-index-url --upgrade - --output-file requirements/audit.txt
	echo "atheris>=3.0,<3.1" | uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --upgrade - --output-file requirements/fuzz.txt

clean:
	rm -rf $(VENV) build dist counterspin-demo artefacts
