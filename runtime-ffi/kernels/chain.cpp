#include "chain.h"

#include "convolution.h"
#include "core/Concurrency.h"
#include "depthwise.h"
#include "fusion.h"
#include "pointwise.h"

using namespace MNN;

namespace edgeconv {
namespace {

// What a band needs is meant to stay in a second-level cache of 1 MB: the weights, what is between the convolutions, and some of the
// source and the result.
constexpr size_t IN_CACHE = 768 << 10;

// Products are of so many positions at a time, or of a half.
constexpr int TILE = 12;

// So many positions are a part of work: results are in the first-level cache when the chain's input is added to them.
constexpr int AT_ONCE = 8 * TILE;

Function function_behind(const Op* op, Backend* backend) { return {function_of(op), cpu(backend)}; }

std::unique_ptr<Pointwise> pointwise(const Op* op, Backend* backend) {
    return op ? Pointwise::create(*op->main_as_Convolution2D(), backend, function_behind(op, backend)) : nullptr;
}

// The depthwise convolution of a chain, or none: then each position of all pictures is a row.
class Middle {
public:
    Middle(const Op* op, Backend* backend)
        : convolution(op ? Depthwise::create(*op->main_as_Convolution2D(), backend, function_behind(op, backend)) : nullptr) {}

    bool valid() const { return !convolution || convolution->valid(); }
    explicit operator bool() const { return convolution != nullptr; }
    const Depthwise& operator*() const { return *convolution; }

    void resize(const Tensor& in, const Tensor& out) {
        if (convolution) convolution->resize(in, out);
        pictures = convolution ? in.batch() : 1;
        in_rows = convolution ? in.height() : in.batch() * in.height() * in.width();
        out_rows = convolution ? out.height() : in_rows;
        in_width = convolution ? in.width() : 1;
        out_width = convolution ? out.width() : 1;
    }

    int pictures = 1, in_rows = 1, out_rows = 1, in_width = 1, out_width = 1;

    size_t scratch_bytes() const { return convolution ? convolution->scratch_bytes() : 0; }
    int results_of(int source_rows) const { return convolution ? convolution->results_of(source_rows) : source_rows; }
    int source_begin(int y) const { return convolution ? convolution->source_begin(y) : y; }

private:
    const std::unique_ptr<Depthwise> convolution;
};

// How a map is cut into bands.
struct Bands {
    int step = 1;     // new rows of the source
    int kept = 0;     // rows of the source that a band needs, in whole steps
    int results = 0;  // rows of the result, at most

    Bands() = default;
    Bands(const Middle& middle, int step) : step(step) {
        for (int have = 0, y = 0; y < middle.out_rows;) {
            have = std::min(have + step, middle.in_rows);
            const int end = middle.results_of(have);
            kept = std::max(kept, have - middle.source_begin(y));
            results = std::max(results, end - y);
            y = end;
        }
        kept = std::min(ROUND_UP(kept, step), middle.in_rows);
    }
};

// Computes band by band.
class ChainExecution : public Execution {
public:
    ChainExecution(const Chain& chain, Backend* backend)
        : Execution(backend),
          core(*cpu(backend)->functions()),
          expand(pointwise(chain.expand, backend)),
          middle(chain.depthwise, backend),
          project(pointwise(chain.project, backend)),
          has_sum(chain.has_sum),
          channels(*(chain.expand ? chain.expand : chain.depthwise), *(chain.project ? chain.project : chain.depthwise)),
          groups(UP_DIV(static_cast<int>(channels_of(*(chain.depthwise ? chain.depthwise : chain.expand))), core.pack)) {
        mValid = middle.valid() && (!expand || expand->valid()) && (!project || project->valid());
    }

    ErrorCode onResize(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        if (!channels.fit(*in[0], *out[0])) return INPUT_DATA_ERROR;
        middle.resize(*in[0], *out[0]);
        in_row = unit_bytes(core) * middle.in_width;
        out_row = unit_bytes(core) * middle.out_width;
        plan();
        const auto product_bytes = std::max(expand ? expand->scratch_bytes() : 0, project ? project->scratch_bytes() : 0);
        expanded = scratch_memory(backend(), groups, expand ? in_row * bands.kept : 0);
        deep = scratch_memory(backend(), groups, middle && project ? out_row * bands.results : 0);
        scratch = scratch_memory(backend(), cpu(backend())->threadNumber(), std::max(product_bytes, middle.scratch_bytes()));
        if (!expanded || !deep || !scratch) return OUT_OF_MEMORY;
        for (const auto& memory : {expanded, deep, scratch}) release(backend(), memory);
        return NO_ERROR;
    }

