// Compiled for speed.
#include "core/training/training_run.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <string>

#include "core/base/error.h"
#include "core/base/noise.h"
#include "core/training/randomness.h"

namespace smoothgrad::training {
namespace {

constexpr size_t kTestedAtOnce = 512;  // images
constexpr double kKept = 0.9;          // of the running means, a batch

void check_options(const TrainingOptions& options) {
  const auto refuse = [](const char* what) { throw Error(ErrorCode::kBadOption, what); };
  if (!(options.noise >= 0 && options.noise <= 10)) refuse("noise must be from 0 to 10 times the range of values");
  if (options.epochs < 1) refuse("epochs must be a whole number of 1 or more");
  if (options.batch < 1) refuse("batch must be a whole number of 1 or more");
  if (!(options.learning_rate > 0 && options.learning_rate <= 1)) refuse("the learning rate must be above 0 and at most 1");
}

void check_digits(const Digits& digits, const NetworkSize& size, const std::string& name) {
  const auto bad = [&](const std::string& what) { throw Error(ErrorCode::kBadImage, name + ": " + what); };
  if (digits.shape != size.image) {
    bad("images of " + std::to_string(digits.shape.height) + " x " + std::to_string(digits.shape.width) +
        ", but the network's are " + std::to_string(size.image.height) + " x " + std::to_string(size.image.width));
  }
  if (digits.images.size() != digits.size() * size.image.size()) {
    bad(std::to_string(digits.images.size()) + " bytes are not " + std::to_string(digits.size()) + " images of " +
        std::to_string(size.image.height) + " x " + std::to_string(size.image.width));
  }
  const auto wrong = std::ranges::find_if(digits.labels, [&](uint8_t label) { return label >= size.classes; });
  if (wrong != digits.labels.end()) {
    bad("label " + std::to_string(wrong - digits.labels.begin()) + " is " + std::to_string(*wrong) + ", not 0 to " +
        std::to_string(size.classes - 1));
  }
}

// Levels 0 to 255 -> 0 to 1
void fill_image(const Digits& digits, size_t image, std::span<float> out) {
  const uint8_t* levels = digits.images.data() + image * out.size();
  for (size_t i = 0; i < out.size(); ++i) out[i] = static_cast<float>(levels[i]) / 255;
}

}  // namespace

void RunningMean::add(double value) {
  sum_ = kKept * sum_ + (1 - kKept) * value;
  weight_ = kKept * weight_ + (1 - kKept);
}

double RunningMean::value() const { return weight_ > 0 ? sum_ / weight_ : 0; }

TrainingRun::TrainingRun(Digits training, Digits test, const TrainingOptions& options, const NetworkSize& size)
    : training_(std::move(training)),
      test_(std::move(test)),
      options_(options),
      network_(size),
      batch_(std::min(static_cast<size_t>(std::max(options.batch, 1)), training_.size())),
      shard_images_((batch_ + kShards - 1) / kShards),
      parameters_(network_.initial_parameters(options.seed)),
      gradient_(parameters_.size()),
      adam_(parameters_.size()),
      order_(training_.size()) {
  check_options(options_);
  check_digits(training_, size, "the training digits");
  check_digits(test_, size, "the test digits");
  if (training_.size() == 0) throw Error(ErrorCode::kBadImage, "there are no training digits");
  for (Shard& shard : shards_) shard.gradient.resize(parameters_.size());
  progress_.steps = static_cast<int64_t>((training_.size() + batch_ - 1) / batch_) * options_.epochs;
  begin_epoch();
}

void TrainingRun::begin_epoch() {
  std::vector<float> keys(training_.size());
  standard_normal(options_.seed, kFirstShuffle + static_cast<uint64_t>(progress_.epoch), keys);
  std::iota(order_.begin(), order_.end(), 0u);
  std::ranges::sort(order_, [&](uint32_t a, uint32_t b) { return std::pair(keys[a], a) < std::pair(keys[b], b); });
  job_ = {false, 0, batch_};
}

void TrainingRun::work_on(size_t index, Workspace& workspace) {
  Shard& shard = shards_[index];
  shard.score = {};
  const size_t begin = job_.first + job_.count * index / kShards, end = job_.first + job_.count * (index + 1) / kShards;
  if (!job_.testing) return learn(shard, workspace, begin, end - begin);
  for (size_t first = begin; first < end; first += shard_images_) {
    shard.score += test(workspace, first, std::min(shard_images_, end - first));
  }
}

// As many images as there is room for in the workspace, or fewer.
void TrainingRun::learn(Shard& shard, Workspace& workspace, size_t first, size_t images) const {
  if (images == 0) {
    std::ranges::fill(shard.gradient, 0.f);
    return;
  }
  const size_t size = training_.shape.size();
  std::vector<float> normals(options_.noise > 0 ? size : 0);
  std::vector<uint8_t> labels(images);
  for (size_t i = 0; i < images; ++i) {
    const uint32_t image = order_[first + i];
    const std::span<float> input = workspace.input(images).subspan(i * size, size);
    fill_image(training_, image, input);
    labels[i] = training_.labels[image];
    standard_normal(options_.seed, static_cast<uint64_t>(progress_.epoch) * training_.size() + image, normals);
    for (size_t k = 0; k < normals.size(); ++k) input[k] += static_cast<float>(options_.noise) * normals[k];
  }
  shard.score = softmax_cross_entropy(workspace.forward(images, parameters_), labels, 1.f / static_cast<float>(job_.count));
  workspace.backward(images, parameters_, shard.gradient);
}

Score TrainingRun::test(Workspace& workspace, size_t first, size_t images) const {
  const size_t size = test_.shape.size();
  for (size_t i = 0; i < images; ++i) fill_image(test_, first + i, workspace.input(images).subspan(i * size, size));
  return softmax_cross_entropy(workspace.forward(images, parameters_), std::span(test_.labels).subspan(first, images), 0);
}

void TrainingRun::finish_job() {
  Score score;
  for (const Shard& shard : shards_) score += shard.score;
  if (job_.testing) {
    tested_correct_ += score.correct;
  } else {
    take_step();
    loss_.add(score.loss / static_cast<double>(job_.count));
    accuracy_.add(static_cast<double>(score.correct) / static_cast<double>(job_.count));
    progress_.loss = loss_.value();
    progress_.accuracy = accuracy_.value();
  }
  next_job();
}

void TrainingRun::take_step() {
  gradient_ = shards_[0].gradient;
  for (size_t s = 1; s < kShards; ++s) {
    const float* part = shards_[s].gradient.data();
    for (size_t i = 0; i < gradient_.size(); ++i) gradient_[i] += part[i];
  }
  const double share = static_cast<double>(progress_.step) / static_cast<double>(progress_.steps);
  adam_.step(parameters_, gradient_, options_.learning_rate * (1 + std::cos(std::numbers::pi * share)) / 2);
  ++progress_.step;
}

void TrainingRun::next_job() {
  const size_t total = job_.testing ? test_.size() : training_.size();
  job_.first += job_.count;
  job_.count = std::min(job_.testing ? kTestedAtOnce : batch_, total - job_.first);
  if (job_.count > 0) return;
  if (!job_.testing && test_.size() > 0) {
    tested_correct_ = 0;
    job_ = {true, 0, std::min(kTestedAtOnce, test_.size())};
    return;
  }
  if (job_.testing) progress_.test_accuracy = static_cast<double>(tested_correct_) / static_cast<double>(test_.size());
  progress_.done = ++progress_.epoch == options_.epochs;
  if (!progress_.done) begin_epoch();
}

}  // namespace smoothgrad::training
