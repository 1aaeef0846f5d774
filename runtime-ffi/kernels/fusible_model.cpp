#include "fusible_model.h"

#include <algorithm>

namespace {

using Indexes = flatbuffers::Vector<int32_t>;
using Ops = flatbuffers::Vector<flatbuffers::Offset<MNN::Op>>;

// Takes operators out of a list in place: what follows moves to the front, and offsets count from where they are.
void remove_all(Ops& ops, const std::vector<bool>& is_removed) {
    auto* offsets = reinterpret_cast<flatbuffers::uoffset_t*>(ops.Data());
    flatbuffers::uoffset_t kept = 0;
    for (flatbuffers::uoffset_t i = 0; i < ops.size(); ++i) {
        if (is_removed[i]) continue;
        const auto distance = static_cast<flatbuffers::uoffset_t>((i - kept) * sizeof(*offsets));
        flatbuffers::WriteScalar(offsets + kept, flatbuffers::ReadScalar<flatbuffers::uoffset_t>(offsets + i) + distance);
        ++kept;
    }
    flatbuffers::WriteScalar(offsets - 1, kept);
}

}  // namespace

namespace edgeconv {

Model::Model(void* memory, const std::function<bool(const std::string&)>& is_needed)
    : net(*MNN::GetNet(memory)), ops(*const_cast<Ops*>(net.oplists())), is_needed_name(is_needed), is_removed(ops.size()) {
    for (size_t place = 0; place < size(); ++place) {
        const auto& op = at(place);
        for (const int tensor : *op.outputIndexes()) is_once = producer.emplace(tensor, place).second && is_once;
        ++users[op.outputIndexes()];
        if (op.main_type() == MNN::OpParameter_Convolution2D) ++users[op.main_as_Convolution2D()->common()];
        if (!op.inputIndexes()) continue;
        for (const int tensor : *op.inputIndexes()) readers[tensor].push_back(place);
        ++users[op.inputIndexes()];
    }
    if (!is_quantised()) return;
    for (const auto* described : *net.extraTensorDescribe()) {
        if (described->quantInfo()) marks[described->index()] = described->quantInfo();
    }
}

size_t Model::before(int tensor) const {
    const auto found = producer.find(tensor);
    return found == producer.end() ? NONE : found->second;
}

bool Model::find_grid(int tensor, Grid& grid) const {
    const auto mark = marks.find(tensor);
    if (mark == marks.end() || mark->second->type() != MNN::DataType_DT_INT8) return false;
    grid = grid_of(mark->second->scale(), mark->second->zero(), mark->second->min(), mark->second->max());
    return grid.scale > 0;
}

bool Model::has_grid(int tensor) const {
    Grid grid;
    return find_grid(tensor, grid);
}

bool Model::is_float(int tensor) const {
    const auto mark = marks.find(tensor);
    return !is_quantised() || (mark != marks.end() && mark->second->type() == MNN::DataType_DT_FLOAT);
}

size_t Model::uses(int tensor) const {
    const auto found = readers.find(tensor);
    return found == readers.end() ? 0 : found->second.size();
}

void Model::set_ends(size_t place, int input, int output) {
    set_operand(place, 0, input);
    set_output(place, output);
}

void Model::set_operand(size_t place, int index, int tensor) {
    auto& operands = *const_cast<Indexes*>(at(place).inputIndexes());
    stop_reading(place, operands.Get(index));
    operands.Mutate(index, tensor);
    readers[tensor].push_back(place);
}

void Model::take_output(size_t place, size_t other) {
    const int tensor = output_of(at(other));
    remove(other);
    set_output(place, tensor);
}

void Model::take_input(size_t place, size_t other) {
    set_operand(place, 0, input_of(at(other)));
    remove(other);
}

void Model::remove(size_t place) {
    is_removed[place] = true;
    if (!at(place).inputIndexes()) return;
    for (const int tensor : *at(place).inputIndexes()) {
        stop_reading(place, tensor);
        const auto constant = before(tensor);
        const bool is_constant = constant != NONE && at(constant).type() == MNN::OpType_Const;
        if (is_constant && uses(tensor) == 0 && !is_needed(tensor)) is_removed[constant] = true;
    }
}

void Model::finish() { remove_all(ops, is_removed); }

void Model::stop_reading(size_t place, int tensor) {
    auto& places = readers[tensor];
    const auto found = std::find(places.begin(), places.end(), place);
    if (found != places.end()) places.erase(found);
}

void Model::set_output(size_t place, int tensor) {
    const_cast<Indexes*>(at(place).outputIndexes())->Mutate(0, tensor);
    producer[tensor] = place;
}

bool has_operands(const MNN::Op& op, size_t inputs) {
    return op.inputIndexes() && op.inputIndexes()->size() == inputs && op.outputIndexes() && op.outputIndexes()->size() == 1;
}

}  // namespace edgeconv
