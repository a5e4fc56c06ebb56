// Views of float32 data, channels last. One image is [H, W, C]; a vector of logits is [1, 1, C].
#pragma once

#include <cstddef>
#include <span>

namespace smoothgrad {

struct Shape {
  int height = 1;
  int width = 1;
  int channels = 1;

  size_t pixels() const { return static_cast<size_t>(height) * static_cast<size_t>(width); }
  size_t size() const { return pixels() * static_cast<size_t>(channels); }
  bool operator==(const Shape&) const = default;
};

// Neither view owns its data; both are passed by value.
struct Tensor {
  float* data = nullptr;
  Shape shape;

  std::span<float> span() const { return {data, shape.size()}; }
};

struct ConstTensor {
  const float* data = nullptr;
  Shape shape;

  ConstTensor() = default;
  ConstTensor(const float* values, Shape dimensions) : data(values), shape(dimensions) {}
  ConstTensor(Tensor tensor) : data(tensor.data), shape(tensor.shape) {}
  std::span<const float> span() const { return {data, shape.size()}; }
};

}  // namespace smoothgrad
