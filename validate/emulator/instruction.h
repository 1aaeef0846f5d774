// What an instruction does, as far as a processor's time depends on it. Each instruction set has a decoder in a file of its own.
#pragma once

#include <stdbool.h>
#include <stdint.h>

// An instruction that accesses memory is a load or a store, even if it also branches.
enum class {
    VECTOR_MULTIPLY_ADD,  // of floats or integers
    VECTOR_FLOAT,         // other arithmetic of floats, conversions and reciprocal estimates
    VECTOR_INTEGER,       // integers, bits, moves and permutations
    SCALAR_FLOAT,         // one float, or a move between a core's register and a vector's
    DIVIDE,               // quotients or square roots, of floats or integers
    LOAD,                 // preloads, too
    STORE,
    BRANCH,
    INTEGER,  // all others
    CLASSES
};

struct instruction {
    enum class class;
    unsigned parts;  // of 64 bits: the vector that is computed with, or what is loaded or stored; 1 for all others
    bool jumps;      // a branch, or a load of the program counter
};

// The number in bits high to low.
static inline uint32_t bits(uint32_t word, int high, int low) {
    return word >> low & ((2u << (high - low)) - 1);
}

// Of A64: a word.
struct instruction decode_aarch64(uint32_t word);

// Of A32: a word.
struct instruction decode_arm(uint32_t word);

// Of T32: a halfword, or, if that is at least so large, the first halfword in the upper half of a word.
enum { FIRST_OF_TWO = 0xe800 };
struct instruction decode_thumb16(uint16_t half);
struct instruction decode_thumb32(uint32_t word);
