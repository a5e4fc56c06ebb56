// Max pooling over 2x2 windows. The backward pass looks for the winner again, in the same order: nothing is saved.
// Compiled for speed.
#include <algorithm>

#include "core/training/layer.h"

namespace smoothgrad::training {
namespace {

class MaxPool final : public Layer {
 public:
  explicit MaxPool(Shape input) : Layer(LayerKind::kMaxPool, input, {input.height / 2, input.width / 2, input.channels}) {}

  void forward(const ForwardPass& pass) const override {
    float* out = pass.output;
    for_each_window(pass.images, [&](size_t first, size_t right, size_t below) {
      const float* at = pass.input + first;
      *out++ = std::max(std::max(at[0], at[right]), std::max(at[below], at[below + right]));
    });
  }

  void backward(const BackwardPass& pass) const override {
    std::fill_n(pass.grad_input, pass.images * input().size(), 0.f);
    const float *grad = pass.grad_output, *best = pass.output;
    for_each_window(pass.images, [&](size_t first, size_t right, size_t below) {
      const size_t window[] = {first, first + right, first + below, first + below + right};
      const auto* winner = std::ranges::find_if(window, [&](size_t i) { return pass.input[i] == *best; });
      if (winner != std::end(window)) pass.grad_input[*winner] = *grad;  // there is none among NaNs
      ++grad;
      ++best;
    });
  }

 private:
  // visit(first element of the window, distance to its right neighbour, to the one below), in order of the output's memory
  template <typename Visit>
  void for_each_window(size_t images, Visit visit) const {
    const size_t channels = static_cast<size_t>(input().channels), row = static_cast<size_t>(input().width) * channels;
    const size_t height = static_cast<size_t>(output().height), width = static_cast<size_t>(output().width);
    for (size_t image = 0; image < images; ++image) {
      for (size_t y = 0; y < height; ++y) {
        for (size_t x = 0; x < width; ++x) {
          const size_t corner = image * input().size() + 2 * y * row + 2 * x * channels;
          for (size_t c = 0; c < channels; ++c) visit(corner + c, channels, row);
        }
      }
    }
  }
};

}  // namespace

std::unique_ptr<const Layer> make_max_pool(Shape input) { return std::make_unique<MaxPool>(input); }

}  // namespace smoothgrad::training
