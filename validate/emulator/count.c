// Plugin for qemu-arm (user mode, plugin API 1): counts instructions and memory accesses between marks, and simulates the data
// caches of the RK3288's Cortex-A17 (TRM: 32 KB, 4 ways; the SoC's L2 is 1 MB, 16 ways; lines of 64 bytes). Addresses are
// virtual, replacement is least recently used, there is no prefetcher: bytes moved, not times.
//
// usage: qemu-arm -plugin libedgeconv-count.so,out=OUT[,caches=on] PROGRAM
//
// A mark is a call of close() with an impossible descriptor, which the agent makes around each run and each operator. For every
// pair, a line goes to OUT: instructions, loads, stores, bytes, L1 misses, L2 misses. Only for programs that compute on one thread.

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

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
extern void qemu_plugin_register_vcpu_tb_exec_inline(struct qemu_plugin_tb *, int, void *, uint64_t);
extern void qemu_plugin_register_vcpu_mem_cb(struct qemu_plugin_insn *, mem_cb, int, int, void *);
extern void qemu_plugin_register_vcpu_syscall_cb(qemu_plugin_id_t, syscall_cb);
extern unsigned qemu_plugin_mem_size_shift(qemu_plugin_meminfo_t);
extern bool qemu_plugin_mem_is_store(qemu_plugin_meminfo_t);
enum { ADD = 0, NO_REGISTERS = 0, LOADS_AND_STORES = 3 };

__attribute__((visibility("default"))) int qemu_plugin_version = 1;

enum { CLOSE = 6, BEGIN = -1000001, END = -1000002 };  // the number of close() on ARM

struct counts {
    uint64_t instructions, loads, stores, bytes, l1_misses, l2_misses;
};

static struct counts now, begin;
static FILE *out;
static bool caches;

enum { LINE = 6, L1_SETS = 128, L1_WAYS = 4, L2_SETS = 1024, L2_WAYS = 16 };

// Lines of each set, the last used one first; 0 is no line.
static uint64_t l1[L1_SETS][L1_WAYS], l2[L2_SETS][L2_WAYS];

// Moves a line to the front of its set; whether it was there.
static bool touch(uint64_t *set, int ways, uint64_t line) {
    int at = 0;
    while (at < ways - 1 && set[at] != line) ++at;
    const bool hit = set[at] == line;
    memmove(set + 1, set, at * sizeof *set);
    set[0] = line;
    return hit;
}

static void access_line(uint64_t line) {
    if (touch(l1[line % L1_SETS], L1_WAYS, line)) return;
    ++now.l1_misses;
    if (!touch(l2[line % L2_SETS], L2_WAYS, line)) ++now.l2_misses;
}

static void on_access(unsigned vcpu, qemu_plugin_meminfo_t info, uint64_t address, void *unused) {
    (void)vcpu;
    (void)unused;
    const uint64_t size = 1u << qemu_plugin_mem_size_shift(info);
    if (qemu_plugin_mem_is_store(info)) ++now.stores;
    else ++now.loads;
    now.bytes += size;
    const uint64_t first = (address >> LINE) + 1, last = ((address + size - 1) >> LINE) + 1;
    access_line(first);
    if (last != first) access_line(last);
}

static void on_block(qemu_plugin_id_t id, struct qemu_plugin_tb *block) {
    (void)id;
    const size_t count = qemu_plugin_tb_n_insns(block);
    qemu_plugin_register_vcpu_tb_exec_inline(block, ADD, &now.instructions, count);
    for (size_t i = 0; caches && i < count; ++i) {
        qemu_plugin_register_vcpu_mem_cb(qemu_plugin_tb_get_insn(block, i), on_access, NO_REGISTERS, LOADS_AND_STORES, NULL);
    }
}

static void on_syscall(qemu_plugin_id_t id, unsigned vcpu, int64_t number, uint64_t a, uint64_t b, uint64_t c, uint64_t d,
                       uint64_t e, uint64_t f, uint64_t g, uint64_t h) {
    (void)id, (void)vcpu, (void)b, (void)c, (void)d, (void)e, (void)f, (void)g, (void)h;
    if (number != CLOSE) return;
    if ((int32_t)a == BEGIN) begin = now;
    if ((int32_t)a != END) return;
    fprintf(out, "%llu %llu %llu %llu %llu %llu\n", (unsigned long long)(now.instructions - begin.instructions),
            (unsigned long long)(now.loads - begin.loads), (unsigned long long)(now.stores - begin.stores),
            (unsigned long long)(now.bytes - begin.bytes), (unsigned long long)(now.l1_misses - begin.l1_misses),
            (unsigned long long)(now.l2_misses - begin.l2_misses));
    fflush(out);
}

__attribute__((visibility("default"))) int qemu_plugin_install(qemu_plugin_id_t id, const void *info, int argc, char **argv) {
    (void)info;
    for (int i = 0; i < argc; ++i) {
        if (strncmp(argv[i], "out=", 4) == 0) out = fopen(argv[i] + 4, "w");
        if (strcmp(argv[i], "caches=on") == 0) caches = true;
    }
    if (!out) {
        fprintf(stderr, "libedgeconv-count: no out=OUT that can be written\n");
        return 1;
    }
    qemu_plugin_register_vcpu_tb_trans_cb(id, on_block);
    qemu_plugin_register_vcpu_syscall_cb(id, on_syscall);
    return 0;
}
