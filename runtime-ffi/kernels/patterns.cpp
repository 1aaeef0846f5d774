#include "patterns.h"

#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "MNN_generated.h"

using namespace MNN;
using edgeconv::Model;

namespace {

// What of a model is part of an expression.
struct Match {
    const Model* model;
    std::map<int, int> tensors;  // of expressions that occur more than once
    std::set<size_t> places;
    size_t unary = edgeconv::NONE;
};

// Whether a tensor is the value of an expression; adds to the match.
using Expression = std::function<bool(Match&, int tensor)>;

constexpr int OPERAND = 0;

// Null if an operator of another type computes it, or one of several results.
const Op* producer(const Match& match, int tensor, OpType type) {
    const auto place = match.model->before(tensor);
    const auto* op = place == edgeconv::NONE ? nullptr : &match.model->at(place);
    return op && op->type() == type && op->outputIndexes()->size() == 1 ? op : nullptr;
}

bool is_close(float found, float expected) {
    return std::nextafter(expected, -INFINITY) <= found && found <= std::nextafter(expected, INFINITY);
}

// A constant of no dimension: any other could make a larger shape of its partner's.
Expression number(float value) {
    return [=](Match& match, int tensor) {
        const auto* op = producer(match, tensor, OpType_Const);
        const auto* blob = op ? op->main_as_Blob() : nullptr;
        if (!blob || blob->dataType() != DataType_DT_FLOAT || blob->dims() && blob->dims()->size() > 0) return false;
        return blob->float32s() && blob->float32s()->size() == 1 && is_close(blob->float32s()->Get(0), value);
    };
}

// What is meant by a name, the same wherever that occurs.
Expression named(int name, Expression expression) {
    return [=](Match& match, int tensor) {
        const auto known = match.tensors.find(name);
        if (known != match.tensors.end()) return known->second == tensor;
        match.tensors[name] = tensor;
        return expression(match, tensor);
    };
}

Expression operand() {
    return named(OPERAND, [](Match&, int) { return true; });
}

Expression either(Expression first, Expression second) {
    return [=](Match& match, int tensor) {
        Match attempt = match;
        if (!first(attempt, tensor)) return second(match, tensor);
        match = attempt;
        return true;
    };
}

Expression unary(UnaryOpOperation operation, Expression x) {
    return [=](Match& match, int tensor) {
        const auto* op = producer(match, tensor, OpType_UnaryOp);
        const auto* parameter = op ? op->main_as_UnaryOp() : nullptr;
        if (!parameter || parameter->opType() != operation || parameter->tableInt8() || !edgeconv::has_operands(*op, 1)) return false;
        match.unary = match.model->before(tensor);
        match.places.insert(match.unary);
        return x(match, op->inputIndexes()->Get(0));
    };
}

// In this order.
Expression ordered(BinaryOpOperation operation, Expression a, Expression b) {
    return [=](Match& match, int tensor) {
        const auto* op = producer(match, tensor, OpType_BinaryOp);
        const auto* parameter = op ? op->main_as_BinaryOp() : nullptr;
        if (!parameter || parameter->opType() != operation || parameter->activationType() != 0) return false;
        if (!edgeconv::has_operands(*op, 2)) return false;
        match.places.insert(match.model->before(tensor));
        return a(match, op->inputIndexes()->Get(0)) && b(match, op->inputIndexes()->Get(1));
    };
}

Expression binary(BinaryOpOperation operation, Expression a, Expression b) {
    return either(ordered(operation, a, b), ordered(operation, b, a));
}

Expression product(Expression a, Expression b) { return binary(BinaryOpOperation_MUL, a, b); }

Expression squared_difference(Expression a, Expression b) { return binary(BinaryOpOperation_SquaredDifference, a, b); }

// One factor for all channels, and one summand.
Expression affine(Expression x, float factor, float summand) {
    const auto are_all = [](const flatbuffers::Vector<float>* numbers, float expected) {
        if (!numbers) return false;
        for (const float number : *numbers) {
            if (!is_close(number, expected)) return false;
        }
        return true;
    };
    return [=](Match& match, int tensor) {
        const auto* op = producer(match, tensor, OpType_Scale);
        const auto* parameter = op ? op->main_as_Scale() : nullptr;
        if (!parameter || !edgeconv::has_operands(*op, 1)) return false;
        if (!are_all(parameter->scaleData(), factor) || !are_all(parameter->biasData(), summand)) return false;
        match.places.insert(match.model->before(tensor));
        return x(match, op->inputIndexes()->Get(0));
    };
}

// x sigmoid(x q(x²)), see `gelu_by_sigmoid` in the converter's `target/mnn/ops/unary.rs`.
Expression gelu_by_sigmoid() {
    const auto x = operand();
    const auto square = unary(UnaryOpOperation_SQUARE, x);
    const auto t = named(1, binary(BinaryOpOperation_MINIMUM, square, number(30)));
    const auto quartic = squared_difference(squared_difference(t, number(17.64505f)), number(-269.45617f));
    const auto octic = squared_difference(quartic, affine(t, 25584.028f, 1286435.3f));
    const auto q = affine(octic, 5.751525e-13f, 1.0776669f);
    return product(unary(UnaryOpOperation_SIGMOID, product(q, x)), x);
}

Expression half(Expression x) {
    return either(product(x, number(0.5f)), ordered(BinaryOpOperation_REALDIV, x, number(2)));
}

// x/2 (1 + erf(x/√2))
Expression gelu_by_erf() {
    const float sqrt_2 = 1.41421356f;
    const auto x = operand();
    const auto scaled = either(ordered(BinaryOpOperation_REALDIV, x, number(sqrt_2)), product(x, number(1 / sqrt_2)));
    const auto sum = binary(BinaryOpOperation_ADD, unary(UnaryOpOperation_ERF, scaled), number(1));
    return either(half(product(sum, x)), either(product(half(sum), x), product(sum, half(x))));
}

// Whether nobody reads what is computed on the way to `output`, all of which are floats.
bool is_closed(const Match& match, int output) {
    const auto& model = *match.model;
    std::map<int, size_t> uses;
    for (const auto place : match.places) {
        for (const int tensor : *model.at(place).inputIndexes()) ++uses[tensor];
    }
    for (const auto place : match.places) {
        const int tensor = edgeconv::output_of(model.at(place));
        if (tensor == output) continue;
        if (model.uses(tensor) != uses[tensor] || model.is_needed(tensor) || !model.is_float(tensor)) return false;
    }
    return true;
}

}  // namespace

namespace edgeconv {

std::vector<Pattern> find_patterns(const Model& model) {
    const auto gelu = either(gelu_by_sigmoid(), gelu_by_erf());
    std::vector<Pattern> found;
    for (size_t place = 0; place < model.size(); ++place) {
        const auto& op = model.at(place);
        if (op.type() != OpType_BinaryOp || !has_operands(op, 2)) continue;
        Match match;
        match.model = &model;
        if (!gelu(match, output_of(op)) || !is_closed(match, output_of(op))) continue;
        const auto& unary = model.at(match.unary);
        if (!model.is_own(unary.inputIndexes()) || !model.is_own(unary.outputIndexes())) continue;
        Pattern pattern = {match.unary, {}, match.tensors[OPERAND], output_of(op), UnaryOpOperation_GELU_STANDARD};
        for (const auto each : match.places) {
            if (each != match.unary) pattern.others.push_back(each);
        }
        found.push_back(pattern);
    }
    return found;
}

}  // namespace edgeconv
