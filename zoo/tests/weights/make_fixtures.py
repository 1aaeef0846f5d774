"""Writes the checkpoints beside this script. Made with Python 3.10, torch 1.12.1, numpy 1.26.4."""

import collections
import copy
import os

import numpy
import torch
from torch import nn

os.chdir(os.path.dirname(os.path.abspath(__file__)))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, bias=False)
        self.norm = nn.BatchNorm2d(4)
        self.fc = nn.Linear(4, 2)

    def forward(self, x):
        return self.fc(self.norm(self.conv(x)).mean((2, 3)))


torch.manual_seed(0)
net = Net()
for index, tensor in enumerate(net.state_dict().values()):
    if tensor.is_floating_point():
        tensor.copy_(torch.arange(tensor.numel()).reshape(tensor.shape) / 8 + index)
ema = copy.deepcopy(net)
optimizer = torch.optim.AdamW(net.parameters(), lr=0.5)
net(torch.randn(2, 3, 8, 8)).square().mean().backward()
optimizer.step()

# What the official trainer writes after each epoch.
scaler = {"scale": 65536.0, "growth_factor": 2.0, "backoff_factor": 0.5, "growth_interval": 2000, "_growth_tracker": 7}
training = {
    "iterations": 12,
    "epoch": 3,
    "model_state_dict": net.state_dict(),
    "optim_state_dict": optimizer.state_dict(),
    "best_metric": numpy.float64(71.5),
    "gradient_scalar_state_dict": scaler,
    "ema_state_dict": ema.state_dict(),
}
torch.save(training, "training.pt")

state = ema.state_dict()
torch.save(state, "legacy.pt", _use_new_zipfile_serialization=False)
torch.save(state, "protocol4.pt", pickle_protocol=4)
torch.save({"state_dict": {"module." + key: value for key, value in state.items()}}, "parallel.pt")
torch.save(dict.fromkeys(("model_state_dict", "ema_state_dict"), dict(state)), "same_twice.pt")
torch.save({key: value.half() if value.is_floating_point() else value for key, value in state.items()}, "half.pt")
torch.save(net, "module.pt")
torch.save(state["fc.weight"], "tensor.pt")

values = torch.arange(6.0).reshape(2, 3) - 2
kinds = collections.OrderedDict(
    float32=values,
    float16=values.half(),
    bfloat16=values.bfloat16(),
    float64=values.double() / 3,
    int64=values.long(),
    int32=values.int(),
    int16=values.short(),
    int8=values.char(),
    uint8=values.abs().byte(),
    bool=values > 0,
    transposed=values.t(),
    column=values[:, 1],
    expanded=values[:1].expand(2, 3),
    permuted=torch.arange(24.0).reshape(2, 3, 4).permute(2, 0, 1),
    parameter=nn.Parameter(values),
    scalar=torch.tensor(2.5),
    none=torch.empty(0),
)
torch.save(kinds, "kinds.pt")
torch.save({"complex": torch.tensor([1j])}, "complex.pt")
