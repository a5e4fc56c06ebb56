#include "core/attribution/explanation.h"

#include <algorithm>
#include <numeric>

#include "core/attribution/class_scores.h"
#include "core/base/text.h"

namespace smoothgrad {
namespace {

SamplerOptions sampler_options(const Network& network, std::span<const float> input, const ExplainOptions& options) {
  SamplerOptions sampler;
  if (options.difference == Difference::kScaled) {
    sampler.scores = {score_weights(network, options.target), score_weights(network, *options.versus)};
  } else {
    sampler.scores = {score_weights(network, options.target, options.versus)};
  }
  sampler.sigma = static_cast<float>(noise_sigma(input, options));
  sampler.seed = options.seed;
  sampler.antithetic = in_pairs(options);
  if (options.clean_last) sampler.clean_sample = options.first_sample + options.samples - 1;
  sampler.steps = options.steps;
  sampler.baseline = options.baseline;
  sampler.expected_class = options.expected_class.value_or(options.target);
  sampler.lowest = options.lowest;
  sampler.highest = options.highest;
  return sampler;
}

Sampler make_sampler(const std::shared_ptr<const Network>& network, std::vector<float> input, const ExplainOptions& options) {
  check_options(*network, input, options);
  const SamplerOptions sampler = sampler_options(*network, input, options);
  return Sampler(network, std::move(input), chosen_method(options), sampler);
}

// To denoise costs as much as a sample or two: looked at after every quarter more.
int64_t look_after(int64_t samples) { return samples + std::max<int64_t>(samples / 4, 1); }

}  // namespace

Explanation::Explanation(const std::shared_ptr<const Network>& network, std::vector<float> input, const ExplainOptions& options)
    : method_(chosen_method(options)),
      first_sample_(options.first_sample),
      antithetic_(in_pairs(options)),
      sampler_(make_sampler(network, std::move(input), options)),
      shape_(network->input_shape()),
      until_relative_error_(options.until_relative_error),
      until_denoised_error_(options.until_denoised_error),
      window_([this](int64_t pass, const Term& term) { return add(pass, term); }) {
  sum_.identity = run_identity(*network, sampler_.input(), options);
  sum_.ranges = {{first_sample_, first_sample_}};  // the first is this run's own
  sum_.statistics = Statistics(size());
  if (sampler_.steps() > 1) sample_.assign(size(), 0.f);
  if (antithetic_) {
    sum_.statistics.reserve_pairs();
    partner_.reserve(size());
  }
  window_.set_goal(passes_of(options.samples));
}

// Without noise every sample is the same, so there is one.
int64_t Explanation::passes_of(int64_t samples) const { return (method_.noisy ? samples : 1) * sampler_.steps(); }

void Explanation::set_slots(size_t count) { window_.set_slots(count); }

bool Explanation::take(std::vector<Sampler::Task>& tasks, int most) {
  const auto passes = window_.take(most);
  if (!passes) return false;
  tasks.clear();
  for (int64_t pass = passes->first; pass < passes->first + passes->count; ++pass) {
    const int64_t sample = first_sample_ + pass / sampler_.steps();
    tasks.push_back({sample, static_cast<int>(pass % sampler_.steps()), &window_.term(pass)});
  }
  return true;
}

void Explanation::deliver(const Sampler::Task& task) {
  window_.deliver((task.sample - first_sample_) * sampler_.steps() + task.step);
}

bool Explanation::add(int64_t pass, const Term& term) {
  std::span<const float> sample = term.attribution;
  if (!sample_.empty()) {
    for (size_t i = 0; i < sample_.size(); ++i) sample_[i] += term.attribution[i];
    if ((pass + 1) % sampler_.steps() != 0) return true;
    sample = sample_;
  }
  const bool known = pass < known_;
  if (known) {
    partner_.assign(sample.begin(), sample.end());
  } else {
    add_sample(sample);
  }
  std::ranges::fill(sample_, 0.f);
  if (known) return true;
  sum_.keeps_class += term.keeps_class;
  sum_.out_of_range += term.out_of_range;
  sum_.score += term.score;
  return !near_enough();
}

bool Explanation::near_enough() {
  if (until_relative_error_ > 0 && sum_.statistics.relative_error() <= until_relative_error_) return true;
  if (until_denoised_error_ == 0 || sum_.statistics.count() < next_look_) return false;
  next_look_ = look_after(sum_.statistics.count());
  return std::ranges::all_of(kept_mean().denoised(),
                             [this](const Denoised& one) { return one.expected_error <= until_denoised_error_; });
}

// The halves are those of even and odd samples, or of whole antithetic pairs.
void Explanation::add_sample(std::span<const float> attribution) {
  const int64_t k = sum_.ranges[0].end++;
  sum_.statistics.add(attribution, (antithetic_ ? k / 2 : k) % 2 == 0);
  if (antithetic_) {
    if (k % 2 == 1 && !partner_.empty()) sum_.statistics.pair(partner_, attribution);
    partner_.assign(attribution.begin(), k % 2 == 0 ? attribution.end() : attribution.begin());
  }
  if (sampler_.line()) {
    sum_.attributed = std::accumulate(attribution.begin(),
                                      attribution.begin() + static_cast<ptrdiff_t>(sampler_.input().size()), sum_.attributed);
  }
}

void Explanation::extend(int64_t samples) {
  if (samples < 1) refuse(ErrorCode::kBadOption, {"samples must be a whole number of 1 or more"});
  refuse_overlap(sum_, {first_sample_, first_sample_ + samples});
  until_relative_error_ = until_denoised_error_ = 0;  // asked for more than the stop rules gave
  window_.set_goal(passes_of(samples));
}

void Explanation::end_with_sample() {
  const int64_t steps = sampler_.steps(), begun = (own_passes() + steps - 1) / steps;
  if (begun > 0) window_.set_goal(std::min(window_.goal(), begun * steps));
}

Progress Explanation::progress() const {
  const double samples = static_cast<double>(sum_.statistics.count());
  Progress progress;
  progress.done = done();
  progress.samples = sum_.statistics.count();
  progress.own_samples = own_passes() / sampler_.steps();
  progress.goal = window_.goal() / sampler_.steps();
  progress.passes = own_passes() * sampler_.scores();
  progress.relative_error = sum_.statistics.relative_error();
  progress.corrected_error = sum_.statistics.corrected_error();
  progress.keeps_class = samples > 0 ? static_cast<double>(sum_.keeps_class) / samples : 0;
  progress.out_of_range = samples > 0 ? sum_.out_of_range / samples : 0;
  if (sampler_.line() && samples > 0) {
    progress.completeness = {sum_.attributed / samples, sum_.score / samples - sampler_.baseline_score()};
  }
  return progress;
}

std::vector<float> Explanation::attribution(Reduction reduction) const {
  std::vector<float> result(size());
  switch (reduction) {
    case Reduction::kMean: statistics().write_mean(result); break;
    case Reduction::kMeanSquare: statistics().write_mean_square(result); break;
    case Reduction::kVariance: statistics().write_variance(result); break;
    case Reduction::kMeanAbsolute: statistics().write_mean_absolute(result); break;
  }
  if (method_.times_input) {
    const std::span<const float> input = sampler_.input();
    for (size_t i = 0; i < result.size(); ++i) result[i] *= input[i % input.size()];
  }
  return result;
}

std::vector<float> Explanation::standard_error() const {
  std::vector<float> result(size());
  statistics().write_standard_error(result);
  return result;
}

std::vector<float> Explanation::half_mean(bool even_half) const {
  std::vector<float> result(size());
  statistics().write_half_mean(even_half, result);
  return result;
}

KeptMean Explanation::kept_mean() const {
  const Statistics& sums = statistics();
  if (sums.count() < kFewestToDenoise) {
    refuse(ErrorCode::kBadOption, {"the denoised map needs ", kFewestToDenoise, " samples or more, not ", sums.count(),
                                   ": fewer say too little of their noise"});
  }
  check_mean(method_);
  const double even_count = static_cast<double>(sums.state().even_count);
  return {shape_,
          sums.count(),
          even_count,
          static_cast<double>(sums.count()) - even_count,
          attribution(Reduction::kMean),
          standard_error(),
          half_mean(true),
          half_mean(false)};
}

std::vector<Denoised> KeptMean::denoised() const {
  std::vector<Denoised> scores;
  for (size_t first = 0; first < mean.size(); first += shape.size()) {
    scores.push_back(denoise({{mean.data() + first, shape},
                              standard_error.data() + first,
                              even.data() + first,
                              odd.data() + first,
                              even_count,
                              odd_count}));
  }
  return scores;
}

void Explanation::merge(std::span<const std::byte> saved) {
  merge_saved_run(sum_, read_saved_run(saved), first_sample_ + window_.goal() / sampler_.steps());
}

void Explanation::resume(std::span<const std::byte> saved) {
  SavedRun run = read_saved_run(saved);
  refuse_other(sum_, run);
  if (sampler_.ends_clean()) {
    refuse(ErrorCode::kBadOption, {"a run whose last sample is without noise cannot go on from a saved one: begin it anew"});
  }
  const SampleRange own = run.ranges[0];
  if (own.first != first_sample_) {
    refuse(ErrorCode::kBadOption, {"the saved run begins with sample ", own.first, ", this one with ", first_sample_});
  }
  refuse_overlap(run, {first_sample_, first_sample_ + window_.goal() / sampler_.steps()});
  sum_.statistics.merge(run.statistics);  // of nothing so far
  std::swap(run.statistics, sum_.statistics);
  sum_ = std::move(run);
  if (antithetic_) sum_.statistics.reserve_pairs();
  known_ = (own.end - own.first) * sampler_.steps();
  // The first of a pair is not in the file by itself.
  const bool misses_partner = antithetic_ && known_ > 0 && own.end % 2 == 1;
  window_.begin_at(known_ - (misses_partner ? sampler_.steps() : 0));
  while (next_look_ < sum_.statistics.count()) next_look_ = look_after(next_look_);
  if (known_ > 0 && near_enough()) window_.set_goal(known_);
}

}  // namespace smoothgrad
