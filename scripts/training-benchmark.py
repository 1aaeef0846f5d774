#!/usr/bin/env python3
"""Steps of training per second: `edgeconv train` and the official EdgeFormer code in turn.

usage: training-benchmark.py OFFICIAL_REPOSITORY PROGRAM [BATCH] [SIDE] [ROUNDS]

PROGRAM is what `cargo bench -p edgeconv-train --bench step --no-run` has built. Needs what scripts/training-golden.py needs; both sides should
run on the same version of libtorch. Prints the ratio of the median times of each round, theirs to ours.
"""

import pathlib
import statistics
import subprocess
import sys
import time

import torch

import importlib

golden = importlib.import_module("training-golden")

STEPS, SKIPPED = 8, 3


def theirs(repository, config, batch, side):
    """Seconds of the steps of the official loop."""
    network, loss_function, optimizer = golden.official(repository, config)
    network.train()
    pictures, labels = torch.rand(batch, 3, side, side), torch.randint(0, 1000, (batch,))
    seconds = []
    for _ in range(STEPS):
        start = time.perf_counter()
        optimizer.zero_grad()
        loss_function(input_sample=pictures, prediction=network(pictures), target=labels.clone()).backward()
        optimizer.step()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds[SKIPPED:])


def ours(program, model, batch, side):
    """Seconds of the steps of ours."""
    output = subprocess.run([program, model, str(batch), str(side), str(STEPS)], check=True, capture_output=True, text=True)
    return statistics.median([float(line) for line in output.stdout.split()][SKIPPED:])


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    repository, program = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
    batch, side, rounds = [int(number) for number in sys.argv[3:6]] + [16, 128, 5][len(sys.argv) - 3:]
    for model, config in golden.CONFIGS.items():
        ratios = []
        for _ in range(rounds):
            a, b = theirs(repository, config, batch, side), ours(program, model, batch, side)
            ratios.append(a / b)
            print(f"{model}: official {batch / a:.1f}, edgeconv {batch / b:.1f} pictures/s, ratio {a / b:.3f}", flush=True)
        print(f"{model}: median ratio {statistics.median(ratios):.3f}")


if __name__ == "__main__":
    main()
