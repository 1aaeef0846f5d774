#!/usr/bin/env python3
"""Small networks as PyTorch exports them: test data of converter/tests/pt2_archives.rs.

usage: pt2-archives.py [version|operators] [OUT]      (converter/tests/pt2 by default; needs PyTorch 2.7 or later)

`version` writes OUT/torch-2.15.pt2, named after the PyTorch that runs: the same network as each of them stores it. `operators` writes a network for each
family of operators. Beside each archive lies a .json with inputs and PyTorch's outputs for them. What nodes say of the source that they come from is left
out, but for their modules where there are few nodes.
"""

import json
import pathlib
import sys

import torch
import torch.nn.functional as F
from torch import nn


class Version(nn.Module):
    """Everything that archives store in a way of its own: buffers that state dicts hold and others, constants in the code, weights that are views,
    shared, of one number, or of half precision, and lengths that are computed."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 6, 3, stride=2, padding=1, bias=False), nn.BatchNorm2d(6), nn.ReLU())
        self.first, self.second = nn.Linear(6, 6), nn.Linear(6, 6)
        self.second.weight = self.first.weight
        self.turned = nn.Parameter(torch.randn(4, 6).t())
        self.part = nn.Parameter(torch.randn(9, 4)[2:8:2, 1])
        self.small = nn.Parameter(torch.randn(4).bfloat16())
        self.factor = nn.Parameter(torch.tensor(0.7))
        self.register_buffer("shift", torch.linspace(-1, 1, 4), persistent=False)

    def forward(self, x):
        x = self.stem(x).flatten(2).transpose(1, 2)
        x = self.second(torch.relu(self.first(x))) @ self.turned
        x = x * self.factor + self.shift + self.small.float() + torch.tensor([1.0, 2.0, 3.0, 4.0])
        # A length that is computed: of the batch, which is open.
        return x.reshape(x.shape[0] * 2, -1) * self.part.sum()


class Attention(nn.Module):
    """Causal, with heads that share keys, and with masks."""

    def forward(self, q, k):
        mask = torch.tensor([[True, False, True, True, False]] * 5).tril() | torch.eye(5, dtype=torch.bool)
        shared = F.scaled_dot_product_attention(q, k, k + 1, enable_gqa=True)
        causal = F.scaled_dot_product_attention(q, q * 0.5, q + 1, is_causal=True)
        longer = F.scaled_dot_product_attention(q[:, :, :3], q * 0.5, q, is_causal=True, scale=0.3)
        return shared, causal, longer, F.scaled_dot_product_attention(q, q, q, attn_mask=mask)


class Recurrent(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(4, 6, num_layers=2, bidirectional=True, batch_first=True)
        self.gru = nn.GRU(12, 5, num_layers=2)
        self.tanh = nn.RNN(5, 3, bidirectional=True)
        self.relu = nn.RNN(6, 4, nonlinearity="relu", bias=False)

    def forward(self, x):
        y, (hidden, cells) = self.lstm(x)
        z, last = self.gru(y)
        a, _ = self.tanh(z)
        b, _ = self.relu(a)
        return y, hidden, cells, z, last, a, b


class InPlace(nn.Module):
    """Parts that are changed, and read as a whole, or through another part."""

    def forward(self, x):
        x = x * 1
        x[:, 0] = 2.0
        x[:, :, 1:3, -2:].mul_(0.5)
        column = x.select(3, 1)
        x.add_(1)
        x[:, 1, ::2] = column[:, 0, ::2, None]
        x.transpose(1, 2)[:, 3] -= 4
        x.view(1, -1, 6)[:, 2].zero_()
        first, second = x.chunk(2, dim=2)
        first.relu_()
        second[..., 0].copy_(column[:, :, 3:] + first[:, :, :3, 5])
        x[x > 2.5] = 0.25
        x[:, 2, 5].fill_(-1)
        rows = torch.zeros(5, 4)
        rows[torch.tensor([0, 3]), torch.tensor([2, 1])] = torch.tensor([1.0, 2.0])
        return x, column + 0, second * 2, rows + x.sum()


class Pools(nn.Module):
    def forward(self, x):
        wide = F.adaptive_avg_pool2d(x, (3, 4))
        one = F.adaptive_avg_pool1d(x.flatten(0, 1), 2)
        return wide, F.adaptive_max_pool2d(x, (2, 4)), one, F.adaptive_avg_pool2d(x, (7, 5)), F.adaptive_avg_pool2d(x, (9, None))


class Half(nn.Module):
    """Weights and arithmetic in 16 bits."""

    def __init__(self):
        super().__init__()
        self.conv, self.norm = nn.Conv2d(3, 8, 3, padding=1).half(), nn.LayerNorm(8).bfloat16()
        self.linear = nn.Linear(8, 8).bfloat16()

    def forward(self, x):
        x = F.gelu(self.conv(x.half()) * 0.5 + 1).flatten(2).transpose(1, 2).bfloat16()
        x = self.linear(self.norm(x))
        return F.scaled_dot_product_attention(x, x, x).float()


class Maps(nn.Module):
    """Layers of maps, of which `run_decompositions` leaves core operators."""

    def __init__(self):
        super().__init__()
        pool = nn.MaxPool2d(2, ceil_mode=True)
        self.stem = nn.Sequential(nn.Conv2d(3, 8, 3, stride=2, padding=1), nn.BatchNorm2d(8), nn.Hardswish(), pool)
        self.up = nn.ConvTranspose2d(8, 8, 2, stride=2, groups=2)
        self.group = nn.GroupNorm(2, 8)
        self.stem[1].running_mean.uniform_(-1, 1)
        self.stem[1].running_var.uniform_(0.5, 2)

    def forward(self, x):
        x = self.group(self.up(self.stem(x)))
        # As networks standardise their weights.
        x = x + F.batch_norm(x, None, None, weight=x[0, :, 0, 0], training=True)
        x = F.interpolate(x, scale_factor=2.0, mode="bilinear") + F.interpolate(x, size=(12, 12), mode="nearest")
        pooled = F.adaptive_avg_pool2d(F.pad(x, (1, 1, 0, 2), mode="reflect"), (3, 3))
        values, _ = pooled.flatten(1).topk(5)
        return x.mean((2, 3)), values, torch.roll(pooled, 1, 1).sort(-1)[0]


class Tokens(nn.Module):
    """The same of layers of tokens."""

    def __init__(self):
        super().__init__()
        self.layer, self.linear = nn.LayerNorm(8), nn.Linear(8, 24)
        self.heads = nn.MultiheadAttention(8, 2, batch_first=True)

    def forward(self, x):
        q, k, v = self.linear(self.layer(x)).chunk(3, dim=-1)
        y = F.scaled_dot_product_attention(q[:, None], k[:, None], F.silu(v)[:, None], is_causal=True).squeeze(1)
        y = y + self.heads(x, x, x, need_weights=False)[0]
        z = F.elu(y) + F.softplus(y) + F.leaky_relu(y, 0.2)
        return y.log_softmax(-1), z.std(2)


class Elements(nn.Module):
    """Functions of each element, and what gathers and puts elements."""

    def forward(self, x):
        whole = (x * 5).to(torch.int64)
        a = torch.fmod(x, 0.7) + torch.remainder(x, -0.7) + x.div(0.3, rounding_mode="trunc") + torch.log10(x.abs() + 1)
        b = x.clamp(min=x.mean(), max=torch.tensor(0.5)) + torch.asinh(x) + torch.cosh(x) + torch.log2(x.abs() + 0.1)
        c = torch.where((x > 0.5).any(-1, keepdim=True) & (x > -1).all(), x, -x) + torch.linspace(0, 1, 4)
        d = x.scatter(2, whole[:, :, :2].abs() % 4, 0.5) + x.scatter_add(1, whole.abs() % 3, x)
        e = x[:, torch.tensor([[0], [2]]), torch.tensor([1, 3, 0])]
        return a, b, c, d.prod(2), e


class Wrapped(nn.Module):
    """Parts without gradients and without autocast, one in the other, whose values are called as those around them, and a part with two results."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, padding=1)

    def forward(self, x):
        y = torch.relu(self.conv(x))
        with torch.autocast("cpu", enabled=False):
            y = torch.relu(y - 0.2) + y.mean()
            with torch.no_grad():
                z = torch.relu(y - 0.3) * torch.tensor(2.0)
                z = z.reshape(z.shape[0], -1)
            y = y + z.sum()
        with torch.no_grad():
            high, low = torch.relu(y), torch.relu(-y)
        return torch.relu(high - 0.1), low, z


