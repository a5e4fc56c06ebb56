#include "core/attribution/baseline.h"

#include <algorithm>

#include "core/image/blur.h"
#include "core/names.h"

namespace smoothgrad {
namespace {

constexpr NamedEntry kBaselines[] = {{"zero", "Zero (mid-grey)"}, {"black", "Black"}, {"blurred", "Blurred photo"}};

std::vector<float> black(const Preprocessing& preprocessing) {
  const size_t channels = static_cast<size_t>(preprocessing.crop.channels);
  std::vector<float> tensor(preprocessing.crop.size());
  for (size_t i = 0; i < tensor.size(); ++i) tensor[i] = -preprocessing.mean[i % channels] / preprocessing.std[i % channels];
  return tensor;
}

}  // namespace

std::span<const NamedEntry> baselines() { return kBaselines; }

std::vector<float> make_baseline(std::string_view name, std::span<const float> input, const Preprocessing& preprocessing) {
  find_named(baselines(), name, "baseline");
  if (name == "black") return black(preprocessing);
  if (name == "zero") return std::vector<float>(input.size(), 0.f);
  const Shape shape = preprocessing.crop;
  return gaussian_blur({input.data(), shape}, std::min(shape.height, shape.width) / 16.0);
}

}  // namespace smoothgrad
