// Classes of instructions of A64, by the encodings in chapter C4.1 of the Architecture Reference Manual for A-profile (DDI 0487).

#include "instruction.h"

static struct instruction of_parts(enum class class, unsigned parts) {
    return (struct instruction){class, parts, class == BRANCH};
}

static struct instruction one(enum class class) {
    return of_parts(class, 1);
}

static struct instruction memory(bool load, unsigned parts) {
    return of_parts(load ? LOAD : STORE, parts);
}

// Advanced SIMD: structures of several registers.
static struct instruction structures(uint32_t word) {
    static const unsigned char registers[16] = {[0] = 4, [2] = 4, [4] = 3, [6] = 3, [7] = 1, [8] = 2, [10] = 2};
    const unsigned parts = registers[bits(word, 15, 12)] * (bits(word, 30, 30) ? 2 : 1);
    return memory(bits(word, 22, 22), parts > 0 ? parts : 1);
}

// One element of each of up to four registers.
static struct instruction elements(uint32_t word) {
    return memory(bits(word, 22, 22), 2 * bits(word, 13, 13) + bits(word, 21, 21) + 1);
}

// Two registers.
static struct instruction pair(uint32_t word) {
    const uint32_t size = bits(word, 31, 30);
    const bool vector = bits(word, 26, 26);
    return memory(bits(word, 22, 22), vector ? 1u << size : size == 2 ? 2 : 1);
}

// One register, in all modes of addressing; and atomic operations, which load and store.
static struct instruction single(uint32_t word) {
    const uint32_t operation = bits(word, 23, 22);
    if (!bits(word, 26, 26)) return memory(operation != 0 || (!bits(word, 24, 24) && bits(word, 21, 21) && !bits(word, 11, 10)), 1);
    return memory(operation & 1, operation & 2 ? 2 : 1);
}

// C4.1.96
static struct instruction load_or_store(uint32_t word) {
    switch (bits(word, 29, 27)) {
        case 1: {
            const bool vector = bits(word, 26, 26);
            // Exclusive and ordered ones; those that compare and swap load and store.
            const bool swaps = bits(word, 21, 21) && (bits(word, 23, 23) || !bits(word, 31, 31));
            if (!vector) return memory(bits(word, 22, 22) || swaps, 1);
            return bits(word, 24, 24) ? elements(word) : structures(word);
        }
        case 3: {
            const bool literal = !bits(word, 24, 24);
            if (literal) return memory(true, bits(word, 26, 26) && bits(word, 31, 30) == 2 ? 2 : 1);
            return memory(bits(word, 23, 22) != 0, 1);  // ordered, with an offset
        }
        case 5: return pair(word);
        case 7: return single(word);
        default: return one(INTEGER);
    }
}

// C4.1.95: of core registers.
static struct instruction of_registers(uint32_t word) {
    const bool two_sources = (word & 0x7fe00000) == 0x1ac00000;
    return one(two_sources && bits(word, 15, 11) == 1 ? DIVIDE : INTEGER);
}

// C4.1.94
static struct instruction branch_or_system(uint32_t word) {
    return one(bits(word, 31, 24) == 0xd4 || bits(word, 31, 24) == 0xd5 ? INTEGER : BRANCH);
}

// One float, and moves between registers of both kinds.
static struct instruction scalar_float(uint32_t word) {
    if (bits(word, 24, 24) || !bits(word, 21, 21)) return one(SCALAR_FLOAT);  // products with a sum; fixed-point numbers
    const bool roots = bits(word, 14, 10) == 0x10 && bits(word, 20, 15) == 3;
    const bool divides = bits(word, 11, 10) == 2 && bits(word, 15, 12) == 1;
    return one(roots || divides ? DIVIDE : SCALAR_FLOAT);
}

// Three registers of floats; opcodes of `three_same` without their upper two bits.
static enum class three_floats(uint32_t opcode, bool u, bool second) {
    if (opcode == 1 || (opcode == 5 && !u)) return VECTOR_MULTIPLY_ADD;
    return opcode == 7 && u && !second ? DIVIDE : VECTOR_FLOAT;
}

static enum class three_same(uint32_t word) {
    const uint32_t opcode = bits(word, 15, 11);
    const bool u = bits(word, 29, 29), second = bits(word, 23, 23);
    if (opcode >= 0x18) return three_floats(opcode & 7, u, second);
    return opcode == 0x12 ? VECTOR_MULTIPLY_ADD : VECTOR_INTEGER;
}

// Dot products, products of matrices, complex numbers.
static enum class three_more(uint32_t word) {
    const uint32_t opcode = bits(word, 14, 11);
    return opcode == 0xc || opcode == 0xe ? VECTOR_FLOAT : VECTOR_MULTIPLY_ADD;
}

