

def main(arguments):
    if len(arguments) not in (2, 3):
        print(__doc__, file=sys.stderr)
        return 2
    array, size = read_input(arguments[1])
    outputs = run(arguments[0], array)
    for name, output in outputs.items():
        if len(arguments) == 3:
            output.astype(numpy.float32).tofile(f"{arguments[2]}.{name.replace('/', '_')}.f32")
    show(outputs, size)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
