# The two commands of a newcomer are `make demo` and `make test`; both install what is missing.

MODEL ?= edgeformer-s
LIBTORCH_DEVICE ?= cpu
# What boards agents are built for: rk3288 (ARMv7) and aarch64.
BOARD ?= rk3288 aarch64

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

# The agents that `--target` sends to boards, target/TARGET/release/edgeconv-agent: `make board BOARD=aarch64` builds only that for 64-bit
# systems, `BOARD=rk3288` that for 32-bit ones.
board:
	sh scripts/setup.sh $(BOARD)
	for board in $(BOARD); do sh scripts/build-board-agent.sh $$board || exit; done

# The library for programs in C and C++ (docs/library.md), for this machine and for boards: target/runtime.
runtime: setup
	sh scripts/setup.sh $(BOARD)
	for target in host $(BOARD); do sh scripts/build-runtime.sh $$target || exit; done

# Boards that are emulated, which tests reach by ssh: target/board-root/BOARD.
test-board: board
	mkdir -p target/board-root
	for board in $(BOARD); do \
		root=$$(sh scripts/board-root.sh $$board) && ln -sfn "$$root" target/board-root/$$board || exit; \
	done

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
