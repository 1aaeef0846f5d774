#include <arm_neon.h>

#include "bytes.h"

namespace {

constexpr size_t STEP = 16;

inline uint8x16x4_t quarter(const uint8_t* table) { return {{vld1q_u8(table), vld1q_u8(table + 16), vld1q_u8(table + 32), vld1q_u8(table + 48)}}; }

}  // namespace

// The instruction looks 16 bytes up in a table of 64, and keeps what is there for places beyond it.
void edgeconv_map_neon(uint8_t* to, const uint8_t* from, size_t count, const uint8_t* table) {
    const uint8x16x4_t first = quarter(table), second = quarter(table + 64), third = quarter(table + 128), fourth = quarter(table + 192);
    const uint8x16_t part = vdupq_n_u8(64);
    for (; count >= STEP; count -= STEP, to += STEP, from += STEP) {
        uint8x16_t places = vld1q_u8(from);
        uint8x16_t result = vqtbl4q_u8(first, places);
        result = vqtbx4q_u8(result, second, places = vsubq_u8(places, part));
        result = vqtbx4q_u8(result, third, places = vsubq_u8(places, part));
        result = vqtbx4q_u8(result, fourth, vsubq_u8(places, part));
        vst1q_u8(to, result);
    }
    for (size_t i = 0; i < count; ++i) to[i] = table[from[i]];
}
