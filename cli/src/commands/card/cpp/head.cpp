// Runs @MODEL@ on a picture: @CARD@.
// Made by `edgeconv card` from what the model says of its use; yours to change.
//
// usage: PROGRAM MODEL.mnn PICTURE.ppm [OUTPUTS]
//        PROGRAM MODEL.mnn INPUT.f32 [OUTPUTS]
//
// A picture is a binary PPM file of any size (ffmpeg -i cat.jpg cat.ppm), an input raw 32-bit floats. Each output is written to OUTPUTS.NAME.f32.
//
// @BUILD@

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