// Two registers; floats of 16 bits have a group of their own with the same opcodes.
static enum class two_registers(uint32_t word) {
    const uint32_t opcode = bits(word, 16, 12);
    const bool u = bits(word, 29, 29), second = bits(word, 23, 23);
    if (opcode == 0x1f && u && second) return DIVIDE;
    return (opcode >= 0xc && opcode <= 0xf) || opcode >= 0x16 ? VECTOR_FLOAT : VECTOR_INTEGER;
}

// All lanes to one.
static enum class across_lanes(uint32_t word) {
    const uint32_t opcode = bits(word, 16, 12);
    return opcode == 0xc || opcode == 0xf ? VECTOR_FLOAT : VECTOR_INTEGER;
}

// Three registers of different lengths, of which the shorter ones have 64 bits.
static struct instruction different_lengths(uint32_t word) {
    const uint32_t opcode = bits(word, 15, 12);
    return one(opcode >= 0x8 && opcode <= 0xb ? VECTOR_MULTIPLY_ADD : VECTOR_INTEGER);
}

// A lane to all, to another, to a core register, or from one.
static struct instruction copy(uint32_t word, unsigned parts) {
    const uint32_t operation = bits(word, 14, 11);
    const bool of_core = !bits(word, 29, 29) && (operation == 1 || operation == 3 || operation == 5 || operation == 7);
    return of_core ? one(SCALAR_FLOAT) : of_parts(VECTOR_INTEGER, parts);
}

// A vector and one of its lanes.
static struct instruction by_lane(uint32_t word, unsigned parts) {
    const uint32_t opcode = bits(word, 15, 12), size = bits(word, 23, 22);
    const bool u = bits(word, 29, 29);
    switch (opcode) {
        case 0x0:
        case 0x4:
        case 0x8:
        case 0xc: {
            const bool long_floats = size == 2 && (u ? opcode >= 8 : opcode < 8);
            const bool integers = u && opcode < 8;
            return of_parts(long_floats || integers ? VECTOR_MULTIPLY_ADD : VECTOR_INTEGER, parts);
        }
        case 0x2:
        case 0x3:
        case 0x6:
        case 0x7:
            if (u && opcode & 1) return of_parts(VECTOR_MULTIPLY_ADD, parts);  // complex numbers
            return one(VECTOR_MULTIPLY_ADD);
        case 0x9: return of_parts(VECTOR_FLOAT, parts);
        case 0xa:
        case 0xb: return one(VECTOR_INTEGER);
        case 0xd: return of_parts(u ? VECTOR_MULTIPLY_ADD : VECTOR_INTEGER, parts);
        default: return of_parts(VECTOR_MULTIPLY_ADD, parts);
    }
}

// A constant, or a shift by one.
static enum class by_constant(uint32_t word) {
    const bool shifts = bits(word, 22, 19) != 0;
    const uint32_t opcode = bits(word, 15, 11);
    return shifts && (opcode == 0x1c || opcode == 0x1f) ? VECTOR_FLOAT : VECTOR_INTEGER;
}

static struct instruction vector(uint32_t word) {
    const unsigned parts = bits(word, 30, 30) ? 2 : 1;
    const bool last = bits(word, 10, 10);
    if (bits(word, 24, 24)) return last ? of_parts(by_constant(word), parts) : by_lane(word, parts);
    if (bits(word, 21, 21)) {
        if (last) return of_parts(three_same(word), parts);
        if (!bits(word, 11, 11)) return different_lengths(word);
        switch (bits(word, 20, 17)) {
            case 0x0:
            case 0xc: return of_parts(two_registers(word), parts);
            case 0x8: return of_parts(across_lanes(word), parts);
            default: return of_parts(VECTOR_INTEGER, parts);  // cryptography
        }
    }
    if (!last) return of_parts(VECTOR_INTEGER, parts);  // permutations
    if (bits(word, 15, 15)) return of_parts(three_more(word), parts);
    if (bits(word, 23, 21) == 0) return copy(word, parts);
    return of_parts(three_floats(bits(word, 13, 11), bits(word, 29, 29), bits(word, 23, 23)), parts);  // of 16 bits
}

static struct instruction float_or_vector(uint32_t word) {
    const bool scalar = bits(word, 28, 28);
    if (!scalar) return vector(word);
    return bits(word, 30, 30) ? one(SCALAR_FLOAT) : scalar_float(word);  // one lane by itself
}

struct instruction decode_aarch64(uint32_t word) {
    switch (bits(word, 28, 25)) {
        case 0x4:
        case 0x6:
        case 0xc:
        case 0xe: return load_or_store(word);
        case 0x5:
        case 0xd: return of_registers(word);
        case 0x7:
        case 0xf: return float_or_vector(word);
        case 0x8:
        case 0x9: return one(INTEGER);
        case 0xa:
        case 0xb: return branch_or_system(word);
        default: return one(VECTOR_INTEGER);  // SVE and SME, whose instructions are not told apart
    }
}
