#!/usr/bin/env python3
"""Five steps of AdamW by the official EdgeFormer code, for `cargo test -p edgeconv-train --test five_steps`.

usage: training-golden.py OFFICIAL_REPOSITORY OUT

OFFICIAL_REPOSITORY is a checkout of https://github.com/hkzhang91/EdgeFormer; PyTorch, NumPy, PyYAML and OpenCV must be there. Writes
OUT/MODEL/{weights.pt, input.npy, labels.npy, losses.json} for EdgeFormer-S and MobileViT-S with the official initialisation, loss and
optimiser of their published recipes. Dropouts are off: two frameworks do not throw the same coins. Then:

    EDGECONV_TRAINING=OUT cargo test -p edgeconv-train --test five_steps -- --nocapture
"""

import json
import pathlib
import sys

import numpy
import torch

from official import prepare

STEPS = 5
BATCH, SIDE, CLASSES = 8, 64, 1000
CONFIGS = {
    "edgeformer-s": "config/classification/edgeformer/edgeformer_s.yaml",
    "mobilevit-s": "config/classification/mobilevit/mobilevit_small.yaml",
}


def official(repository, config):
    """The official network, loss and learning rate schedule of a recipe."""
    prepare(repository)
    from cvnets import get_model
    from loss_fn import build_loss_fn
    from optim import build_optimizer
    from options.opts import get_training_arguments

    sys.argv = ["main_train.py", "--common.config-file", str(repository / config)]
    options = get_training_arguments()
    torch.manual_seed(1)
    network = get_model(options)
    for module in network.modules():
        if isinstance(module, (torch.nn.Dropout, torch.nn.Dropout2d)):
            module.p = 0.0
    return network, build_loss_fn(options), build_optimizer(network, options)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    repository, out = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    for model, config in CONFIGS.items():
        network, loss_function, optimizer = official(repository, config)
        folder = out / model
        folder.mkdir(parents=True, exist_ok=True)
        torch.save(network.state_dict(), folder / "weights.pt")
        generator = torch.Generator().manual_seed(2)
        pictures = torch.rand(BATCH, 3, SIDE, SIDE, generator=generator)
        labels = torch.randint(0, CLASSES, (BATCH,), generator=generator)
        numpy.save(folder / "input.npy", pictures.numpy())
        numpy.save(folder / "labels.npy", labels.numpy())
        network.train()
        losses, rate = [], 4e-4
        for group in optimizer.param_groups:
            group["lr"] = rate
        for _ in range(STEPS):
            optimizer.zero_grad()
            loss = loss_function(input_sample=pictures, prediction=network(pictures), target=labels.clone())
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        group = optimizer.param_groups[0]
        settings = {"losses": losses, "lr": rate, "weight_decay": group["weight_decay"], "betas": list(group["betas"])}
        (folder / "losses.json").write_text(json.dumps(settings, indent=1))
        print(model, settings)


if __name__ == "__main__":
    main()
