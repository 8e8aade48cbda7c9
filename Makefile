# make run    a library of the bundled samples, served at http://127.0.0.1:8000
# make test   every check; installs what the tests need
# make lint, make evaluate [GOLD=folder], make clean
PYTHON ?= $(shell command -v python3.11 || command -v python3)
HOST ?= 127.0.0.1
PORT ?= 8000
DATA ?= data/samples
GOLD ?=
TEST_OPTIONS ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
SAMPLES := corpus/samples/files
SAMPLE := s01-river-plan.docx
QUESTION := 环云湖农家乐污水直排由谁牵头整治？

.PHONY: run install test test-install lint evaluate clean

run: install
	$(BIN)/taizhang add $(SAMPLES) --data $(DATA)
	$(BIN)/taizhang extract $(SAMPLES)/$(SAMPLE)
	$(BIN)/taizhang ask $(QUESTION) --data $(DATA)
	$(BIN)/taizhang serve --data $(DATA) --host $(HOST) --port $(PORT)

install: $(VENV)/installed

# Tests start some hundred programs; each would compile all modules anew where the environment says not to keep them.
test: export PYTHONDONTWRITEBYTECODE =
test: $(VENV)/installed-for-tests lint
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(TEST_OPTIONS)

lint: $(VENV)/installed-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

evaluate: install
	$(BIN)/python -m evaluation extraction $(if $(GOLD),--gold $(GOLD))

clean:
	rm -rf $(VENV) build data results *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# An environment without pip ≥ 25.1 does not know dependency groups, so pip itself comes first.
$(VENV)/created:
	@echo "Creating the environment; the first time this takes some minutes."
	$(PYTHON) -m venv $(VENV)
	$(PIP) --upgrade "pip>=25.1"
	touch $@

$(VENV)/installed: $(VENV)/created pyproject.toml constraints.txt
	$(PIP) --constraint constraints.txt --editable .
	touch $@

# torch first and by its plain name: where an index offers a build without CUDA, pip takes that one.
$(VENV)/installed-for-tests: $(VENV)/created pyproject.toml constraints.txt scripts/system_packages.sh
	$(PIP) --constraint constraints.txt torch==2.13.0
	$(PIP) --constraint constraints.txt --editable ".[neural,ocr,scale]" --group test --group lint
	sh scripts/system_packages.sh
	touch $@ $(VENV)/installed
