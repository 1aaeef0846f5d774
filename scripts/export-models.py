"""Exports architectures of timm and torchvision with seeded random weights, as files to try a converter on.

usage: python scripts/export-models.py [--pt2] OUT_DIR [NAME...]
       python scripts/export-models.py --list

Writes OUT_DIR/NAME.onnx for each name, or for all of them; files that are there already are kept. Needs torch, torchvision,
timm, onnx, onnxscript, onnxslim and onnxsim. Exporters, opsets and simplifiers differ from model to model, as they do in
files that people have. With --pt2 writes OUT_DIR/NAME.pt2, by torch.export, and what PyTorch computes of a random picture as
OUT_DIR/NAME/inputs.npz and outputs.npz, for `edgeconv check --against OUT_DIR/NAME`; the weights are the same.

Weights are as each library initialises them, except that nothing is left at 0 or 1: norms get random factors and summands,
running statistics are those of random pictures and then perturbed, layer scales and tokens are random. A pass that
folds something wrongly changes the outputs, and the numbers stay of the size that trained networks have.
"""

import sys
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

import numpy
import onnx
import timm
import torch
import torchvision
from torch import nn
from torch.nn import functional as F


@dataclass
class Export:
    """One file: a network, the side of its pictures, and the tools that write it."""

    build: Callable[[], nn.Module]
    size: int | tuple[int, int] = 224
    opset: int = 17
    dynamo: bool = False
    simplifier: str | None = None


def of_timm(name, size=224, opset=17, fuse=False, dynamo=False, simplifier=None, **options):
    def build():
        model = timm.create_model(name, **options)
        return timm.utils.reparameterize_model(model.eval()) if fuse else model

    return Export(build, size, opset, dynamo, simplifier)


def of_torchvision(name, size=224, opset=17, dynamo=False, simplifier=None, **options):
    def build():
        return torchvision.models.get_model(name, weights=None, **options)

    return Export(build, size, opset, dynamo, simplifier)


# Networks that neither library has, and parts of those that end in something other than tensors.


class Outputs(nn.Module):
    """What `select` takes from the outputs of a network."""

    def __init__(self, network, select):
        super().__init__()
        self.network, self.select = network, select

    def forward(self, x):
        return self.select(self.network(x))


class Detector(nn.Module):
    """Backbone and heads of a detector of torchvision, without anchors and non-maximum suppression."""

    def __init__(self, detector, head):
        super().__init__()
        self.backbone, self.head = detector.backbone, head(detector)

    def forward(self, x):
        outputs = self.head(list(self.backbone(x).values()))
        if isinstance(outputs, dict):
            return tuple(outputs.values())
        return tuple(output for outputs in outputs for output in outputs)


