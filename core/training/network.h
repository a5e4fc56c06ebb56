// The network that is trained on digits, as in the SmoothGrad paper two 5x5 convolutions with pooling and a dense layer:
// conv, ReLU, max pool, conv, ReLU, max pool, linear, ReLU, linear. Immutable; its weights are a flat array of parameters.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/training/layer.h"

namespace smoothgrad::training {

// Images of at least 16 x 16: what is left of them after two convolutions and poolings must be a pixel or more.
struct NetworkSize {
  Shape image = {28, 28, 1};
  int first_filters = 16, second_filters = 32, hidden_units = 256, classes = 10;
};

class Network {
 public:
  explicit Network(const NetworkSize& size = {});

  std::span<const std::unique_ptr<const Layer>> layers() const { return layers_; }
  Shape input() const { return layers_.front()->input(); }
  int classes() const { return layers_.back()->output().channels; }
  size_t parameter_count() const { return offsets_.back(); }

  // The part of an array of parameter_count() floats that is of one layer.
  template <typename Float>
  std::span<Float> of_layer(size_t layer, std::span<Float> parameters) const {
    return parameters.subspan(offsets_[layer], offsets_[layer + 1] - offsets_[layer]);
  }

  // Weights from N(0, 2 / inputs of a unit) (He et al. 2015), biases 0.
  std::vector<float> initial_parameters(uint64_t seed) const;

 private:
  std::vector<std::unique_ptr<const Layer>> layers_;
  std::vector<size_t> offsets_;  // of each layer's parameters, and their end
};

// One thread's activations and gradients of up to `most_images` images.
class Workspace {
 public:
  Workspace(const Network& network, size_t most_images);

  std::span<float> input(size_t images);  // [images, H, W, C], to be filled before forward()
  // -> logits [images, classes], which the caller turns into their gradient before backward()
  std::span<float> forward(size_t images, std::span<const float> parameters);
  // gradient: of the parameters, overwritten.
  void backward(size_t images, std::span<const float> parameters, std::span<float> gradient);

 private:
  const Network& network_;
  std::vector<std::vector<float>> values_;  // of the input and behind each layer
  std::vector<std::vector<float>> saved_;
  std::vector<float> gradients_[2];  // of the values that two neighbours exchange
};

}  // namespace smoothgrad::training
