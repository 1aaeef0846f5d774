// Sizes and layouts of the maps that operators of ours give.
#pragma once

namespace edgeconv {

// Lets sessions of MNN fail where a kernel is larger than a padded map. MNN by itself goes on with empty maps, or with maps of a
// size that a division rounded up to, and then reads and writes beyond their memory.
//
// Convolutions that read pictures give packed maps, and sums with a known map have the size of both.
void check_maps();

}  // namespace edgeconv
