// What both programs do before and after the model.
#pragma once

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

struct Arguments {
    std::string model;
    std::string input;
    std::string logits;  // empty: they are not wanted

    Arguments(int count, char** values) {
        if (count < 3 || count > 4) throw std::invalid_argument("usage: " + std::string(values[0]) + " MODEL.mnn INPUT [LOGITS]");
        model = values[1];
        input = values[2];
        if (count == 4) logits = values[3];
    }
};

inline std::string read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::string content((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    if (!file.good() && !file.eof()) throw std::runtime_error("can't read `" + path + "`");
    return content;
}

// The pixels of a binary PPM file as [3, height, width], blue first, from 0 to 1: what EdgeFormer takes.
inline std::vector<float> picture(const std::string& path, size_t height, size_t width) {
    const auto content = read(path);
    size_t columns = 0, rows = 0, levels = 0;
    int header = 0;
    const bool is_ppm = std::sscanf(content.c_str(), "P6 %zu %zu %zu%*1[ \t\r\n]%n", &columns, &rows, &levels, &header) == 3;
    if (!is_ppm || header == 0 || levels != 255) throw std::runtime_error("`" + path + "` is no PPM file (P6, 255 levels, no comments)");
    if (columns != width || rows != height || content.size() < header + 3 * columns * rows) {
        throw std::runtime_error("`" + path + "` has " + std::to_string(columns) + "x" + std::to_string(rows) +
                                 " pixels or is cut off; the model takes " + std::to_string(width) + "x" + std::to_string(height));
    }
    std::vector<float> values;
    for (const size_t channel : {2, 1, 0}) {
        for (size_t pixel = 0; pixel < columns * rows; ++pixel) {
            values.push_back(static_cast<unsigned char>(content[header + 3 * pixel + channel]) / 255.0F);
        }
    }
    return values;
}

// A picture by the name of its file; or else 32-bit floats as they are, such as numpy's `tofile` writes.
inline std::vector<float> load_input(const std::string& path, const std::vector<size_t>& shape) {
    const bool is_picture = path.size() > 4 && path.compare(path.size() - 4, 4, ".ppm") == 0;
    if (is_picture) {
        if (shape.size() != 4 || shape[0] != 1 || shape[1] != 3) throw std::runtime_error("the model does not take one picture of 3 channels");
        return picture(path, shape[2], shape[3]);
    }
    const auto content = read(path);
    std::vector<float> values(content.size() / sizeof(float));
    std::copy_n(content.data(), values.size() * sizeof(float), reinterpret_cast<char*>(values.data()));
    return values;
}

// Prints the five likeliest classes, and writes all logits as 32-bit floats where they are wanted.
inline void show(const std::vector<float>& logits, const std::string& file) {
    std::vector<size_t> classes(logits.size());
    std::iota(classes.begin(), classes.end(), size_t{0});
    const size_t count = std::min<size_t>(5, classes.size());
    const auto is_likelier = [&](size_t a, size_t b) { return logits[a] > logits[b]; };
    std::partial_sort(classes.begin(), classes.begin() + count, classes.end(), is_likelier);
    for (size_t rank = 0; rank < count; ++rank) std::printf("class %zu: %.4f\n", classes[rank], logits[classes[rank]]);
    if (file.empty()) return;
    std::ofstream written(file, std::ios::binary);
    written.write(reinterpret_cast<const char*>(logits.data()), logits.size() * sizeof(float));
    if (!written.flush()) throw std::runtime_error("can't write `" + file + "`");
}

// What a program does: `run` gives the logits for its arguments. Returns the exit code.
template <typename Run>
int classify(int count, char** values, Run run) try {
    const Arguments arguments(count, values);
    show(run(arguments), arguments.logits);
    return 0;
} catch (const std::invalid_argument& misuse) {
    std::fprintf(stderr, "%s\n", misuse.what());
    return 2;
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s: %s\n", values[0], error.what());
    return 1;
}
