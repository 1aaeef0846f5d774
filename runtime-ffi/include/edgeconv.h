/*
 * libedgeconv runs .mnn models on MNN 3.6.1 with kernels of edgeconv. The library has MNN inside.
 *
 *     edgeconv_session* session;
 *     if (edgeconv_open("model.mnn", NULL, &session) != EDGECONV_OK) return report(edgeconv_error());
 *     edgeconv_set_input(session, "input", EDGECONV_FLOAT32, picture, 3 * 256 * 256);
 *     edgeconv_run(session);
 *     edgeconv_fetch(session, "logits", EDGECONV_FLOAT32, logits, 1000);
 *     edgeconv_close(session);
 *
 * Elements pass in row-major order of a tensor's own dimensions, NCHW in models that come from ONNX; MNN's packed layouts stay inside.
 *
 * The library copies what it is given. What it returns a pointer to is the session's, and lives as long, where nothing else is said.
 * A session is for one thread at a time; several sessions may be used by several threads at once.
 *
 * Models are programs in C++ that trust their file. What can be checked is checked, but a file that lies about an operator's parameters may
 * still end the process: open those of strangers in a process of its own.
 */
#ifndef EDGECONV_H
#define EDGECONV_H

#include <stddef.h>
#include <stdint.h>

#define EDGECONV_API __attribute__((visibility("default")))

/* Dimensions that a tensor may have. */
#define EDGECONV_MAX_RANK 8

