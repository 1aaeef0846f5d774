#!/usr/bin/env python3
"""Generated pictures of circles, squares and triangles, as datasets for detection (COCO) and segmentation (PASCAL VOC).

usage: make-shapes.py OUT [TRAIN] [VALIDATION] [SIDE]      (300, 100 and 160 by default; needs Pillow)

Writes OUT/annotations, OUT/images (COCO) and OUT/VOC2012 (PASCAL VOC). Recipes: configs/examples/shapes_ssd.yaml and
shapes_deeplabv3.yaml.
"""

import json
import pathlib
import random
import sys

from PIL import Image, ImageDraw

NAMES = ["circle", "square", "triangle"]


def draw(random_numbers, side):
    """A picture, its mask, and its shapes as (class from 1, left, top, size)."""
    def tone(low, high):
        return tuple(random_numbers.randint(low, high) for _ in range(3))

    picture = Image.new("RGB", (side, side), tone(0, 90))
    mask = Image.new("L", (side, side), 0)
    shapes = []
    for _ in range(random_numbers.randint(1, 3)):
        kind, size = random_numbers.randint(1, 3), random_numbers.randint(side // 5, side // 2)
        left, top = random_numbers.randint(0, side - size - 1), random_numbers.randint(0, side - size - 1)
        box = (left, top, left + size, top + size)
        # None hides another.
        if any(left < x + s and x < left + size and top < y + s and y < top + size for _, x, y, s in shapes):
            continue
        for canvas, color in ((ImageDraw.Draw(picture), tone(130, 255)), (ImageDraw.Draw(mask), kind)):
            if kind == 1:
                canvas.ellipse(box, fill=color)
            elif kind == 2:
                canvas.rectangle(box, fill=color)
            else:
                canvas.polygon([(left + size / 2, top), (left, top + size), (left + size, top + size)], fill=color)
        shapes.append((kind, left, top, size))
    return picture, mask, shapes


def write(out, part, split, count, side, random_numbers):
    """One part of both datasets."""
    images, voc = out / "images" / split, out / "VOC2012"
    for folder in (images, voc / "JPEGImages", voc / "SegmentationClassAug", voc / "list", out / "annotations"):
        folder.mkdir(parents=True, exist_ok=True)
    coco = {"images": [], "annotations": [],
            "categories": [{"id": index + 1, "name": name} for index, name in enumerate(NAMES)]}
    lines = []
    for index in range(count):
        picture, mask, shapes = draw(random_numbers, side)
        name = f"{part}{index:04}"
        picture.save(images / f"{name}.jpg", quality=95)
        picture.save(voc / "JPEGImages" / f"{name}.jpg", quality=95)
        mask.save(voc / "SegmentationClassAug" / f"{name}.png")
        lines.append(f"/JPEGImages/{name}.jpg /SegmentationClassAug/{name}.png")
        coco["images"].append({"id": index + 1, "file_name": f"{name}.jpg", "width": side, "height": side})
        for kind, left, top, size in shapes:
            coco["annotations"].append({"id": len(coco["annotations"]) + 1, "image_id": index + 1, "category_id": kind,
                                        "bbox": [left, top, size, size], "area": size * size, "iscrowd": 0})
    (out / "annotations" / f"instances_{split}.json").write_text(json.dumps(coco))
    (voc / "list" / ("train_aug.txt" if part == "train" else "val.txt")).write_text("\n".join(lines) + "\n")


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    train, validation, side = [int(number) for number in sys.argv[2:5]] + [300, 100, 160][len(sys.argv) - 2:]
    out, random_numbers = pathlib.Path(sys.argv[1]), random.Random(0)
    write(out, "train", "train2017", train, side, random_numbers)
    write(out, "val", "val2017", validation, side, random_numbers)


if __name__ == "__main__":
    main()
