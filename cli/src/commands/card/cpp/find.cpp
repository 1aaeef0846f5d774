std::string class_name(size_t index) { return index < CLASS_NAMES.size() ? CLASS_NAMES[index] : "class " + std::to_string(index); }

const Output& find(const std::vector<Output>& outputs, const std::string& name) {
    for (const auto& output : outputs) {
        if (output.name == name) return output;
    }
    throw std::runtime_error("the model has no output `" + name + "`");
}

