#!/usr/bin/env python3
"""Outputs of the official code for all networks of the zoo, for `cargo test -p edgeconv-converter --test official`.

usage: official-outputs.py OFFICIAL_REPOSITORY OUT.json

OFFICIAL_REPOSITORY is a checkout of https://github.com/hkzhang91/ParC-Net; PyTorch, torchvision, NumPy, PyYAML, OpenCV and timm must
be there.
The weights and the picture are not stored: `numbers` and `weight` make them of a name and an index, here and in the test. No weight is 0 or
1, as many are that nobody trained: a norm that is left out, or folded wrongly, changes the outputs. The networks compute in double
precision. Of each output every n-th number is written, so that the file stays small.
"""

import json
import pathlib
import sys

import numpy
import torch

from official import prepare

# Numbers that are kept of an output, at most.
KEPT = 400


def numbers(name, shape):
    """Numbers in [-1, 1): FNV-1a of the name, with the index through MurmurHash3's last step."""
    state = 0x811C9DC5
    for byte in name.encode():
        state = (state ^ byte) * 0x01000193 % 2**32
    x = numpy.arange(numpy.prod(shape, dtype=int), dtype=numpy.uint32) * numpy.uint32(0x9E3779B9) + numpy.uint32(state)
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1)):
        x = (x ^ (x >> numpy.uint32(shift))) * numpy.uint32(factor)
    return ((x >> numpy.uint32(8)).astype(numpy.float32) / numpy.float32(2**23) - numpy.float32(1)).reshape(shape)


def weight(name, shape):
    """Matrices and kernels keep the size of what they are applied to; norms scale and move a little."""
    if len(shape) > 1:
        return numpy.sqrt(numpy.float32(3) / numpy.float32(numpy.prod(shape[1:]))) * numbers(name, shape)
    base = 0 if name.endswith(("bias", "running_mean")) else 1
    return numpy.float32(base) + numpy.float32(0.2) * numbers(name, shape)


def of_recipe(repository, task, family, scale):
    """A network of a published recipe; not every scale has a recipe of its own."""
    from cvnets import get_model
    from options.opts import get_training_arguments

    recipes = {
        ("classification", "edgeformer"): "classification/edgeformer/edgeformer_s",
        ("classification", "mobilevit"): "classification/mobilevit/mobilevit_small",
        ("detection", "edgeformer"): "detection/edgeformer/ssd_edgeformer_s",
        ("detection", "mobilevit"): "detection/mobilevit/ssd_mobilevit_small_320",
        ("segmentation", "edgeformer"): "segmentation/edgeformer/deeplabv3_edgeformer_s",
        ("segmentation", "mobilevit"): "segmentation/mobilevit/deeplabv3_mobilevit_small",
    }
    sys.argv = ["main_train.py", "--common.config-file", str(repository / "config" / f"{recipes[task, family]}.yaml")]
    options = get_training_arguments()
    if family == "edgeformer":
        setattr(options, "model.classification.edge.scale", f"scale_{scale}")
        setattr(options, "model.classification.edge.fusion", "add" if scale == "xs" else "concat")
    else:
        setattr(options, "model.classification.mit.mode", {"xxs": "xx_small", "xs": "x_small", "s": "small"}[scale])
    setattr(options, "model.classification.pretrained", None)
    setattr(options, "model.detection.n_classes", 81)
    setattr(options, "model.segmentation.n_classes", 21)
    return get_model(options)


def networks(repository):
    """(name, input side, network), with sides as small as each network takes."""
    from ParC_ConvNets import ParC_convnext, ParC_mobilenetv2, ParC_resnet50

    prefixes = {"classification": ("", 64), "detection": ("ssd-", 96), "segmentation": ("deeplabv3-", 64)}
    for task, (prefix, side) in prefixes.items():
        for family, scales in (("edgeformer", ("xs", "s", "h")), ("mobilevit", ("xxs", "xs", "s"))):
            for scale in scales:
                yield f"{prefix}{family}-{scale}", side, of_recipe(repository, task, family, scale)
    yield "parc-convnext-xt", 224, ParC_convnext.parc_convnext_xt()
    depths = [3, 3, 9, 3]
    plain = ParC_convnext.ParC_ConvNeXt(depths=depths, dims=[48, 96, 192, 384], ParC_insert_locs=depths)
    yield "convnext-xt", 64, plain
    yield "parc-mobilenetv2", 224, ParC_mobilenetv2.parc_mv2()
    rows = [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]
    plain = ParC_mobilenetv2.ParC_MobileNetV2(inverted_residual_setting=[[*row, row[2], 0] for row in rows])
    yield "mobilenetv2", 64, plain
    yield "parc-resnet50", 224, ParC_resnet50.parc_res50()
    depths = [3, 4, 6, 3]
    yield "resnet50", 64, ParC_resnet50.parc_resnet(ParC_resnet50.Bottleneck, depths, depths)


def fill(network):
    """Sets all weights. EdgeFormer registers the first block of stage 5 a second time, as `residual`."""
    for name, tensor in network.state_dict().items():
        if "residual." not in name and not name.endswith("num_batches_tracked"):
            tensor.copy_(torch.from_numpy(weight(name, tuple(tensor.shape))))


def outputs(name, network, picture):
    result = network(picture)
    if name.startswith("ssd-"):
        confidences, locations = result[:2]
        return {"confidences": confidences, "locations": locations}
    return {"logits": result}


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    repository, out = (pathlib.Path(path).resolve() for path in sys.argv[1:])
    prepare(repository)
    found = {}
    for name, side, network in networks(repository):
        fill(network)
        network.eval().double()
        picture = torch.from_numpy(numbers("picture", (1, 3, side, side))).double()
        with torch.no_grad():
            tensors = outputs(name, network, picture)
        found[name] = {"side": side, "outputs": {}}
        for output, tensor in tensors.items():
            flat = tensor.flatten()
            step = -(-len(flat) // KEPT)
            values = [float(f"{value:.9g}") for value in flat[::step].tolist()]
            found[name]["outputs"][output] = {"shape": list(tensor.shape), "step": step, "values": values}
            print(name, output, list(tensor.shape), f"largest {tensor.abs().max():.3g}, deviation {tensor.std():.3g}")
    entries = [f"{json.dumps(name)}: {json.dumps(entry)}" for name, entry in found.items()]
    out.write_text("{\n" + ",\n".join(entries) + "\n}\n")


if __name__ == "__main__":
    main()
