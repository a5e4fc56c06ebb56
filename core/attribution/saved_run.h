// A run as bytes: what was computed (for comparison), which samples, and their statistics.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/attribution/explain_options.h"
#include "core/attribution/statistics.h"

namespace smoothgrad {

struct SampleRange {
  int64_t first = 0, end = 0;  // first <= k < end

  bool overlaps(const SampleRange& other) const { return first < other.end && other.first < end; }
};

struct SavedRun {
  std::map<std::string, std::string> identity;  // everything on which the attribution of sample k depends
  std::vector<SampleRange> ranges;              // the first is of the run's own samples, the others of merged ones
  Statistics statistics;
  int64_t keeps_class = 0;  // samples
  double out_of_range = 0;  // sum over samples of the share
  double score = 0;         // sum over samples
  double attributed = 0;    // sum over samples of all elements of their attribution; of lines
};

// Model, input and options; equal exactly when two runs may be merged.
std::map<std::string, std::string> run_identity(const Network& network, std::span<const float> input,
                                                const ExplainOptions& options);

// Throws Error(kBadOption) if the other run is of another model, input or options.
void refuse_other(const SavedRun& run, const SavedRun& other);

// Throws Error(kBadOption) if samples of merged runs are among those the run is going to compute itself.
void refuse_overlap(const SavedRun& run, SampleRange planned);

// Adds the samples of `other`. Throws Error(kBadOption), and changes nothing, when the identities differ or samples are in
// both; planned_end: up to which the run's own samples are going to be computed.
void merge_saved_run(SavedRun& run, const SavedRun& other, int64_t planned_end);

std::vector<std::byte> write_saved_run(const SavedRun& run);
SavedRun read_saved_run(std::span<const std::byte> bytes);  // throws Error(kBadOption) when it is none, or cut short

}  // namespace smoothgrad
