// Inverted residual blocks with random weights, and their layers' geometries, for plain loops.
#pragma once

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "core/kernels/stripes.h"
#include "tests/core/plain_loops.h"

namespace smoothgrad::test {

using Doubles = std::vector<double>;

inline std::vector<float> normals(size_t size, float scale, uint32_t seed) {
  std::mt19937 generator(seed);
  std::normal_distribution<float> normal(0.f, scale);
  std::vector<float> values(size);
  for (float& value : values) value = normal(generator);
  return values;
}

inline std::vector<float> floats(const Doubles& values) { return std::vector<float>(values.begin(), values.end()); }

struct Block {
  BlockOptions options;
  std::vector<float> expand, expand_bias, depthwise, depthwise_bias, project, project_bias;

  Block(const BlockOptions& block_options) : options(block_options) {
    const size_t wide = static_cast<size_t>(options.depthwise.input.channels);
    const size_t inputs = static_cast<size_t>(options.inputs), outputs = static_cast<size_t>(options.outputs);
    const size_t taps = static_cast<size_t>(options.depthwise.kernel_height * options.depthwise.kernel_width);
    if (options.expands) {
      expand = normals(wide * inputs, 2.f / std::sqrt(static_cast<float>(inputs)), 1);
      expand_bias = normals(wide, 1.f, 2);
    }
    depthwise = normals(taps * wide, 2.f / std::sqrt(static_cast<float>(taps)), 3);
    depthwise_bias = normals(wide, 1.f, 4);
    project = normals(outputs * wide, 1.f / std::sqrt(static_cast<float>(wide)), 5);
    project_bias = normals(outputs, 1.f, 6);
  }

  BlockWeights weights() const { return {expand, expand_bias, depthwise, depthwise_bias, project, project_bias}; }
  ConvGeometry pointwise(Shape shape, int inputs, int outputs) const {
    ConvGeometry g;
    g.input = {shape.height, shape.width, inputs};
    g.output = {shape.height, shape.width, outputs};
    return g;
  }
  ConvGeometry expansion() const {
    return pointwise(options.depthwise.input, options.inputs, options.depthwise.input.channels);
  }
  ConvGeometry projection() const {
    return pointwise(options.depthwise.output, options.depthwise.output.channels, options.outputs);
  }
  std::vector<float> taps_by_channel() const {  // [wide, taps]
    const size_t wide = depthwise_bias.size(), taps = depthwise.size() / wide;
    std::vector<float> moved(depthwise.size());
    for (size_t t = 0; t < taps; ++t) {
      for (size_t c = 0; c < wide; ++c) moved[c * taps + t] = depthwise[t * wide + c];
    }
    return moved;
  }
};

inline double relative_error(const std::vector<float>& actual, const Doubles& expected) {
  double error = 0, norm = 0;
  for (size_t i = 0; i < expected.size(); ++i) {
    const double difference = static_cast<double>(actual[i]) - expected[i];
    error += difference * difference;
    norm += expected[i] * expected[i];
  }
  return std::sqrt(error / norm);
}

inline BlockOptions block_options(int height, int width, int inputs, int wide, int outputs, int kernel, int stride,
                                  int pad_before, int pad_after) {
  BlockOptions o;
  o.inputs = inputs;
  o.outputs = outputs;
  o.expand_clamp = o.depthwise_clamp = {0.f, 6.f};
  ConvGeometry& g = o.depthwise;
  g.input = {height, width, wide};
  g.output = {(height + pad_before + pad_after - kernel) / stride + 1, (width + pad_before + pad_after - kernel) / stride + 1,
              wide};
  g.kernel_height = g.kernel_width = kernel;
  g.stride_y = g.stride_x = stride;
  g.pad_top = g.pad_left = pad_before;
  g.groups = wide;
  o.residual = g.input == g.output && inputs == outputs;
  return o;
}

}  // namespace smoothgrad::test
