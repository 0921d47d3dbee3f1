# `make run` serves the portal on http://127.0.0.1:3000, `make test` runs every check. Both start from a bare clone and add what
# is missing. They use plain commands rather than cargo-leptos, whose installation takes 11 to 14 minutes against 1 for
# wasm-bindgen alone; `make dev` uses cargo-leptos, which watches the sources.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.ONESHELL:
.DELETE_ON_ERROR:

export PATH := $(CURDIR)/target/tools/bin:$(PATH)
# Tests drive the system's Chromium.
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD := 1

# The command line and the crate must be of one version: the crate's pin decides.
WASM_BINDGEN := $(shell sed -n 's/^wasm-bindgen = "=\(.*\)"$$/\1/p' Cargo.toml)
CARGO_LEPTOS := 0.3.10
NPM := end2end/node_modules/.package-lock.json

.PHONY: help run build dev test torture size measure bench audit pictures rust wasm-bindgen clean

help:
	@echo 'make run       build and serve on http://127.0.0.1:3000, with demonstration data'
	@echo 'make test      every check, against SQLite, PostgreSQL and a browser'
	@echo 'make torture   storage, killed and cut off thousands of times; arbitrary requests for an hour: two hours in all'
	@echo 'make dev       serve, and build again on every change'
	@echo 'make build     the server and the site folder, for production'
	@echo 'make size      what a first visit loads, in bytes'
	@echo 'make measure   import a registry of 1,000,000 accounts, twice, copy the database, restore the copy'
	@echo 'make bench     firms of 10,000 to 1,000,000 clients on both engines, each figure beside what the database alone takes'
	@echo 'make audit     whether a fault of a dependency was published (asks osv.dev), and their licences'
	@echo 'make pictures  take the pictures of the help page again'
	@echo 'make clean     remove what was built; the data stay'

# What the build is made of; when none of it is younger than the last build, cargo need not be asked, which takes seconds.
SOURCES := app server frontend style end2end/package-lock.json Cargo.toml Cargo.lock .cargo rust-toolchain.toml Makefile

run:
	@younger=$$(find $(SOURCES) -newer target/built -print -quit 2>/dev/null || true)
	if [[ ! -x target/release/server || ! -f target/site/assets.txt || ! -f target/built || -n "$$younger" ]]; then
		mkdir -p target
		touch target/building
		$(MAKE) --no-print-directory build
		mv target/building target/built
	fi
	# Only where nothing says that this is more than a demonstration on this machine.
	if [[ -z "$${PORTAIL_MAIL-}$${PORTAIL_HTTPS-}$${PORTAIL_ADDRESS-}$${PORTAIL_MAIL_SHOWN-}" ]]; then
		export PORTAIL_MAIL_SHOWN=1
	fi
	target/release/server demo
	exec target/release/server serve

build: rust wasm-bindgen $(NPM)
	@frontend/build
	@cargo build --release --package server

# Not part of `make test`: what the world has found since yesterday is no fault of a change.
audit: rust
	@docs/dependencies-check --self-test
	@docs/dependencies-check --faults

# The toolchain is named in rust-toolchain.toml; rustup may be set not to act on that file by itself.
rust:
	@if [[ ! -d $$(rustc --print sysroot 2>/dev/null)/lib/rustlib/wasm32-unknown-unknown/lib ]]; then
		channel=$$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)
		rustup toolchain install "$$channel" --profile minimal --component rustfmt,clippy --target wasm32-unknown-unknown
	fi

# Not optimised: it runs for seconds, and is compiled in half the time. Into target/, so that another version that somebody has
# installed stays. Without --locked, since one version that its lock file names was withdrawn.
wasm-bindgen: rust
	@if [[ $$(wasm-bindgen --version 2>/dev/null) != "wasm-bindgen $(WASM_BINDGEN)" ]]; then
		if command -v cargo-binstall >/dev/null; then
			cargo binstall --no-confirm --root target/tools wasm-bindgen-cli@$(WASM_BINDGEN)
		else
			CARGO_PROFILE_DEV_DEBUG=0 cargo install --debug --root target/tools wasm-bindgen-cli --version $(WASM_BINDGEN)
		fi
	fi

