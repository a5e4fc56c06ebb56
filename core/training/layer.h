// What a layer is while it is trained: forward, and backward to its input and its weights. Activations are [images, H, W, C].
// The weights are no part of the layer, but a range of the network's parameters, so that one layer serves all threads.
#pragma once

#include <memory>
#include <span>

#include "core/base/tensor.h"

namespace smoothgrad::training {

struct ForwardPass {
  size_t images = 0;
  std::span<const float> parameters;  // the layer's own
  const float* input = nullptr;
  float* output = nullptr;
  float* saved = nullptr;  // saved_size() floats an image, kept for the backward pass
};

struct BackwardPass {
  size_t images = 0;
  std::span<const float> parameters;
  const float* input = nullptr;
  const float* output = nullptr;
  float* saved = nullptr;  // may be overwritten
  const float* grad_output = nullptr;
  float* grad_input = nullptr;       // to be overwritten; null where nobody needs it
  std::span<float> grad_parameters;  // to be overwritten
};

enum class LayerKind { kConvolution, kRelu, kMaxPool };

class Layer {
 public:
  Layer(LayerKind kind, Shape input, Shape output) : kind_(kind), input_(input), output_(output) {}
  virtual ~Layer() = default;

  LayerKind kind() const { return kind_; }
  Shape input() const { return input_; }  // of one image
  Shape output() const { return output_; }

  virtual size_t weight_count() const { return 0; }  // the parameters are the weights, then the biases
  virtual size_t bias_count() const { return 0; }
  virtual size_t saved_size() const { return 0; }
  virtual void forward(const ForwardPass& pass) const = 0;
  virtual void backward(const BackwardPass& pass) const = 0;

 private:
  LayerKind kind_;
  Shape input_, output_;
};

// Kernel kernel_height x kernel_width, stride 1, no padding. Weights: [KH, KW, C, O]; biases: [O].
std::unique_ptr<const Layer> make_convolution(Shape input, int kernel_height, int kernel_width, int outputs);
// The convolution whose kernel is as large as the image.
std::unique_ptr<const Layer> make_linear(Shape input, int outputs);
std::unique_ptr<const Layer> make_relu(Shape input);
// 2x2 windows at stride 2; an odd row or column at the end is left out. The first maximum in row-major order wins.
std::unique_ptr<const Layer> make_max_pool(Shape input);

}  // namespace smoothgrad::training
