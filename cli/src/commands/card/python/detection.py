CENTER_VARIANCE, SIZE_VARIANCE, OVERLAP, SCORE = @CENTER_VARIANCE@, @SIZE_VARIANCE@, @IOU_THRESHOLD@, @SCORE_THRESHOLD@
MOST = @BOXES_PER_CLASS@
# Centre x, centre y, width, height, in parts of the picture.
ANCHORS = numpy.array([@ANCHORS@], numpy.float32)


def area(boxes):
    return (boxes[..., 2:] - boxes[..., :2]).clip(0).prod(-1)


def overlaps(box, others):
    both = area(numpy.concatenate([numpy.maximum(box[:2], others[:, :2]), numpy.minimum(box[2:], others[:, 2:])], -1))
    either = area(box) + area(others) - both
    return numpy.where(either > 0, both / numpy.where(either > 0, either, 1), 0)


def show(outputs, size):
    """Objects, class by class: in pixels of the picture, or in parts of it."""
    offsets, scores = outputs["locations"][0], softmax(outputs["confidences"][0])
    centres = offsets[:, :2] * CENTER_VARIANCE * ANCHORS[:, 2:] + ANCHORS[:, :2]
    halves = numpy.exp(offsets[:, 2:] * SIZE_VARIANCE) * ANCHORS[:, 2:] / 2
    boxes = numpy.concatenate([centres - halves, centres + halves], -1)
    sides = numpy.array([size[1], size[0]] * 2)
    for index in range(1, scores.shape[1]):
        kept = []
        for anchor in numpy.argsort(-scores[:, index], kind="stable"):
            if scores[anchor, index] <= SCORE or len(kept) == MOST:
                break
            if not kept or (overlaps(boxes[anchor], boxes[kept]) <= OVERLAP).all():
                kept.append(anchor)
        for anchor in kept:
            print(index, class_name(index), f"{scores[anchor, index]:.4f}", *(f"{side:.3f}" for side in (boxes[anchor] * sides).clip(0, sides)))
