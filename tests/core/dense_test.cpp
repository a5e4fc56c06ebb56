// The dense kernels, both directions, against the plain loops, at odd sizes, strides, padding, dilation and groups.
#include "core/kernels/dense.h"

#include <catch_amalgamated.hpp>

#include "core/kernels/matrix_product.h"
#include "core/layers/convolution.h"
#include "tests/core/npy.h"
#include "tests/core/one_node.h"
#include "tests/core/plain_loops.h"

namespace smoothgrad {
namespace {

using namespace test;

// A geometry whose output is as large as the padding after the image allows.
ConvGeometry geometry(Shape input, int outputs, int kernel, int stride, int dilation, int before, int after, int groups) {
  const auto size = [&](int in) { return (in + before + after - (kernel - 1) * dilation - 1) / stride + 1; };
  ConvGeometry g;
  g.input = input;
  g.output = {size(input.height), size(input.width), outputs};
  g.kernel_height = g.kernel_width = kernel;
  g.stride_y = g.stride_x = stride;
  g.dilation_y = g.dilation_x = dilation;
  g.pad_top = g.pad_left = before;
  g.groups = groups;
  return g;
}

const ConvGeometry kGeometries[] = {
    geometry({1, 1, 1}, 1, 1, 1, 1, 0, 0, 1),  geometry({5, 7, 3}, 9, 3, 1, 1, 1, 1, 1),
    geometry({6, 9, 3}, 17, 3, 2, 1, 0, 1, 1), geometry({9, 5, 8}, 7, 5, 2, 1, 2, 2, 1),
    geometry({7, 7, 4}, 8, 2, 3, 1, 0, 0, 1),  geometry({8, 11, 2}, 5, 3, 1, 2, 2, 2, 1),
    geometry({8, 11, 6}, 9, 3, 2, 2, 2, 1, 3), geometry({5, 5, 12}, 8, 1, 2, 1, 0, 0, 4),
    geometry({3, 3, 1}, 3, 3, 1, 1, 2, 2, 1),  geometry({13, 3, 33}, 31, 3, 1, 1, 1, 1, 1),
    geometry({9, 8, 1}, 12, 5, 1, 1, 2, 2, 1), geometry({2, 3, 3}, 8, 7, 2, 1, 3, 3, 1),
};

// By Winograd's algorithm: odd and even sizes, any padding, more tiles than are made at once.
const ConvGeometry kWinogradGeometries[] = {
    geometry({4, 4, 16}, 16, 3, 1, 1, 1, 1, 1), geometry({5, 7, 24}, 16, 3, 1, 1, 1, 1, 1),
    geometry({7, 6, 16}, 40, 3, 1, 1, 0, 0, 1), geometry({9, 5, 32}, 16, 3, 1, 1, 0, 2, 1),
    geometry({3, 2, 16}, 24, 3, 1, 1, 2, 2, 1), geometry({19, 17, 16}, 16, 3, 1, 1, 1, 1, 1),
    geometry({6, 5, 16}, 16, 3, 1, 1, 3, 0, 1), geometry({14, 14, 264}, 136, 3, 1, 1, 1, 1, 1),
};

std::vector<float> as_floats(const std::vector<double>& values) { return {values.begin(), values.end()}; }

void check_dense(const ConvGeometry& g, double tolerance) {
  CAPTURE(g.input.height, g.input.width, g.input.channels, g.output.channels, g.kernel_height, g.stride_y, g.dilation_y,
          g.groups);
  constexpr int kBatch = 2;
  const size_t weight_count =
      static_cast<size_t>(g.output.channels * g.kernel_height * g.kernel_width * g.input.channels / g.groups);
  const std::vector<float> weights = random_floats(weight_count, 1);
  const std::vector<float> bias = random_floats(static_cast<size_t>(g.output.channels), 2);
  const std::vector<float> input = random_floats(kBatch * g.input.size(), 3);
  const std::vector<float> grad_output = random_floats(kBatch * g.output.size(), 4);
  const Clamp clamp{-0.5f, 0.75f};
  const DenseConvolution dense(g, weights, bias);
  std::vector<float> output(kBatch * g.output.size(), 99.f), grad_input(kBatch * g.input.size(), 99.f);
  std::vector<std::byte> scratch(dense.scratch_bytes(kBatch));
  dense.forward(kBatch, input.data(), clamp, output.data(), scratch.data());
  dense.backward(kBatch, grad_output.data(), grad_input.data(), scratch.data());
  for (size_t b = 0; b < kBatch; ++b) {
    const auto expected = plain::convolution(g, input.data() + b * g.input.size(), weights.data(), bias.data(), clamp);
    CHECK(relative_error(std::span(output).subspan(b * g.output.size(), g.output.size()), as_floats(expected)) < tolerance);
    const auto gradient = plain::convolution_backward(g, grad_output.data() + b * g.output.size(), weights.data());
    CHECK(relative_error(std::span(grad_input).subspan(b * g.input.size(), g.input.size()), as_floats(gradient)) < tolerance);
  }
}

TEST_CASE("dense convolutions agree with the plain loops", "[kernels]") {
  const ConvGeometry g = kGeometries[GENERATE(range(size_t{0}, std::size(kGeometries)))];
  CHECK_FALSE(Winograd::wins(g));
  check_dense(g, 1e-6);
}

TEST_CASE("convolutions by Winograd's algorithm agree with the plain loops", "[kernels]") {
  const ConvGeometry g = kWinogradGeometries[GENERATE(range(size_t{0}, std::size(kWinogradGeometries)))];
  CHECK(Winograd::wins(g));
  check_dense(g, 3e-6);
}

TEST_CASE("what Winograd's algorithm is not for is left to the others", "[kernels]") {
  CHECK_FALSE(Winograd::wins(geometry({9, 9, 16}, 16, 3, 2, 1, 1, 1, 1)));
  CHECK_FALSE(Winograd::wins(geometry({9, 9, 16}, 16, 3, 1, 2, 2, 2, 1)));
  CHECK_FALSE(Winograd::wins(geometry({9, 9, 16}, 16, 5, 1, 1, 2, 2, 1)));
  CHECK_FALSE(Winograd::wins(geometry({9, 9, 32}, 32, 3, 1, 1, 1, 1, 2)));
  CHECK_FALSE(Winograd::wins(geometry({9, 9, 16}, 20, 3, 1, 1, 1, 1, 1)));
  CHECK_FALSE(Winograd::wins(geometry({3, 9, 16}, 16, 3, 1, 1, 1, 1, 1)));
}

TEST_CASE("convolutions of few channels go backward by columns", "[kernels]") {
  CHECK(ColumnBackward::wins(geometry({224, 224, 3}, 32, 3, 2, 1, 0, 1, 1)));
  CHECK(ColumnBackward::wins(geometry({28, 28, 1}, 32, 5, 1, 1, 2, 2, 1)));
  CHECK_FALSE(ColumnBackward::wins(geometry({14, 14, 32}, 64, 5, 1, 1, 2, 2, 1)));
  CHECK_FALSE(ColumnBackward::wins(geometry({9, 9, 6}, 9, 3, 1, 1, 1, 1, 3)));
  CHECK_FALSE(ColumnBackward::wins(geometry({9, 9, 3}, 8, 3, 1, 2, 1, 1, 1)));
}

TEST_CASE("a matrix product gives the same bits for sparse rows and for any number of rows at once", "[kernels]") {
  const int inputs = 65, outputs = GENERATE(1, 13, 64, 91);
  const std::vector<float> weights = random_floats(static_cast<size_t>(outputs * inputs), 1);
  const std::vector<float> bias = random_floats(static_cast<size_t>(outputs), 2);
  const MatrixProduct product(1, inputs, outputs, weights, bias);
  std::vector<float> rows(9 * 65, 0.f);
  for (size_t row = 0; row < 9; ++row) {
    const size_t elements = row % 3 == 2 ? 65 : row;  // none, some, all
    for (size_t i = 0; i < elements; ++i) rows[row * 65 + (i * 7 + row) % 65] = static_cast<float>(i) - 2.5f;
  }
  std::vector<float> together(9 * static_cast<size_t>(outputs)), apart(together.size()), dense(together.size());
  product.run(9, rows.data(), {-3.f, 3.f}, together.data());
  for (size_t row = 0; row < 9; ++row) {
    product.run(1, rows.data() + row * 65, {-3.f, 3.f}, apart.data() + row * static_cast<size_t>(outputs));
  }
  CHECK(together == apart);
  // A zero that is none changes nothing in the sums, but makes every row dense.
  for (float& element : rows) element = element == 0.f ? 1e-38f : element;
  product.run(9, rows.data(), {-3.f, 3.f}, dense.data());
  CHECK(together == dense);
}

TEST_CASE("matrix products agree with the plain loops at every remainder of rows and columns", "[kernels]") {
  const int rows = GENERATE(1, 2, 3, 4, 5, 9), outputs = GENERATE(1, 7, 8, 9, 24), inputs = GENERATE(1, 3, 16, 31);
  const int groups = GENERATE(1, 2);
  CAPTURE(rows, outputs, inputs, groups);
  ConvGeometry g;
  g.input = {1, rows, groups * inputs};
  g.output = {1, rows, groups * outputs};
  g.groups = groups;
  const std::vector<float> weights = random_floats(static_cast<size_t>(groups * outputs * inputs), 1);
  const std::vector<float> bias = random_floats(static_cast<size_t>(groups * outputs), 2);
  const std::vector<float> input = random_floats(g.input.size(), 3);
  const MatrixProduct product(groups, inputs, outputs, weights, bias);
  std::vector<float> output(g.output.size(), 99.f);
  product.run(static_cast<size_t>(rows), input.data(), Clamp{}, output.data());
  CHECK(relative_error(output, as_floats(plain::convolution(g, input.data(), weights.data(), bias.data()))) < 1e-6);
}

TEST_CASE("a matrix product runs both ways by the same weights", "[kernels]") {
  const int outputs = GENERATE(1, 7, 8, 24, 91), inputs = GENERATE(1, 3, 16, 66);
  CAPTURE(outputs, inputs);
  constexpr size_t kRows = 3;
  ConvGeometry g;
  g.input = {1, kRows, inputs};
  g.output = {1, kRows, outputs};
  const std::vector<float> weights = random_floats(static_cast<size_t>(outputs * inputs), 1);
  const std::vector<float> bias = random_floats(static_cast<size_t>(outputs), 2);
  std::vector<float> gradient = random_floats(g.output.size(), 3);
  for (size_t i = 0; i < static_cast<size_t>(outputs); ++i) gradient[i] = i == 0 ? 2.f : 0.f;  // as of one logit
  const MatrixProduct product(1, inputs, outputs, weights, bias);
  std::vector<float> together(g.input.size(), 99.f), apart(g.input.size(), 99.f);
  product.run_transposed(kRows, gradient.data(), together.data());
  CHECK(relative_error(together, as_floats(plain::convolution_backward(g, gradient.data(), weights.data()))) < 1e-6);
  for (size_t row = 0; row < kRows; ++row) {
    product.run_transposed(1, gradient.data() + row * static_cast<size_t>(outputs),
                           apart.data() + row * static_cast<size_t>(inputs));
  }
  CHECK(together == apart);
}

TEST_CASE("large layers of one pixel hold their weights once", "[layers]") {
  const auto bytes = [](int inputs, int outputs) {
    ConvGeometry g;
    g.input.channels = inputs;
    g.output.channels = outputs;
    const size_t size = static_cast<size_t>(inputs) * static_cast<size_t>(outputs);
    Convolution layer(g, std::vector<float>(size, 1.f), std::vector<float>(static_cast<size_t>(outputs), 1.f));
    layer.finish();
    return static_cast<double>(layer.weight_bytes()) / static_cast<double>(size * sizeof(float));
  };
  CHECK(bytes(256, 256) > 2);
  CHECK(bytes(2048, 1024) < 1.1);
}

TEST_CASE("weights by input are packed like the same by output", "[kernels]") {
  const int outputs = GENERATE(1, 7, 8, 24), inputs = GENERATE(1, 3, 16);
  constexpr size_t kGroups = 2;
  const size_t rows = static_cast<size_t>(outputs), cols = static_cast<size_t>(inputs);
  const std::vector<float> by_output = random_floats(kGroups * rows * cols, 1), bias = random_floats(kGroups * rows, 2);
  std::vector<float> by_input(by_output.size());
  for (size_t i = 0; i < by_output.size(); ++i) {
    const size_t group = i / (rows * cols), row = i / cols % rows, col = i % cols;
    by_input[(group * cols + col) * rows + row] = by_output[i];
  }
  const auto packed = xnnpack::pack_groups(kGroups, outputs, 1, inputs, by_output, bias);
  CHECK(packed == xnnpack::pack_groups(kGroups, outputs, 1, inputs, by_input, bias, xnnpack::Order::kByInput));
}

}  // namespace
}  // namespace smoothgrad
