# Two commands, each of which works alone and first on a machine that has Python >= 3.11, make
# and git: `make demo` draws the example story, `make test` runs every check.
# Written for GNU make 3.81, because that is what macOS ships.

VENV  := .venv
BIN   := $(VENV)/bin
STORY := assets/stories/lighthouse.txt
# Nothing is installed that is not in a lock with its hash; nothing is resolved anew. What is installed
# is compiled on every core; pip would do it on one. A few files of others are not Python and fail.
PIP   := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile
BYTECODE := $(BIN)/python -W ignore -m compileall -qq -j 0 $(VENV)/lib || true
LOCKED := $(PIP) --require-hashes --requirement
SUPPLY := $(VENV)-supply
DIST := $(VENV)-dist
# One test more at a time than there are cores: a third of the tests' time they wait for processes.
WORKERS := $(shell expr $$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2) + 1)
# Where Linux finds the build of torch for the CPU; see requirements-torch.lock.
TORCH := https://download.pytorch.org/whl/cpu/torch/

.PHONY: demo test check coverage api soak app screenshots translations dist lock audit sbom licences clean

# Every run makes a board of its own under boards/; nothing that exists is touched. The starter draws
# in half a second whatever is left out of its compute, so nothing is.
demo: $(VENV)/installed
	@$(BIN)/storyboard render $(STORY) --model starter --seed 0 --acceleration off

test: $(VENV)/installed-dev
	@.ci/qt-libraries $(BIN)/python
	@$(MAKE) --no-print-directory check

# What `make test` runs once everything is installed, the quickest check first.
check:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/pytest -n $(WORKERS) --maxprocesses 5 --dist worksteal

# Which lines no test runs: in the terminal, and as pages under build/coverage.
coverage: $(VENV)/installed-dev
	@.ci/qt-libraries $(BIN)/python
	@mkdir -p build/coverage
	$(BIN)/pytest -n $(WORKERS) --maxprocesses 5 --dist worksteal --cov --cov-report=term --cov-report=html

# The reference of the code, from its docstrings, as pages under build/api.
api: $(VENV)/installed-dev
	@.ci/qt-libraries $(BIN)/python
	$(BIN)/pdoc --docformat google --output-directory build/api storyboard config.py local_image_generator.py

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

# Brings the texts of the sources into the translations, then releases these. What is new is marked
# "unfinished" in the .ts files: fill it in there and make it again.
TS := gui/translations/storyboard_ru.ts gui/translations/storyboard_kk.ts
translations: $(VENV)/installed-dev
	@.ci/qt-libraries $(BIN)/python
	@$(BIN)/pyside6-lupdate -no-obsolete -locations none $(shell git ls-files 'gui/*.py') -ts $(TS)
	@$(foreach file,$(TS),$(BIN)/pyside6-lrelease $(file) -qm $(file:.ts=.qm) &&) true

# The app for machines without Python, into dist/: Storyboard.app and a .dmg on macOS, a folder and its
# .tar.gz on Linux; docs/app.md. From an environment that has nothing but what goes into it.
dist: $(DIST)/installed
	@distribution/build $(abspath $(DIST))/bin/python

# Locks what pyproject.toml asks for, for macOS and Linux in one file each. What is locked stays at its
# version unless it must move; `make lock UPGRADE=--upgrade` takes the newest of everything.
COMPILE = $(SUPPLY)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate $(UPGRADE)
lock: $(SUPPLY)/installed
	$(COMPILE) pyproject.toml --no-emit-package torch --output-file requirements.lock
	$(COMPILE) pyproject.toml --no-emit-package torch --extra dev --extra window --extra cluster --extra train --output-file requirements-dev.lock
	$(COMPILE) --group supply --output-file requirements-supply.lock
	$(COMPILE) pyproject.toml --no-emit-package torch --extra window --extra cluster --group dist --output-file requirements-dist.lock

# Known faults of the locked versions, lock by lock, because the same packages are in two. Asks PyPI,
# and fails where that knows nothing of a package. Weekly in continuous integration.
audit: $(SUPPLY)/installed
	$(SUPPLY)/bin/pip-audit --strict --require-hashes --disable-pip -r requirements-dev.lock
	$(SUPPLY)/bin/pip-audit --strict --require-hashes --disable-pip -r requirements-supply.lock
	$(SUPPLY)/bin/pip-audit --strict --require-hashes --disable-pip -r requirements-dist.lock
	$(SUPPLY)/bin/pip-audit --strict --no-deps --disable-pip -r .ci/audited-torch.txt

# What the program consists of, as CycloneDX.
sbom: $(SUPPLY)/installed $(VENV)/installed-dev
	$(SUPPLY)/bin/cyclonedx-py environment --pyproject pyproject.toml --output-file sbom.json $(BIN)/python

# The table of licences in docs/.
licences: $(VENV)/installed-dev
	$(BIN)/python -m tests.licences docs/licences.md

# Removes what can be made again; boards stay.
clean:
	rm -rf $(VENV) $(SUPPLY) $(DIST) sbom.json build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Installing happens once, and again only when a lock changes.
$(VENV)/installed: pyproject.toml requirements.lock $(VENV)/torch
	@echo "Installing the packages into $(VENV) (some minutes the first time) ..."
	@$(LOCKED) requirements.lock
	@$(PIP) --no-build-isolation --editable .
	@$(BYTECODE)
	@touch $@

$(VENV)/installed-dev: pyproject.toml requirements-dev.lock $(VENV)/torch
	@echo "Installing the packages and the developers' tools into $(VENV) (some minutes the first time) ..."
	@$(LOCKED) requirements-dev.lock
	@$(PIP) --no-build-isolation --editable .
	@$(BYTECODE)
	@touch $@ $(VENV)/installed

# First from wherever pip looks anyway, a Mac's PyPI or a mirror; PyPI's Linux build fits no hash.
$(VENV)/torch: requirements-torch.lock $(VENV)/made
	@echo "Installing torch into $(VENV) ..."
	@$(LOCKED) requirements-torch.lock 2>/dev/null || $(LOCKED) requirements-torch.lock --find-links $(TORCH)
	@touch $@

$(SUPPLY)/installed: requirements-supply.lock
	@.ci/make-venv $(SUPPLY) "$(PYTHON)"
	@$(SUPPLY)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement requirements-supply.lock
	@touch $@

$(DIST)/installed: pyproject.toml requirements-dist.lock requirements-torch.lock
	@$(MAKE) --no-print-directory VENV=$(DIST) $(DIST)/torch
	@echo "Installing what the app consists of into $(DIST) ..."
	@$(DIST)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement requirements-dist.lock
	@touch $@

$(VENV)/made:
	@.ci/make-venv $(VENV) "$(PYTHON)"
	@touch $@
