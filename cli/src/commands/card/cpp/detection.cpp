struct Box {
    float left, top, right, bottom, score;
};

constexpr float CENTER_VARIANCE = @CENTER_VARIANCE@, SIZE_VARIANCE = @SIZE_VARIANCE@, OVERLAP = @IOU_THRESHOLD@, SCORE = @SCORE_THRESHOLD@;
constexpr size_t MOST = @BOXES_PER_CLASS@;
// Centre x, centre y, width, height, in parts of the picture.
const float ANCHORS[][4] = {@ANCHORS@};
constexpr size_t COUNT = sizeof(ANCHORS) / sizeof(ANCHORS[0]);

float area(const Box& box) { return std::max(box.right - box.left, 0.0F) * std::max(box.bottom - box.top, 0.0F); }

float overlap(const Box& a, const Box& b) {
    const float both = area({std::max(a.left, b.left), std::max(a.top, b.top), std::min(a.right, b.right), std::min(a.bottom, b.bottom), 0});
    const float either = area(a) + area(b) - both;
    return either > 0 ? both / either : 0;
}

float cut(float side, float most) { return std::min(std::max(side, 0.0F), most); }

// Objects, class by class: in pixels of the picture, or in parts of it.
void show(const std::vector<Output>& outputs, const Picture& picture) {
    const auto &locations = find(outputs, "locations"), &confidences = find(outputs, "confidences");
    const size_t classes = confidences.shape.at(2);
    std::vector<Box> boxes;
    std::vector<std::vector<float>> scores;
    for (size_t index = 0; index < COUNT; ++index) {
        const float *anchor = ANCHORS[index], *offset = &locations.values[4 * index];
        const float x = offset[0] * CENTER_VARIANCE * anchor[2] + anchor[0], y = offset[1] * CENTER_VARIANCE * anchor[3] + anchor[1];
        const float w = std::exp(offset[2] * SIZE_VARIANCE) * anchor[2] / 2, h = std::exp(offset[3] * SIZE_VARIANCE) * anchor[3] / 2;
        boxes.push_back({x - w, y - h, x + w, y + h, 0});
        scores.push_back(softmax(&confidences.values[classes * index], classes));
    }
    const float width = picture.width ? picture.width : 1, height = picture.height ? picture.height : 1;
    for (size_t index = 1; index < classes; ++index) {
        std::vector<Box> candidates, kept;
        for (size_t anchor = 0; anchor < COUNT; ++anchor) {
            candidates.push_back(boxes[anchor]);
            candidates.back().score = scores[anchor][index];
        }
        std::stable_sort(candidates.begin(), candidates.end(), [](const Box& a, const Box& b) { return a.score > b.score; });
        for (const auto& box : candidates) {
            if (box.score <= SCORE || kept.size() == MOST) break;
            if (std::all_of(kept.begin(), kept.end(), [&](const Box& better) { return overlap(better, box) <= OVERLAP; })) kept.push_back(box);
        }
        for (const auto& box : kept) {
            std::printf("%zu %s %.4f %.3f %.3f %.3f %.3f\n", index, class_name(index).c_str(), box.score, cut(box.left * width, width), cut(box.top * height, height),
                        cut(box.right * width, width), cut(box.bottom * height, height));
        }
    }
}
