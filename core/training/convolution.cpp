// Convolution as one product over the patches that the kernel sees: Y = P W + b with P [images * OH * OW, KH * KW * C]. Hence
// dW = P^T dY, db = the sum of the rows of dY, and dX gathers dP = dY W^T where the patches overlap.
// Compiled for speed.
#include <Eigen/Core>
#include <algorithm>

#include "core/training/layer.h"

namespace smoothgrad::training {
namespace {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Rows = Eigen::Map<Matrix>;
using ConstRows = Eigen::Map<const Matrix>;
using Row = Eigen::Map<Eigen::RowVectorXf>;
using ConstRow = Eigen::Map<const Eigen::RowVectorXf>;

class Convolution final : public Layer {
 public:
  Convolution(Shape input, int kernel_height, int kernel_width, int outputs)
      : Layer(LayerKind::kConvolution, input, {input.height - kernel_height + 1, input.width - kernel_width + 1, outputs}),
        kernel_height_(static_cast<size_t>(kernel_height)),
        patch_row_(static_cast<size_t>(kernel_width) * static_cast<size_t>(input.channels)),
        patch_(kernel_height_ * patch_row_) {}

  size_t weight_count() const override { return patch_ * bias_count(); }
  size_t bias_count() const override { return static_cast<size_t>(output().channels); }
  size_t saved_size() const override { return output().pixels() * patch_; }  // the patches

  void forward(const ForwardPass& pass) const override {
    float* patch = pass.saved;
    for_each_patch_row(pass.images, [&](size_t at) {
      std::copy_n(pass.input + at, patch_row_, patch);
      patch += patch_row_;
    });
    const auto rows = row_count(pass.images);
    Rows result(pass.output, rows, outputs());
    result.noalias() = ConstRows(pass.saved, rows, patch_size()) * weights(pass.parameters);
    result.rowwise() += ConstRow(pass.parameters.data() + weight_count(), outputs());
  }

  void backward(const BackwardPass& pass) const override {
    const auto rows = row_count(pass.images);
    const ConstRows grad(pass.grad_output, rows, outputs());
    Rows patches(pass.saved, rows, patch_size());
    Rows(pass.grad_parameters.data(), patch_size(), outputs()).noalias() = patches.transpose() * grad;
    Row(pass.grad_parameters.data() + weight_count(), outputs()) = grad.colwise().sum();
    if (!pass.grad_input) return;
    patches.noalias() = grad * weights(pass.parameters).transpose();
    std::fill_n(pass.grad_input, pass.images * input().size(), 0.f);
    const float* patch = pass.saved;
    for_each_patch_row(pass.images, [&](size_t at) {
      for (size_t i = 0; i < patch_row_; ++i) pass.grad_input[at + i] += patch[i];
      patch += patch_row_;
    });
  }

 private:
  Eigen::Index outputs() const { return output().channels; }
  Eigen::Index patch_size() const { return static_cast<Eigen::Index>(patch_); }
  Eigen::Index row_count(size_t images) const { return static_cast<Eigen::Index>(images * output().pixels()); }
  ConstRows weights(std::span<const float> parameters) const { return {parameters.data(), patch_size(), outputs()}; }

  // visit(first float of a row of a patch), in order of the patches' memory: a row is KW * C floats of the image.
  template <typename Visit>
  void for_each_patch_row(size_t images, Visit visit) const {
    const size_t channels = static_cast<size_t>(input().channels), image_row = static_cast<size_t>(input().width) * channels;
    const size_t height = static_cast<size_t>(output().height), width = static_cast<size_t>(output().width);
    for (size_t image = 0; image < images; ++image) {
      for (size_t y = 0; y < height; ++y) {
        for (size_t x = 0; x < width; ++x) {
          const size_t corner = image * input().size() + y * image_row + x * channels;
          for (size_t ky = 0; ky < kernel_height_; ++ky) visit(corner + ky * image_row);
        }
      }
    }
  }

  size_t kernel_height_;
  size_t patch_row_, patch_;  // floats
};

}  // namespace

std::unique_ptr<const Layer> make_convolution(Shape input, int kernel_height, int kernel_width, int outputs) {
  return std::make_unique<Convolution>(input, kernel_height, kernel_width, outputs);
}

std::unique_ptr<const Layer> make_linear(Shape input, int outputs) {
  return make_convolution(input, input.height, input.width, outputs);
}

}  // namespace smoothgrad::training
