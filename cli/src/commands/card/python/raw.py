def show(outputs, size):
    """Nobody said what the outputs mean."""
    for name, output in outputs.items():
        print(name, list(output.shape))
