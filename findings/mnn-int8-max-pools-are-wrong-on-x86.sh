#!/bin/sh
# MNN 3.6.1 (PyPI `mnn`, x86-64) computes the maxima of quantised maps wrongly, and says nothing. On x86 it keeps 8-bit integers as bytes that count
# 128 in excess, but its kernel for maxima compares these as numbers with a sign: each window that has values on both sides of zero gives the
# largest of the negative ones. What MNN's own quantiser makes of a network with a max pool is garbage there; with an average pool in its place,
# the same network comes out as it should. On ARM, where integers are as they are, the same file is right.
#
# Convolution, pool, convolution, quantised by `mnnquant` with 16 pictures; shown is the cosine of the results with ONNX Runtime's of the network in floats.
#
# Seen: AveragePool: floats 1.00, quantised 1.00; MaxPool: floats 1.00, quantised -0.35
#
# usage: sh findings/mnn-int8-max-pools-are-wrong-on-x86.sh      (needs Python 3 on x86-64 and a package index; exit code 1 if the behaviour has changed)
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q mnn==3.6.1 onnx==1.19.1 onnxruntime==1.23.2 numpy==2.2.6 pillow==12.0.0
# The package starts a client for statistics when it is imported, unless this import fails.
for log in "$work"/venv/lib/python3*/site-packages/MNN/tools/utils/log.py; do
    echo 'raise ImportError' >"$log"
done
cd "$work"
cat >make.py <<'PYTHON'
import json
import os
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from PIL import Image

random = np.random.default_rng(0)
weights = {"first": random.standard_normal((8, 3, 3, 3)) * 0.3, "last": random.standard_normal((8, 8, 3, 3)) * 0.2}
nodes = [
    helper.make_node("Conv", ["x", "first"], ["a"], pads=[1] * 4),
    helper.make_node(sys.argv[1], ["a"], ["p"], kernel_shape=[2, 2], strides=[2, 2]),
    helper.make_node("Conv", ["p", "last"], ["y"], pads=[1] * 4),
]
x = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, 32, 32])
y = helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 8, 16, 16])
constants = [numpy_helper.from_array(tensor.astype(np.float32), name) for name, tensor in weights.items()]
graph = helper.make_graph(nodes, "pool", [x], [y], constants)
onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8), "net.onnx")
os.makedirs("pictures", exist_ok=True)
for index in range(16):
    Image.fromarray(random.integers(0, 256, (32, 32, 3), dtype=np.uint8)).save(f"pictures/{index}.png")
settings = {"format": "RGB", "mean": [127.5] * 3, "normal": [0.0078125] * 3, "width": 32, "height": 32, "path": "pictures/"}
settings |= {"used_image_num": 16, "feature_quantize_method": "KL", "weight_quantize_method": "MAX_ABS", "batch_size": 1}
json.dump(settings, open("settings.json", "w"))
PYTHON
cat >tools.py <<'PYTHON'
import _mnncengine
import _tools

_tools.mnnconvert(["mnnconvert", "-f", "ONNX", "--modelFile", "net.onnx", "--MNNModel", "float.mnn", "--bizCode", "x"])
_tools.mnnquant(["mnnquant", "float.mnn", "quantised.mnn", "settings.json"])
PYTHON
cat >show.py <<'PYTHON'
import MNN
import numpy as np
import onnxruntime

SHAPES = {"x": (1, 3, 32, 32), "y": (1, 8, 16, 16)}
x = (np.random.default_rng(3).integers(0, 256, SHAPES["x"]).astype(np.float32) - 127.5) * 0.0078125
expected = onnxruntime.InferenceSession("net.onnx").run(None, {"x": x})[0]


def tensor(name, data):
    return MNN.Tensor(SHAPES[name], MNN.Halide_Type_Float, data, MNN.Tensor_DimensionType_Caffe)


def cosine(path):
    net = MNN.Interpreter(path)
    session = net.createSession({"precision": "high", "numThread": 1})
    net.getSessionInput(session).copyFrom(tensor("x", x))
    net.runSession(session)
    result = tensor("y", np.zeros(SHAPES["y"], np.float32))
    net.getSessionOutput(session).copyToHostTensor(result)
    found = np.array(result.getData(), np.float32).reshape(SHAPES["y"])
    return float((found * expected).sum() / np.sqrt((found**2).sum() * (expected**2).sum()))


print(f"floats {cosine('float.mnn'):.2f}, quantised {cosine('quantised.mnn'):.2f}")
PYTHON
seen=
for pool in AveragePool MaxPool; do
    "$work/venv/bin/python" make.py $pool
    "$work/venv/bin/python" tools.py >tools.log 2>&1 || { cat tools.log >&2; exit 1; }
    seen="$seen${seen:+; }$pool: $("$work/venv/bin/python" show.py | tail -n 1)"
done
echo "$seen"
[ "$seen" = "AveragePool: floats 1.00, quantised 1.00; MaxPool: floats 1.00, quantised -0.35" ]
