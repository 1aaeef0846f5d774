
void write(const Output& output, const std::string& prefix) {
    auto name = output.name;
    std::replace(name.begin(), name.end(), '/', '_');
    const auto path = prefix + "." + name + ".f32";
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(output.values.data()), output.values.size() * sizeof(float));
    if (!file.flush()) throw std::runtime_error("can't write `" + path + "`");
}

}  // namespace

int main(int count, char** values) try {
    if (count < 3 || count > 4) {
        std::fprintf(stderr, "usage: %s MODEL.mnn PICTURE.ppm|INPUT.f32 [OUTPUTS]\n", values[0]);
        return 2;
    }
    Picture picture;
    const auto input = read_input(values[2], picture);
    const auto outputs = run(values[1], input);
    for (const auto& output : outputs) {
        if (count == 4) write(output, values[3]);
    }
    show(outputs, picture);
    return 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s: %s\n", values[0], error.what());
    return 1;
}
