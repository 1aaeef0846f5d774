#include "int8_table.h"

#include <algorithm>

#include "bytes.h"
#include "convolution.h"

using namespace MNN;

namespace edgeconv {
namespace {

// A model holds results from this one on.
constexpr int LEAST_STORED = -127;

// What a function gives for bytes as they are in maps.
using ByteTable = std::array<uint8_t, 256>;

ByteTable bytes_of(const Int8Table& table) {
    ByteTable bytes;
    for (int byte = 0; byte < 256; ++byte) bytes[byte] = static_cast<uint8_t>(table[static_cast<uint8_t>(byte - EXCESS)] + EXCESS);
    return bytes;
}

// A function of each of `count` bytes, of which there is a table.
using ByteMap = decltype(edgeconv_byte_kernels::map);

void map_one_by_one(uint8_t* to, const uint8_t* from, size_t count, const uint8_t* table) {
    for (size_t i = 0; i < count; ++i) to[i] = table[from[i]];
}

#if defined(__x86_64__)
ByteMap fastest_map(Backend* backend) {
    const auto* kernels = edgeconv_byte_kernels_of_lanes(cpu(backend)->functions()->pack);
    return kernels ? kernels->map : map_one_by_one;
}
#elif defined(__aarch64__)
ByteMap fastest_map(Backend*) { return edgeconv_map_neon; }
#else
ByteMap fastest_map(Backend*) { return map_one_by_one; }
#endif

class TableExecution : public Execution {
public:
    TableExecution(Backend* backend, const Int8Table& table)
        : Execution(backend), table(bytes_of(table)), map(fastest_map(backend)) {}

    ErrorCode onExecute(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        const auto count = static_cast<int>(cpu(backend())->getTensorSize(in[0]));
        in_parts(backend(), count, [&](const Part& part, int) {
            map(out[0]->host<uint8_t>() + part.begin, in[0]->host<uint8_t>() + part.begin, part.size(), table.data());
        });
        return NO_ERROR;
    }

private:
    const ByteTable table;
    const ByteMap map;
};

}  // namespace

bool has_table(const Op& op) {
    const auto* unary = op.type() == OpType_UnaryOp ? op.main_as_UnaryOp() : nullptr;
    return unary && unary->tableInt8() && unary->tableInt8()->size() >= 128 - LEAST_STORED;
}

Int8Table table_of(const Op& op, const Grid& operand, const Grid& result, Backend* backend) {
    const auto& unary = *op.main_as_UnaryOp();
    Int8Table table;
    const auto at = [&](int q) -> int8_t& { return table[static_cast<uint8_t>(q)]; };
    for (int q = LEAST_STORED; q < 128; ++q) at(q) = unary.tableInt8()->Get(static_cast<flatbuffers::uoffset_t>(q - LEAST_STORED));
    at(-128) = at(LEAST_STORED);
    const auto function = cpu(backend)->functions()->MNNSelectUnaryFunctionForFloat(unary.opType(), BackendConfig::Precision_High);
    if (!function || operand.low > -128) return table;
    float value = operand.value(-128);
    function(&value, &value, 1);
    at(-128) = static_cast<int8_t>(result.nearest(value));
    return table;
}

Execution* table_execution(const Op& op, const Tensor& operand, const Tensor& result, Backend* backend) {
    return new TableExecution(backend, table_of(op, grid_of(operand), grid_of(result), backend));
}

}  // namespace edgeconv
