#!/bin/sh
# ONNX's own operator tests (PyPI `onnx`, which makes them anew since it ships no test data) expect other results of casts to 2- and 4-bit
# integers, depending on which `ml_dtypes` is installed beside it: the expected outputs are computed by that package, and of numbers that
# such an integer does not hold 0.6.0 keeps as many bits as fit, where 0.7.0 gives 0. Both satisfy what onnx 1.23.2 asks for (`ml_dtypes>=0.5.4`),
# so that a runtime passes or fails the same case of the same version of onnx by when the tests were made.
#
# Seen: -9 as INT4: 7 with 0.6.0, 0 with 0.7.0; 3 as INT2: -1 with 0.6.0, 0 with 0.7.0; cases whose expected output differs: @COUNT@
#
# usage: sh findings/onnx-operator-tests-depend-on-ml-dtypes.sh      (needs Python 3 and a package index; exit code 1 if the behaviour has changed)
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/expected.py" <<'PYTHON'
import sys
import warnings

import numpy as np

np.random.seed(0)
warnings.simplefilter("ignore")

import ml_dtypes
from onnx import numpy_helper
from onnx.backend.test.loader import load_model_tests

print("-9 as INT4:", int(np.float32(-9).astype(ml_dtypes.int4)))
print("3 as INT2:", int(np.float32(3).astype(ml_dtypes.int2)))
for case in load_model_tests(kind="node"):
    if case.name.startswith(("test_cast_", "test_castlike_")):
        output = case.data_sets[0][1][0]
        message = output if hasattr(output, "SerializeToString") else numpy_helper.from_array(output)
        print(case.name, message.raw_data.hex() or list(message.int32_data))
PYTHON
for version in 0.6.0 0.7.0; do
    python3 -m venv "$work/$version"
    "$work/$version/bin/pip" install -q onnx==1.23.2 ml_dtypes==$version numpy==2.4.6
    "$work/$version/bin/python" "$work/expected.py" >"$work/$version.txt"
    echo "ml_dtypes $version:"
    head -n 2 "$work/$version.txt"
done
differ=$(diff "$work/0.6.0.txt" "$work/0.7.0.txt" | grep -c '^> test_' || true)
echo "cases whose expected output differs: $differ"
grep -qx -e '-9 as INT4: 7' "$work/0.6.0.txt" && grep -qx -e '-9 as INT4: 0' "$work/0.7.0.txt" && [ "$differ" -gt 0 ]
