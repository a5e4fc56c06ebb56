// Saved runs: what is read is the same when it is saved again, and is merged with a run of the same photo, once.
#include <new>
#include <optional>
#include <vector>

#include "core/attribution/saved_run.h"
#include "core/base/error.h"
#include "tests/fuzz/targets.h"

namespace smoothgrad::fuzz {
namespace {

bool is_merged(SavedRun& run, const SavedRun& other) {
  try {
    merge_saved_run(run, other, 3);
    return true;
  } catch (const Error&) {
    return false;
  }
}

// Samples 0 to 2 of a run, of which other ones are in the file.
SavedRun own_run(const SavedRun& other) {
  SavedRun run{other.identity, {{0, 3}}, Statistics(other.statistics.size())};
  const std::vector<float> sample(run.statistics.size(), 0.5f);
  for (int k = 0; k < 3; ++k) run.statistics.add(sample);
  return run;
}

int64_t samples_of(const SavedRun& run) {
  int64_t samples = 0;
  for (const SampleRange& range : run.ranges) samples += range.end - range.first;
  return samples;
}

}  // namespace

void read_run(std::span<const std::byte> bytes) {
  try {
    const SavedRun run = read_saved_run(bytes);
    const std::vector<std::byte> saved = write_saved_run(run);
    if (write_saved_run(read_saved_run(saved)) != saved) throw FaultFound("a run that is saved again is another one");
    SavedRun sum = own_run(run);
    if (!is_merged(sum, run)) return;
    if (samples_of(sum) != sum.statistics.count()) throw FaultFound("the samples are not those of the ranges");
    if (is_merged(sum, run) && run.statistics.count() > 0) throw FaultFound("samples were added twice");
    std::vector<float> map(sum.statistics.size());
    sum.statistics.write_mean(map);
    sum.statistics.write_standard_error(map);
    sum.statistics.write_variance(map);
    sum.statistics.write_half_mean(false, map);
    sum.statistics.relative_error();
    sum.statistics.corrected_error();
  } catch (const Error&) {
  } catch (const std::bad_alloc&) {
  }
}

}  // namespace smoothgrad::fuzz
