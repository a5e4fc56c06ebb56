// Everything random in a training is named noise (core/base/noise.h) under one seed: these are the samples' numbers.
#pragma once

#include <cstdint>

namespace smoothgrad::training {

// Noise on an image: epoch * images + image, from 0 up.
constexpr uint64_t kFirstShuffle = uint64_t{1} << 62;  // + epoch: the order of its images is that of their normals
constexpr uint64_t kFirstWeights = uint64_t{1} << 63;  // + layer: its first weights

}  // namespace smoothgrad::training
