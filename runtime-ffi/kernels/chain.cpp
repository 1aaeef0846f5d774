#include "chain.h"

#include <initializer_list>

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

// Bands of a chain without rows have at least so many positions.
constexpr int AT_ONCE = 8 * TILE;

// With fewer rows for each thread, too many of the first convolution would be computed twice.
constexpr int FEW_ROWS = 8;

// The first one that a chain has.
const Op& first_of(std::initializer_list<const Op*> ops) { return **std::find_if(ops.begin(), ops.end(), [](const Op* op) { return op; }); }

Function function_behind(const Op* op, Backend* backend) { return {fused_of(op).function, cpu(backend)}; }

std::unique_ptr<Pointwise> pointwise(const Op* op, Backend* backend) {
    return op ? Pointwise::create(*op, backend, function_behind(op, backend)) : nullptr;
}

// The depthwise convolution of a chain, or none: then each position of all pictures is a row.
class Middle {
public:
    Middle(const Op* op, Backend* backend)
        : convolution(op ? Depthwise::create(*op, backend, function_behind(op, backend)) : nullptr) {}

    bool valid() const { return !convolution || convolution->valid(); }
    explicit operator bool() const { return convolution != nullptr; }
    const Depthwise& operator*() const { return *convolution; }

    void resize(const Tensor& in, const Tensor& out) {
        if (!convolution) {
            in_rows = out_rows = in.batch() * in.height() * in.width();
            return;
        }
        convolution->resize(in, out);
        pictures = in.batch();
        in_rows = in.height();
        in_width = in.width();
        out_rows = out.height();
        out_width = out.width();
    }

    int pictures = 1, in_rows = 1, out_rows = 1, in_width = 1, out_width = 1;

    size_t scratch_bytes() const { return convolution ? convolution->scratch_bytes() : 0; }
    int results_of(int source_rows) const { return convolution ? convolution->results_of(source_rows) : source_rows; }
    int source_begin(int y) const { return convolution ? convolution->source_begin(y) : y; }
    int source_end(int y) const { return convolution ? convolution->source_end(y) : y; }

private:
    const std::unique_ptr<Depthwise> convolution;
};

// Rows of a result, computed band by band. Calls with the rows of the source that each band adds, and the rows of the result that it gives.
template <class Visit>
void for_each_band(const Middle& middle, Part rows, int step, Visit visit) {
    const int last = middle.source_end(rows.end);
    for (int have = middle.source_begin(rows.begin), y = rows.begin; y < rows.end;) {
        const int before = have;
        have = std::max(have, std::min(have + step, last));
        const int end = std::min(rows.end, std::max(y, middle.results_of(have)));
        visit(before, have, y, end);
        y = end;
    }
}

// How rows are shared among workers, and how large their bands are.
struct Bands {
    int workers = 1;
    int step = 1;     // new rows of the source
    int kept = 0;     // rows of the source that a band needs, in whole steps
    int results = 0;  // rows of the result, at most

