// A model whose operators, known by their places in its list, are being fused in its own memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "MNN_generated.h"
#include "grid.h"

namespace edgeconv {

constexpr size_t NONE = SIZE_MAX;

class Model {
public:
    // `is_needed` says whether somebody reads the tensor of a name, beside the model's own operators.
    Model(void* memory, const std::function<bool(const std::string&)>& is_needed);

    size_t size() const { return ops.size(); }
    const MNN::Op& at(size_t place) const { return *ops.Get(static_cast<flatbuffers::uoffset_t>(place)); }

    // Whether its tensors are quantised.
    bool is_quantised() const { return net.extraTensorDescribe() && net.extraTensorDescribe()->size() > 0; }

    // The grid of a tensor that MNN may keep as 8-bit integers; false if there is none.
    bool find_grid(int tensor, Grid& grid) const;
    bool has_grid(int tensor) const;

    // Whether a tensor is surely one of floats: MNN lets those of a quantised model that nothing is said of have the grids of others.
    bool is_float(int tensor) const;

    // Whether each tensor is computed once: else it is another one before an operator than behind it.
    bool computes_once() const { return is_once; }

    // What computes `tensor`; NONE if no operator does.
    size_t before(int tensor) const;

    // How many operands `tensor` is.
    size_t uses(int tensor) const;

    bool is_needed(int tensor) const { return is_needed_name(net.tensorName()->Get(tensor)->str()); }

    // What computes `tensor`, if these are floats that one operator wants and nobody else; NONE otherwise.
    size_t only_before(int tensor) const { return is_between(tensor) && is_float(tensor) ? before(tensor) : NONE; }

    // What reads `tensor`, if these are floats that nobody else wants; NONE otherwise.
    size_t only_behind(int tensor) const { return is_between(tensor) && is_float(tensor) ? readers.at(tensor)[0] : NONE; }

    // The same of integers.
    size_t only_before_integers(int tensor) const { return is_between(tensor) && has_grid(tensor) ? before(tensor) : NONE; }
    size_t only_behind_integers(int tensor) const { return is_between(tensor) && has_grid(tensor) ? readers.at(tensor)[0] : NONE; }

    // Whether a part of an operator may be changed: writers of models may store equal parts once.
    bool is_own(const void* part) const { return users.at(part) == 1; }

    bool went(size_t place) const { return is_removed[place]; }

    // Makes an operator of one operand and one result read and compute other tensors.
    void set_ends(size_t place, int input, int output);

    // Makes an operator read another tensor.
    void set_operand(size_t place, int index, int tensor);

    // Makes an operator compute `tensor` instead of the operator at `other`, which goes.
    void take_output(size_t place, size_t other);

    // Makes an operator read what the operator at `other` reads, which goes.
    void take_input(size_t place, size_t other);

    // Takes an operator out, and constants that nothing else reads: MNN would take these for outputs.
    void remove(size_t place);

    // Takes the operators that went out of the model's list.
    void finish();

private:
    const MNN::Net& net;
    flatbuffers::Vector<flatbuffers::Offset<MNN::Op>>& ops;
    const std::function<bool(const std::string&)>& is_needed_name;
    std::map<int, const MNN::TensorQuantInfo*> marks;
    std::map<int, size_t> producer;
    std::map<int, std::vector<size_t>> readers;
    std::map<const void*, int> users;
    std::vector<bool> is_removed;
    bool is_once = true;

    bool is_between(int tensor) const { return uses(tensor) == 1 && !is_needed(tensor); }
    void stop_reading(size_t place, int tensor);
    void set_output(size_t place, int tensor);
};

// Whether an operator has so many operands and one result.
bool has_operands(const MNN::Op& op, size_t inputs);

// Of an operator that has one of them, or the first.
inline int input_of(const MNN::Op& op) { return op.inputIndexes()->Get(0); }
inline int output_of(const MNN::Op& op) { return op.outputIndexes()->Get(0); }

}  // namespace edgeconv
