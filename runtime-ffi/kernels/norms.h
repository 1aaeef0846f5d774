// Layer and group normalisation, row-major and packed.
#pragma once

#include "kernels.h"
#include "reductions.h"

namespace {

// `center` is the mean in 32 bits, `rest` what that lacks.
struct Moments {
    float center;
    double rest;
    double variance;
};

inline Moments moments(float center, double deviation_sum, double square_sum, double count) {
    const double rest = deviation_sum / count;
    const double variance = square_sum / count - rest * rest;
    return {center, rest, variance < 0 ? 0 : variance};  // by rounding
}

inline Moments moments(const float* src, size_t count) {
    const float center = static_cast<float>(sum(src, count).sum() / count);
    const DeviationSums found = deviations(src, count, center);
    return moments(center, found.sum.sum(), found.squares.sum(), count);
}

inline double inverse_deviation(const Moments& moments, const edgeconv_norm& norm) {
    return 1 / __builtin_sqrt(moments.variance + norm.epsilon);
}

// y = (x - center) * scale + shift. The difference comes first: it is exact where the mean is large.
template <class Number>
struct Line {
    Number center;
    Number scale;
    Number shift;
    Floats operator()(Floats x) const { return fma(x - center, scale, shift); }
};

inline Line<float> line(const Moments& moments, const edgeconv_norm& norm, size_t channel) {
    const double scale = inverse_deviation(moments, norm) * (norm.gamma ? norm.gamma[channel] : 1);
    const double shift = (norm.beta ? norm.beta[channel] : 0) - moments.rest * scale;
    return {moments.center, static_cast<float>(scale), static_cast<float>(shift)};
}

// The lines of four channels; those beyond the last are 0.
struct Lines {
    float center[4] = {};
    float scale[4] = {};
    float shift[4] = {};
    void set(size_t place, const Line<float>& line) {
        center[place] = line.center;
        scale[place] = line.scale;
        shift[place] = line.shift;
    }
    Line<Floats> repeated() const { return {load_repeated(center), load_repeated(scale), load_repeated(shift)}; }
};

// The same without 64 bits, for a row of which each sum is a short one.
inline Line<float> line_of_piece(const float* src, size_t count, float epsilon) {
    const float share = 1.0f / count;
    const float center = total(fold(src, count, 0, Sum()).value) * share;
    const Deviations found = fold(src, count, center, Deviations(center));
    const float rest = total(found.sum) * share;
    const float variance = total(found.squares) * share - rest * rest;
    const float scale = 1 / __builtin_sqrtf((variance < 0 ? 0 : variance) + epsilon);
    return {center, scale, -rest * scale};
}

// y = line(x) gamma + beta
template <class Affine>
void normalise(float* dst, const float* src, size_t count, const Line<float>& line, Affine affine) {
    size_t i = 0;
    for (; i + LANES <= count; i += LANES) {
        store(dst + i, affine(line(load(src + i)), [=](const float* from) { return load(from + i); }));
    }
    const size_t length = count - i;
    if (length) store(dst + i, affine(line(load(src + i, length, 0)), [=](const float* from) { return load(from + i, length, 0); }), length);
}

__attribute__((flatten)) void layer_norm(float* dst, const float* src, size_t count, const edgeconv_norm* norm) {
    const float *gamma = norm->gamma, *beta = norm->beta;
    const Line<float> plain = count <= PIECE ? line_of_piece(src, count, norm->epsilon)
                                             : line(moments(src, count), {nullptr, nullptr, norm->epsilon}, 0);
    if (gamma && beta) {
        normalise(dst, src, count, plain, [=](Floats y, auto some) { return fma(y, some(gamma), some(beta)); });
    } else {
        normalise(dst, src, count, plain, [=](Floats y, auto some) {
            return gamma ? y * some(gamma) : beta ? y + some(beta) : y;
        });
    }
}

__attribute__((flatten)) void group_norm(float* dst, const float* src, size_t channels, size_t plane, size_t groups,
                                         const edgeconv_norm* norm) {
    const size_t size = channels / groups;
    for (size_t channel = 0; channel < channels; channel += size) {
        const Moments found = moments(src, size * plane);
        for (size_t i = 0; i < size; ++i, src += plane, dst += plane) map(dst, src, plane, line(found, *norm, channel + i));
    }
}

// Of the packed channels from `first` up to `end`.
inline Moments packed_moments(const float* src, size_t plane, size_t first, size_t end) {
    const auto add_channels = [&](const Quad& quad, size_t block) {
        double total = 0;
        for (size_t i = 0; i < 4; ++i) {
            if (first <= block + i && block + i < end) total += quad.values[i];
        }
        return total;
    };
    const double count = static_cast<double>(end - first) * plane;
    double total = 0;
    for (size_t block = first / 4 * 4; block < end; block += 4) {
        total += add_channels(sum(src + block * plane, plane * 4), block);
    }
    const float center = static_cast<float>(total / count);
    double deviation_sum = 0, square_sum = 0;
    for (size_t block = first / 4 * 4; block < end; block += 4) {
        const DeviationSums found = deviations(src + block * plane, plane * 4, center);
        deviation_sum += add_channels(found.sum, block);
        square_sum += add_channels(found.squares, block);
    }
    return moments(center, deviation_sum, square_sum, count);
}

__attribute__((flatten)) void group_norm_packed(float* dst, const float* src, size_t channels, size_t plane,
                                                size_t groups, const edgeconv_norm* norm) {
    const size_t size = channels / groups;
    Moments found = {};
    for (size_t block = 0; block < channels; block += 4) {
        Lines lines;
        for (size_t channel = block; channel < block + 4 && channel < channels; ++channel) {
            // In place, all of a group that starts here is still to be written.
            if (channel % size == 0) found = packed_moments(src, plane, channel, channel + size);
            lines.set(channel - block, line(found, *norm, channel));
        }
        map(dst + block * plane, src + block * plane, plane * 4, lines.repeated());
    }
}

// The sum over the channels at each position, in all four places of the position.
inline Floats sum_of_places(Floats x) {
    float lanes[LANES];
    store(lanes, x);
    for (size_t i = 0; i < LANES; i += 4) {
        const float sum = lanes[i] + lanes[i + 1] + (lanes[i + 2] + lanes[i + 3]);
        for (size_t j = 0; j < 4; ++j) lanes[i + j] = sum;
    }
    return load(lanes);
}

inline Floats inverse_root(Floats x) {
    float lanes[LANES];
    store(lanes, x);
    for (float& lane : lanes) lane = 1 / __builtin_sqrtf(lane);
    return load(lanes);
}

// Some positions of all channels of a packed tensor.
struct Column {
    const float* src;
    size_t channels;
    size_t plane;
    size_t length;  // of a vector, at most LANES

