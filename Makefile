# Two commands do everything: `make demo` and `make test`.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint types exhaustive benchmark clean

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[test]"
	touch $(VENV)/installed

demo: $(VENV)/installed
	$(BIN)/deterrence solve zagare_kilgour_2000/unilateral_deterrence --demo

test: $(VENV)/installed
	$(BIN)/python -m pytest

lint: $(VENV)/installed
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(VENV)/installed
	$(BIN)/mypy

exhaustive: $(VENV)/installed
	DETERRENCE_EXHAUSTIVE=1 $(BIN)/python -m pytest tests/published

benchmark: $(VENV)/installed
	$(BIN)/python benchmarks/solve.py
	$(BIN)/python benchmarks/regions.py

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache
