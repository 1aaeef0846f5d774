#!/bin/sh
# MNN 3.6.1 (PyPI `mnn`) has an operator of its own for GRU, which its converter writes with --useOriginRNNImpl. For a bidirectional layer, the states
# of all steps are right in both directions, and so is the last state of the first one; that of the second one, which a classifier of sequences reads,
# is zeros, without a word. LSTM, converted likewise, has both.
#
# One layer over 4 steps of 2 sequences; shown is the largest difference from ONNX Runtime, of all steps, and of the last state of each direction.
#
# Seen: GRU: all steps 0.00, last forwards 0.00, last backwards 0.94; LSTM: all steps 0.00, last forwards 0.00, last backwards 0.00
#
# usage: sh findings/mnn-own-gru-leaves-out-the-last-state-backwards.sh      (needs Python 3 and a package index; exit code 1 if the behaviour has changed)
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q mnn==3.6.1 onnx==1.19.1 onnxruntime==1.23.2 numpy==2.2.6
# The package starts a client for statistics when it is imported, unless this import fails.
for log in "$work"/venv/lib/python3*/site-packages/MNN/tools/utils/log.py; do
    echo 'raise ImportError' >"$log"
done
cd "$work"
cat >convert.py <<'PYTHON'
import sys

import _mnncengine
import _tools

arguments = ["-f", "ONNX", "--modelFile", f"{sys.argv[1]}.onnx", "--MNNModel", f"{sys.argv[1]}.mnn", "--bizCode", "x"]
_tools.mnnconvert(["mnnconvert", *arguments, "--useOriginRNNImpl"])
PYTHON
cat >make.py <<'PYTHON'
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

cell, gates = sys.argv[1], {"GRU": 3, "LSTM": 4}[sys.argv[1]]
random = np.random.default_rng(0)
shapes = {"weights": (2, 5 * gates, 3), "recurrence": (2, 5 * gates, 5), "bias": (2, 10 * gates)}
constants = [numpy_helper.from_array(random.normal(size=shape).astype(np.float32), name) for name, shape in shapes.items()]
options = {"hidden_size": 5, "direction": "bidirectional"} | ({"linear_before_reset": 1} if cell == "GRU" else {})
layer = helper.make_node(cell, ["x", *shapes], ["all", "last"], **options)
value = lambda name, shape: helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
graph = helper.make_graph([layer], "layer", [value("x", [4, 2, 3])], [value("all", [4, 2, 2, 5]), value("last", [2, 2, 5])], constants)
onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), f"{cell}.onnx")
PYTHON
cat >show.py <<'PYTHON'
import sys

import MNN
import numpy as np
import onnxruntime

cell = sys.argv[1]
x = np.random.default_rng(1).normal(size=(4, 2, 3)).astype(np.float32)
steps, last = onnxruntime.InferenceSession(f"{cell}.onnx").run(None, {"x": x})
interpreter = MNN.Interpreter(f"{cell}.mnn")
session = interpreter.createSession()
layout = MNN.Tensor_DimensionType_Caffe
interpreter.getSessionInput(session).copyFrom(MNN.Tensor(x.shape, MNN.Halide_Type_Float, x, layout))
interpreter.runSession(session)


def found(name, like):
    tensor = MNN.Tensor(like.shape, MNN.Halide_Type_Float, np.zeros_like(like), layout)
    interpreter.getSessionOutput(session, name).copyToHostTensor(tensor)
    return np.array(tensor.getData(), np.float32).reshape(like.shape)


differences = abs(found("all", steps) - steps), *abs(found("last", last) - last)
print(cell + ": " + ", ".join(f"{what} {d.max():.2f}" for what, d in zip(["all steps", "last forwards", "last backwards"], differences)))
PYTHON
for cell in GRU LSTM; do
    venv/bin/python make.py "$cell"
    venv/bin/python convert.py "$cell" >/dev/null 2>&1
    venv/bin/python show.py "$cell" 2>/dev/null | tail -n 1
done >seen
seen=$(paste -sd ';' seen | sed 's/;/; /')
echo "$seen"
[ "$seen" = "GRU: all steps 0.00, last forwards 0.00, last backwards 0.94; LSTM: all steps 0.00, last forwards 0.00, last backwards 0.00" ]