class Masked(nn.Module):
    """Queries of which the first may look nowhere."""

    def forward(self, q):
        return F.scaled_dot_product_attention(q, q * 0.5, q + 1, attn_mask=torch.ones(5, 5, dtype=torch.bool).tril(-1))


class Corners(nn.Module):
    """What PyTorch does at the ends: places in their plane, queries that may look nowhere, thresholds, divisions of negative integers, and other names."""

    def forward(self, x, q):
        pooled, places = F.max_pool2d(x, 3, stride=2, padding=1, return_indices=True)
        allowed = torch.ones(5, 5, dtype=torch.bool).tril(-1)
        attended = F.scaled_dot_product_attention(q, q * 0.5, q + 1, attn_mask=allowed)
        plus = F.softplus(q, beta=2.0, threshold=1.0) + F.softplus(q, threshold=0.5) + F.softshrink(q, 0.3)
        whole = (q * 1000).to(torch.int64)
        quotients = whole // 7 + whole // -3
        chosen = torch.where(q > 0, q, 0.25) + torch.where(q > 1, 2.0, q) + torch.where(q > 0.5, 1.0, -1.0)
        turned = q * 1
        turned.swapaxes(1, -1)[:, 2].mul_(3)
        turned.movedim(1, 3)[..., 0] = 0.5
        turned.mT[:, :, 1] += 1
        var, mean = torch.var_mean(q, 3)
        std, _ = torch.std_mean(q, dim=(1, 2), correction=0, keepdim=True)
        more = torch.addcdiv(q, q, q.abs() + 1, value=0.5) + torch.exp2(q) + torch.frac(q) + torch.lerp(q, -q, q.sigmoid())
        return pooled, places, attended, plus, quotients, chosen, turned, var + mean, std, more, q.argsort(-1)


