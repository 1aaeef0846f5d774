// Plugin for qemu-arm and qemu-aarch64 (user mode, plugin API 1): counts instructions by class and memory accesses between marks, and
// simulates two levels of data caches with lines of 64 bytes. Addresses are virtual, replacement is least recently used, there is no
// prefetcher: bytes moved, not times. On ARMv7, it also counts the half cycles that the units of a Cortex-A17 need for each block of
// instructions by itself, executed as if operands were there in time; on AArch64 these are 0.
//
// usage: qemu-arm -plugin libedgeconv-count.so,out=OUT[,caches=L1_KB:L1_WAYS:L2_KB:L2_WAYS] PROGRAM
//
// A mark is a call of close() with an impossible descriptor, which the agent makes around each run and each operator. For every
// pair, a line goes to OUT: instructions, half cycles, loads, stores, bytes, L1 misses, L2 misses, and the instructions of each
// class. Only for programs that compute on one thread.

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cortex_a17.h"

// What qemu-plugin.h declares, as far as it is used here.
typedef uint64_t qemu_plugin_id_t;
typedef uint32_t qemu_plugin_meminfo_t;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
typedef void (*tb_trans_cb)(qemu_plugin_id_t, struct qemu_plugin_tb *);
typedef void (*mem_cb)(unsigned, qemu_plugin_meminfo_t, uint64_t, void *);
typedef void (*syscall_cb)(qemu_plugin_id_t, unsigned, int64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t,
                           uint64_t, uint64_t);
extern void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t, tb_trans_cb);
extern size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *);
extern struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *, size_t);
extern const void *qemu_plugin_insn_data(const struct qemu_plugin_insn *);
extern size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *);
extern uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *);
extern void qemu_plugin_register_vcpu_tb_exec_inline(struct qemu_plugin_tb *, int, void *, uint64_t);
extern void qemu_plugin_register_vcpu_mem_cb(struct qemu_plugin_insn *, mem_cb, int, int, void *);
extern void qemu_plugin_register_vcpu_syscall_cb(qemu_plugin_id_t, syscall_cb);
extern unsigned qemu_plugin_mem_size_shift(qemu_plugin_meminfo_t);
extern bool qemu_plugin_mem_is_store(qemu_plugin_meminfo_t);
enum { ADD = 0, NO_REGISTERS = 0, LOADS_AND_STORES = 3 };

__attribute__((visibility("default"))) int qemu_plugin_version = 1;

enum { BEGIN = -1000001, END = -1000002 };

enum { INSTRUCTIONS, HALF_CYCLES, LOADS, STORES, BYTES, L1_MISSES, L2_MISSES, CLASS, COUNTS = CLASS + CLASSES };

static uint64_t now[COUNTS], begin[COUNTS];
static FILE *out;
static bool is_aarch64;

enum { LINE = 6 };  // 64 bytes

// Lines of each set, the last used one first; 0 is no line.
struct cache {
    unsigned sets, ways;
    uint64_t *lines;
};
static struct cache l1, l2;

static bool make(struct cache *cache, unsigned kilobytes, unsigned ways) {
    cache->ways = ways;
    cache->sets = ways > 0 ? (kilobytes << 10 >> LINE) / ways : 0;
    cache->lines = cache->sets > 0 ? calloc((size_t)cache->sets * ways, sizeof *cache->lines) : NULL;
    return cache->lines;
}

// Moves a line to the front of its set; whether it was there.
static bool touch(const struct cache *cache, uint64_t line) {
    uint64_t *set = cache->lines + line % cache->sets * cache->ways;
    unsigned at = 0;
    while (at < cache->ways - 1 && set[at] != line) ++at;
    const bool hit = set[at] == line;
    memmove(set + 1, set, at * sizeof *set);
    set[0] = line;
    return hit;
}

static void access_line(uint64_t line) {
    if (touch(&l1, line)) return;
    ++now[L1_MISSES];
    if (!touch(&l2, line)) ++now[L2_MISSES];
}

static void on_access(unsigned vcpu, qemu_plugin_meminfo_t info, uint64_t address, void *unused) {
    (void)vcpu;
    (void)unused;
    const uint64_t size = 1u << qemu_plugin_mem_size_shift(info);
    ++now[qemu_plugin_mem_is_store(info) ? STORES : LOADS];
    now[BYTES] += size;
    const uint64_t first = (address >> LINE) + 1, last = ((address + size - 1) >> LINE) + 1;
    access_line(first);
    if (last != first) access_line(last);
}

// The first halfword of an instruction in the upper half, the second one, if any, in the lower half.
static uint32_t halves_of(const struct qemu_plugin_insn *instruction) {
    uint16_t halves[2] = {0};
    memcpy(halves, qemu_plugin_insn_data(instruction), qemu_plugin_insn_size(instruction) == 2 ? 2 : sizeof halves);
    return (uint32_t)halves[0] << 16 | halves[1];
}