$(NPM): end2end/package.json end2end/package-lock.json
	@(cd end2end && npm ci)
	@touch $@

dev: rust wasm-bindgen $(NPM)
	@if [[ $$(cargo leptos --version 2>/dev/null) != *" $(CARGO_LEPTOS)" ]]; then
		if command -v cargo-binstall >/dev/null; then
			cargo binstall --no-confirm --root target/tools cargo-leptos@$(CARGO_LEPTOS)
		else
			echo 'cargo-leptos $(CARGO_LEPTOS) is missing: it is compiled once, which takes 11 to 14 minutes'
			cargo install --root target/tools cargo-leptos --version $(CARGO_LEPTOS) --locked
		fi
	fi
	export PATH="$$PWD/end2end/node_modules/.bin:$$PATH"
	export PORTAIL_SITE=target/site-dev
	exec cargo leptos watch -- serve

test: rust
	@exec end2end/check

# The tests of storage that a usual run does a little of. TORTURE_SEED chooses other moments, cuts and changes.
torture: rust
	@export TORTURE_ROUNDS=$${TORTURE_ROUNDS:-200} TORTURE_CUTS=$${TORTURE_CUTS:-5000} TORTURE_UPDATES=$${TORTURE_UPDATES:-100000}
	tests='kill_9 what_is_torn random_updates_at_once'
	if cargo nextest --version >/dev/null 2>&1; then
		end2end/postgres cargo nextest run --locked --package store --package server --run-ignored all --no-capture $$tests
	else
		for test in $$tests; do
			end2end/postgres cargo test --locked --package store --package server -- --include-ignored --nocapture "$$test"
		done
	fi
	FUZZ_SECONDS=$${FUZZ_SECONDS:-3600} cargo test --locked --package server --lib torture_ -- --ignored --nocapture
	PROPTEST_CASES=$${PROPTEST_CASES:-1000000} cargo test --locked --release --package portfolio --lib

size:
	@node frontend/size.mjs

# The second import changes nothing. What is restored is checked once more by itself.
measure: build
	@folder=$$(mktemp -d)
	trap 'rm -rf "$$folder"' EXIT
	export DATABASE_URL="sqlite:$$folder/portail.db" PORTAIL_KEY_FILE="$$folder/key" PORTAIL_LOG=warn
	target/release/server registry generate --accounts 1000000 --seed 1 --out "$$folder/registry.csv"
	for time in first second; do
		echo "$$time import"
		target/release/server registry import "$$folder/registry.csv" 2>/dev/null
	done
	target/release/server backup --out "$$folder/copy"
	target/release/server restore "$$folder/copy" --replace
	time target/release/server check
	cargo test --locked --release --package store --lib measured_ -- --ignored --nocapture --test-threads 1 2>/dev/null | grep -oE '(journal|vault|file): .*'
	CLIENTS=100000 cargo test --locked --release --package store --test it measured_bulk -- --ignored --nocapture 2>/dev/null | grep -oE 'bulk: .*'
	CLIENTS=300000 end2end/postgres cargo test --locked --release --package store --test it measured_dashboard -- --ignored --nocapture --test-threads 1 2>/dev/null | grep -oE '(dashboard|review): .*'
	cargo test --locked --package server --lib measured_ -- --ignored --nocapture 2>/dev/null | grep -o 'password: .*'
	cargo test --locked --release --package portfolio --lib measured_ -- --ignored --nocapture 2>/dev/null | grep -o 'mobility: .*'
	cargo build --locked --package portfolio --bin decisions --features measure --target wasm32-unknown-unknown --profile wasm-release
	node end2end/decisions.mjs target/wasm32-unknown-unknown/wasm-release/decisions.wasm

# One table, as README.md has it. BENCH_SIZES=10000,100000 and BENCH_ENGINES=sqlite or postgres choose less. SQLite's databases stay in
# target/bench and are taken again; PostgreSQL's go. The server is built together with it: both from the same store.
bench: rust wasm-bindgen $(NPM)
	@frontend/build
	cargo build --locked --release --package server --package bench
	end2end/postgres target/release/bench

pictures: build
	@cd end2end && PICTURES=1 node_modules/.bin/playwright test --project=pictures

clean:
	@rm -rf target/site* && cargo clean
