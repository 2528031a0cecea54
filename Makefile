# Go and make are enough for everything but check, which also needs a C compiler.
SHELL := /bin/sh
export CGO_ENABLED ?= 0

STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
# SQLite itself and the C library below it, translated from C, keep their own locks;
# watching them too makes everything six times slower and finds nothing of ours.
RACE        := -race $(foreach part,sqlite/lib libc/... memory,'-gcflags=modernc.org/$(part)=-race=false -d=checkptr=0')
VERSION     := $(shell git describe --tags --always --dirty 2>/dev/null)
LDFLAGS     := -s -w -X main.version=$(VERSION)
BUILD       := go build -trimpath -buildvcs=false -ldflags "$(LDFLAGS)"
DATA        ?= ./vitrine-data
PLATFORMS   := linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64
BROWSERS    := chromium chromium-browser google-chrome google-chrome-stable

.PHONY: help run dev test check build cross bench demo clean

help: ## Say what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: vitrine ## Serve at http://localhost:8080, with a demo workspace on the first start
	./vitrine serve --demo --data $(DATA)

dev: ## Serve, and build again on every change; templates are read anew on every request
	@mkdir -p .dev; trap 'kill $$pid 2>/dev/null; exit 0' INT TERM; \
	while :; do \
		touch .dev/built; pid=; \
		if $(BUILD) -o .dev/vitrine .; then VITRINE_VIEWS=views .dev/vitrine serve --demo --data $(DATA) & pid=$$!; fi; \
		while [ -z "$$(find . -newer .dev/built \( -name '*.go' -o -name '*.sql' -o -name '*.toml' -o -path './static/*' \) -print | head -n 1)" ]; do sleep 1; done; \
		[ -z "$$pid" ] || { kill $$pid; wait $$pid; }; \
	done

# After make check in the same run, the tests have run already, under the race detector.
test: ## Run all tests; without Chromium those in a browser are left out, and named
ifneq (,$(filter check,$(MAKECMDGOALS)))
test: check
	@echo "The tests ran with the race detector: see above."
else
	go test ./...
endif
	@for browser in $(BROWSERS); do command -v $$browser >/dev/null 2>&1 && exit 0; done; \
	echo; echo "Chromium is not installed. These tests were left out:"; \
	sh .ci/browser-tests

check: export CGO_ENABLED = 1
check: ## gofmt, vet, staticcheck, and all tests with the race detector
	@unformatted=$$(gofmt -l .); [ -z "$$unformatted" ] || { echo "gofmt these files:"; echo "$$unformatted"; exit 1; }
	go vet ./...
	go run $(STATICCHECK) ./...
	go test $(RACE) -timeout 40m ./...
	CGO_ENABLED=0 go test -run "^TestMatrix$$" ./handlers

.PHONY: vitrine
vitrine:
	@$(BUILD) -o vitrine .

build: vitrine ## Build ./vitrine for this machine

cross: ## Build dist/vitrine-OS-ARCH for Linux, macOS and Windows, on amd64 and arm64
	@mkdir -p dist
	@for platform in $(PLATFORMS); do \
		os=$${platform%/*}; arch=$${platform#*/}; suffix=; [ $$os = windows ] && suffix=.exe; \
		echo "dist/vitrine-$$os-$$arch$$suffix"; \
		GOOS=$$os GOARCH=$$arch $(BUILD) -o dist/vitrine-$$os-$$arch$$suffix . || exit 1; \
	done

bench: ## Measure, beside the bare limits of the libraries, and print the table
	go test -p 1 -run '^$$' -bench . -timeout 60m ./...

demo: vitrine ## Fill an empty workspace with the demo and print sign-in links
	./vitrine demo --data $(DATA)

clean: ## Remove what was built; the data folder stays
	rm -rf vitrine dist .dev
