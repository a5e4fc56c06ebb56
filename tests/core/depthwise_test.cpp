// Depthwise convolutions, both directions, against plain loops and against each other.
#include "core/kernels/depthwise.h"

#include <cmath>
#include <random>
#include <string>

#include "catch_amalgamated.hpp"
#include "tests/core/plain_loops.h"

namespace smoothgrad {
namespace {

// Begins `misalignment` floats behind an aligned address, and ends where the allocation ends.
struct Values {
  Values(size_t size, size_t misalignment, uint32_t seed) : storage(size + misalignment), offset(misalignment) {
    std::mt19937 generator(seed);
    std::normal_distribution<float> normal;
    for (float& value : storage) value = normal(generator);
  }
  float* data() { return storage.data() + offset; }
  std::vector<float> storage;
  size_t offset;
};

ConvGeometry depthwise(Shape input, int kernel, int stride, int dilation, int pad_before, int pad_after) {
  const int extent = (kernel - 1) * dilation + 1;
  ConvGeometry g;
  g.input = input;
  g.kernel_height = g.kernel_width = kernel;
  g.stride_y = g.stride_x = stride;
  g.dilation_y = g.dilation_x = dilation;
  g.pad_top = g.pad_left = pad_before;
  g.groups = input.channels;
  g.output = {(input.height + pad_before + pad_after - extent) / stride + 1,
              (input.width + pad_before + pad_after - extent) / stride + 1, input.channels};
  return g;
}

std::string describe(const ConvGeometry& g) {
  return std::to_string(g.input.height) + "x" + std::to_string(g.input.width) + "x" + std::to_string(g.input.channels) +
         " kernel " + std::to_string(g.kernel_height) + "x" + std::to_string(g.kernel_width) + " stride " +
         std::to_string(g.stride_y) + "," + std::to_string(g.stride_x) + " dilation " + std::to_string(g.dilation_y) + " pad " +
         std::to_string(g.pad_top) + "," + std::to_string(g.pad_left);
}

// At most `taps` products of order 1 are summed: the bound is theirs.
void check_close(const float* actual, const std::vector<double>& expected, size_t taps) {
  double worst = 0;
  for (size_t i = 0; i < expected.size(); ++i) worst = std::max(worst, std::abs(static_cast<double>(actual[i]) - expected[i]));
  CHECK(worst <= 2e-6 * static_cast<double>(taps));
}

void check_geometry(const ConvGeometry& g, size_t misalignment) {
  CAPTURE(describe(g), misalignment);
  const size_t channels = static_cast<size_t>(g.input.channels);
  const size_t taps = static_cast<size_t>(g.kernel_height * g.kernel_width);
  Values input(g.input.size(), misalignment, 1), weights(taps * channels, misalignment, 2), bias(channels, misalignment, 3);
  Values grad(g.output.size(), misalignment, 4), output(g.output.size(), misalignment, 5);
  Values grad_input(g.input.size(), misalignment, 6);
  std::vector<float> by_output(taps * channels);  // [C, taps]
  for (size_t t = 0; t < taps; ++t) {
    for (size_t c = 0; c < channels; ++c) by_output[c * taps + t] = weights.data()[t * channels + c];
  }

  const Clamp clamp{-0.5f, 1.5f};
  depthwise_forward(g, input.data(), weights.data(), bias.data(), clamp, output.data());
  check_close(output.data(), plain::convolution(g, input.data(), by_output.data(), bias.data(), clamp), taps);

  depthwise_backward(g, grad.data(), weights.data(), grad_input.data());
  check_close(grad_input.data(), plain::convolution_backward(g, grad.data(), by_output.data()), taps);

  // <grad, A input> = <A^T grad, input>
  const std::vector<float> no_bias(channels, 0.f);
  depthwise_forward(g, input.data(), weights.data(), no_bias.data(), Clamp{}, output.data());
  double left = 0, right = 0;
  for (size_t i = 0; i < g.output.size(); ++i)
    left += static_cast<double>(grad.data()[i]) * static_cast<double>(output.data()[i]);
  for (size_t i = 0; i < g.input.size(); ++i) {
    right += static_cast<double>(grad_input.data()[i]) * static_cast<double>(input.data()[i]);
  }
  CHECK(std::abs(left - right) <= 1e-5 * std::sqrt(static_cast<double>(g.output.size() * taps)));
}

}  // namespace

TEST_CASE("depthwise: kernels, strides and paddings on odd sizes", "[kernels]") {
  for (const int kernel : {3, 5}) {
    for (const int stride : {1, 2}) {
      for (const int size : {5, 6, 7, 8, 14, 15, 23}) {
        for (const int channels : {1, 3, 7, 8, 9, 16}) {
          for (const int pad : {0, (kernel - 1) / 2, kernel - 1}) {
            check_geometry(depthwise({size, size + 1, channels}, kernel, stride, 1, pad, kernel / 2), 0);
          }
        }
      }
    }
  }
}

TEST_CASE("depthwise: the padding of a SAME convolution at stride 2 is asymmetric", "[kernels]") {
  check_geometry(depthwise({28, 28, 24}, 3, 2, 1, 0, 1), 0);
  check_geometry(depthwise({28, 28, 24}, 5, 2, 1, 1, 2), 0);
}

TEST_CASE("depthwise: images wider and higher than a piece", "[kernels]") {
  for (const int kernel : {3, 5}) {
    for (const int stride : {1, 2}) check_geometry(depthwise({61, 121, 12}, kernel, stride, 1, 1, kernel / 2), 0);
  }
}

TEST_CASE("depthwise: inputs smaller than the kernel", "[kernels]") {
  for (const int kernel : {3, 5}) {
    for (const int stride : {1, 2}) {
      for (const int size : {1, 2, 3}) check_geometry(depthwise({size, 1, 5}, kernel, stride, 1, kernel - 1, kernel - 1), 0);
    }
  }
}

TEST_CASE("depthwise: any other geometry", "[kernels]") {
  for (const int kernel : {1, 2, 3, 4, 7}) {
    for (const int stride : {1, 2, 3}) {
      for (const int dilation : {1, 2, 3})
        check_geometry(depthwise({13, 11, 6}, kernel, stride, dilation, kernel, 2 * kernel), 0);
    }
  }
  ConvGeometry g = depthwise({9, 12, 10}, 3, 1, 1, 1, 1);
  g.kernel_width = 5;
  g.stride_x = 2;
  g.pad_left = 2;
  g.output.width = 6;
  check_geometry(g, 0);
}

TEST_CASE("depthwise: misaligned pointers", "[kernels]") {
  for (const size_t misalignment : {1u, 2u, 3u}) {
    for (const int kernel : {3, 5, 7}) {
      for (const int stride : {1, 2}) check_geometry(depthwise({10, 9, 11}, kernel, stride, 1, 1, 2), misalignment);
    }
  }
}

}  // namespace smoothgrad
