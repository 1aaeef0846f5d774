#include "sizes.h"

#include <algorithm>
#include <cstdint>
#include <sstream>
#include <utility>

namespace {

using edgeconv::Dimension;
using edgeconv::Error;
using edgeconv::Shape;

constexpr const char* OPEN_KEY = "edgeconv.open=";
// What was done to a network on its way into the file, which all of ours say.
constexpr const char* OURS_KEY = "edgeconv.accuracy=";

// The entry of a key in metadata, a line.
bool find_entry(const std::string& metadata, const std::string& key, std::string& entry) {
    std::istringstream lines(metadata);
    for (std::string line; std::getline(lines, line);) {
        if (line.compare(0, key.size(), key) != 0) continue;
        entry = line.substr(key.size());
        return true;
    }
    return false;
}

// A number, which is no other text.
bool read_number(const std::string& text, size_t& number) {
    if (text.empty() || text.size() > 9 || text.find_first_not_of("0123456789") != std::string::npos) return false;
    number = std::stoul(text);
    return true;
}

// What is in front of a separator, which goes, too; without one, everything.
std::string take(std::string& text, const std::string& separator) {
    const size_t end = text.find(separator);
    const std::string part = text.substr(0, end);
    text = end == std::string::npos ? "" : text.substr(end + separator.size());
    return part;
}

// `224`, `?`, `N`, `64..512:32` or `N:1..8`.
bool read_dimension(std::string text, Dimension& dim) {
    size_t length = 0;
    dim = {"", 1, SIZE_MAX, 1};
    if (text == "?") return true;
    if (read_number(text, length)) {
        dim.least = dim.most = length;
        return length > 0;
    }
    if (text.find("..") == std::string::npos || text.find(':') < text.find("..")) dim.name = take(text, ":");
    if (text.empty()) return !dim.name.empty();
    const std::string least = take(text, ".."), most = take(text, ":");
    const bool is_read = (least.empty() || read_number(least, dim.least)) && (most.empty() || read_number(most, dim.most)) &&
                         (text.empty() || read_number(text, dim.step));
    return is_read && dim.step > 0 && dim.least <= dim.most;
}

std::string joined(const Shape& shape) {
    std::string text;
    for (const size_t length : shape) text += (text.empty() ? "" : "x") + std::to_string(length);
    return text;
}

// The shape of an input with `?` where it is to have another length than it may.
std::string opened(const std::vector<Dimension>& dims, const Shape& shape) {
    std::string text;
    for (size_t axis = 0; axis < dims.size(); ++axis) {
        text += (axis ? "x" : "") + (dims[axis].allows(shape[axis]) && !dims[axis].is_open() ? std::to_string(shape[axis]) : "?");
    }
    return text;
}

}  // namespace

namespace edgeconv {

Sizes::Sizes(const MNN::Net& net) {
    if (!net.extraInfo() || !net.extraInfo()->name()) return;
    const std::string metadata = net.extraInfo()->name()->str();
    std::string open;
    // The code of a file (`bizCode`) is anybody's choice.
    are_known = find_entry(metadata, OURS_KEY, open);
    if (!are_known) return;
    read_fixed(net);
    if (find_entry(metadata, OPEN_KEY, open)) read_open(open);
}

void Sizes::read_fixed(const MNN::Net& net) {
    for (const auto* op : *net.oplists()) {
        if (op->type() != MNN::OpType_Input) continue;
        Input input;
        Shape shape;
        const auto* dims = op->main_as_Input()->dims();
        for (size_t axis = 0; axis < (dims ? dims->size() : 0); ++axis) {
            const auto length = static_cast<size_t>(std::max(dims->Get(axis), 0));
            shape.push_back(length);
            input.dims.push_back({"", length, length, 1});
        }
        input.text = joined(shape);
        inputs[net.tensorName()->Get(op->outputIndexes()->Get(0))->str()] = input;
    }
}

// `x=Nx3x64..512:32xW y=Nx4`. Names may have spaces.
void Sizes::read_open(const std::string& text) {
    std::istringstream words(text);
    std::string name;
    for (std::string word; std::getline(words, word, ' ');) {
        const size_t end = word.rfind('=');
        name += word.substr(0, end);
        if (end == std::string::npos) {
            name += ' ';
            continue;
        }
        Input input{{}, word.substr(end + 1)};
        bool is_read = true;
        for (std::string rest = input.text; !rest.empty();) {
            input.dims.emplace_back();
            is_read = read_dimension(take(rest, "x"), input.dims.back()) && is_read;
        }
        if (is_read && inputs.count(name)) inputs[name] = input;
        name.clear();
    }
}

void Sizes::expect_one(const std::string& name, const Input& input, const Shape& shape, const std::string& wanted) const {
    const bool has_rank = shape.size() == input.dims.size();
    bool fits = has_rank, is_open = false;
    for (size_t axis = 0; has_rank && axis < shape.size(); ++axis) fits = fits && input.dims[axis].allows(shape[axis]);
    for (const auto& dim : input.dims) is_open = is_open || dim.is_open();
    if (fits) return;
    std::string text = "the model can't take " + wanted + ": it was made for `" + name + "` of " + input.text + (is_open ? "" : " alone");
    if (has_rank) text += "; `edgeconv convert` with --input " + name + "=" + opened(input.dims, shape) + " makes one that is open";
    throw Error(EDGECONV_BAD_SHAPE, text);
}

void Sizes::expect(const std::map<std::string, Shape>& shapes, const std::string& wanted) const {
    if (!are_known) return;
    std::map<std::string, std::pair<size_t, std::string>> lengths;
    for (const auto& entry : shapes) {
        const auto found = inputs.find(entry.first);
        if (found == inputs.end()) continue;
        const auto& input = found->second;
        expect_one(entry.first, input, entry.second, wanted);
        for (size_t axis = 0; axis < entry.second.size(); ++axis) {
            const auto& name = input.dims[axis].name;
            if (name.empty()) continue;
            const auto first = lengths.insert({name, {entry.second[axis], entry.first}}).first->second;
            if (first.first == entry.second[axis]) continue;
            throw Error(EDGECONV_BAD_SHAPE, "the model can't take " + wanted + ": " + name + " is " + std::to_string(first.first) + " in `" + first.second +
                                                "` and " + std::to_string(entry.second[axis]) + " in `" + entry.first + "`, expected one length");
        }
    }
}

}  // namespace edgeconv
