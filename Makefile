# Everything that people and CI run. `make demo` and `make test` need Go and
# nothing else.
GO      ?= go
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -s -w -X main.version=$(VERSION)
LINT     = $(GO) tool -modfile=internal/tools/go.mod golangci-lint
DEMO    ?= demo
export CGO_ENABLED ?= 0
# Laws are tried on drawn cases: the same ones each time, until `make laws`.
export RAPID_SEED  ?= 1

.PHONY: demo build test race laws check lint fmt tidy bench fuzz e2e

demo: build ## make an invented centre in $(DEMO), and plan its next day
	test -e $(DEMO)/centre.yaml || bin/bemanna demo $(DEMO)
	bin/bemanna --centre $(DEMO) import $(DEMO)/history/*
	bin/bemanna --centre $(DEMO) plan || test $$? -eq 3

build: ## the program, in bin/
	$(GO) build -trimpath -ldflags='$(LDFLAGS)' -o bin/ ./cmd/...

test: ## all tests
	$(GO) test ./...

race: ## the tests with the race detector, but for the longest; needs a C compiler
	CGO_ENABLED=1 $(GO) test -race -short -timeout 30m ./...

laws: ## the laws on other draws than the tests', and ten times as many
	RAPID_SEED=0 RAPID_CHECKS=1000 $(GO) test -count=1 -timeout 60m ./...

lint: ## what golangci-lint finds
	$(LINT) run ./...

fmt: ## format all files
	$(LINT) fmt

tidy: ## fail if go.mod or go.sum would change
	$(GO) mod tidy -diff

check: lint tidy build test race ## what CI runs

bench: ## all benchmarks, six times
	$(GO) test -run='^$$' -bench=. -benchmem -count=6 ./... | tee bench.txt

fuzz: ## every fuzz target for a while
	@for p in $$($(GO) list ./...); do \
	  for f in $$($(GO) test -list='^Fuzz' $$p | grep '^Fuzz'); do \
	    $(GO) test -run='^$$' -fuzz="^$$f\$$" -fuzztime=20s $$p || exit 1; done; done

e2e: ## the morning in a real browser; needs Node and Chromium
	@command -v npm >/dev/null || { echo 'skipped: no npm on the PATH'; exit 0; }; \
	cd e2e && npm ci --silent && npm test --silent
