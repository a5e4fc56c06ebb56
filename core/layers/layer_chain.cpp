// Compiled for size.
#include "core/layers/layer_chain.h"

#include <algorithm>
#include <numeric>

namespace smoothgrad {
namespace {

size_t aligned(size_t bytes) { return (bytes + 63) / 64 * 64; }

}  // namespace

LayerChain::LayerChain(std::vector<std::unique_ptr<Layer>> layers) : layers_(std::move(layers)) {}

size_t LayerChain::weight_bytes() const {
  return std::accumulate(layers_.begin(), layers_.end(), size_t{0},
                         [](size_t sum, const auto& layer) { return sum + layer->weight_bytes(); });
}

int64_t LayerChain::multiply_adds() const {
  return std::accumulate(layers_.begin(), layers_.end(), int64_t{0},
                         [](int64_t sum, const auto& layer) { return sum + layer->multiply_adds(); });
}

// Values between two layers lie in two buffers in turns, and behind these what a layer wants for its call.
void LayerChain::finish() {
  size_t scratch = 0;
  for (const std::unique_ptr<Layer>& layer : layers_) {
    layer->finish();
    saved_bytes_ += aligned(layer->saved_bytes(1));
    value_bytes_ = std::max(value_bytes_, aligned(layer->output().size() * sizeof(float)));
    scratch = std::max(scratch, layer->scratch_bytes(1));
  }
  scratch_bytes_ = 2 * value_bytes_ + aligned(scratch);
}

void LayerChain::forward(const float* input, float* output, std::byte* saved, std::byte* scratch) const {
  for (size_t i = 0; i < layers_.size(); ++i) {
    float* made = i + 1 == layers_.size() ? output : reinterpret_cast<float*>(scratch + i % 2 * value_bytes_);
    layers_[i]->forward({1, {&input, 1}, made, saved, scratch + 2 * value_bytes_});
    saved += aligned(layers_[i]->saved_bytes(1));
    input = made;
  }
}

void LayerChain::backward(float* grad_output, float* grad_input, const std::byte* saved, Rule rule, std::byte* scratch) const {
  saved += saved_bytes_;
  for (size_t i = layers_.size(); i-- > 0;) {
    saved -= aligned(layers_[i]->saved_bytes(1));
    float* gradient = i == 0 ? grad_input : reinterpret_cast<float*>(scratch + i % 2 * value_bytes_);
    layers_[i]->backward({1, rule, grad_output, {&gradient, 1}, saved, scratch + 2 * value_bytes_});
    grad_output = gradient;
  }
}

}  // namespace smoothgrad
