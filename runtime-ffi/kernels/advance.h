// Pointers that move by a vector.
#pragma once

#include <stddef.h>

namespace {

// Hides the distance from the compiler: GCC would compute an address for each vector of a turn, although ARMv7's loads and
// stores move theirs by themselves.
template <class T>
void advance(T*& pointer) {
    pointer += LANES;
    asm("" : "+r"(pointer));
}

}  // namespace
