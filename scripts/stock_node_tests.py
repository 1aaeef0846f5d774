"""Called by stock-node-tests.sh."""

import os
import resource
import signal
import sys
import tempfile

import numpy as np
import onnx
from onnx import numpy_helper

import _mnncengine  # noqa: F401  (loads MNN)
import _tools
from MNN import expr, nn


def tensor(path, value):
    """A tensor of the test data, as MNN takes it: 32-bit floats or integers; None for sequences, strings and the like."""
    if not value.type.HasField("tensor_type"):
        return None
    with open(path, "rb") as file:
        array = numpy_helper.to_array(onnx.TensorProto.FromString(file.read()))
    if array.dtype.kind in "iub":
        return array.astype(np.int32)
    return array.astype(np.float32) if array.dtype.kind in "fV" else None


def variable(array):
    dtype = expr.int if array.dtype.kind == "i" else expr.float
    result = expr.placeholder(list(array.shape), expr.NCHW, dtype)
    result.write(array.flatten().tolist())
    return result


def run(folder):
    model_path = os.path.join(folder, "model.onnx")
    graph = onnx.load(model_path).graph
    stored = {tensor.name for tensor in graph.initializer}
    inputs = [value for value in graph.input if value.name not in stored]
    data = os.path.join(folder, "test_data_set_0")
    given = [tensor(f"{data}/input_{i}.pb", value) for i, value in enumerate(inputs)]
    expected = [tensor(f"{data}/output_{i}.pb", value) for i, value in enumerate(graph.output)]
    if any(array is None for array in given + expected):
        return "no tensor of numbers"
    _tools.mnnconvert(["mnnconvert", "-f", "ONNX", "--modelFile", model_path, "--MNNModel", "out.mnn", "--bizCode", "MNN"])
    if not os.path.exists("out.mnn"):
        return "not converted"
    names = [[value.name for value in values] for values in (inputs, graph.output)]
    results = nn.load_module_from_file("out.mnn", *names).forward([variable(array) for array in given])
    results = results if isinstance(results, (list, tuple)) else [results]
    if len(results) != len(expected):
        return "another number of outputs"
    for result, wanted in zip(results, expected):
        found = np.array(expr.convert(result, expr.NCHW).read())
        if found.shape != wanted.shape:
            return f"shape {found.shape}, expected {wanted.shape}"
        finite = np.abs(wanted[np.isfinite(wanted)].astype(np.float64))
        largest = max(finite.max(initial=0), 1e-2)
        if not np.allclose(found.astype(np.float64), wanted.astype(np.float64), 1e-3, 1e-5 * largest, equal_nan=True):
            return "wrong numbers"
    return "pass"


def isolated(folder):
    """What `run` says, from a process of its own with limits on memory and time."""
    receiver, sender = os.pipe()
    child = os.fork()
    if child == 0:
        with tempfile.TemporaryDirectory() as scratch:
            os.chdir(scratch)
            silence = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 1)
            os.dup2(silence, 2)
            resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
            signal.alarm(30)
            try:
                result = run(folder)
            except Exception as error:
                result = repr(error)
            os.write(sender, result.encode()[:1000])
        os._exit(0)
    os.close(sender)
    with os.fdopen(receiver, "rb") as pipe:
        result = pipe.read().decode(errors="replace")
    _, status = os.waitpid(child, 0)
    return result.split("\n")[0].replace("\t", " ") or f"crash, wait status {status}"


def best_of_three(folder):
    """Some results differ from run to run: the case passes if one of them does."""
    for _ in range(3):
        result = isolated(folder)
        if result == "pass":
            break
    return result


def main():
    suite = sys.argv[1]
    for name in sorted(os.listdir(suite)):
        print(name.removeprefix("test_"), best_of_three(os.path.join(suite, name)), sep="\t", flush=True)


main()
