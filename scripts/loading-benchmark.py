#!/usr/bin/env python3
"""Compares the speed of loading pictures with that of torchvision: prints pictures per second of both and their ratio.

    python -m venv venv && venv/bin/pip install torch torchvision
    venv/bin/python scripts/loading-benchmark.py FOLDER [--workers N] [--rounds N]

FOLDER has one folder of JPEG or PNG pictures for each class, as ImageNet has. Both load all of them as for training a
classifier: a random region of each becomes 256x256 pixels, half of them mirrored, in batches of 128. Rounds of both alternate,
so that a change of the machine's load meets both; the first round, which fills the cache of files, does not count.
"""
import argparse
import pathlib
import re
import statistics
import subprocess
import time

import torch
from torchvision import datasets, transforms

ROOT = pathlib.Path(__file__).resolve().parent.parent


def torchvision_rate(folder, workers):
    """Pictures per second of an epoch."""
    dataset = datasets.ImageFolder(folder, transforms.Compose([
        transforms.RandomResizedCrop(256),
        transforms.RandomHorizontalFlip(),
        transforms.ToTensor(),
    ]))
    start = time.perf_counter()
    loader = torch.utils.data.DataLoader(dataset, batch_size=128, shuffle=True, num_workers=workers)
    pictures = sum(len(labels) for _, labels in loader)
    return pictures / (time.perf_counter() - start)


def edgeconv_rate(folder, workers, seed):
    """The same of ours."""
    command = ["cargo", "bench", "--quiet", "-p", "edgeconv-data", "--bench", "loading", "--",
               folder, str(workers), str(seed), "1"]
    output = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return float(re.search(r"([\d.]+) pictures per second", output).group(1))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=lambda path: str(pathlib.Path(path).resolve()))
    parser.add_argument("--workers", type=int, default=torch.get_num_threads())
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    ratios = []
    for round in range(arguments.rounds + 1):
        theirs = torchvision_rate(arguments.folder, arguments.workers)
        ours = edgeconv_rate(arguments.folder, arguments.workers, round)
        if round > 0:
            ratios.append(ours / theirs)
            print(f"torchvision {theirs:8.1f}/s   edgeconv {ours:8.1f}/s   ratio {ratios[-1]:.2f}", flush=True)
    print(f"median ratio {statistics.median(ratios):.2f} with {arguments.workers} workers")


if __name__ == "__main__":
    main()
