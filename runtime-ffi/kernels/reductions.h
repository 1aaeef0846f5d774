// Sums and maxima of many elements.
#pragma once

#include "elementwise.h"

namespace {

constexpr float LOWEST = -__builtin_inff();

// One result for each place in a group of four: for each channel of a packed block.
struct Quad {
    double values[4];
    double sum() const { return values[0] + values[1] + (values[2] + values[3]); }
};

struct Sum {
    Floats value = 0;
    void add(Floats x) { value = value + x; }
    void merge(const Sum& other) { add(other.value); }
};

struct Maximum {
    Floats value = LOWEST;
    void add(Floats x) { value = larger(value, x); }
    void merge(const Maximum& other) { add(other.value); }
};

// Of differences from a number near the mean.
struct Deviations {
    Floats mean;
    Floats sum = 0;
    Floats squares = 0;
    explicit Deviations(Floats mean) : mean(mean) {}
    void add(Floats x) {
        const Floats deviation = x - mean;
        sum = sum + deviation;
        squares = fma(deviation, deviation, squares);
    }
    void merge(const Deviations& other) {
        sum = sum + other.sum;
        squares = squares + other.squares;
    }
};

// Adds all elements to the state; `neutral` stands for those that are missing in the last vector.
template <class State>
State fold(const float* src, size_t count, Floats neutral, State state) {
    if (count >= 2 * LANES) {
        State second = state;
        for (; count >= 2 * LANES; count -= 2 * LANES, src += 2 * LANES) {
            state.add(load(src));
            second.add(load(src + LANES));
        }
        state.merge(second);
    }
    for (; count >= LANES; count -= LANES, src += LANES) state.add(load(src));
    if (count) state.add(load(src, count, neutral));
    return state;
}

inline void add_to(Quad& quad, Floats x) {
    float lanes[LANES];
    store(lanes, x);
    for (size_t i = 0; i < LANES; ++i) quad.values[i % 4] += lanes[i];
}

// So short that the rounding errors of 32-bit sums stay small.
constexpr size_t PIECE = 2048;

// Calls with the start and length of pieces.
template <class Function>
void for_each_piece(const float* src, size_t count, Function function) {
    for (; count > PIECE; count -= PIECE, src += PIECE) function(src, PIECE);
    function(src, count);
}

inline Quad sum(const float* src, size_t count) {
    Quad total = {};
    for_each_piece(src, count, [&](const float* piece, size_t length) {
        add_to(total, fold(piece, length, 0, Sum()).value);
    });
    return total;
}

struct DeviationSums {
    Quad sum;
    Quad squares;
};

inline DeviationSums deviations(const float* src, size_t count, Floats mean) {
    DeviationSums total = {};
    for_each_piece(src, count, [&](const float* piece, size_t length) {
        const Deviations found = fold(piece, length, mean, Deviations(mean));
        add_to(total.sum, found.sum);
        add_to(total.squares, found.squares);
    });
    return total;
}

// NaN if one of the two is.
inline float larger(float a, float b) { return b < a || a != a ? a : b; }

inline void maximum(float (&quad)[4], const float* src, size_t count) {
    float lanes[LANES];
    store(lanes, fold(src, count, LOWEST, Maximum()).value);
    for (float& largest : quad) largest = LOWEST;
    for (size_t i = 0; i < LANES; ++i) quad[i % 4] = larger(quad[i % 4], lanes[i]);
}

inline float maximum(const float* src, size_t count) {
    float quad[4];
    maximum(quad, src, count);
    return larger(larger(quad[0], quad[1]), larger(quad[2], quad[3]));
}

}  // namespace