    ErrorCode onExecute(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        const auto in_plane = in_row * middle.in_rows, out_plane = out_row * middle.out_rows;
        for (int picture = 0; picture < middle.pictures; ++picture) {
            run({in[0]->host<uint8_t>() + in_plane * picture, in_plane * middle.pictures},
                {out[0]->host<uint8_t>() + out_plane * picture, out_plane * middle.pictures});
        }
        return NO_ERROR;
    }

private:
    const CoreFunctions& core;
    const std::unique_ptr<Pointwise> expand;
    Middle middle;
    const std::unique_ptr<Pointwise> project;
    const bool has_sum;
    const Channels channels;
    const int groups;
    size_t in_row = 0, out_row = 0;
    Bands bands;
    // [groups][bands.kept] rows of the first convolution, row y at y % bands.kept; [groups][bands.results] of the second.
    Memory expanded, deep, scratch;

    // As many rows as the cache has room for, if possible of whole tiles: fewer positions at a time take products longer.
    void plan() {
        const size_t weights = (expand ? expand->weight_bytes() : 0) + (project ? project->weight_bytes() : 0);
        const int least = middle ? 1 : AT_ONCE;
        int most = 0;
        for (int step = ROUND_UP(middle.in_rows, least); step > most / 2; step -= least) {
            const Bands some(middle, step);
            if (step > least && weights + groups * (in_row * some.kept + out_row * some.results) > IN_CACHE) continue;
            const bool is_whole = step >= middle.in_rows || step * middle.in_width % TILE == 0;
            if (is_whole || most == 0) bands = some;
            if (is_whole) return;
            most = std::max(most, step);
        }
    }

    // One picture.
    void run(const Map<const uint8_t>& source, const Map<uint8_t>& result) const {
        for (int have = 0, y = 0; y < middle.out_rows;) {
            const int before = have;
            have = std::min(have + bands.step, middle.in_rows);
            if (expand) expand_rows(source.from(in_row * before), before, have);
            const int end = middle.results_of(have);
            if (end == y) continue;
            const auto to = result.from(out_row * y);
            if (middle) deepen(source, project ? Map<uint8_t>{deep->host<uint8_t>(), stride_of(deep)} : to, y, end);
            if (project) project_rows(to, source.from(in_row * y), end - y);
            y = end;
        }
    }

    // `work(part, scratch)` for the parts of `whole`.
    template <class Work>
    void in_threads(int whole, Work work) const {
        const int threads = threads_for(backend(), whole);
        MNN_CONCURRENCY_BEGIN(thread, threads) { work(Part(whole, thread, threads), of_thread(scratch, thread)); }
        MNN_CONCURRENCY_END();
    }

    // Rows of the first convolution from `begin` to `end`: in one piece, since both are whole steps.
    void expand_rows(const Map<const uint8_t>& source, int begin, int end) const {
        const Map<uint8_t> to = {expanded->host<uint8_t>() + in_row * (begin % bands.kept), stride_of(expanded)};
        in_threads((end - begin) * middle.in_width, [&](Part part, uint8_t* own) {
            const auto bytes = unit_bytes(core) * part.begin;
            expand->run(to.from(bytes), source.from(bytes), part.size(), own);
        });
    }

    void deepen(const Map<const uint8_t>& source, const Map<uint8_t>& result, int begin, int end) const {
        const auto from = expand ? Map<const uint8_t>{expanded->host<uint8_t>(), stride_of(expanded)} : source;
        const int rows = expand ? bands.kept : middle.in_rows;
        in_threads(groups, [&](Part part, uint8_t* own) {
            for (int group = part.begin; group < part.end; ++group) {
                (*middle).run(result.data + result.stride * group, {from.data + from.stride * group, rows}, group, begin, end, own);
            }
        });
    }

    void project_rows(const Map<uint8_t>& result, const Map<const uint8_t>& summand, int rows) const {
        const auto& between = middle ? deep : expanded;
        const Map<const uint8_t> from = {between->host<uint8_t>(), stride_of(between)};
        in_threads(rows * middle.out_width, [&](Part part, uint8_t* own) {
            for (int begin = part.begin, count; begin < part.end; begin += count) {
                count = std::min(AT_ONCE, part.end - begin);
                const auto bytes = unit_bytes(core) * begin;
                project->run(result.from(bytes), from.from(bytes), count, own);
                if (has_sum) add(result.from(bytes), summand.from(bytes), count);
            }
        });
    }

    void add(const Map<uint8_t>& to, const Map<const uint8_t>& summand, int count) const {
        auto* sum = reinterpret_cast<float*>(to.data);
        const auto stride = to.stride / core.bytes, summand_stride = summand.stride / core.bytes;
        core.MNNMatrixAdd(sum, sum, reinterpret_cast<const float*>(summand.data), count, stride, stride, summand_stride, project->groups());
    }

    static size_t stride_of(const Memory& memory) { return memory->stride(0); }
};

}  // namespace

Execution* chain_execution(const Chain& chain, Backend* backend) { return new ChainExecution(chain, backend); }

}  // namespace edgeconv