static struct instruction decode(uint32_t halves, bool thumb) {
    const uint32_t first = halves >> 16;
    if (!thumb) return decode_arm(halves << 16 | first);
    // Not by its size: at the end of a page, the emulator looks one halfword further.
    return first < FIRST_OF_TWO ? decode_thumb16(first) : decode_thumb32(halves);
}

// Whether a block is T32, which the emulator does not tell. It is if it has a halfword or is not at a whole word. Else its words tell,
// unless all could be first halves of T32 as well; then its end tells: blocks end with jumps, but for a few at the end of a page, whose
// classes may be wrong.
static bool is_thumb(const struct qemu_plugin_tb *block) {
    const size_t count = qemu_plugin_tb_n_insns(block);
    const struct qemu_plugin_insn *last = qemu_plugin_tb_get_insn(block, count - 1);
    if (qemu_plugin_insn_size(last) == 2) return true;
    bool could_be = true;
    for (size_t i = 0; i < count; ++i) {
        const struct qemu_plugin_insn *instruction = qemu_plugin_tb_get_insn(block, i);
        if (qemu_plugin_insn_vaddr(instruction) % 4 != 0) return true;
        could_be = could_be && halves_of(instruction) >> 16 >= FIRST_OF_TWO;
    }
    return could_be && (decode(halves_of(last), true).jumps || !decode(halves_of(last), false).jumps);
}

static struct instruction decode_in(const struct qemu_plugin_insn *instruction, bool thumb) {
    const uint32_t halves = halves_of(instruction);
    return is_aarch64 ? decode_aarch64(halves << 16 | halves >> 16) : decode(halves, thumb);
}

static void on_block(qemu_plugin_id_t id, struct qemu_plugin_tb *block) {
    (void)id;
    const size_t count = qemu_plugin_tb_n_insns(block);
    const bool thumb = !is_aarch64 && is_thumb(block);
    unsigned classes[CLASSES] = {0}, held[UNITS] = {0};
    for (size_t i = 0; i < count; ++i) {
        struct qemu_plugin_insn *instruction = qemu_plugin_tb_get_insn(block, i);
        const struct instruction decoded = decode_in(instruction, thumb);
        ++classes[decoded.class];
        held[costs[decoded.class].unit] += costs[decoded.class].cycles * (costs[decoded.class].each_part ? decoded.parts : 1);
        if (l1.lines) qemu_plugin_register_vcpu_mem_cb(instruction, on_access, NO_REGISTERS, LOADS_AND_STORES, NULL);
    }
    qemu_plugin_register_vcpu_tb_exec_inline(block, ADD, &now[INSTRUCTIONS], count);
    if (!is_aarch64) qemu_plugin_register_vcpu_tb_exec_inline(block, ADD, &now[HALF_CYCLES], half_cycles(count, held));
    for (int class = 0; class < CLASSES; ++class) {
        if (classes[class] > 0) qemu_plugin_register_vcpu_tb_exec_inline(block, ADD, &now[CLASS + class], classes[class]);
    }
}

static void on_syscall(qemu_plugin_id_t id, unsigned vcpu, int64_t number, uint64_t a, uint64_t b, uint64_t c, uint64_t d,
                       uint64_t e, uint64_t f, uint64_t g, uint64_t h) {
    (void)id, (void)vcpu, (void)b, (void)c, (void)d, (void)e, (void)f, (void)g, (void)h;
    if (number != (is_aarch64 ? 57 : 6)) return;  // close()
    if ((int32_t)a == BEGIN) memcpy(begin, now, sizeof begin);
    if ((int32_t)a != END) return;
    for (int i = 0; i < COUNTS; ++i) {
        fprintf(out, "%llu%c", (unsigned long long)(now[i] - begin[i]), i + 1 < COUNTS ? ' ' : '\n');
    }
    fflush(out);
}

// The first member of what qemu-plugin.h declares.
struct qemu_info {
    const char *target_name;
};

__attribute__((visibility("default"))) int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_info *info, int argc, char **argv) {
    is_aarch64 = strcmp(info->target_name, "aarch64") == 0;
    for (int i = 0; i < argc; ++i) {
        unsigned kb[2], ways[2];
        if (strncmp(argv[i], "out=", 4) == 0) {
            out = fopen(argv[i] + 4, "w");
        } else if (sscanf(argv[i], "caches=%u:%u:%u:%u", &kb[0], &ways[0], &kb[1], &ways[1]) != 4 ||
                   !make(&l1, kb[0], ways[0]) || !make(&l2, kb[1], ways[1])) {
            fprintf(stderr, "libedgeconv-count: `%s` is neither out=OUT nor caches=L1_KB:L1_WAYS:L2_KB:L2_WAYS\n", argv[i]);
            return 1;
        }
    }
    if (!out) {
        fprintf(stderr, "libedgeconv-count: no out=OUT that can be written\n");
        return 1;
    }
    qemu_plugin_register_vcpu_tb_trans_cb(id, on_block);
    qemu_plugin_register_vcpu_syscall_cb(id, on_syscall);
    return 0;
}
