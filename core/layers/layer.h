// What a layer is: a function of its inputs, the product with its transposed Jacobian, and as little state as possible in
// between. A layer is immutable once it is part of a Network; all state is passed in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/rule.h"
#include "core/base/tensor.h"
#include "core/kernels/geometry.h"
#include "core/kernels/smooth.h"

namespace smoothgrad {

// Every buffer holds `batch` images one behind the other and is aligned to 64 bytes.
struct ForwardPass {
  int batch = 1;
  std::span<const float* const> inputs;
  float* output = nullptr;
  std::byte* saved = nullptr;    // saved_bytes(batch), kept until the backward pass
  std::byte* scratch = nullptr;  // scratch_bytes(batch), for the call only
};

struct BackwardPass {
  int batch = 1;
  Rule rule = Rule::kGradient;
  float* grad_output = nullptr;         // may be overwritten
  std::span<float* const> grad_inputs;  // to be overwritten, one for each input
  const std::byte* saved = nullptr;
  std::byte* scratch = nullptr;
};

// What is computed, as far as it matters to who looks at a network from outside.
enum class Role {
  kOther,
  kSum,      // of its inputs, the smaller ones spread
  kMean,     // of all pixels, a number a channel
  kGate,     // an image times a number a channel
  kSoftmax,  // over the channels
  kProduct,  // of matrices that are both computed: attention
  kLinear,   // a matrix product with one pixel: as many weights as multiply-adds
};

class Layer {
 public:
  Layer(std::vector<Shape> inputs, Shape output) : inputs_(std::move(inputs)), output_(output) {}
  virtual ~Layer() = default;
  Layer(const Layer&) = delete;
  Layer& operator=(const Layer&) = delete;

  std::span<const Shape> inputs() const { return inputs_; }  // of one image
  Shape output() const { return output_; }

  virtual std::string_view kind() const = 0;  // for people: "conv", "max-pool"
  virtual Role role() const { return Role::kOther; }
  virtual size_t saved_bytes(int /*batch*/) const { return 0; }
  virtual size_t scratch_bytes(int /*batch*/) const { return 0; }
  virtual size_t weight_bytes() const { return 0; }
  virtual int64_t multiply_adds() const { return 0; }  // of one image, forward

  virtual void forward(const ForwardPass& pass) const = 0;
  virtual void backward(const BackwardPass& pass) const = 0;

  // While the network is built: may take over what follows it, y -> scale * y + shift a channel, y -> clamp(y), or y -> f(y).
  virtual bool absorb_scale_shift(std::span<const double> /*scale*/, std::span<const double> /*shift*/) { return false; }
  virtual bool absorb_clamp(Clamp /*clamp*/) { return false; }
  virtual bool absorb_smooth(const Smooth& /*smooth*/) { return false; }
  virtual void finish() {}  // nothing more will be absorbed: pack the weights

 private:
  std::vector<Shape> inputs_;
  Shape output_;
};

}  // namespace smoothgrad
