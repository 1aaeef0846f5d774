#!/bin/sh
# MNN 3.6.1's converter (PyPI `mnn`) cuts weights off when it stores them as 16-bit floats (`--fp16`): it rounds towards zero, where IEEE 754, ONNX's
# own float16 conversion and PyTorch's `half()` round to the nearest. Each weight is off by up to a whole last bit, twice as much as need
# be, and always to the side of zero, so that errors of a sum do not cancel: a network's outputs come out smaller.
#
# A convolution of 1x1 with one input channel shows it: with an input of 1 its outputs are the weights as MNN decodes them.
#
# Seen: 4096 weights; 2032 of 4096 are not the nearest half, 4096 are the half towards zero
#
# usage: sh findings/mnn-fp16-weights-are-truncated.sh      (needs Python 3 and a package index; exit code 1 if the behaviour has changed)
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q mnn==3.6.1 onnx==1.19.1 numpy==2.2.6
# The package starts a client for statistics when it is imported, unless this import fails.
for log in "$work"/venv/lib/python3*/site-packages/MNN/tools/utils/log.py; do
    echo 'raise ImportError' >"$log"
done
cd "$work"
cat >show.py <<'PYTHON'
import sys

import MNN
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

COUNT = 4096
weights = np.random.default_rng(1).standard_normal(COUNT).astype(np.float32)


def write():
    kernel = numpy_helper.from_array(weights.reshape(COUNT, 1, 1, 1), "kernel")
    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 1, 1, 1])
    y = helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, COUNT, 1, 1])
    graph = helper.make_graph([helper.make_node("Conv", ["x", "kernel"], ["y"])], "weights", [x], [y], [kernel])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8), "weights.onnx")


def decoded():
    net = MNN.Interpreter("weights.mnn")
    session = net.createSession({"precision": "high", "numThread": 1})
    x, y = net.getSessionInput(session), net.getSessionOutput(session)
    x.copyFrom(MNN.Tensor((1, 1, 1, 1), MNN.Halide_Type_Float, np.ones((1, 1, 1, 1), np.float32), MNN.Tensor_DimensionType_Caffe))
    net.runSession(session)
    result = MNN.Tensor((1, COUNT, 1, 1), MNN.Halide_Type_Float, np.zeros((1, COUNT, 1, 1), np.float32), MNN.Tensor_DimensionType_Caffe)
    y.copyToHostTensor(result)
    return np.array(result.getData(), np.float32).reshape(COUNT)


def towards_zero(floats):
    nearest = floats.astype(np.float16)
    is_beyond = np.abs(nearest.astype(np.float32)) > np.abs(floats)
    return np.where(is_beyond, np.nextafter(nearest, np.float16(0)), nearest).astype(np.float32)


if sys.argv[1] == "write":
    write()
else:
    found, nearest = decoded(), weights.astype(np.float16).astype(np.float32)
    others, cut = int((found != nearest).sum()), int((found == towards_zero(weights)).sum())
    print(f"{COUNT} weights; {others} of {COUNT} are not the nearest half, {cut} are the half towards zero")
    sys.exit(0 if cut == COUNT and others > COUNT // 3 else 1)
PYTHON
"$work/venv/bin/python" show.py write
"$work/venv/bin/python" -c "
import _mnncengine, _tools
_tools.mnnconvert(['mnnconvert', '-f', 'ONNX', '--modelFile', 'weights.onnx', '--MNNModel', 'weights.mnn', '--fp16', '--bizCode', 'x'])
" >convert.log 2>&1 || { cat convert.log >&2; exit 1; }
"$work/venv/bin/python" show.py read
