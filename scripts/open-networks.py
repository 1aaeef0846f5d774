"""Converts networks whose batch, height and width are open, and compares each file with PyTorch at five sizes, in MNN's own Python package.

usage: python scripts/open-networks.py OUT_DIR [NAME...]

Needs what export-models.py needs, and `edgeconv` on the path; scripts/stock-python.sh installs MNN. Writes OUT_DIR/NAME.onnx, NAME.mnn (ours), NAME.stock.mnn (of MNN's
own converter) and a line for each network: the largest error of both, in terms of the largest element of the output, at the worst size.
Exit code 1 if one of ours is off by more than 1e-3.
"""

import importlib.util
import subprocess
import sys
from pathlib import Path

TOLERANCE = 1e-3
SCRIPTS = Path(__file__).parent
# [N, H, W]
ANY = [(1, 224, 224), (3, 131, 113), (2, 96, 320), (1, 257, 64), (5, 75, 170)]
# For networks that halve their maps and put them together again.
MULTIPLES = [(1, 224, 224), (3, 160, 192), (2, 96, 320), (1, 256, 64), (5, 64, 128)]
LINES = [(1, 32, 100), (3, 32, 161), (2, 32, 320), (1, 32, 47), (8, 32, 64)]
SIZES = {
    **dict.fromkeys(
        "resnet18 mobilenet-v2 mobilenet-v3-small mobilenet-v4-conv-small efficientnet-b0 efficientnet-b0-dynamo regnety-004 shufflenet-v2 ghostnet-v2 "
        "mnasnet densenet121 convnext-atto starnet-s1 lraspp deeplabv3-mobilenet fcn-resnet50 rpn-mobilenet-fpn ssdlite super-resolution".split(),
        ANY,
    ),
    **dict.fromkeys("hrnet-w18-small yolov5n yolov8n yolov8n-dynamo unet".split(), MULTIPLES),
    "text": LINES,
}


def text_reader():
    """CRNN: columns of a line of text, read by two recurrent layers. Its height is fixed."""
    from torch import nn

    class Reader(nn.Module):
        def __init__(self):
            super().__init__()
            block = lambda i, o, stride: [nn.Conv2d(i, o, 3, stride, 1), nn.BatchNorm2d(o), nn.ReLU()]
            self.maps = nn.Sequential(*block(3, 16, 2), *block(16, 32, 2), *block(32, 64, (2, 1)), *block(64, 64, (4, 1)))
            self.rows = nn.LSTM(64, 48, 2, bidirectional=True)
            self.classify = nn.Linear(96, 37)

        def forward(self, x):
            columns = self.maps(x).squeeze(2).permute(2, 0, 1)
            return self.classify(self.rows(columns)[0])

    return Reader().eval()


def exporter():
    spec = importlib.util.spec_from_file_location("export_models", SCRIPTS / "export-models.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def export(name, path):
    """Writes the ONNX file, and a picture and PyTorch's outputs for each size."""
    import numpy
    import torch

    module = exporter()
    fixed_height = name == "text"
    if fixed_height:
        torch.manual_seed(0)
        model, dynamo, opset = text_reader(), False, 17
    else:
        (model, _), spec = module.network(name), module.EXPORTS[name]
        dynamo, opset = spec.dynamo, spec.opset
    axes = {0: "N", 3: "W"} if fixed_height else {0: "N", 2: "H", 3: "W"}
    picture = torch.rand(2, 3, 32, 128) if fixed_height else torch.rand(2, 3, 224, 256)
    if dynamo:
        opened = {axis: torch.export.Dim.AUTO for axis in axes}
        options = {"dynamo": True, "dynamic_shapes": (opened,), "external_data": False}
    else:
        options = {"dynamo": False, "dynamic_axes": {"input": axes}}
    torch.onnx.export(model, (picture,), str(path), input_names=["input"], opset_version=opset, **options)
    for index, (n, h, w) in enumerate(SIZES[name]):
        torch.manual_seed(index)
        picture = torch.rand(n, 3, h, w)
        with torch.no_grad():
            outputs = torch.utils._pytree.tree_leaves(model(picture))
        numpy.savez(path.with_suffix(f".{index}.npz"), picture.numpy(), *(output.numpy() for output in outputs))


def errors(model, arrays):
    """The largest error of a .mnn file at each size."""
    import MNN
    import numpy

    interpreter = MNN.Interpreter(str(model))
    # WINOGRAD_MEMORY_LEVEL: MNN's default lets errors grow by a factor of 10 to 40, whoever made the file.
    interpreter.setSessionHint(3, 1)
    session = interpreter.createSession({"numThread": 2})
    for path in arrays:
        loaded = numpy.load(path)
        picture, *wanted = (loaded[key] for key in loaded.files)
        tensor = interpreter.getSessionInput(session)
        interpreter.resizeTensor(tensor, picture.shape)
        interpreter.resizeSession(session)
        source = MNN.Tensor(picture.shape, MNN.Halide_Type_Float, picture, MNN.Tensor_DimensionType_Caffe)
        tensor.copyFrom(source)
        interpreter.runSession(session)
        outputs = []
        for output in interpreter.getSessionOutputAll(session).values():
            host = MNN.Tensor(output.getShape(), MNN.Halide_Type_Float, numpy.zeros(output.getShape(), numpy.float32), MNN.Tensor_DimensionType_Caffe)
            output.copyToHostTensor(host)
            outputs.append(numpy.array(host.getNumpyData()))
        # Each output is that of the same shape which is the nearest.
        worst = 0.0
        for want in wanted:
            alike = [numpy.abs(output - want).max() / numpy.abs(want).max() for output in outputs if output.shape == want.shape]
            worst = max(worst, min(alike, default=float("inf")))
        print(f"error {worst:.2e}", flush=True)


def judged(model, arrays):
    """The same in a process of its own, which MNN may end."""
    if not model.exists():
        return None
    python = subprocess.run(["sh", SCRIPTS / "stock-python.sh"], capture_output=True, text=True, check=True).stdout.strip()
    run = subprocess.run([python, __file__, "--errors", model, *arrays], capture_output=True, text=True, timeout=600)
    found = [float(line.split()[1]) for line in run.stdout.splitlines() if line.startswith("error ")]
    return max(found) if len(found) == len(arrays) else float("inf")


def shown(error):
    return "none" if error is None else f"{error:.1e}"


def main(arguments):
    if arguments[:1] == ["--errors"]:
        errors(Path(arguments[1]), arguments[2:])
        return 0
    unknown = [name for name in arguments[1:] if name not in SIZES]
    if not arguments or unknown:
        print(f"unknown: {', '.join(unknown)}" if unknown else __doc__, file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    failed = 0
    for name in arguments[1:] or SIZES:
        path, ours, stock = (folder / f"{name}{ending}" for ending in (".onnx", ".mnn", ".stock.mnn"))
        if not path.exists():
            export(name, path)
        arrays = [path.with_suffix(f".{index}.npz") for index in range(len(SIZES[name]))]
        for command in (["edgeconv", "convert", path, "-o", ours, "-q"], ["sh", SCRIPTS / "stock-convert.sh", path, stock]):
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        ours, stock = judged(ours, arrays), judged(stock, arrays)
        is_right = ours is not None and ours <= TOLERANCE
        failed += not is_right
        print(f"{name}: {'right' if is_right else 'WRONG'}, ours {shown(ours)}, MNN's converter {shown(stock)}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
