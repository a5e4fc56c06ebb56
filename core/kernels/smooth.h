// Functions of e^x, and one like them, and their slopes, four elements at a time: f(x) to `values`, f'(x) to `slopes`. Within a
// few units of the last place of float32 of the largest value near by; where x is NaN, so is what comes of it.
#pragma once

#include <array>
#include <cstddef>

namespace smoothgrad {

// parameters: what the function has of them, see elementwise_table.cpp.
using SmoothFunction = void (*)(const float* x, size_t size, const float* parameters, float* values, float* slopes);

// Such a function with its parameters, or none.
struct Smooth {
  SmoothFunction function = nullptr;
  std::array<float, 2> parameters = {};

  explicit operator bool() const { return function != nullptr; }
  // In place.
  void apply(float* values, size_t size, float* slopes) const { function(values, size, parameters.data(), values, slopes); }
};

// product[i] = a[i] * b[i]
void multiply(const float* a, const float* b, size_t size, float* product);

void error_functions(const float* x, size_t size, const float* parameters, float* values, float* slopes);
void gelus(const float* x, size_t size, const float* parameters, float* values, float* slopes);
void gelus_by_tanh(const float* x, size_t size, const float* parameters, float* values, float* slopes);
void hard_swishes(const float* x, size_t size, const float* parameters, float* values, float* slopes);
void sigmoids(const float* x, size_t size, const float* parameters, float* values, float* slopes);
void swishes(const float* x, size_t size, const float* parameters, float* values, float* slopes);

// y = e^(x - top), with top the largest x; 0 where it would be less than 2^-126. Returns their sum.
float exponentials(const float* x, size_t size, float top, float* y);

}  // namespace smoothgrad
