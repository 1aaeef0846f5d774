"""Prints the median time in milliseconds of a network on ncnn, in 32-bit floats on the processor.

usage: python scripts/ncnn_time.py NAME.ncnn.param THREADS WARMUP RUNS

The weights are in NAME.ncnn.bin; NAME_ncnn.py, which pnnx writes beside them, is where the shape of the input is read from.
"""

import re
import statistics
import sys
import time
from pathlib import Path

import ncnn
import numpy

param = Path(sys.argv[1])
threads, warmup, runs = map(int, sys.argv[2:])
# torch.rand(1, 3, 256, 256, dtype=torch.float); ncnn has no batches.
shapes = re.findall(r"torch\.rand\(1, ([\d, ]+),", Path(str(param).replace(".ncnn.param", "_ncnn.py")).read_text())
if len(shapes) != 1:
    sys.exit(f"{param}: expected one input with a batch of 1, found {len(shapes)}")
shape = [int(size) for size in shapes[0].split(",")]

net = ncnn.Net()
net.opt.num_threads = threads
net.opt.use_vulkan_compute = False
for option in ["fp16_packed", "fp16_storage", "fp16_arithmetic", "bf16_storage", "bf16_packed"]:
    setattr(net.opt, f"use_{option}", False)
if net.load_param(str(param)) != 0 or net.load_model(str(param.with_suffix(".bin"))) != 0:
    sys.exit(f"{param}: ncnn can't load it")
picture = ncnn.Mat(numpy.random.default_rng(0).standard_normal(shape, dtype=numpy.float32)).clone()


def run():
    """Milliseconds of one run to all outputs."""
    start = time.perf_counter()
    extractor = net.create_extractor()
    extractor.input(net.input_names()[0], picture)
    for output in net.output_names():
        if extractor.extract(output)[0] != 0:
            sys.exit(f"{param}: ncnn can't compute {output}")
    return 1e3 * (time.perf_counter() - start)


print(statistics.median([run() for _ in range(warmup + runs)][warmup:]))