class Rows(nn.Module):
    """Pictures of any width: a pool that keeps it, and one whose kernel is a constant that follows from the height (a guard of the program)."""

    def forward(self, x):
        return F.adaptive_avg_pool2d(x, (1, None)) * 2, F.avg_pool2d(x, x.shape[2] // 3) * 2


class Laid(nn.Module):
    """Maps with channels last: what decomposes says anew how a mean lies in memory."""

    def forward(self, x):
        x = x.contiguous(memory_format=torch.channels_last)
        return F.adaptive_avg_pool2d(x, 1).flatten(1) + F.adaptive_avg_pool2d(x * x, 1).permute(0, 2, 3, 1).flatten(1)


def export(out, name, net, inputs, decompose=False, **options):
    torch.manual_seed(1)
    with torch.no_grad():
        outputs = net(*inputs)
    program = torch.export.export(net, inputs, **options)
    if decompose:
        program = program.run_decompositions()
    graphs = [module.graph for module in program.graph_module.modules() if hasattr(module, "graph")]
    for node in (node for graph in graphs for node in graph.nodes):
        for key in ("stack_trace", "source_fn_stack", "torch_fn", "from_node") + ("nn_module_stack",) * decompose:
            node.meta.pop(key, None)
    torch.export.save(program, out / f"{name}.pt2")
    outputs = outputs if isinstance(outputs, tuple) else (outputs,)
    tensors = lambda tensors: [{"shape": list(tensor.shape), "values": tensor.flatten().tolist()} for tensor in tensors]
    (out / f"{name}.json").write_text(json.dumps({"inputs": tensors(inputs), "outputs": tensors(outputs)}) + "\n")


def main(what="version", out=pathlib.Path(__file__).parent.parent / "converter/tests/pt2"):
    torch.manual_seed(0)
    out = pathlib.Path(out)
    if what == "version":
        name = "torch-" + ".".join(torch.__version__.split(".")[:2])
        batch = torch.export.Dim("batch", min=1, max=16)
        export(out, name, Version().eval(), (torch.randn(2, 3, 8, 8),), dynamic_shapes=({0: batch},))
        return
    picture = torch.randn(1, 3, 12, 12)
    export(out, "attention", Attention().eval(), (torch.randn(1, 4, 5, 8), torch.randn(1, 2, 5, 8)))
    export(out, "recurrent", Recurrent().eval(), (torch.randn(2, 5, 4),))
    export(out, "in_place", InPlace().eval(), (torch.randn(1, 3, 6, 6),))
    export(out, "in_place_decomposed", InPlace().eval(), (torch.randn(1, 3, 6, 6),), decompose=True)
    export(out, "pools", Pools().eval(), (torch.randn(1, 3, 7, 10),))
    export(out, "half", Half().eval(), (picture,))
    # A name of 8 letters: the list of entries begins with one as long as the ZIP64 records behind it.
    export(out, "maps_dec", Maps().eval(), (picture,), decompose=True)
    export(out, "tokens_decomposed", Tokens().eval(), (torch.randn(1, 4, 8),), decompose=True)
    export(out, "wrapped", Wrapped().eval(), (picture,))
    corners = (torch.randn(2, 3, 6, 8), torch.randn(1, 4, 5, 8))
    export(out, "corners", Corners().eval(), corners)
    export(out, "masked_decomposed", Masked().eval(), corners[1:], decompose=True)
    sizes = {2: torch.export.Dim.AUTO, 3: torch.export.Dim.AUTO}
    export(out, "rows", Rows().eval(), (torch.randn(1, 3, 12, 20),), dynamic_shapes=(sizes,))
    export(out, "laid_decomposed", Laid().eval(), (picture,), decompose=True)
    export(out, "elements", Elements().eval(), (torch.randn(2, 3, 4),))
    export(out, "elements_decomposed", Elements().eval(), (torch.randn(2, 3, 4),), decompose=True)


main(*sys.argv[1:])