    Bands() = default;
    Bands(const Middle& middle, int workers, int step) : workers(workers), step(step) {
        for (int worker = 0; worker < workers; ++worker) {
            for_each_band(middle, Part(middle.out_rows, worker, workers), step, [&](int, int have, int y, int end) {
                kept = std::max(kept, have - middle.source_begin(y));
                results = std::max(results, end - y);
            });
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
          source(chain.source),
          summand(chain.summand),
          channels(first_of({chain.expand, chain.depthwise, chain.project}), first_of({chain.project, chain.depthwise, chain.expand})),
          groups(UP_DIV(static_cast<int>(channels_of(first_of({chain.depthwise, chain.expand, chain.project}))), core.pack)),
          binary_add(core.MNNSelectBinaryFunctionForFloat(BinaryOpOperation_ADD)) {
        mValid = middle.valid() && (!expand || expand->valid()) && (!project || project->valid());
    }

    ErrorCode onResize(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        if (!channels.fit(*in[source], *out[0]) || (in.size() > 1 && !is_map(*out[0]))) return INPUT_DATA_ERROR;
        middle.resize(*in[source], *out[0]);
        in_row = unit_bytes(core) * middle.in_width;
        out_row = unit_bytes(core) * middle.out_width;
        plan();
        const auto product_bytes = std::max(expand ? expand->scratch_bytes() : 0, project ? project->scratch_bytes() : 0);
        expanded = scratch_memory(backend(), bands.workers * groups, expand ? in_row * bands.kept : 0);
        deep = scratch_memory(backend(), bands.workers * groups, middle && project ? out_row * bands.results : 0);
        scratch = scratch_memory(backend(), cpu(backend())->threadNumber(), std::max(product_bytes, middle.scratch_bytes()));
        if (!expanded || !deep || !scratch) return OUT_OF_MEMORY;
        for (const auto& memory : {expanded, deep, scratch}) release(backend(), memory);
        return NO_ERROR;
    }

    ErrorCode onExecute(const std::vector<Tensor*>& in, const std::vector<Tensor*>& out) override {
        const auto in_plane = in_row * middle.in_rows, out_plane = out_row * middle.out_rows;
        const auto* other = summand < 0 ? nullptr : in[summand];
        const bool is_single = other && TensorUtils::getRawSize(other) == 1;
        for (int picture = 0; picture < middle.pictures; ++picture) {
            const Map<const uint8_t> from = {in[source]->host<uint8_t>() + in_plane * picture, in_plane * middle.pictures};
            const Map<uint8_t> result = {out[0]->host<uint8_t>() + out_plane * picture, out_plane * middle.pictures};
            Summand added = {{nullptr, 0}, is_single};
            if (other) added.map = {other->host<uint8_t>() + (is_single ? 0 : out_plane * picture), result.stride};
            MNN_CONCURRENCY_BEGIN(worker, bands.workers) { run(from, result, added, static_cast<int>(worker)); }
            MNN_CONCURRENCY_END();
        }
        return NO_ERROR;
    }

private:
    // What is added to the result, if there is a map.
    struct Summand {
        Map<const uint8_t> map;
        bool is_single;  // element

        Summand from(size_t bytes) const { return {map.from(is_single ? 0 : bytes), is_single}; }
    };

    const CoreFunctions& core;
    const std::unique_ptr<Pointwise> expand;
    Middle middle;
    const std::unique_ptr<Pointwise> project;
    const int source, summand;
    const Channels channels;
    const int groups;
    const MNNBinaryExecute binary_add;
    size_t in_row = 0, out_row = 0;
    Bands bands;
    // Of each worker: [groups][bands.kept] rows of the first convolution, one behind the other again and again; [groups][bands.results] of
    // the second.
    Memory expanded, deep, scratch;

    // One worker computes a map that the cache has room for, or few rows, with all threads; else each thread computes rows of its own, and
    // those of the first convolution that its neighbours need as well.
    void plan() {
        const int threads = cpu(backend())->threadNumber();
        const bool is_small = fits(Bands(middle, 1, middle.in_rows)) || middle.out_rows < FEW_ROWS * threads;
        bands = largest_bands(is_small ? 1 : threads);
    }

    size_t weight_bytes() const { return (expand ? expand->weight_bytes() : 0) + (project ? project->weight_bytes() : 0); }

    bool fits(const Bands& some) const {
        return weight_bytes() + some.workers * groups * (in_row * some.kept + out_row * some.results) <= IN_CACHE;
    }

    // As many rows as the cache has room for, if possible of whole tiles: fewer positions at a time take products longer. All of them
    // if it has no room for the weights, which each band reads anew.
    Bands largest_bands(int workers) const {
        const int least = middle ? 1 : AT_ONCE;
        if (weight_bytes() >= IN_CACHE) return Bands(middle, workers, ROUND_UP(UP_DIV(middle.in_rows, workers), least));
        Bands best;
        int most = 0;
        for (int step = ROUND_UP(UP_DIV(middle.in_rows, workers), least); step > most / 2; step -= least) {
            const Bands some(middle, workers, step);
            if (step > least && !fits(some)) continue;
            const bool is_whole = step >= middle.in_rows || step * middle.in_width % TILE == 0;
            if (is_whole || most == 0) best = some;
            if (is_whole) return best;
            most = std::max(most, step);
        }
        return best;
    }

    // The rows of one picture that are a worker's.
    void run(const Map<const uint8_t>& source, const Map<uint8_t>& result, const Summand& added, int worker) const {
        const Part rows(middle.out_rows, worker, bands.workers);
        const int first = middle.source_begin(rows.begin);
        const auto wide = of_worker(expanded, worker), narrow = of_worker(deep, worker);
        for_each_band(middle, rows, bands.step, [&](int before, int have, int y, int end) {
            if (expand) expand_rows(wide.from(in_row * ((before - first) % bands.kept)), source.from(in_row * before), have - before, worker);
            if (end == y) return;
            const auto to = result.from(out_row * y);
            if (middle) deepen(expand ? read(wide) : source, expand ? first : 0, project ? narrow : to, y, end, worker);
            const auto deepest = middle ? read(narrow) : expand ? read(wide) : source.from(in_row * y);
            if (project) project_rows(to, deepest, added.from(out_row * y), end - y, worker);
        });
    }

    // `work(part, scratch)` for all of `whole`, or for the parts of threads if these have no rows of their own.
    template <class Work>
    void share(int whole, int worker, Work work) const {
        if (bands.workers > 1) return work(Part(whole, 0, 1), of_thread(scratch, worker));
        const int threads = threads_for(backend(), whole);
        MNN_CONCURRENCY_BEGIN(thread, threads) { work(Part(whole, thread, threads), of_thread(scratch, thread)); }
        MNN_CONCURRENCY_END();
    }

    // Rows of the first convolution: they lie one behind the other, since memory is for whole steps.
    void expand_rows(const Map<uint8_t>& to, const Map<const uint8_t>& source, int rows, int worker) const {
        share(rows * middle.in_width, worker, [&](Part part, uint8_t* own) {
            const auto bytes = unit_bytes(core) * part.begin;
            expand->run(to.from(bytes), source.from(bytes), part.size(), own);
        });
    }

    void deepen(const Map<const uint8_t>& from, int first, const Map<uint8_t>& result, int begin, int end, int worker) const {
        const int rows = expand ? bands.kept : middle.in_rows;
        share(groups, worker, [&](Part part, uint8_t* own) {
            for (int group = part.begin; group < part.end; ++group) {
                (*middle).run(result.data + result.stride * group, {from.data + from.stride * group, rows, first}, group, begin, end, own);
            }
        });
    }

    void project_rows(const Map<uint8_t>& result, const Map<const uint8_t>& from, const Summand& added, int rows, int worker) const {
        share(rows * middle.out_width, worker, [&](Part part, uint8_t* own) {
            const int parts = std::max(1, UP_DIV(part.size(), project->at_once())), most = ROUND_UP(UP_DIV(part.size(), parts), TILE);
            for (int begin = part.begin, count; begin < part.end; begin += count) {
                count = std::min(most, part.end - begin);
                const auto bytes = unit_bytes(core) * begin;
                project->run(result.from(bytes), from.from(bytes), count, own);
                if (summand >= 0) add(result.from(bytes), added.from(bytes), count);
            }
        });
    }

    void add(const Map<uint8_t>& to, const Summand& added, int count) const {
        if (added.is_single) {
            for (int group = 0; group < project->groups(); ++group) {
                auto* sum = to.data + to.stride * group;
                binary_add(sum, sum, added.map.data, count * core.pack, 1);
            }
            return;
        }
        auto* sum = reinterpret_cast<float*>(to.data);
        const auto stride = to.stride / core.bytes, other = added.map.stride / core.bytes;
        core.MNNMatrixAdd(sum, sum, reinterpret_cast<const float*>(added.map.data), count, stride, stride, other, project->groups());
    }

    Map<uint8_t> of_worker(const Memory& memory, int worker) const {
        const auto stride = static_cast<size_t>(memory->stride(0));
        return {memory->host<uint8_t>() + stride * groups * worker, stride};
    }

    static Map<const uint8_t> read(const Map<uint8_t>& map) { return {map.data, map.stride}; }
};

}  // namespace

Execution* chain_execution(const Chain& chain, Backend* backend) { return new ChainExecution(chain, backend); }

}  // namespace edgeconv
