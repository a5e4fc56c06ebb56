// Compiled for speed.
#include "core/training/network.h"

#include <algorithm>
#include <cmath>

#include "core/base/noise.h"
#include "core/training/randomness.h"

namespace smoothgrad::training {

Network::Network(const NetworkSize& size) {
  const auto output = [this] { return layers_.back()->output(); };
  layers_.push_back(make_convolution(size.image, 5, 5, size.first_filters));
  layers_.push_back(make_relu(output()));
  layers_.push_back(make_max_pool(output()));
  layers_.push_back(make_convolution(output(), 5, 5, size.second_filters));
  layers_.push_back(make_relu(output()));
  layers_.push_back(make_max_pool(output()));
  layers_.push_back(make_linear(output(), size.hidden_units));
  layers_.push_back(make_relu(output()));
  layers_.push_back(make_linear(output(), size.classes));
  offsets_.push_back(0);
  for (const auto& layer : layers_) offsets_.push_back(offsets_.back() + layer->weight_count() + layer->bias_count());
}

std::vector<float> Network::initial_parameters(uint64_t seed) const {
  std::vector<float> parameters(parameter_count(), 0.f);
  for (size_t i = 0; i < layers_.size(); ++i) {
    const Layer& layer = *layers_[i];
    if (layer.weight_count() == 0) continue;
    const std::span<float> weights = of_layer(i, std::span(parameters)).first(layer.weight_count());
    standard_normal(seed, kFirstWeights + i, weights);
    const size_t inputs = layer.weight_count() / layer.bias_count();
    const float deviation = std::sqrt(2.f / static_cast<float>(inputs));
    for (float& weight : weights) weight *= deviation;
  }
  return parameters;
}

Workspace::Workspace(const Network& network, size_t most_images) : network_(network) {
  size_t largest = network.input().size();
  values_.emplace_back(most_images * largest);
  for (const auto& layer : network.layers()) {
    values_.emplace_back(most_images * layer->output().size());
    saved_.emplace_back(most_images * layer->saved_size());
    largest = std::max(largest, layer->output().size());
  }
  for (std::vector<float>& gradient : gradients_) gradient.resize(most_images * largest);
}

std::span<float> Workspace::input(size_t images) { return std::span(values_[0]).first(images * network_.input().size()); }

std::span<float> Workspace::forward(size_t images, std::span<const float> parameters) {
  const auto layers = network_.layers();
  for (size_t i = 0; i < layers.size(); ++i) {
    layers[i]->forward({images, network_.of_layer(i, parameters), values_[i].data(), values_[i + 1].data(), saved_[i].data()});
  }
  return std::span(values_.back()).first(images * static_cast<size_t>(network_.classes()));
}

void Workspace::backward(size_t images, std::span<const float> parameters, std::span<float> gradient) {
  const auto layers = network_.layers();
  const float* grad_output = values_.back().data();
  for (size_t i = layers.size(); i-- > 0;) {
    float* grad_input = i == 0 ? nullptr : gradients_[i % 2].data();
    layers[i]->backward({images, network_.of_layer(i, parameters), values_[i].data(), values_[i + 1].data(), saved_[i].data(),
                         grad_output, grad_input, network_.of_layer(i, gradient)});
    grad_output = grad_input;
  }
}

}  // namespace smoothgrad::training
