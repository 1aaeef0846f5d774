"""The official code of EdgeFormer, made importable, for the scripts beside this one."""

import collections.abc
import importlib.util
import sys
from unittest.mock import MagicMock


def prepare(repository):
    """Lets a checkout's modules be imported by today's Python, without packages that networks have no use for."""
    sys.path.insert(0, str(repository))
    # What it imports besides is not always installed.
    stand_ins = ["pycocotools", "pycocotools.coco", "pycocotools.mask", "pycocotools.cocoeval", "torch.utils.tensorboard"]
    if importlib.util.find_spec("torchvision") is None:
        stand_ins += ["torchvision", "torchvision.datasets", "torchvision.ops", "torchvision.transforms"]
    for name in stand_ins:
        sys.modules.setdefault(name, MagicMock(__spec__=None, __path__=[]))
    if "torchvision" in stand_ins:
        sys.modules["torchvision.datasets"].ImageFolder = type("ImageFolder", (), {})
    # It was written for older versions of Python.
    collections.MutableMapping = collections.abc.MutableMapping
