# The two commands of a newcomer are `make demo` and `make test`; both install what is missing.

MODEL ?= edgeformer-s
LIBTORCH_DEVICE ?= cpu

# Where MPI is installed, training in several processes is built, too.
MPI = $(if $(shell command -v mpicc),--features edgeconv-train/mpi)

.PHONY: demo test check lint bench runtime board test-board train libtorch mnn setup install

demo: mnn
	cargo build --release --bins
	target/release/edgeconv export $(MODEL) -o demo
	target/release/edgeconv bench demo/$(MODEL).mnn --runs 50

test: mnn libtorch
	cargo build --workspace --bins $(MPI)
	# A test that has to skip something says why; cargo shows that only on request.
	cargo test --workspace $(MPI) -- --show-output
	python3 -m doctest scripts/bench-table.py

# Before each commit, in under a minute: format, clippy and unit tests of the crates with changes that are not on main.
check: mnn
	sh scripts/check-changed.sh

lint: mnn libtorch
	cargo fmt --all --check
	cargo clippy --workspace --all-targets $(MPI) -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps $(MPI)
	# Not in the workspace: where its lock file lacks something, this without --locked adds it.
	cargo check --locked --manifest-path fuzz/Cargo.toml --target-dir target

# Networks in every way that they run here, then our own benchmarks; `make bench NETWORKS=DIR` takes the ONNX files in DIR, too.
bench: mnn libtorch
	cargo build --release --bins
	python3 scripts/bench-table.py $(if $(NETWORKS),--networks "$(NETWORKS)")
	$(if $(NETWORKS),EDGECONV_ONNX_MODELS="$(abspath $(NETWORKS))") cargo bench --workspace

# Puts edgeconv and its agent side by side into Cargo's bin folder.
install: mnn
	cargo install --locked --path cli
	cargo install --locked --path validate/agent

# The agent for the RK3288, which `--target` sends to boards: target/armv7-unknown-linux-gnueabihf/release/edgeconv-agent.
board:
	sh scripts/setup.sh board
	sh scripts/build-board-agent.sh

# The library for programs in C and C++ (docs/library.md), for this machine and the RK3288: target/runtime.
runtime: setup
	sh scripts/setup.sh board
	sh scripts/build-runtime.sh host
	sh scripts/build-runtime.sh rk3288

# An ARMv7 board that is emulated, which tests reach by ssh.
test-board: board
	mkdir -p target/armv7-unknown-linux-gnueabihf
	root=$$(sh scripts/board-root.sh) && ln -sfn "$$root" target/armv7-unknown-linux-gnueabihf/board-root

# `edgeconv train` and `edgeconv eval`: the program edgeconv-train, which needs libtorch, beside edgeconv. `make train LIBTORCH_DEVICE=cuda` is for GPUs.
train: mnn libtorch
	cargo build --release --bins -p edgeconv -p edgeconv-agent -p edgeconv-train $(MPI)

# libtorch is fetched once per machine, into a cache outside of this checkout.
libtorch:
	sh scripts/setup-libtorch.sh $(LIBTORCH_DEVICE)

# MNN is built once per machine, into a cache outside of this checkout.
mnn: setup
	sh cmake/build-mnn.sh

setup:
	sh scripts/setup.sh