    Floats at(size_t block) const {
        const float* from = src + block * plane;
        return length < LANES ? load(from, length, 0) : load(from);
    }

    // With `missing` beyond the last channel.
    Floats at(size_t block, Floats missing) const {
        if (block + 4 <= channels) return at(block);
        float there[4] = {};
        for (size_t i = 0; block + i < channels; ++i) there[i] = 1;
        return select(Floats(0) < load_repeated(there), at(block), missing);
    }

    template <class State>
    State fold(Floats missing, State state) const {
        for (size_t block = 0; block < channels; block += 4) state.add(at(block, missing));
        return state;
    }
};

// A number for each channel of a block, at each position; 0 beyond the last channel.
inline Floats of_channels(const float* from, size_t block, size_t channels, float missing) {
    if (block + 4 <= channels) return from ? load_repeated(from + block) : missing;
    float four[4] = {};
    for (size_t i = 0; block + i < channels; ++i) four[i] = from ? from[block + i] : missing;
    return load_repeated(four);
}

inline void layer_norm_column(float* dst, const Column& column, const edgeconv_norm& norm) {
    const float share = 1.0f / column.channels;
    const Floats center = sum_of_places(column.fold(0, Sum()).value) * share;
    const Deviations found = column.fold(center, Deviations(center));
    const Floats rest = sum_of_places(found.sum) * share;
    const Floats variance = at_least(sum_of_places(found.squares) * share - rest * rest, 0);
    const Floats factor = inverse_root(variance + norm.epsilon);
    for (size_t block = 0; block < column.channels; block += 4, dst += column.plane * 4) {
        const Floats gamma = of_channels(norm.gamma, block, column.channels, 1);
        const Floats beta = of_channels(norm.beta, block, column.channels, 0);
        const Floats y = fma((column.at(block) - center - rest) * factor, gamma, beta);
        column.length < LANES ? store(dst, y, column.length) : store(dst, y);
    }
}

__attribute__((flatten)) void layer_norm_packed(float* dst, const float* src, size_t channels, size_t plane,
                                                const edgeconv_norm* norm) {
    for (size_t i = 0; i < plane * 4; i += LANES) {
        const size_t length = plane * 4 - i < LANES ? plane * 4 - i : LANES;
        layer_norm_column(dst + i, {src + i, channels, plane, length}, *norm);
    }
}

}  // namespace