def conv(inputs, outputs, kernel=1, stride=1, groups=1, activation=nn.SiLU):
    layers = [nn.Conv2d(inputs, outputs, kernel, stride, (kernel - 1) // 2, groups=groups, bias=False), nn.BatchNorm2d(outputs)]
    return nn.Sequential(*layers, *([activation()] if activation else []))


class ShuffleUnit(nn.Module):
    """ShuffleNetV1, figure 2: grouped 1x1, channel shuffle, depthwise 3x3, grouped 1x1; concatenated with a pool at stride 2."""

    def __init__(self, inputs, outputs, stride, groups, first_groups):
        super().__init__()
        self.groups, self.stride = groups, stride
        middle = outputs // 4
        self.compress = conv(inputs, middle, groups=first_groups, activation=nn.ReLU)
        self.depthwise = conv(middle, middle, 3, stride, middle, activation=None)
        self.expand = conv(middle, outputs - (inputs if stride == 2 else 0), groups=groups, activation=None)

    def forward(self, x):
        y = self.compress(x)
        n, c, h, w = y.shape
        y = y.view(n, self.groups, c // self.groups, h, w).transpose(1, 2).reshape(n, c, h, w)
        y = self.expand(self.depthwise(y))
        if self.stride == 2:
            return F.relu(torch.cat([F.avg_pool2d(x, 3, 2, 1), y], 1))
        return F.relu(x + y)


def shufflenet_v1(groups=3, widths=(240, 480, 960), depths=(4, 8, 4)):
    layers = [conv(3, 24, 3, 2, activation=nn.ReLU), nn.MaxPool2d(3, 2, 1)]
    inputs = 24
    for stage, (width, depth) in enumerate(zip(widths, depths)):
        for index in range(depth):
            first = 1 if stage == index == 0 else groups
            layers.append(ShuffleUnit(inputs, width, 2 if index == 0 else 1, groups, first))
            inputs = width
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, 1000))


class Bottleneck(nn.Module):
    def __init__(self, width, shortcut):
        super().__init__()
        self.layers, self.shortcut = nn.Sequential(conv(width, width, 3), conv(width, width, 3)), shortcut

    def forward(self, x):
        return x + self.layers(x) if self.shortcut else self.layers(x)


class C3(nn.Module):
    """A cross-stage partial block as in YOLOv5: two branches by a convolution each."""

    def __init__(self, inputs, outputs, depth=1, shortcut=True):
        super().__init__()
        half = outputs // 2
        self.a, self.b, self.join = conv(inputs, half), conv(inputs, half), conv(2 * half, outputs)
        self.blocks = nn.Sequential(*(Bottleneck(half, shortcut) for _ in range(depth)))

    def forward(self, x):
        return self.join(torch.cat([self.blocks(self.a(x)), self.b(x)], 1))


class C2f(nn.Module):
    """A cross-stage partial block as in YOLOv8: the branches are halves of one convolution, and every block's output is kept."""

    def __init__(self, inputs, outputs, depth=1, shortcut=True):
        super().__init__()
        half = outputs // 2
        self.split, self.join = conv(inputs, 2 * half), conv((2 + depth) * half, outputs)
        self.blocks = nn.ModuleList(Bottleneck(half, shortcut) for _ in range(depth))

    def forward(self, x):
        parts = list(self.split(x).chunk(2, 1))
        for block in self.blocks:
            parts.append(block(parts[-1]))
        return self.join(torch.cat(parts, 1))


class Sppf(nn.Module):
    """Spatial pyramid pooling: three max pools of 5x5 in a row."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.reduce, self.join = conv(inputs, inputs // 2), conv(inputs * 2, outputs)

    def forward(self, x):
        parts = [self.reduce(x)]
        for _ in range(3):
            parts.append(F.max_pool2d(parts[-1], 5, 1, 2))
        return self.join(torch.cat(parts, 1))


def grid(height, width):
    y, x = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
    return torch.stack((x, y), -1).float()


class AnchorHead(nn.Module):
    """YOLOv5: boxes around anchors, decoded by sigmoid."""

    anchors = [[(10, 13), (16, 30), (33, 23)], [(30, 61), (62, 45), (59, 119)], [(116, 90), (156, 198), (373, 326)]]

    def __init__(self, widths, classes):
        super().__init__()
        self.values = 5 + classes
        self.layers = nn.ModuleList(nn.Conv2d(width, 3 * self.values, 1) for width in widths)

    def forward(self, maps):
        boxes = []
        for index, (x, layer) in enumerate(zip(maps, self.layers)):
            stride = 8 << index
            n, _, h, w = x.shape
            y = layer(x).view(n, 3, self.values, h, w).permute(0, 1, 3, 4, 2).sigmoid()
            anchors = torch.tensor(self.anchors[index]).float().view(1, 3, 1, 1, 2)
            xy = (y[..., 0:2] * 2 - 0.5 + grid(h, w)) * stride
            wh = (y[..., 2:4] * 2) ** 2 * anchors
            boxes.append(torch.cat([xy, wh, y[..., 4:]], -1).view(n, 3 * h * w, self.values))
        return torch.cat(boxes, 1)


class DistributionHead(nn.Module):
    """YOLOv8: distances to the four sides as means of distributions over 16 bins, classes beside them."""

    def __init__(self, widths, classes, bins=16):
        super().__init__()
        self.bins = bins
        branch = lambda width, hidden, outputs: nn.Sequential(
            conv(width, hidden, 3), conv(hidden, hidden, 3), nn.Conv2d(hidden, outputs, 1)
        )
        self.boxes = nn.ModuleList(branch(width, 64, 4 * bins) for width in widths)
        self.classes = nn.ModuleList(branch(width, 80, classes) for width in widths)

    def forward(self, maps):
        rows, centres, strides = [], [], []
        for index, (x, boxes, classes) in enumerate(zip(maps, self.boxes, self.classes)):
            n, _, h, w = x.shape
            rows.append(torch.cat([boxes(x), classes(x)], 1).view(n, -1, h * w))
            centres.append(grid(h, w).view(-1, 2).t() + 0.5)
            strides.append(torch.full((1, h * w), float(8 << index)))
        rows = torch.cat(rows, 2)
        boxes, classes = rows.split([4 * self.bins, rows.shape[1] - 4 * self.bins], 1)
        n, _, count = boxes.shape
        bins = torch.arange(self.bins).float().view(1, self.bins, 1, 1)
        distances = (boxes.view(n, 4, self.bins, count).transpose(1, 2).softmax(1) * bins).sum(1)
        left_top, right_bottom = distances.chunk(2, 1)
        low, high = torch.cat(centres, 1) - left_top, torch.cat(centres, 1) + right_bottom
        boxes = torch.cat([(low + high) / 2, high - low], 1) * torch.cat(strides, 1)
        return torch.cat([boxes, classes.sigmoid()], 1)


class Yolo(nn.Module):
    """Backbone, feature pyramid up and down, and a head that decodes the boxes."""

    def __init__(self, block, head, widths=(16, 32, 64, 128, 256), classes=80):
        super().__init__()
        a, b, c, d, e = widths
        self.stem = nn.Sequential(conv(3, a, 6 if block is C3 else 3, 2), conv(a, b, 3, 2), block(b, b))
        self.stage3 = nn.Sequential(conv(b, c, 3, 2), block(c, c, 2))
        self.stage4 = nn.Sequential(conv(c, d, 3, 2), block(d, d, 2))
        self.stage5 = nn.Sequential(conv(d, e, 3, 2), block(e, e), Sppf(e, e))
        self.up4, self.up3 = block(d + e, d, 1, False), block(c + d, c, 1, False)
        self.down3, self.down4 = conv(c, c, 3, 2), conv(d, d, 3, 2)
        self.out4, self.out5 = block(c + d, d, 1, False), block(d + e, e, 1, False)
        self.head = head([c, d, e], classes)

    def forward(self, x):
        c3 = self.stage3(self.stem(x))
        c4 = self.stage4(c3)
        c5 = self.stage5(c4)
        larger = lambda x: F.interpolate(x, scale_factor=2, mode="nearest")
        p4 = self.up4(torch.cat([larger(c5), c4], 1))
        p3 = self.up3(torch.cat([larger(p4), c3], 1))
        n4 = self.out4(torch.cat([self.down3(p3), p4], 1))
        n5 = self.out5(torch.cat([self.down4(n4), c5], 1))
        return self.head([p3, n4, n5])


class Unet(nn.Module):
    """Encoder and decoder with transposed convolutions and skips."""

    def __init__(self, widths=(16, 32, 64, 128), classes=4):
        super().__init__()
        double = lambda i, o: nn.Sequential(conv(i, o, 3, activation=nn.ReLU), conv(o, o, 3, activation=nn.ReLU))
        self.down = nn.ModuleList(double(i, o) for i, o in zip((3, *widths), widths))
        pairs = list(zip(widths[:0:-1], widths[-2::-1]))
        self.up = nn.ModuleList(nn.ConvTranspose2d(i, o, 2, 2) for i, o in pairs)
        self.join = nn.ModuleList(double(2 * o, o) for _, o in pairs)
        self.classify = nn.Conv2d(widths[0], classes, 1)

    def forward(self, x):
        skips = []
        for index, layer in enumerate(self.down):
            x = layer(F.max_pool2d(x, 2) if index else x)
            skips.append(x)
        for up, join, skip in zip(self.up, self.join, skips[-2::-1]):
            x = join(torch.cat([up(x), skip], 1))
        return self.classify(x)


def super_resolution(factor=3):
    """ESPCN: convolutions at the low resolution, then pixel shuffle."""
    return nn.Sequential(
        nn.Conv2d(3, 64, 5, padding=2), nn.Tanh(), nn.Conv2d(64, 32, 3, padding=1), nn.Tanh(),
        nn.Conv2d(32, 3 * factor**2, 3, padding=1), nn.PixelShuffle(factor),
    )


def segmentation(name, size, opset, **options):
    def build():
        model = torchvision.models.get_model(name, weights=None, weights_backbone=None, num_classes=21, **options)
        return Outputs(model, lambda outputs: outputs["out"])

    return Export(build, size, opset)


def detection(name, size, opset, head, **options):
    def build():
        return Detector(torchvision.models.get_model(name, weights=None, weights_backbone=None, **options), head)

    return Export(build, size, opset)


EXPORTS = {
    # Residual networks
    "resnet18": of_timm("resnet18", opset=11),
    "resnet50": of_torchvision("resnet50", opset=13),
    "resnet26d": of_timm("resnet26d", opset=14, simplifier="onnxslim"),
    "resnext50": of_torchvision("resnext50_32x4d", opset=12),
    "seresnet18": of_timm("legacy_seresnet18", opset=15),
    "res2net50": of_timm("res2net50_14w_8s", 160, opset=16),
    "regnetx-002": of_timm("regnetx_002", opset=13),
    "regnety-004": of_torchvision("regnet_y_400mf", opset=17, simplifier="onnxsim"),
    "densenet121": of_torchvision("densenet121", opset=12),
    "vgg11-bn": of_torchvision("vgg11_bn", opset=11),
    "repvgg-a0": of_timm("repvgg_a0", opset=14),
    "repvgg-a0-fused": of_timm("repvgg_a0", opset=14, fuse=True),
    "hrnet-w18-small": of_timm("hrnet_w18_small", opset=16),
    "dla46c": of_timm("dla46_c", opset=11),
    "eca-nfnet-l0": of_timm("eca_nfnet_l0", 160, opset=17),
    "cspdarknet53": of_timm("cspdarknet53", 160, opset=15),
    "vovnet19": of_timm("ese_vovnet19b_dw", opset=13),
    # Inception
    "googlenet": of_torchvision("googlenet", opset=12, aux_logits=False, init_weights=False),
    "inception-v3": of_torchvision("inception_v3", 299, opset=13, aux_logits=False, init_weights=False),
    # Mobile networks
    "mobilenet-v1": of_timm("mobilenetv1_100", opset=11),
    "mobilenet-v2": of_torchvision("mobilenet_v2", opset=11),
    "mobilenet-v2-dynamo": of_torchvision("mobilenet_v2", opset=18, dynamo=True),
    "mobilenet-v3-small": of_torchvision("mobilenet_v3_small", opset=14),
    "mobilenet-v3-large": of_timm("mobilenetv3_large_100", opset=13),
    "mobilenet-v4-conv-small": of_timm("mobilenetv4_conv_small", opset=20, dynamo=True),
    "mobilenet-v4-hybrid": of_timm("mobilenetv4_hybrid_medium", opset=17),
    "efficientnet-b0": of_timm("efficientnet_b0", opset=15),
    "efficientnet-b0-dynamo": of_torchvision("efficientnet_b0", opset=20, dynamo=True),
    "efficientnet-lite0": of_timm("tf_efficientnet_lite0", opset=11),
    "efficientnetv2-b0": of_timm("tf_efficientnetv2_b0", 192, opset=16, simplifier="onnxslim"),
    "mixnet-s": of_timm("mixnet_s", opset=14),
    "ghostnet": of_timm("ghostnet_100", opset=12),
    "ghostnet-v2": of_timm("ghostnetv2_100", opset=16),
    "shufflenet-v1": Export(shufflenet_v1, opset=11),
    "shufflenet-v2": of_torchvision("shufflenet_v2_x1_0", opset=12),
    "shufflenet-v2-slim": of_torchvision("shufflenet_v2_x1_0", opset=16, simplifier="onnxslim"),
    "squeezenet": of_torchvision("squeezenet1_1", opset=11),
    "mnasnet": of_torchvision("mnasnet1_0", opset=13),
    "semnasnet": of_timm("semnasnet_075", opset=16),
    "lcnet": of_timm("lcnet_100", opset=14),
    "hardcorenas-a": of_timm("hardcorenas_a", opset=15),
    "tinynet-c": of_timm("tinynet_c", 184, opset=12),
    "fbnetv3-b": of_timm("fbnetv3_b", opset=17),
    "rexnet": of_timm("rexnet_100", opset=13),
    "mobileone-s0": of_timm("mobileone_s0", opset=13),
    "mobileone-s0-fused": of_timm("mobileone_s0", opset=13, fuse=True),
    "starnet-s1": of_timm("starnet_s1", opset=17),
    "fasternet-t0": of_timm("fasternet_t0", opset=17),
    # Convolutions with layer norm or attention
    "convnext-tiny": of_torchvision("convnext_tiny", 160, opset=14),
    "convnext-atto": of_timm("convnext_atto", opset=17),
    "convnextv2-atto-dynamo": of_timm("convnextv2_atto", opset=20, dynamo=True),
    "inception-next": of_timm("inception_next_atto", opset=17),
    "fastvit-t8": of_timm("fastvit_t8", 256, opset=17, fuse=True),
    "fastvit-sa12": of_timm("fastvit_sa12", 256, opset=15),
    "edgenext-xx-small": of_timm("edgenext_xx_small", 256, opset=15),
    "edgenext-x-small-sim": of_timm("edgenext_x_small", 256, opset=13, simplifier="onnxsim"),
    "efficientformer-l1": of_timm("efficientformer_l1", opset=14),
    "efficientformer-v2-s0": of_timm("efficientformerv2_s0", opset=16),
    "efficientvit-b0": of_timm("efficientvit_b0", opset=14),
    "efficientvit-m0": of_timm("efficientvit_m0", opset=16),
    "levit-128s": of_timm("levit_128s", opset=13),
    "levit-conv-128s": of_timm("levit_conv_128s", opset=16),
    "poolformer-s12": of_timm("poolformer_s12", opset=17),
    "poolformer-v2-s12": of_timm("poolformerv2_s12", opset=15),
    "mobilevit-xxs": of_timm("mobilevit_xxs", 256, opset=14),
    "mobilevit-v2-050": of_timm("mobilevitv2_050", 256, opset=16),
    "mobilevit-v2-075-dynamo": of_timm("mobilevitv2_075", 256, opset=18, dynamo=True),
    "repvit-m0-9": of_timm("repvit_m0_9", opset=14),
    "swiftformer-xs": of_timm("swiftformer_xs", opset=16),
    "shvit-s1": of_timm("shvit_s1", opset=15),
    "coatnet-nano": of_timm("coatnet_nano_rw_224", opset=17),
    "tiny-vit-5m": of_timm("tiny_vit_5m_224", opset=16),
    # Transformers
    "vit-tiny": of_timm("vit_tiny_patch16_224", opset=14),
    "deit-small": of_timm("deit_small_patch16_224", opset=17),
    "deit-tiny-dynamo": of_timm("deit_tiny_patch16_224", opset=20, dynamo=True),
    "swin-tiny": of_timm("swin_tiny_patch4_window7_224", opset=16),
    "swin-tiny-torchvision": of_torchvision("swin_t", opset=17, simplifier="onnxslim"),
    "pit-ti": of_timm("pit_ti_224", opset=14),
    "xcit-nano": of_timm("xcit_nano_12_p16_224", opset=17),
    "maxvit-pico": of_timm("maxvit_pico_rw_256", 256, opset=17),
    # Maps and boxes
    "lraspp": segmentation("lraspp_mobilenet_v3_large", 256, 12),
    "fcn-resnet50": segmentation("fcn_resnet50", 128, 13),
    "deeplabv3-mobilenet": segmentation("deeplabv3_mobilenet_v3_large", 256, 11),
    "deeplabv3-resnet50": segmentation("deeplabv3_resnet50", 128, 16),
    "ssdlite": detection("ssdlite320_mobilenet_v3_large", 320, 13, lambda detector: detector.head),
    "rpn-mobilenet-fpn": detection("fasterrcnn_mobilenet_v3_large_320_fpn", 256, 14, lambda detector: detector.rpn.head),
    "yolov5n": Export(lambda: Yolo(C3, AnchorHead), 320, opset=12),
    "yolov8n": Export(lambda: Yolo(C2f, DistributionHead), 320, opset=17, simplifier="onnxslim"),
    "yolov8n-dynamo": Export(lambda: Yolo(C2f, DistributionHead), (256, 320), opset=18, dynamo=True),
    "unet": Export(Unet, 128, opset=13),
    "super-resolution": Export(super_resolution, 96, opset=11),
}

NORMS = (nn.modules.batchnorm._BatchNorm, nn.LayerNorm, nn.GroupNorm)


def randomise(model, batch):
    """Moves every parameter away from 0 and 1, and gives BatchNorms the statistics of a batch."""
    for module in model.modules():
        for name, parameter in module.named_parameters(recurse=False):
            with torch.no_grad():
                if isinstance(module, NORMS) and name == "weight" or "scale" in name or "gamma" in name:
                    parameter.uniform_(0.5, 1.5)
                elif name == "bias" and parameter.numel() > 1:
                    parameter.normal_(0, 0.1)
                elif parameter.numel() > 1 and parameter.std() == 0:
                    parameter.normal_(0, 0.1)
    norms = [module for module in model.modules() if isinstance(module, nn.modules.batchnorm._BatchNorm)]
    hooks = [norm.register_forward_pre_hook(take_statistics) for norm in norms]
    with torch.no_grad():
        model(batch)
    for hook in hooks:
        hook.remove()


def take_statistics(norm, inputs):
    """Gives a BatchNorm the statistics of what it is about to get, perturbed."""
    x = inputs[0].transpose(0, 1).flatten(1)
    mean, variance = x.mean(1), x.var(1)
    norm.running_mean.copy_(mean + 0.2 * variance.sqrt() * torch.randn_like(mean))
    # Where a channel hardly varies, a norm would blow up its rounding errors.
    least = 0.1 * (variance.mean() + mean.square()) + 1e-3
    norm.running_var.copy_(torch.maximum(variance * torch.empty_like(mean).uniform_(0.7, 1.4), least))


def network(name):
    """A network with its weights, and a picture."""
    spec = EXPORTS[name]
    torch.manual_seed(sorted(EXPORTS).index(name))
    model = spec.build().eval()
    height, width = (spec.size, spec.size) if isinstance(spec.size, int) else spec.size
    randomise(model, torch.rand(4, 3, height, width))
    return model, torch.rand(1, 3, height, width)


def export_onnx(name, path):
    spec = EXPORTS[name]
    model, picture = network(name)
    part = path.with_suffix(".part.onnx")
    options = {"external_data": False} if spec.dynamo else {}
    torch.onnx.export(
        model, (picture,), str(part), input_names=["input"], opset_version=spec.opset, dynamo=spec.dynamo, **options
    )
    simplify(part, spec.simplifier)
    part.rename(path)


def export_pt2(name, path):
    model, picture = network(name)
    part = path.with_suffix(".part.pt2")
    torch.export.save(torch.export.export(model, (picture,)), part)
    with torch.no_grad():
        outputs = torch.utils._pytree.tree_leaves(model(picture))
    computed = path.with_suffix("")
    computed.mkdir(exist_ok=True)
    numpy.savez(computed / "inputs.npz", picture)
    numpy.savez(computed / "outputs.npz", *outputs)
    part.rename(path)


def simplify(path, simplifier):
    if simplifier == "onnxslim":
        import onnxslim

        onnx.save(onnxslim.slim(onnx.load(path)), path)
    elif simplifier == "onnxsim":
        import onnxsim

        model, right = onnxsim.simplify(onnx.load(path))
        assert right, "onnxsim changed the outputs"
        onnx.save(model, path)


def main(arguments):
    if arguments == ["--list"]:
        print("\n".join(EXPORTS))
        return 0
    as_pt2 = arguments[:1] == ["--pt2"]
    arguments = arguments[as_pt2:]
    unknown = [name for name in arguments[1:] if name not in EXPORTS]
    if not arguments or unknown:
        print(f"unknown: {', '.join(unknown)}; --list shows all" if unknown else __doc__, file=sys.stderr)
        return 2
    warnings.filterwarnings("ignore")
    ending, export = (".pt2", export_pt2) if as_pt2 else (".onnx", export_onnx)
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    failed = 0
    for name in arguments[1:] or EXPORTS:
        path = folder / (name + ending)
        if path.exists():
            continue
        try:
            export(name, path)
            print(f"{name}: {path.stat().st_size / 1e6:.1f} MB", flush=True)
        except Exception as error:  # one that fails should not keep the others from being written
            failed += 1
            print(f"{name}: failed: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
