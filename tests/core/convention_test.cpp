// The conventions of other tools, each against its own arithmetic written down here, given the same noise.
#include "core/attribution/convention.h"

#include <catch_amalgamated.hpp>
#include <cmath>

#include "core/image/render.h"
#include "tests/core/smooth_network.h"

namespace smoothgrad {
namespace {

using namespace test;

struct Given {
  std::shared_ptr<const Network> network = smooth_network();
  std::vector<float> input = random_floats(network->input_shape().size(), 9);
  Workspace workspace{network};

  // Gradients of n samples at x + sigma e_k.
  std::vector<std::vector<float>> gradients(int n, double level) {
    std::vector<std::vector<float>> samples;
    for (int k = 0; k < n; ++k) {
      samples.push_back(gradient_at(workspace, noisy(input, network->input_shape(), level, 5, static_cast<uint64_t>(k)), 2));
    }
    return samples;
  }

  double range() const {
    const auto [lowest, highest] = std::ranges::minmax(input);
    return static_cast<double>(highest) - lowest;
  }

  std::vector<float> by_engine(const char* name) {
    const Convention& convention = find_convention(name);
    ExplainOptions options = options_of("smoothgrad", 2, convention.samples);
    options.noise = convention.noise;
    options.sigma = convention.sigma;
    options.clean_last = convention.clean_last;
    Run run(network, input, options);
    finish(run);
    return run.attribution(find_reduction(convention.reduction));
  }
};

// mean over samples of f(gradient), element by element
template <typename Function>
std::vector<float> mean_of(const std::vector<std::vector<float>>& samples, Function f) {
  std::vector<float> mean(samples[0].size());
  for (size_t i = 0; i < mean.size(); ++i) {
    double sum = 0;
    for (const std::vector<float>& sample : samples) sum += f(static_cast<double>(sample[i]));
    mean[i] = static_cast<float>(sum / static_cast<double>(samples.size()));
  }
  return mean;
}

// Grey levels, 0 to 255, of a map as the tool draws it.
std::vector<uint8_t> drawn_by(const char* name, const std::vector<float>& attribution, Shape shape) {
  const Convention& convention = find_convention(name);
  RenderOptions options;
  options.percentile = convention.percentile;
  options.from_lowest = convention.from_lowest;
  const auto map = reduce_channels({attribution.data(), shape}, find_channel_reduction(convention.channels));
  const auto rgba = render({map.data(), {shape.height, shape.width, 1}}, {}, options);
  std::vector<uint8_t> grey(shape.pixels());
  for (size_t p = 0; p < grey.size(); ++p) grey[p] = rgba[4 * p];
  return grey;
}

const auto kItself = [](double g) { return g; };
const auto kAbsolute = [](double g) { return std::abs(g); };

TEST_CASE("paper: the mean of 50 gradients at 15 % noise", "[convention]") {
  Given given;
  CHECK(relative_error(given.by_engine("paper"), mean_of(given.gradients(50, 0.15), kItself)) < 1e-5);
}

TEST_CASE("pair: stdev = .15 (max - min), total += gradient * gradient, over 25; clip((v - min) / (p99 - min), 0, 1)",
          "[convention]") {
  Given given;
  const auto square = [](double g) { return g * g; };
  const auto mean = mean_of(given.gradients(25, 0.15), square);
  const auto engine = given.by_engine("pair");
  CHECK(relative_error(engine, mean) < 1e-5);

  const Shape shape = given.network->input_shape();
  const auto drawn = drawn_by("pair", engine, shape);
  std::vector<float> sums(shape.pixels());
  for (size_t i = 0; i < mean.size(); ++i) sums[i / 3] += std::abs(mean[i]);
  const float lowest = std::ranges::min(sums), highest = percentile(sums, 99);
  for (size_t p = 0; p < sums.size(); ++p) {
    CHECK(std::abs(drawn[p] - 255 * std::clamp((sums[p] - lowest) / (highest - lowest), 0.f, 1.f)) < 1);
  }
}

TEST_CASE("captum: stdevs = 1.0, the mean of abs(gradient) over 5", "[convention]") {
  Given given;
  CHECK(relative_error(given.by_engine("captum"), mean_of(given.gradients(5, 1.0 / given.range()), kAbsolute)) < 1e-5);
}

TEST_CASE("zennit: 19 noisy samples at 10 %, then one without noise", "[convention]") {
  Given given;
  auto samples = given.gradients(19, 0.1);
  samples.push_back(gradient_at(given.workspace, given.input, 2));
  CHECK(relative_error(given.by_engine("zennit"), mean_of(samples, kItself)) < 1e-5);
}

TEST_CASE("tf-keras-vis: the mean of abs(gradient) at 20 %, largest channel, from minimum to maximum", "[convention]") {
  Given given;
  const auto mean = mean_of(given.gradients(20, 0.2), kAbsolute);
  const auto engine = given.by_engine("tf-keras-vis");
  CHECK(relative_error(engine, mean) < 1e-5);

  const Shape shape = given.network->input_shape();
  const auto drawn = drawn_by("tf-keras-vis", engine, shape);
  std::vector<float> largest(shape.pixels());
  for (size_t i = 0; i < mean.size(); ++i) largest[i / 3] = std::max(largest[i / 3], mean[i]);
  const auto [lowest, highest] = std::ranges::minmax(largest);
  for (size_t p = 0; p < largest.size(); ++p) {
    CHECK(std::abs(drawn[p] - 255 * (largest[p] - lowest) / (highest - lowest)) < 1);
  }
}

}  // namespace
}  // namespace smoothgrad
