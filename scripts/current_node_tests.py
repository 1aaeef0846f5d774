"""Called by current-node-tests.sh: writes all cases, each in a folder with its model, inputs and outputs, as older packages had them."""

import os
import sys

import numpy as np

# Most cases are random: they are the same in every run from here on.
np.random.seed(0)

import onnx  # noqa: E402
from onnx import numpy_helper  # noqa: E402
from onnx.backend.test.loader import load_model_tests  # noqa: E402


def message(value, info):
    """The message that holds a value of the graph."""
    kind = info.type.WhichOneof("value")
    if kind == "sequence_type":
        return numpy_helper.from_list(value, info.name)
    if kind == "optional_type":
        return numpy_helper.from_optional(value, info.name)
    return value if isinstance(value, onnx.TensorProto) else numpy_helper.from_array(value, info.name)


def write(path, message):
    with open(path, "wb") as file:
        file.write(message.SerializeToString())


def main(root):
    for case in load_model_tests(kind="node"):
        # All cases have one set of data.
        inputs, outputs = case.data_sets[0]
        folder = os.path.join(root, case.name)
        data = os.path.join(folder, "test_data_set_0")
        os.makedirs(data)
        write(os.path.join(folder, "model.onnx"), case.model)
        graph = case.model.graph
        for kind, values, infos in [("input", inputs, graph.input), ("output", outputs, graph.output)]:
            for index, (value, info) in enumerate(zip(values, infos, strict=True)):
                write(os.path.join(data, f"{kind}_{index}.pb"), message(value, info))


main(sys.argv[1])
