/* What goes wrong in programs that use libedgeconv: each case has its status and a text, and none ends the process.
 *
 * usage: errors conv.mnn fixed.mnn    (fixed.mnn: `input` of [1, 3, 256, 256] and no other) */
#include <edgeconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures = 0;

static void check(int line, edgeconv_status found, edgeconv_status expected, const char* text) {
    const char* error = edgeconv_error();
    if (found == expected && (expected == EDGECONV_OK || strstr(error, text))) return;
    fprintf(stderr, "line %d: status %d, expected %d; `%s`, expected `%s`\n", line, (int)found, (int)expected, error, text);
    ++failures;
}

#define FAILS(call, status, text) check(__LINE__, call, status, text)
#define WORKS(call) check(__LINE__, call, EDGECONV_OK, "")
#define EXPECT(condition) check(__LINE__, (condition) ? EDGECONV_OK : EDGECONV_FAILED, EDGECONV_OK, #condition)

static float x[48], y[72];

static void opening(const char* path) {
    static char bytes[1 << 16];
    edgeconv_session* session = (edgeconv_session*)bytes;
    edgeconv_config config = edgeconv_defaults();
    const char* absent[] = {"nothing"};
    const char* null[] = {NULL};
    FILE* file = fopen(path, "rb");
    const size_t size = file ? fread(bytes, 1, sizeof bytes, file) : 0;
    if (file) fclose(file);
    EXPECT(size > 0);

    FAILS(edgeconv_open("absent.mnn", NULL, &session), EDGECONV_BAD_FILE, "`absent.mnn`: No such file");
    EXPECT(session == NULL);
    FAILS(edgeconv_open("/", NULL, &session), EDGECONV_BAD_FILE, "`/`: ");
    FAILS(edgeconv_open(NULL, NULL, &session), EDGECONV_BAD_ARGUMENT, "`path` is a null pointer");
    FAILS(edgeconv_open(path, NULL, NULL), EDGECONV_BAD_ARGUMENT, "`session` is a null pointer");
    FAILS(edgeconv_open(__FILE__, NULL, &session), EDGECONV_BAD_MODEL, "errors.c`: MNN can't load the model: it is not an MNN model");
    FAILS(edgeconv_open_memory(NULL, 4, NULL, &session), EDGECONV_BAD_ARGUMENT, "`model` is a null pointer");
    FAILS(edgeconv_open_memory(bytes, 0, NULL, &session), EDGECONV_BAD_MODEL, "it is not an MNN model, or damaged");
    FAILS(edgeconv_open_memory(bytes, size - 8, NULL, &session), EDGECONV_BAD_MODEL, "it is not an MNN model, or damaged");

    config.keep = absent;
    config.keep_count = 1;
    FAILS(edgeconv_open(path, &config, &session), EDGECONV_BAD_MODEL, "it computes no tensor `nothing`");
    config.keep = null;
    FAILS(edgeconv_open(path, &config, &session), EDGECONV_BAD_ARGUMENT, "null pointer");
    config.keep = NULL;
    FAILS(edgeconv_open(path, &config, &session), EDGECONV_BAD_ARGUMENT, "null pointer");
    config.keep_count = 0;
    config.threads = 0;
    FAILS(edgeconv_open(path, &config, &session), EDGECONV_BAD_ARGUMENT, "0 threads can't run a model");
    EXPECT(session == NULL);
    memset(&config, 0, sizeof config);
    config.threads = 2;
    WORKS(edgeconv_open_memory(bytes, size, &config, &session));
    EXPECT(edgeconv_kernels_of(session) == NULL);
    edgeconv_close(session);
    edgeconv_close(NULL);
}

static void describing(edgeconv_session* session) {
    edgeconv_tensor tensor;
    edgeconv_costs costs;
    edgeconv_op op;
    EXPECT(edgeconv_kernels_of(session) != NULL);
    EXPECT(edgeconv_count(session, EDGECONV_OUTPUTS) == 2 && edgeconv_count(session, EDGECONV_KEPT) == 0);
    EXPECT(edgeconv_count(session, (edgeconv_role)3) == 0 && edgeconv_count(NULL, EDGECONV_INPUTS) == 0);
    WORKS(edgeconv_describe(session, EDGECONV_INPUTS, 0, &tensor));
    EXPECT(strcmp(tensor.name, "x") == 0 && tensor.element == EDGECONV_FLOAT32 && tensor.rank == 4 && tensor.shape[3] == 6);
    FAILS(edgeconv_describe(session, EDGECONV_INPUTS, 1, &tensor), EDGECONV_BAD_ARGUMENT, "there are only 1 such tensors");
    FAILS(edgeconv_describe(session, (edgeconv_role)3, 0, &tensor), EDGECONV_BAD_ARGUMENT, "there is no role 3");
    FAILS(edgeconv_describe(session, EDGECONV_INPUTS, 0, NULL), EDGECONV_BAD_ARGUMENT, "`tensor` is a null pointer");
    FAILS(edgeconv_describe(NULL, EDGECONV_INPUTS, 0, &tensor), EDGECONV_BAD_ARGUMENT, "`session` is a null pointer");
    WORKS(edgeconv_describe_costs(session, &costs));
    EXPECT(costs.memory_mb > 0);
    FAILS(edgeconv_describe_costs(session, NULL), EDGECONV_BAD_ARGUMENT, "null pointer");
    FAILS(edgeconv_describe_costs(NULL, &costs), EDGECONV_BAD_ARGUMENT, "null pointer");
    FAILS(edgeconv_describe_op(session, 0, &op), EDGECONV_BAD_ARGUMENT, "has only 0 operators");
    FAILS(edgeconv_describe_op(session, 0, NULL), EDGECONV_BAD_ARGUMENT, "null pointer");
    FAILS(edgeconv_describe_op(NULL, 0, &op), EDGECONV_BAD_ARGUMENT, "null pointer");
    EXPECT(edgeconv_op_count(session) == 0 && edgeconv_op_count(NULL) == 0);
}

static void running(edgeconv_session* session) {
    int32_t integers[48] = {0};
    FAILS(edgeconv_run(session), EDGECONV_NOT_READY, "input `x` was not filled");
    FAILS(edgeconv_profile(session), EDGECONV_NOT_READY, "input `x` was not filled");
    FAILS(edgeconv_fetch(session, "y", EDGECONV_FLOAT32, y, 72), EDGECONV_NOT_READY, "was not run");
    FAILS(edgeconv_set_input(session, "q", EDGECONV_FLOAT32, x, 48), EDGECONV_BAD_ARGUMENT, "has no input `q`; it has x");
    FAILS(edgeconv_set_input(session, "x", EDGECONV_FLOAT32, x, 47), EDGECONV_BAD_ARGUMENT, "[1, 2, 4, 6] takes 48 elements, found 47");
    FAILS(edgeconv_set_input(session, "x", EDGECONV_INT32, integers, 48), EDGECONV_BAD_ARGUMENT, "of type f32, found i32");
    FAILS(edgeconv_set_input(session, "x", (edgeconv_element)9, x, 48), EDGECONV_BAD_ARGUMENT, "found another type");
    FAILS(edgeconv_set_input(session, "x", EDGECONV_FLOAT32, NULL, 48), EDGECONV_BAD_ARGUMENT, "`data` is a null pointer");
    FAILS(edgeconv_set_input(session, NULL, EDGECONV_FLOAT32, x, 48), EDGECONV_BAD_ARGUMENT, "`name` is a null pointer");
    FAILS(edgeconv_set_input(NULL, "x", EDGECONV_FLOAT32, x, 48), EDGECONV_BAD_ARGUMENT, "`session` is a null pointer");
    WORKS(edgeconv_set_input(session, "x", EDGECONV_FLOAT32, x, 48));
    WORKS(edgeconv_run(session));
    FAILS(edgeconv_run(session), EDGECONV_NOT_READY, "input `x` was not filled");
    FAILS(edgeconv_run(NULL), EDGECONV_BAD_ARGUMENT, "null pointer");
    WORKS(edgeconv_set_input(session, "x", EDGECONV_FLOAT32, x, 48));
    WORKS(edgeconv_profile(session));
    EXPECT(edgeconv_op_count(session) > 0);
    FAILS(edgeconv_profile(NULL), EDGECONV_BAD_ARGUMENT, "null pointer");
    WORKS(edgeconv_fetch(session, "y", EDGECONV_FLOAT32, y, 72));
    FAILS(edgeconv_fetch(session, "q", EDGECONV_FLOAT32, y, 72), EDGECONV_BAD_ARGUMENT, "has no output `q`; it has y, z");
    FAILS(edgeconv_fetch(session, "y", EDGECONV_FLOAT32, y, 71), EDGECONV_BAD_ARGUMENT, "takes 72 elements, found 71");
    FAILS(edgeconv_fetch(session, "y", EDGECONV_INT32, y, 72), EDGECONV_BAD_ARGUMENT, "of type f32, found i32");
    FAILS(edgeconv_fetch(session, "y", EDGECONV_FLOAT32, NULL, 72), EDGECONV_BAD_ARGUMENT, "null pointer");
    FAILS(edgeconv_fetch(session, NULL, EDGECONV_FLOAT32, y, 72), EDGECONV_BAD_ARGUMENT, "null pointer");
    FAILS(edgeconv_fetch(NULL, "y", EDGECONV_FLOAT32, y, 72), EDGECONV_BAD_ARGUMENT, "null pointer");
}

static void resizing(edgeconv_session* session, const char* fixed) {
    const size_t odd[] = {1, 2, 3, 5}, huge[] = {1, 2, (size_t)-1, 2}, large[] = {1, 3, 320, 320};
    edgeconv_shape shape = {"x", 4, odd};
    FAILS(edgeconv_resize(session, &shape, 1), EDGECONV_BAD_SHAPE, "can't take `x` of shape [1, 2, 3, 5]");
    FAILS(edgeconv_set_input(session, "x", EDGECONV_FLOAT32, x, 30), EDGECONV_NOT_READY, "before the model is resized");
    FAILS(edgeconv_run(session), EDGECONV_NOT_READY, "was not filled");
    shape.shape = huge;
    FAILS(edgeconv_resize(session, &shape, 1), EDGECONV_BAD_SHAPE, "below 512 MiB");
    shape.rank = 9;
    shape.shape = NULL;
    FAILS(edgeconv_resize(session, &shape, 1), EDGECONV_BAD_ARGUMENT, "null pointer");
    shape.name = NULL;
    FAILS(edgeconv_resize(session, &shape, 1), EDGECONV_BAD_ARGUMENT, "null pointer");
    FAILS(edgeconv_resize(session, NULL, 1), EDGECONV_BAD_ARGUMENT, "null pointer");
    FAILS(edgeconv_resize(NULL, &shape, 1), EDGECONV_BAD_ARGUMENT, "null pointer");
    edgeconv_close(session);

    shape.name = "q";
    shape.rank = 4;
    shape.shape = large;
    WORKS(edgeconv_open(fixed, NULL, &session));
    FAILS(edgeconv_resize(session, &shape, 1), EDGECONV_BAD_ARGUMENT, "has no input `q`; it has input");
    shape.name = "input";
    FAILS(edgeconv_resize(session, &shape, 1), EDGECONV_BAD_SHAPE, "can't take `input` of shape [1, 3, 320, 320]");
    edgeconv_close(session);
}

int main(int count, char** arguments) {
    edgeconv_session* session;
    if (count != 3) return 2;
    opening(arguments[1]);
    WORKS(edgeconv_open(arguments[1], NULL, &session));
    describing(session);
    running(session);
    resizing(session, arguments[2]);
    return failures > 0;
}
