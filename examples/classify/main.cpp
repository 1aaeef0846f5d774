// Classifies a picture with libedgeconv.

#include <cstdio>
#include <exception>

#include <edgeconv.hpp>

#include "classify.hpp"

int main(int count, char** values) try {
    const Arguments arguments(count, values);
    edgeconv::Session session(arguments.model);
    const auto input = session.inputs().at(0);
    session.set_input(input.name, load_input(arguments.input, input.shape));
    session.run();
    show(session.fetch(session.outputs().at(0).name), arguments.logits);
} catch (const std::invalid_argument& misuse) {
    std::fprintf(stderr, "%s\n", misuse.what());
    return 2;
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s: %s\n", values[0], error.what());
    return 1;
}
