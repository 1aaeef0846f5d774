// The units of a Cortex-A17, as far as they are published.
#pragma once

#include "instruction.h"

// Units, and for how many cycles an instruction holds one of them: the pipeline descriptions that ARM contributed to GCC,
// gcc/config/arm/cortex-a17.md and cortex-a17-neon.md. Simplified: a load or store holds a unit for each 64 bits, whichever
// registers they go to.
enum unit { FLOATS, SCALARS, EITHER, DIVIDER, MEMORY, BRANCHES, INTEGERS, UNITS };

static const struct {
    enum unit unit;
    unsigned char cycles;
    bool each_part;  // for each 64 bits
} costs[CLASSES] = {
    [VECTOR_MULTIPLY_ADD] = {FLOATS, 1, true},
    [VECTOR_FLOAT] = {FLOATS, 1, true},
    [VECTOR_INTEGER] = {EITHER, 1, false},
    [SCALAR_FLOAT] = {SCALARS, 1, false},
    [DIVIDE] = {DIVIDER, 10, false},
    [LOAD] = {MEMORY, 1, true},
    [STORE] = {MEMORY, 1, true},
    [BRANCH] = {BRANCHES, 1, false},
    [INTEGER] = {INTEGERS, 1, false},
};

static inline unsigned most(unsigned a, unsigned b) {
    return a > b ? a : b;
}

// Half cycles that instructions take at least, whose operands are there in time: two are issued in a cycle, and there are two
// units for loads and stores, two for integers, and two ports for vectors, of which one leads to vectors of floats and one to
// scalar floats.
static inline unsigned half_cycles(const unsigned instructions, const unsigned held[UNITS]) {
    const unsigned ports = held[FLOATS] + held[SCALARS] + held[EITHER];
    const unsigned alone = most(most(held[FLOATS], held[SCALARS]), most(held[DIVIDER], held[BRANCHES]));
    return most(most(instructions, 2 * alone), most(ports, held[MEMORY]));
}
