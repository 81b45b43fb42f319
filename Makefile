# Two commands do everything: `make demo` and `make test`.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint types cross-checks browser-checks docs exhaustive benchmark clean

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[test]"
	touch $(VENV)/installed

demo: $(VENV)/installed
	$(BIN)/deterrence solve zagare_kilgour_2000/unilateral_deterrence --demo

test: $(VENV)/installed
	$(BIN)/python -m pytest -n 2 --dist loadscope

lint: $(VENV)/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed
	$(BIN)/mypy

# Against Gambit, which builds from source (about 5 minutes the first time).
cross-checks: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[gambit]"
	$(BIN)/python -m pytest -n 2 -m gambit tests

# Needs Chromium and its driver on the machine.
browser-checks: $(VENV)/installed
	$(BIN)/python -m pytest -m browser tests

docs: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[docs]"
	$(BIN)/python -m sphinx -W --keep-going -b html docs docs/_build/html

exhaustive: $(VENV)/installed
	DETERRENCE_EXHAUSTIVE=1 $(BIN)/python -m pytest tests/published tests/explorer/test_agreement.py

benchmark: $(VENV)/installed
	for b in benchmarks/*.py; do $(BIN)/python $$b || exit 1; done

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache
