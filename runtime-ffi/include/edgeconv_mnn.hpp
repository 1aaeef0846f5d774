// Our kernels in sessions of MNN that a program makes itself. The program links libedgeconv.a in the place of libMNN.a: MNN is inside.
//
//     std::unique_ptr<MNN::Interpreter> net(MNN::Interpreter::createFromFile("model.mnn"));
//     edgeconv::Kernels kernels(*net);
//     MNN::Session* session = kernels.create_session(config);  // not net->createSession(config)
//
// All else stays as it was.
#ifndef EDGECONV_MNN_HPP
#define EDGECONV_MNN_HPP

#include <MNN/Interpreter.hpp>
#include <MNN/MNNDefine.h>

#include <memory>
#include <string>
#include <vector>

#include "edgeconv.hpp"

#if MNN_VERSION_MAJOR != 3 || MNN_VERSION_MINOR != 6 || MNN_VERSION_PATCH != 1
#error "libedgeconv is made for MNN 3.6.1; the headers of that version are installed beside this one"
#endif

namespace edgeconv {

class Fusion;

// Our kernels for the sessions of one interpreter. Make this before its first session; destroy it after its last one, and make no session of that
// interpreter then: its copy of the model stays without the operators that were fused. Meanwhile, don't call the interpreter's `releaseModel`: our
// operators are found by where the model is in memory. Sessions of other interpreters stay with MNN's kernels.
class Kernels {
public:
    // Operators of the model are fused, so that tensors between them exist no more; `keep` names those inside the model that the program reads.
    // `weights` is the file that the model has its weights in, if it has one.
    //
    // Throws an `Error`: EDGECONV_BAD_MODEL for a damaged model, or one without such a tensor; EDGECONV_FAILED where the MNN that the program
    // links is another than 3.6.1.
    explicit Kernels(MNN::Interpreter& net, const std::vector<std::string>& keep = {}, const std::string& weights = "");
    ~Kernels();
    Kernels(const Kernels&) = delete;
    Kernels& operator=(const Kernels&) = delete;

    // As the functions of `MNN::Interpreter`, but our kernels compute. Throws an `Error` if MNN can't make the session, if it was told to
    // save a tensor that was not to be kept, or after `releaseModel`.
    MNN::Session* create_session(const MNN::ScheduleConfig& config);
    void resize_session(MNN::Session* session);

    // The instructions that the kernels are written for, such as "NEON".
    const char* name() const;

private:
    MNN::Interpreter& net;
    const void* const model;
    std::vector<std::string> readable;
    std::unique_ptr<Fusion> fusion;

    void expect_model() const;
};

}  // namespace edgeconv

#endif
