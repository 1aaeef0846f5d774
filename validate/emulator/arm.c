// Classes of instructions of ARMv7-A, by the encodings in chapters A5 to A7 of its Architecture Reference Manual (DDI 0406).

#include "instruction.h"

static struct instruction of_parts(enum class class, unsigned parts) {
    return (struct instruction){class, parts, class == BRANCH};
}

static struct instruction one(enum class class) {
    return of_parts(class, 1);
}

// A load or store of 32-bit words.
static struct instruction words(bool load, unsigned count) {
    return of_parts(load ? LOAD : STORE, (count + 1) / 2);
}

// Of one core register.
static struct instruction word_to(bool load, unsigned to) {
    return (struct instruction){load ? LOAD : STORE, 1, load && to == 15};
}

// Of a list of core registers.
static struct instruction list(bool load, uint32_t registers) {
    struct instruction result = words(load, __builtin_popcount(registers));
    result.jumps = load && bits(registers, 15, 15);
    return result;
}

// Advanced SIMD, A7.4.1: three registers of the same length.
static enum class same_length(uint32_t word) {
    const bool b = bits(word, 4, 4), u = bits(word, 24, 24);
    switch (bits(word, 11, 8)) {
        case 0x9: return b ? VECTOR_INTEGER : VECTOR_MULTIPLY_ADD;
        case 0xc: return VECTOR_MULTIPLY_ADD;
        case 0xd: return b && !u ? VECTOR_MULTIPLY_ADD : VECTOR_FLOAT;
        case 0xe:
        case 0xf: return VECTOR_FLOAT;
        default: return VECTOR_INTEGER;
    }
}

// A7.4.2: three registers of different lengths, of which the shorter ones have 64 bits.
static struct instruction different_lengths(uint32_t word) {
    const uint32_t a = bits(word, 11, 8);
    return one(a >= 0x8 && a <= 0xb ? VECTOR_MULTIPLY_ADD : VECTOR_INTEGER);
}

// A7.4.3: a vector and a scalar.
static struct instruction by_scalar(uint32_t word) {
    const uint32_t a = bits(word, 11, 8);
    const bool is_long = bits(a, 1, 1);
    const enum class class = a < 0x8 ? VECTOR_MULTIPLY_ADD : a == 0x9 ? VECTOR_FLOAT : VECTOR_INTEGER;
    return of_parts(class, bits(word, 24, 24) && !is_long ? 2 : 1);
}

// A7.4.5: two registers.
static enum class two_registers(uint32_t word) {
    const uint32_t a = bits(word, 17, 16), b = bits(word, 10, 6);
    const bool compares = a == 1 && b & 0x10, halves = a == 2 && (b & 0x1b) == 0x18;
    const bool estimates = a == 3 && (b & 0x1c) == 0x14, converts = a == 3 && (b & 0x18) == 0x18;
    return compares || halves || estimates || converts ? VECTOR_FLOAT : VECTOR_INTEGER;
}

// A7.4: data processing, in the encoding of A32.
static struct instruction vector(uint32_t word) {
    const unsigned parts = bits(word, 6, 6) ? 2 : 1;
    if (!bits(word, 23, 23)) return of_parts(same_length(word), parts);
    if (bits(word, 4, 4)) {  // a shift or a constant
        const bool constant = bits(word, 21, 19) == 0 && !bits(word, 7, 7);
        return of_parts(!constant && bits(word, 11, 9) == 7 ? VECTOR_FLOAT : VECTOR_INTEGER, parts);
    }
    if (bits(word, 21, 20) != 3) return bits(word, 6, 6) ? by_scalar(word) : different_lengths(word);
    const bool misc = bits(word, 24, 24) && !bits(word, 11, 11);  // else extraction, tables, duplication
    return of_parts(misc ? two_registers(word) : VECTOR_INTEGER, parts);
}

// A7.7: elements and structures, in the encoding of A32.
static struct instruction elements(uint32_t word) {
    static const unsigned char registers[16] = {4, 4, 4, 4, 3, 3, 3, 1, 2, 2, 2};
    const bool lane = bits(word, 23, 23);
    const unsigned parts = lane ? bits(word, 9, 8) + 1 : registers[bits(word, 11, 8)];
    return of_parts(bits(word, 21, 21) ? LOAD : STORE, parts);
}

// A7.6, A7.9: loads, stores and moves of two registers.
static struct instruction float_memory(uint32_t word) {
    if (bits(word, 24, 21) == 2) return one(SCALAR_FLOAT);
    const bool many = !bits(word, 24, 24) || bits(word, 21, 21), wide = bits(word, 8, 8);
    return words(bits(word, 20, 20), many ? bits(word, 7, 0) : wide ? 2 : 1);
}

// A7.5, A7.8: arithmetic and moves.
static struct instruction scalar_float(uint32_t word) {
    const uint32_t operation = bits(word, 23, 20) & 0xb;
    const bool divides = operation == 0x8 && !bits(word, 6, 6);
    const bool roots = operation == 0xb && bits(word, 19, 16) == 1 && bits(word, 7, 6) == 3;
    return one(!bits(word, 4, 4) && (divides || roots) ? DIVIDE : SCALAR_FLOAT);
}

