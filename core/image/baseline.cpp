#include "core/image/baseline.h"

#include <algorithm>

#include "core/base/blur.h"
#include "core/base/names.h"

namespace smoothgrad {
namespace {

std::vector<float> zero(std::span<const float> input, const Preprocessing&) { return std::vector<float>(input.size(), 0.f); }

std::vector<float> black(std::span<const float>, const Preprocessing& preprocessing) {
  const size_t channels = static_cast<size_t>(preprocessing.crop.channels);
  std::vector<float> tensor(preprocessing.crop.size());
  for (size_t i = 0; i < tensor.size(); ++i) tensor[i] = -preprocessing.mean[i % channels] / preprocessing.std[i % channels];
  return tensor;
}

std::vector<float> blurred(std::span<const float> input, const Preprocessing& preprocessing) {
  const Shape shape = preprocessing.crop;
  return gaussian_blur({input.data(), shape}, std::min(shape.height, shape.width) / 16.0);
}

constexpr Baseline kBaselines[] = {
    {"zero", "Zero (mid-grey)", zero}, {"black", "Black", black}, {"blurred", "Blurred photo", blurred}};

}  // namespace

std::span<const Baseline> baselines() { return kBaselines; }

std::vector<float> make_baseline(std::string_view name, std::span<const float> input, const Preprocessing& preprocessing) {
  return find_named(baselines(), name, "baseline").make(input, preprocessing);
}

}  // namespace smoothgrad
