// The table of conventions has the tools' defaults as methods.md lists them, and runs of such options compute each tool's own
// arithmetic, written down here, given the same noise. Which option goes before which is for the TypeScript side to say.
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

  std::vector<float> by_engine(const ExplainOptions& options, Reduction reduction) {
    Lanes run(network, input, options);
    finish(run);
    return run.explanation()->attribution(reduction);
  }
};

ExplainOptions samples_at(int64_t samples, double noise) {
  ExplainOptions options = options_of("smoothgrad", 2, samples);
  options.noise = noise;
  return options;
}

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

// Grey levels, 0 to 255, from the lowest value to the percentile.
std::vector<uint8_t> drawn(const std::vector<float>& attribution, Shape shape, ChannelReduction channels, double percentile) {
  RenderOptions options;
  options.percentile = percentile;
  options.from_lowest = true;
  const auto map = reduce_channels({attribution.data(), shape}, channels);
  const auto rgba = render({map.data(), {shape.height, shape.width, 1}}, {}, options);
  std::vector<uint8_t> grey(shape.pixels());
  for (size_t p = 0; p < grey.size(); ++p) grey[p] = rgba[4 * p];
  return grey;
}

const auto kItself = [](double g) { return g; };
const auto kAbsolute = [](double g) { return std::abs(g); };

TEST_CASE("the table of conventions has each tool's defaults, by names of other tables", "[convention]") {
  struct Row {
    const char* name;
    int64_t samples;
    double noise, sigma;
    const char* reduction;
    bool clean_last;
    const char* channels;
    double percentile;
    bool from_lowest;
  };
  const Row rows[] = {
      {"paper", 50, 0.15, -1, "mean", false, "sum-abs", 99, false},
      {"pair", 25, 0.15, -1, "mean-square", false, "sum-abs", 99, true},
      {"captum", 5, 0, 1, "mean-absolute", false, "sum-abs", 99, false},
      {"zennit", 20, 0.1, -1, "mean", true, "sum-abs", 99, false},
      {"tf-keras-vis", 20, 0.2, -1, "mean-absolute", false, "max-abs", 100, true},
  };
  REQUIRE(conventions().size() == std::size(rows));
  for (size_t i = 0; i < std::size(rows); ++i) {
    const Convention& convention = conventions()[i];
    const Row& row = rows[i];
    INFO(row.name);
    CHECK(convention.name == row.name);
    CHECK(convention.samples == row.samples);
    CHECK(convention.noise == row.noise);
    CHECK(convention.sigma.value_or(-1) == row.sigma);
    CHECK(convention.reduction == row.reduction);
    CHECK(convention.clean_last == row.clean_last);
    CHECK(convention.channels == row.channels);
    CHECK(convention.percentile == row.percentile);
    CHECK(convention.from_lowest == row.from_lowest);
    CHECK_NOTHROW(find_reduction(convention.reduction));
    CHECK_NOTHROW(find_channel_reduction(convention.channels));
  }
}

TEST_CASE("paper: the mean of 50 gradients at 15 % noise", "[convention]") {
  Given given;
  CHECK(relative_error(given.by_engine(samples_at(50, 0.15), Reduction::kMean), mean_of(given.gradients(50, 0.15), kItself)) <
        1e-5);
}

TEST_CASE("pair: stdev = .15 (max - min), total += gradient * gradient, over 25; clip((v - min) / (p99 - min), 0, 1)",
          "[convention]") {
  Given given;
  const auto square = [](double g) { return g * g; };
  const auto mean = mean_of(given.gradients(25, 0.15), square);
  const auto engine = given.by_engine(samples_at(25, 0.15), Reduction::kMeanSquare);
  CHECK(relative_error(engine, mean) < 1e-5);

  const Shape shape = given.network->input_shape();
  const auto levels = drawn(engine, shape, ChannelReduction::kSumAbs, 99);
  std::vector<float> sums(shape.pixels());
  for (size_t i = 0; i < mean.size(); ++i) sums[i / 3] += std::abs(mean[i]);
  const float lowest = std::ranges::min(sums), highest = percentile(sums, 99);
  for (size_t p = 0; p < sums.size(); ++p) {
    CHECK(std::abs(levels[p] - 255 * std::clamp((sums[p] - lowest) / (highest - lowest), 0.f, 1.f)) < 1);
  }
}

TEST_CASE("captum: stdevs = 1.0, the mean of abs(gradient) over 5", "[convention]") {
  Given given;
  ExplainOptions options = samples_at(5, 0);
  options.sigma = 1;
  CHECK(relative_error(given.by_engine(options, Reduction::kMeanAbsolute),
                       mean_of(given.gradients(5, 1.0 / given.range()), kAbsolute)) < 1e-5);
}

TEST_CASE("zennit: 19 noisy samples at 10 %, then one without noise", "[convention]") {
  Given given;
  ExplainOptions options = samples_at(20, 0.1);
  options.clean_last = true;
  auto samples = given.gradients(19, 0.1);
  samples.push_back(gradient_at(given.workspace, given.input, 2));
  CHECK(relative_error(given.by_engine(options, Reduction::kMean), mean_of(samples, kItself)) < 1e-5);
}

TEST_CASE("tf-keras-vis: the mean of abs(gradient) at 20 %, largest channel, from minimum to maximum", "[convention]") {
  Given given;
  const auto mean = mean_of(given.gradients(20, 0.2), kAbsolute);
  const auto engine = given.by_engine(samples_at(20, 0.2), Reduction::kMeanAbsolute);
  CHECK(relative_error(engine, mean) < 1e-5);

  const Shape shape = given.network->input_shape();
  const auto levels = drawn(engine, shape, ChannelReduction::kMaxAbs, 100);
  std::vector<float> largest(shape.pixels());
  for (size_t i = 0; i < mean.size(); ++i) largest[i / 3] = std::max(largest[i / 3], mean[i]);
  const auto [lowest, highest] = std::ranges::minmax(largest);
  for (size_t p = 0; p < largest.size(); ++p) {
    CHECK(std::abs(levels[p] - 255 * (largest[p] - lowest) / (highest - lowest)) < 1);
  }
}

}  // namespace
}  // namespace smoothgrad
