def show(outputs, size):
    """The classes of pixels, and their parts of the picture."""
    classes = outputs[@OUTPUT@][0].argmax(0)
    for index, count in zip(*numpy.unique(classes, return_counts=True)):
        print(index, class_name(index), f"{100 * count / classes.size:.2f} %")
