# Two commands, each of which works alone and first on a machine that has Python >= 3.11, make
# and git: `make demo` draws the example story, `make test` runs every check.
# Written for GNU make 3.81, because that is what macOS ships.

VENV  := .venv
BIN   := $(VENV)/bin
STORY := assets/stories/lighthouse.txt
PIP   := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: demo test check soak app screenshots clean

# Every run makes a board of its own under boards/; nothing that exists is touched. The starter draws
# in half a second whatever is left out of its compute, so nothing is.
demo: $(VENV)/installed
	@$(BIN)/storyboard render $(STORY) --model starter --seed 15 --acceleration off

test: $(VENV)/installed-dev
	@.ci/qt-libraries $(BIN)/python
	@$(MAKE) --no-print-directory check

# What `make test` runs once everything is installed, the quickest check first.
check:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/pytest

# The long versions: kill -9 at 200 random moments and at every change of the disk, 110,000 damaged
# files, and bred ones where atheris is installed. An hour or more; each prints its counts, which
# docs/reliability.md keeps.
soak: $(VENV)/installed-dev
	@.ci/qt-libraries $(BIN)/python
	@$(BIN)/pytest -m soak --capture=no -q

# The window. Linux needs a few system libraries for it, as the tests do.
app: $(VENV)/installed-dev
	@.ci/qt-libraries $(BIN)/python
	@$(BIN)/python -m gui

# Leads the window through its states without a screen; look at each picture before it is kept.
screenshots: $(VENV)/installed-dev
	@.ci/qt-libraries $(BIN)/python
	@$(BIN)/python -m gui.screenshots docs/screenshots

# Removes what can be made again; boards stay.
clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Installing happens once, and again only when the list of packages changes.
$(VENV)/installed: pyproject.toml constraints.txt $(VENV)/made
	@echo "Installing the packages into $(VENV) (some minutes the first time) ..."
	@$(PIP) --editable .
	@touch $@

$(VENV)/installed-dev: pyproject.toml constraints.txt $(VENV)/made
	@echo "Installing the packages and the developers' tools into $(VENV) (some minutes the first time) ..."
	@$(PIP) --editable '.[dev,window]'
	@touch $@ $(VENV)/installed

$(VENV)/made:
	@.ci/make-venv $(VENV) "$(PYTHON)"
	@touch $@
