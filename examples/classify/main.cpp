// Classifies a picture with libedgeconv.

#include <vector>

#include <edgeconv.hpp>

#include "classify.hpp"

static std::vector<float> run(const Arguments& arguments) {
    edgeconv::Session session(arguments.model);
    const auto input = session.inputs().at(0);
    session.set_input(input.name, load_input(arguments.input, input.shape));
    session.run();
    return session.fetch(session.outputs().at(0).name);
}

int main(int count, char** values) { return classify(count, values, run); }
