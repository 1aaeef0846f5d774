// Prints the class and the parts of each instruction of stdin, a line each: for tests.
//
// usage: classes arm|thumb|aarch64 <CODE

#include <stdio.h>
#include <string.h>

#include "instruction.h"

static bool read_half(uint16_t *half) {
    const int low = getchar(), high = getchar();
    *half = (uint16_t)(high << 8 | low);
    return high != EOF;
}

int main(int argc, char **argv) {
    const bool thumb = argc > 1 && strcmp(argv[1], "thumb") == 0, aarch64 = argc > 1 && strcmp(argv[1], "aarch64") == 0;
    uint16_t first, second;
    while (read_half(&first)) {
        struct instruction decoded;
        if (thumb && first < FIRST_OF_TWO) {
            decoded = decode_thumb16(first);
        } else if (read_half(&second)) {
            const uint32_t word = (uint32_t)second << 16 | first;
            decoded = thumb ? decode_thumb32((uint32_t)first << 16 | second) : aarch64 ? decode_aarch64(word) : decode_arm(word);
        } else {
            return 1;
        }
        printf("%d %u\n", decoded.class, decoded.parts);
    }
    return 0;
}
