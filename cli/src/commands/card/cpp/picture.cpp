
namespace {

// What the model's card says.
const std::string INPUT = @INPUT@;
constexpr size_t HEIGHT = @HEIGHT@, WIDTH = @WIDTH@;
constexpr size_t COVER[2] = {@COVER@};  // height and width that a resized picture covers, of which the centre is cut out; 0: it becomes HEIGHT x WIDTH
constexpr size_t CHANNELS[3] = {@CHANNELS@};  // of red, green, blue
constexpr float DIVISOR = @DIVISOR@, MEAN[3] = {@MEAN@}, STD[3] = {@STD@};
const std::vector<std::string> CLASS_NAMES = {@CLASS_NAMES@};

struct Output {
    std::string name;
    std::vector<size_t> shape;
    std::vector<float> values;
};

std::string content(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    if (!file.good() && !file.eof()) throw std::runtime_error("can't read `" + path + "`");
    return bytes;
}

// Levels of red, green and blue, row by row.
struct Picture {
    size_t height = 0, width = 0;
    std::vector<uint8_t> levels;

    const uint8_t* at(size_t row, size_t column) const { return &levels[3 * (row * width + column)]; }
};

Picture read_picture(const std::string& path) {
    const auto bytes = content(path);
    Picture picture;
    size_t levels = 0;
    int header = 0;
    const bool is_ppm = std::sscanf(bytes.c_str(), "P6 %zu %zu %zu%*1[ \t\r\n]%n", &picture.width, &picture.height, &levels, &header) == 3;
    if (!is_ppm || header == 0 || levels != 255 || picture.width == 0 || picture.height == 0 || picture.width > 1 << 16 || picture.height > 1 << 16) {
        throw std::runtime_error("`" + path + "` is no PPM file (P6, 255 levels, no comments)");
    }
    const size_t count = 3 * picture.height * picture.width;
    if (bytes.size() < header + count) throw std::runtime_error("`" + path + "` is cut off");
    picture.levels.assign(bytes.begin() + header, bytes.begin() + header + count);
    return picture;
}

// The pixels that one of a resized picture lies between, on one axis, and their parts of 2048.
struct Taps {
    size_t near, far;
    int parts[2];

    Taps(size_t index, size_t resized, size_t source, bool is_column) {
        const float position = static_cast<float>((index + 0.5) / (static_cast<double>(resized) / source) - 0.5);
        const long before = static_cast<long>(std::floor(position)), last = static_cast<long>(source) - 1;
        float distance = position - std::floor(position);
        // Beyond its first and last column a picture goes on as it is there.
        if (is_column && (before < 0 || before >= last)) distance = 0;
        near = std::min(std::max(before, 0L), last);
        far = is_column ? std::min<size_t>(near + 1, last) : std::min(std::max(before + 1, 0L), last);
        parts[0] = static_cast<int>(std::lrint((1 - distance) * 2048));
        parts[1] = static_cast<int>(std::lrint(distance * 2048));
    }
};

// As OpenCV resizes 8-bit pictures (INTER_LINEAR), which networks are mostly trained with: bit by bit the same.
Picture resized(const Picture& picture, size_t height, size_t width) {
    Picture result;
    result.height = height;
    result.width = width;
    result.levels.reserve(3 * height * width);
    const bool is_half = picture.height == 2 * height && picture.width == 2 * width;
    for (size_t row = 0; row < height; ++row) {
        const Taps rows(row, height, picture.height, false);
        for (size_t column = 0; column < width; ++column) {
            const Taps columns(column, width, picture.width, true);
            for (size_t channel = 0; channel < 3; ++channel) {
                const auto level = [&](size_t y, size_t x) -> int { return picture.at(y, x)[channel]; };
                const auto mixed = [&](size_t y) { return (level(y, columns.near) * columns.parts[0] + level(y, columns.far) * columns.parts[1]) >> 4; };
                const int sum = is_half ? level(2 * row, 2 * column) + level(2 * row, 2 * column + 1) + level(2 * row + 1, 2 * column) +
                                              level(2 * row + 1, 2 * column + 1)
                                        : ((mixed(rows.near) * rows.parts[0]) >> 16) + ((mixed(rows.far) * rows.parts[1]) >> 16);
                result.levels.push_back(static_cast<uint8_t>(std::min((sum + 2) >> 2, 255)));
            }
        }
    }
    return result;
}

// The input [1, 3, HEIGHT, WIDTH] of a picture.
std::vector<float> prepared(const Picture& picture) {
    size_t height = HEIGHT, width = WIDTH;
    if (COVER[0] > 0) {
        const bool is_tall = COVER[1] * picture.height > COVER[0] * picture.width;
        height = is_tall ? COVER[1] * picture.height / picture.width : COVER[0];
        width = is_tall ? COVER[1] : COVER[0] * picture.width / picture.height;
    }
    const auto whole = resized(picture, height, width);
    const size_t top = (height - HEIGHT) / 2, left = (width - WIDTH) / 2;
    std::vector<float> input;
    for (size_t channel = 0; channel < 3; ++channel) {
        for (size_t row = top; row < top + HEIGHT; ++row) {
            for (size_t column = left; column < left + WIDTH; ++column) {
                input.push_back((whole.at(row, column)[CHANNELS[channel]] / DIVISOR - MEAN[channel]) / STD[channel]);
            }
        }
    }
    return input;
}

std::vector<float> read_input(const std::string& path, Picture& picture) {
    const bool is_picture = path.size() > 4 && path.compare(path.size() - 4, 4, ".ppm") == 0;
    if (is_picture) return prepared(picture = read_picture(path));
    const auto bytes = content(path);
    std::vector<float> input(3 * HEIGHT * WIDTH);
    if (bytes.size() != input.size() * sizeof(float)) {
        throw std::runtime_error("`" + path + "` has " + std::to_string(bytes.size()) + " bytes, expected 3 x " + std::to_string(HEIGHT) + " x " +
                                 std::to_string(WIDTH) + " 32-bit floats");
    }
    std::memcpy(input.data(), bytes.data(), bytes.size());
    return input;
}

