// Prints the largest errors of functions of 16-bit floats over all of these: of sigmoid, and of SiLU from -9.7 on, in units in the last place
// of the results; of SiLU below that, as they are; and how many NaN and infinities give something else than they should.

#include "halves.h"

#include <arm_neon.h>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <vector>

namespace {

constexpr int ALL = 1 << 16;

double unit(double y) { return std::ldexp(1, std::ilogb(std::fmax(std::fabs(y), std::ldexp(1, -14))) - 10); }

}  // namespace

int main() {
    std::vector<float16_t> x(ALL), sigmoid(ALL), silu(ALL);
    for (int i = 0; i < ALL; ++i) {
        const uint16_t bits = i;
        std::memcpy(&x[i], &bits, sizeof bits);
    }
    edgeconv_half_sigmoid(sigmoid.data(), x.data(), ALL);
    edgeconv_half_silu(silu.data(), x.data(), ALL);
    double of_sigmoid = 0, of_silu = 0, of_small = 0;
    int wrong = 0;
    for (int i = 0; i < ALL; ++i) {
        const double at = x[i], s = sigmoid[i], y = silu[i];
        if (std::isnan(at)) {
            wrong += !std::isnan(s) + !std::isnan(y);
            continue;
        }
        const double exact = 1 / (1 + std::exp(-at)), product = std::isinf(at) ? std::fmax(at, 0) : at * exact;
        of_sigmoid = std::fmax(of_sigmoid, std::fabs(s - exact) / unit(exact));
        if (std::isinf(product)) {
            wrong += y != product;
        } else if (at > -9.7) {
            of_silu = std::fmax(of_silu, std::fabs(y - product) / unit(product));
        } else {
            of_small = std::fmax(of_small, std::fabs(y - product));
        }
        wrong += std::isnan(s) + std::isnan(y);
    }
    // The elements behind whole vectors are the same, and what lies behind the count stays.
    float16_t rest[20];
    for (int count = 0; count < 20; ++count) {
        std::memset(rest, 0xff, sizeof rest);
        edgeconv_half_silu(rest, x.data() + 0x3c00, count);
        wrong += std::memcmp(rest, silu.data() + 0x3c00, count * sizeof *rest) != 0;
        for (int i = count; i < 20; ++i) wrong += !std::isnan(static_cast<double>(rest[i]));
    }
    std::printf("%g %g %g %d\n", of_sigmoid, of_silu, of_small, wrong);
}
