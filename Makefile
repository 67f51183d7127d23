# Verbs that people and .ci/run share. Each may be run again at any time.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RESULT ?= resultat

.PHONY: innsikt test check docs lint clean

$(VENV)/.ready: setup.cfg constraints.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade -c constraints.txt pip
	$(BIN)/python -m pip install --quiet -c constraints.txt torch
	$(BIN)/python -m pip install --quiet -c constraints.txt --editable ".[test,check]"
	touch $@

innsikt: $(VENV)/.ready  ## run the main job on the example study
	$(BIN)/textinnsikt run data/eksempelstudie.csv -o $(RESULT) --force

# Two workers with two torch threads each would wait for one another on two cores: nearly twice the time.
test: $(VENV)/.ready lint  ## everything that needs only Python
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -m "not check" -n 2 --dist loadfile

check: $(VENV)/.ready  ## what needs a browser and LibreOffice too
	$(BIN)/python -m pytest -m check

docs: $(VENV)/.ready  ## the documentation, in build/docs
	$(BIN)/python -m sphinx -q -W docs build/docs

lint: $(VENV)/.ready
	$(BIN)/ruff check .
	$(BIN)/mypy

clean:
	rm -rf $(VENV) $(RESULT) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache
