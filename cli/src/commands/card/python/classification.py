def show(outputs, size):
    """The five likeliest classes."""
    likely = softmax(outputs[@OUTPUT@][0])
    for index in numpy.argsort(-likely, kind="stable")[:5]:
        print(index, class_name(index), f"{likely[index]:.4f}")