// A5.6: coprocessors, of which 10 and 11 are floating point; the same in A32 and T32.
static struct instruction coprocessor(uint32_t word) {
    if (bits(word, 11, 9) != 5) return one(INTEGER);
    return bits(word, 25, 25) ? scalar_float(word) : float_memory(word);
}

// A5.7: what has no condition.
static struct instruction unconditional(uint32_t word) {
    if (bits(word, 27, 25) == 1) return vector(word);
    if (bits(word, 27, 24) == 4 && !bits(word, 20, 20)) return elements(word);
    if (bits(word, 27, 26) == 1 && bits(word, 21, 20) == 1) return one(LOAD);  // a preload
    return one(bits(word, 27, 25) == 5 ? BRANCH : INTEGER);
}

// A5.2: data processing, and what shares its space.
static struct instruction processing(uint32_t word) {
    const bool immediate = bits(word, 25, 25), load = bits(word, 20, 20);
    if (!immediate && (word & 0x90) == 0x90) {
        const uint32_t kind = bits(word, 6, 5);
        if (kind == 0) return one(!bits(word, 24, 24) ? INTEGER : load ? LOAD : STORE);  // products; exclusive accesses
        return one(load || kind == 2 ? LOAD : STORE);                                    // halfwords, signed bytes, two words
    }
    const bool compares = bits(word, 24, 23) == 2;  // or else moves constants and status, or branches
    if (compares) return one(!immediate && (word & 0x0fffffc0) == 0x012fff00 && word & 0x30 ? BRANCH : INTEGER);
    return one(bits(word, 15, 12) == 15 ? BRANCH : INTEGER);
}

struct instruction decode_arm(uint32_t word) {
    if (bits(word, 31, 28) == 15) return unconditional(word);
    const bool load = bits(word, 20, 20);
    switch (bits(word, 27, 25)) {
        case 0:
        case 1: return processing(word);
        case 2: return word_to(load, bits(word, 15, 12));
        case 3:
            if (!bits(word, 4, 4)) return word_to(load, bits(word, 15, 12));
            return one((word & 0x0fd0f0f0) == 0x0710f010 ? DIVIDE : INTEGER);
        case 4: return list(load, bits(word, 15, 0));
        case 5: return one(BRANCH);
        case 6: return coprocessor(word);
        default: return bits(word, 24, 24) ? one(INTEGER) : coprocessor(word);
    }
}

// A6.2
struct instruction decode_thumb16(uint16_t half) {
    const bool load = bits(half, 11, 11);
    switch (bits(half, 15, 12)) {
        case 0x4: {
            if (load) return one(LOAD);
            const bool moves = bits(half, 10, 10) && bits(half, 9, 8) != 1, to_pc = (half & 0x87) == 0x87;
            return one(bits(half, 10, 8) == 7 || (moves && to_pc) ? BRANCH : INTEGER);
        }
        case 0x5: return one(bits(half, 11, 9) < 3 ? STORE : LOAD);
        case 0x6:
        case 0x7:
        case 0x8:
        case 0x9: return one(load ? LOAD : STORE);
        case 0xb:
            if (bits(half, 10, 9) == 2) return list(load, bits(half, 7, 0) | bits(half, 8, 8) << (load ? 15 : 14));
            return one(bits(half, 10, 10) == 0 && bits(half, 8, 8) ? BRANCH : INTEGER);
        case 0xc: return list(load, bits(half, 7, 0));
        case 0xd: return one(bits(half, 11, 9) == 7 ? INTEGER : BRANCH);
        case 0xe: return one(BRANCH);
        default: return one(INTEGER);
    }
}

// A6.3
struct instruction decode_thumb32(uint32_t word) {
    const bool load = bits(word, 20, 20);
    // Where floating point and vectors are encoded as in A32, but for the first byte.
    if ((word & 0xef000000) == 0xef000000) return vector(0xf2000000 | (word & 0x10000000) >> 4 | (word & 0x00ffffff));
    if ((word & 0xff100000) == 0xf9000000) return elements(word);
    if (bits(word, 31, 26) == 0x3b) return coprocessor(word);
    switch (bits(word, 31, 25)) {
        case 0x74:
            if (!bits(word, 22, 22)) return list(load, bits(word, 15, 0));
            return (struct instruction){load ? LOAD : STORE, 1, (word & 0xfff0ffe0) == 0xe8d0f000};  // a table of branches
        case 0x7c: return word_to(load, bits(word, 15, 12));
        case 0x78:
        case 0x79:
        case 0x7a:
        case 0x7b: {
            if (!bits(word, 15, 15)) return one(INTEGER);
            const bool always = bits(word, 12, 12), to_arm = bits(word, 14, 14) && !bits(word, 0, 0);
            const bool sometimes = !bits(word, 14, 14) && bits(word, 25, 23) != 7;
            return one(always || to_arm || sometimes ? BRANCH : INTEGER);
        }
        case 0x7d: return one((word & 0xffd000f0) == 0xfb9000f0 ? DIVIDE : INTEGER);
        default: return one(INTEGER);
    }
}
