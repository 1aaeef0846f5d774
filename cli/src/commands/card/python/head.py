"""Runs @MODEL@ on a picture: @CARD@.

Made by `edgeconv card` from what the model says of its use; yours to change. Needs MNN and numpy, for pictures other than PPM files also Pillow (pip install mnn numpy pillow).

usage: python PROGRAM.py MODEL.mnn PICTURE [OUTPUTS]
       python PROGRAM.py MODEL.mnn INPUT.f32 [OUTPUTS]

An input is raw 32-bit floats [1, 3, @HEIGHT@, @WIDTH@]. Each output is written to OUTPUTS.NAME.f32.
"""

import re
import sys

import MNN
import numpy

# What the model's card says.
INPUT = @INPUT@
HEIGHT, WIDTH = @HEIGHT@, @WIDTH@
COVER = (@COVER@)  # height and width that a resized picture covers, of which the centre is cut out; 0: it becomes HEIGHT x WIDTH
CHANNELS = [@CHANNELS@]  # of red, green, blue
DIVISOR = numpy.float32(@DIVISOR@)
MEAN = numpy.array([@MEAN@], numpy.float32)
STD = numpy.array([@STD@], numpy.float32)
CLASS_NAMES = [@CLASS_NAMES@]


def class_name(index):
    return CLASS_NAMES[index] if index < len(CLASS_NAMES) else f"class {index}"


def taps(resized, source, is_column):
    """The pixels that those of a resized picture lie between, on one axis, and their parts of 2048."""
    position = ((numpy.arange(resized) + 0.5) * (1 / (resized / source)) - 0.5).astype(numpy.float32)
    before = numpy.floor(position).astype(numpy.int64)
    distance = position - numpy.floor(position)
    near = before.clip(0, source - 1)
    if is_column:
        # Beyond its first and last column a picture goes on as it is there.
        distance = numpy.where((before < 0) | (before >= source - 1), numpy.float32(0), distance)
        far = (near + 1).clip(0, source - 1)
    else:
        far = (before + 1).clip(0, source - 1)
    parts = [numpy.rint(part * numpy.float32(2048)).astype(numpy.int32) for part in (1 - distance, distance)]
    return near, far, parts


def resized(picture, height, width):
    """As OpenCV resizes 8-bit pictures (INTER_LINEAR), which networks are mostly trained with: bit by bit the same."""
    levels = picture.astype(numpy.int32)
    if picture.shape[:2] == (2 * height, 2 * width):
        total = levels[0::2, 0::2] + levels[0::2, 1::2] + levels[1::2, 0::2] + levels[1::2, 1::2]
    else:
        near, far, (a, b) = taps(width, picture.shape[1], True)
        mixed = (levels[:, near] * a[:, None] + levels[:, far] * b[:, None]) >> 4
        near, far, (a, b) = taps(height, picture.shape[0], False)
        total = ((mixed[near] * a[:, None, None]) >> 16) + ((mixed[far] * b[:, None, None]) >> 16)
    return ((total + 2) >> 2).clip(0, 255).astype(numpy.uint8)


def prepared(picture):
    """The input [1, 3, HEIGHT, WIDTH] of a picture [height, width, 3]."""
    height, width = HEIGHT, WIDTH
    if COVER[0]:
        rows, columns = picture.shape[:2]
        if COVER[1] * rows > COVER[0] * columns:
            height, width = COVER[1] * rows // columns, COVER[1]
        else:
            height, width = COVER[0], COVER[0] * columns // rows
    top, left = (height - HEIGHT) // 2, (width - WIDTH) // 2
    cut = resized(picture, height, width)[top : top + HEIGHT, left : left + WIDTH, CHANNELS]
    return ((cut.astype(numpy.float32) / DIVISOR - MEAN) / STD).transpose(2, 0, 1)[None].copy()


def read_ppm(path):
    with open(path, "rb") as file:
        content = file.read()
    header = re.match(rb"P6\s+(\d+)\s+(\d+)\s+255\s", content)
    if not header:
        sys.exit(f"{path}: no PPM file (P6, 255 levels, no comments)")
    width, height = map(int, header.groups())
    return numpy.frombuffer(content, numpy.uint8, 3 * width * height, header.end()).reshape(height, width, 3)


def read_picture(path):
    from PIL import Image, ImageOps

    return numpy.asarray(ImageOps.exif_transpose(Image.open(path)).convert("RGB"))


def read_input(path):
    """The input, and height and width of the picture."""
    if path.endswith(".f32"):
        return numpy.fromfile(path, numpy.float32).reshape(1, 3, HEIGHT, WIDTH), (1, 1)
    picture = read_ppm(path) if path.endswith(".ppm") else read_picture(path)
    return prepared(picture), picture.shape[:2]


def run(model, array):
    """The outputs by name."""
    interpreter = MNN.Interpreter(model)
    interpreter.setSessionHint(3, 1)  # WINOGRAD_MEMORY_LEVEL, as the model was checked
    session = interpreter.createSession({"backend": "CPU", "precision": "high", "numThread": 1})
    tensor = interpreter.getSessionInput(session, INPUT)
    interpreter.resizeTensor(tensor, array.shape)
    interpreter.resizeSession(session)
    tensor.copyFrom(MNN.Tensor(array.shape, MNN.Halide_Type_Float, array, MNN.Tensor_DimensionType_Caffe))
    if interpreter.runSession(session) != 0:
        sys.exit(f"MNN can't run {model} on an input {list(array.shape)}")
    outputs = {}
    for name, output in interpreter.getSessionOutputAll(session).items():
        if output.getDataType() != MNN.Halide_Type_Float:
            continue
        shape = output.getShape()
        host = MNN.Tensor(shape, MNN.Halide_Type_Float, numpy.zeros(shape, numpy.float32), MNN.Tensor_DimensionType_Caffe)
        output.copyToHostTensor(host)
        outputs[name] = numpy.array(host.getNumpyData()).reshape(shape)
    return outputs


def softmax(logits):
    parts = numpy.exp(logits - logits.max(-1, keepdims=True))
    return parts / parts.sum(-1, keepdims=True)


