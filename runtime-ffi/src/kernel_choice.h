// Whose kernels sessions get.
#pragma once

#include "install.h"

namespace edgeconv {

// Which kernels the sessions get that this thread makes or resizes meanwhile.
class KernelChoice {
public:
    explicit KernelChoice(bool own) : before(edgeconv_install_kernels(own)) {}
    ~KernelChoice() { edgeconv_install_kernels(before > 0); }
    KernelChoice(const KernelChoice&) = delete;
    KernelChoice& operator=(const KernelChoice&) = delete;

    // Whether MNN has its functions where it should.
    bool is_installed() const { return before >= 0; }

    // Whether the MNN that this program links takes our kernels and computes the right numbers with them, which is tried once.
    static bool is_possible();

private:
    const int before;
};

}  // namespace edgeconv
