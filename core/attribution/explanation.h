// One explanation without threads or a clock: hands out samples to be computed, takes back what they yield, in any order, and
// adds it in order of the sample, so that the result has the same bits whoever computed what. For one thread at a time; lanes.h
// has the threads.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/attribution/explain_options.h"
#include "core/attribution/reorder_window.h"
#include "core/attribution/sampler.h"
#include "core/attribution/saved_run.h"
#include "core/denoise/denoise.h"

namespace smoothgrad {

// Of the line of Integrated Gradients: the attribution adds up to the rise of the score along it, but for the quadrature.
struct Completeness {
  double sum = 0;         // of all elements of the mean attribution
  double difference = 0;  // mean over the samples of S(x + e_k) - S(x')
};

struct Progress {
  bool done = false;
  int64_t samples = 0;                             // added so far
  int64_t own_samples = 0;                         // of them, those of this run: all but the merged ones
  int64_t goal = 0;                                // own samples wanted
  int64_t passes = 0;                              // forward + backward passes so far (samples x steps for line methods)
  double relative_error = 0, corrected_error = 0;  // as in Statistics
  double keeps_class = 0;                          // share of the samples of which the expected class has the highest score
  double out_of_range = 0;                         // share of the elements of the noisy inputs that no photo can have
  std::optional<Completeness> completeness;        // of line methods; of the target alone where the difference is scaled
};

// The mean of the samples so far with what is known of its noise; of the target, and where the difference is scaled of versus.
struct KeptMean {
  Shape shape;
  int64_t samples = 0;
  double even_count = 0, odd_count = 0;
  std::vector<float> mean, standard_error, even, odd;  // [scores, H, W, C]

  std::vector<Denoised> denoised() const;  // of each score
};

class Explanation {
 public:
  // input: the normalised image, [H, W, C]. Throws Error(kBadOption) naming the option.
  Explanation(const std::shared_ptr<const Network>& network, std::vector<float> input, const ExplainOptions& options);
  Explanation(const Explanation&) = delete;
  Explanation& operator=(const Explanation&) = delete;

  // The door for whoever computes terms, by the sampler or by anything else that yields what Term says of (sample, step). What
  // is taken must be delivered, each task once its term is written; a term has its place until then.
  void set_slots(size_t count);  // terms between take() and being added, when nobody holds a task: those are handed out again
  // Replaces the tasks by the next `most`, or those that are left; false where they have no room before others are delivered,
  // or all are handed out.
  bool take(std::vector<Sampler::Task>& tasks, int most);
  void deliver(const Sampler::Task& task);
  bool handed_out() const { return window_.handed_out(); }
  bool done() const { return window_.consumed() >= window_.goal(); }

  void extend(int64_t samples);  // a new total, larger or smaller than before; no stop rule counts from then on
  void end_with_sample();        // no sample after the one that is being added; not before the first

  const Sampler& sampler() const { return sampler_; }
  const Method& method() const { return method_; }
  Progress progress() const;
  const Statistics& statistics() const { return sum_.statistics; }
  // [H, W, C]: the method's reduction, or another one of the same samples; times x where the method says so. Where the
  // difference is scaled, [2, H, W, C]: the target's and versus's.
  std::vector<float> attribution() const { return attribution(method_.reduction); }
  std::vector<float> attribution(Reduction reduction) const;
  std::vector<float> standard_error() const;
  std::vector<float> half_mean(bool even_half) const;  // the mean of every other sample
  // What can be denoised (core/denoise): a copy, so that nobody who adds samples waits for that. Throws Error(kBadOption) below
  // kFewestToDenoise samples, and on a method whose result is no mean of samples.
  KeptMean kept_mean() const;

  // The statistics so far, with all that is needed to merge them with those of other samples of the same run.
  std::vector<std::byte> save() const { return write_saved_run(sum_); }
  // Adds the samples of a saved run. Throws Error(kBadOption) when it is of another model, photo or option, or when it has
  // samples that this run has or is going to compute.
  void merge(std::span<const std::byte> saved);
  // Goes on behind the own samples of a saved run, merged ones included, to the same bits as without a break; before any is
  // taken. Throws Error(kBadOption), and changes nothing, when the run is of another model, photo, option or first sample, and
  // where the last sample is without noise: which one that was is not in the file.
  void resume(std::span<const std::byte> saved);

 private:
  int64_t passes_of(int64_t samples) const;
  int64_t own_passes() const { return std::max(window_.consumed(), known_); }
  size_t size() const { return sampler_.input().size() * static_cast<size_t>(sampler_.scores()); }  // of an attribution
  bool add(int64_t pass, const Term& term);
  bool near_enough();  // a stop rule is fulfilled
  void add_sample(std::span<const float> attribution);

  const Method method_;
  const int64_t first_sample_;
  const bool antithetic_;
  const Sampler sampler_;
  const Shape shape_;  // of the input
  double until_relative_error_, until_denoised_error_;
  int64_t next_look_ = kFewestToDenoise;  // samples at which the denoised error is looked at next
  ReorderWindow window_;                  // numbers are passes: steps() for each sample
  SavedRun sum_;                          // of all samples that were added, those of merged runs too
  std::vector<float> sample_;             // the terms so far of the sample that is being added; empty where it has one
  std::vector<float> partner_;            // the first of an antithetic pair, until the second comes
  int64_t known_ = 0;  // passes that are in the sum; those beyond the window's are taken for the partner alone
};

}  // namespace smoothgrad
