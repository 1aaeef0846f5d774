"""Writes small.pt2, a program that PyTorch exports, and what PyTorch computes, for ../pt2.rs.

usage: python make_fixtures.py

Needs torch (2.15 was used) and numpy. Where PyTorch says in which line of whose file a node was traced, that is left out.
"""

from pathlib import Path

import numpy
import torch
from torch import nn

FOLDER = Path(__file__).parent


class Small(nn.Module):
    """Two inputs and two outputs, whose order matters."""

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(3, 8, 3, 2, 1, bias=False), nn.BatchNorm2d(8), nn.SiLU(), nn.Conv2d(8, 8, 3, padding=1, groups=8), nn.Hardswish()
        )
        self.classifier = nn.Linear(8, 5)

    def forward(self, image, scale):
        maps = self.features(image) * scale
        return self.classifier(maps.mean((2, 3))), maps


def main():
    torch.manual_seed(0)
    model = Small()
    inputs = (torch.rand(1, 3, 16, 16), torch.rand(1, 8, 1, 1))
    model(torch.rand(4, 3, 16, 16), inputs[1])  # statistics of the norm
    program = torch.export.export(model.eval(), inputs)
    for node in program.graph.nodes:
        node.meta.pop("stack_trace", None)
    torch.export.save(program, FOLDER / "small.pt2")
    with torch.no_grad():
        outputs = model(*inputs)
    numpy.savez(FOLDER / "inputs.npz", *inputs)
    numpy.savez(FOLDER / "outputs.npz", *outputs)


if __name__ == "__main__":
    main()