#ifdef __cplusplus
extern "C" {
#endif

typedef struct edgeconv_session edgeconv_session;

typedef enum edgeconv_status {
    EDGECONV_OK = 0,
    EDGECONV_BAD_ARGUMENT = 1, /* null, an unknown name, another element type, or another number of elements than expected */
    EDGECONV_BAD_FILE = 2,     /* can't be read */
    EDGECONV_BAD_MODEL = 3,    /* damaged, or MNN can't run it */
    EDGECONV_BAD_SHAPE = 4,    /* the model, or MNN, can't take it */
    EDGECONV_NOT_READY = 5,    /* a run without inputs, or results without a run */
    EDGECONV_FOLDED = 6,       /* a kept tensor that MNN computed when it loaded the model, and did not keep */
    EDGECONV_FAILED = 7        /* no memory, or MNN reports an error */
} edgeconv_status;

/* What went wrong in the last call of this thread that did not return EDGECONV_OK, for people; until the next such call. Never null. */
EDGECONV_API const char* edgeconv_error(void);

/* "3.6.1". */
EDGECONV_API const char* edgeconv_mnn_version(void);

/* MNN's own modes (MNN::BackendConfig). Low precision allows 16-bit floats where the processor computes them. */
typedef enum edgeconv_level { EDGECONV_NORMAL = 0, EDGECONV_HIGH = 1, EDGECONV_LOW = 2 } edgeconv_level;

typedef struct edgeconv_config {
    int threads; /* at least 1 */
    edgeconv_level precision;
    edgeconv_level memory;
    int winograd_memory_level; /* 0 to 3: fewer or more Winograd tiles; negative: MNN's default */
    int own_kernels;           /* 1: operators are computed by our kernels where there are some; 0: all by MNN's */
    /* Tensors inside the model that can be fetched besides its outputs: `keep_count` names, or all. */
    const char* const* keep;
    size_t keep_count;
    int keep_all;
} edgeconv_config;

/* One thread, MNN's default modes, our kernels, nothing kept. */
EDGECONV_API edgeconv_config edgeconv_defaults(void);

/* Opens a model whose weights are inside, or in the file beside it that is called as it with ".weight" behind. `config` may be null for the
 * defaults. After an error `*session` is null. */
EDGECONV_API edgeconv_status edgeconv_open(const char* path, const edgeconv_config* config, edgeconv_session** session);

/* The same with a model in memory, whose weights are inside. */
EDGECONV_API edgeconv_status edgeconv_open_memory(const void* model, size_t size, const edgeconv_config* config,
                                                  edgeconv_session** session);

/* Null is allowed. */
EDGECONV_API void edgeconv_close(edgeconv_session* session);

/* The instructions that our kernels are written for, such as "NEON", if the session computes by them; null if all is MNN's. */
EDGECONV_API const char* edgeconv_kernels_of(const edgeconv_session* session);

typedef enum edgeconv_role { EDGECONV_INPUTS = 0, EDGECONV_OUTPUTS = 1, EDGECONV_KEPT = 2 } edgeconv_role;

typedef enum edgeconv_element { EDGECONV_FLOAT32 = 0, EDGECONV_INT32 = 1, EDGECONV_OTHER = 2 /* can't be set or fetched */ } edgeconv_element;

typedef struct edgeconv_tensor {
    const char* name;
    const char* producer; /* name of the operator that computes a kept tensor; empty for others */
    edgeconv_element element;
    size_t rank;
    size_t shape[EDGECONV_MAX_RANK]; /* 0 waits for a resize */
} edgeconv_tensor;

/* How many there are; 0 for a null session. */
EDGECONV_API size_t edgeconv_count(const edgeconv_session* session, edgeconv_role role);

/* Describes one of them; `index` counts from 0. */
EDGECONV_API edgeconv_status edgeconv_describe(const edgeconv_session* session, edgeconv_role role, size_t index, edgeconv_tensor* tensor);

typedef struct edgeconv_shape {
    const char* name;
    size_t rank;
    const size_t* shape;
} edgeconv_shape;

/* Gives inputs other shapes, all at once because one may only fit with the other. Inputs have to be set again. Files that edgeconv has made take
 * the shapes that they were made for: others are refused (EDGECONV_BAD_SHAPE, which says what the file takes), and the session stays as it was.
 * After EDGECONV_BAD_SHAPE of another file the session needs another resize before a run. */
EDGECONV_API edgeconv_status edgeconv_resize(edgeconv_session* session, const edgeconv_shape* shapes, size_t count);

/* Fills an input with `count` elements. Each run needs this again, since MNN uses the memory of inputs for other tensors, too. */
EDGECONV_API edgeconv_status edgeconv_set_input(edgeconv_session* session, const char* name, edgeconv_element element, const void* data,
                                                size_t count);

EDGECONV_API edgeconv_status edgeconv_run(edgeconv_session* session);

/* Copies the `count` elements of an output or kept tensor to `data` after a run. */
EDGECONV_API edgeconv_status edgeconv_fetch(const edgeconv_session* session, const char* name, edgeconv_element element, void* data,
                                            size_t count);

/* A run that notes the time of each operator. */
EDGECONV_API edgeconv_status edgeconv_profile(edgeconv_session* session);

/* One operator of the last profile. */
typedef struct edgeconv_op {
    const char* name; /* or one that MNN made up for an operator that it split; until the next profile */
    const char* type; /* MNN's; until the next profile */
    float mflops;     /* millions of operations as MNN estimates them (a multiply-accumulate of a convolution is one) */
    double ms;
    uint64_t bytes; /* of the tensors that it reads and writes, without weights */
} edgeconv_op;

EDGECONV_API size_t edgeconv_op_count(const edgeconv_session* session);
EDGECONV_API edgeconv_status edgeconv_describe_op(const edgeconv_session* session, size_t index, edgeconv_op* op);

typedef struct edgeconv_costs {
    double load_ms;   /* reading the model from memory */
    double create_ms; /* bringing weights into their layout, reserving memory */
    float memory_mb;  /* what the session holds; negative if MNN does not tell */
} edgeconv_costs;

EDGECONV_API edgeconv_status edgeconv_describe_costs(const edgeconv_session* session, edgeconv_costs* costs);

#ifdef __cplusplus
}
#endif

#endif
