# Every command of the workshop. The work is in bin/workshop.py, which needs nothing but Python 3.12 or newer.
WORKSHOP = @bin/python bin/workshop.py

.PHONY: help run test check format bench lock vendor clean
.DEFAULT_GOAL = help

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## start Counterpoint on HOST:PORT (127.0.0.1:8000), with everything it needs
	$(WORKSHOP) run

test: ## run the tests; DATABASE_URL=postgres://… runs them on PostgreSQL, ARGS="-k vote" chooses
	$(WORKSHOP) test $(ARGS)

check: ## style, types, imports, settings, containers, vendored files, then the tests
	$(WORKSHOP) check

format: ## put code and templates into the one format
	$(WORKSHOP) format

bench: ## measure speed and size; ARGS are passed on
	$(WORKSHOP) bench $(ARGS)

lock: ## resolve the newest packages that pyproject.toml allows into the two locks
	$(WORKSHOP) lock

vendor: ## fetch the browser libraries again (needs npm)
	$(WORKSHOP) vendor

clean: ## remove what can be made again; your data in var/ stays
	$(WORKSHOP) clean
