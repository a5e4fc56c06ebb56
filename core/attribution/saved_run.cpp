// Layout, little-endian: the magic "SMOOTHGRAD RUN 3", identity (count, then key and value as length and bytes each), ranges
// (count, pairs), keeps_class, out_of_range, score, attributed, statistics.
#include "core/attribution/saved_run.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <iterator>

#include "core/base/decimal.h"
#include "core/base/digest.h"
#include "core/base/order.h"
#include "core/base/text.h"

namespace smoothgrad {
namespace {

constexpr char kMagic[] = "SMOOTHGRAD RUN 3";
constexpr size_t kMagicSize = sizeof kMagic - 1;

class Writer {
 public:
  template <typename T>
  void number(T value) {
    append(&value, sizeof value);
  }
  void text(const std::string& value) {
    number<uint64_t>(value.size());
    append(value.data(), value.size());
  }
  void append(const void* data, size_t size) {
    const std::byte* bytes = static_cast<const std::byte*>(data);
    bytes_.insert(bytes_.end(), bytes, bytes + size);
  }
  std::vector<std::byte> take() { return std::move(bytes_); }

 private:
  std::vector<std::byte> bytes_;
};

class Reader {
 public:
  explicit Reader(std::span<const std::byte> bytes) : bytes_(bytes) {}

  template <typename T>
  T number() {
    T value;
    copy(&value, sizeof value);
    return value;
  }
  std::string text() {
    std::string value(length(1), '\0');
    copy(value.data(), value.size());
    return value;
  }
  // A count of elements that the rest of the bytes can hold.
  size_t length(size_t element_size) {
    const uint64_t count = number<uint64_t>();
    if (count > bytes_.size() / element_size) damaged();
    return static_cast<size_t>(count);
  }
  void copy(void* to, size_t size) {
    if (size > bytes_.size()) damaged();
    std::ranges::copy(bytes_.first(size), static_cast<std::byte*>(to));  // memcpy takes no null pointer, not even for nothing
    bytes_ = bytes_.subspan(size);
  }
  bool at_end() const { return bytes_.empty(); }

  [[noreturn]] static void damaged() {
    refuse(ErrorCode::kBadOption, {"these bytes are no saved run of this version, or not all of one"});
  }

 private:
  std::span<const std::byte> bytes_;
};

std::string text(SampleRange range) { return join({range.first, " to ", range.end - 1}); }

void write_doubles(Writer& writer, std::span<const double> values) { writer.append(values.data(), values.size_bytes()); }

// Every sample once, as many as were counted.
bool are_sound(const std::vector<SampleRange>& ranges, int64_t count) {
  int64_t end = 0, samples = 0;
  for (const size_t i : order_by(ranges.size(), [&](size_t a, size_t b) { return ranges[a].first < ranges[b].first; })) {
    const SampleRange& range = ranges[i];
    if (range.first < 0 || range.end < range.first) return false;
    if (range.end == range.first) continue;
    if (range.first < end) return false;
    end = range.end;
    samples += range.end - range.first;
  }
  return samples == count;
}

bool are_sound(const Statistics::State& state) {
  const auto finite = [](double value) { return std::isfinite(value); };
  const auto of_squares = [](double value) { return value >= 0 && std::isfinite(value); };
  return state.even_count >= 0 && state.even_count <= state.count && std::ranges::all_of(state.mean, finite) &&
         std::ranges::all_of(state.sum_even, finite) && std::ranges::all_of(state.m2, of_squares) &&
         std::ranges::all_of(state.sum_absolute, of_squares) && std::ranges::all_of(state.within_pairs, of_squares);
}

}  // namespace

std::map<std::string, std::string> run_identity(const Network& network, std::span<const float> input,
                                                const ExplainOptions& options) {
  const Method method = chosen_method(options);
  std::map<std::string, std::string> identity = {
      {"model", hexadecimal(network.digest())},
      {"photo", hexadecimal(digest(std::as_bytes(input)))},
      {"path", method.path == Path::kLine ? std::to_string(options.steps) + " steps" : "point"},
      {"rule", std::to_string(static_cast<int>(method.rule))},
      {"target", std::to_string(options.target)},
      {"versus", options.versus ? std::to_string(*options.versus) : "none"},
      {"difference", options.difference == Difference::kScaled ? "scaled" : "gradient"},
      {"noise", six_places(noise_sigma(input, options))},
      {"seed", std::to_string(options.seed)},
      {"antithetic pairs", in_pairs(options) ? "yes" : "no"},
  };
  if (!options.baseline.empty()) identity["baseline"] = hexadecimal(digest(std::as_bytes(std::span(options.baseline))));
  return identity;
}

void refuse_overlap(const SavedRun& run, SampleRange planned) {
  for (size_t i = 1; i < run.ranges.size(); ++i) {
    if (run.ranges[i].overlaps(planned)) {
      refuse(ErrorCode::kBadOption,
             {"samples ", text(run.ranges[i]), " are there already from a merged run, this run would compute ", text(planned)});
    }
  }
}

void refuse_other(const SavedRun& run, const SavedRun& other) {
  for (const auto& [key, value] : run.identity) {
    const auto found = other.identity.find(key);
    if (found != other.identity.end() && found->second == value) continue;
    refuse(ErrorCode::kBadOption, {"the saved run is of another ", key, ": ",
                                   found == other.identity.end() ? "none" : found->second.c_str(), ", here ", value});
  }
  if (other.identity.size() != run.identity.size())
    refuse(ErrorCode::kBadOption, {"the saved run has a baseline, this one has none"});
}

void merge_saved_run(SavedRun& run, const SavedRun& other, int64_t planned_end) {
  refuse_other(run, other);
  const SampleRange own{run.ranges[0].first, std::max(run.ranges[0].end, planned_end)};
  for (const SampleRange& theirs : other.ranges) {
    for (size_t i = 0; i < run.ranges.size(); ++i) {
      const SampleRange& ours = i == 0 ? own : run.ranges[i];
      if (theirs.overlaps(ours))
        refuse(ErrorCode::kBadOption,
               {"the saved run has samples ", text(theirs), ", this one ", text(ours), ": merge disjoint samples"});
    }
  }
  run.statistics.merge(other.statistics);
  run.keeps_class += other.keeps_class;
  run.out_of_range += other.out_of_range;
  run.score += other.score;
  run.attributed += other.attributed;
  std::ranges::copy_if(other.ranges, std::back_inserter(run.ranges), [](SampleRange range) { return range.end > range.first; });
}

std::vector<std::byte> write_saved_run(const SavedRun& run) {
  Writer writer;
  writer.append(kMagic, kMagicSize);
  writer.number<uint64_t>(run.identity.size());
  for (const auto& [key, value] : run.identity) {
    writer.text(key);
    writer.text(value);
  }
  writer.number<uint64_t>(run.ranges.size());
  for (const SampleRange& range : run.ranges) {
    writer.number(range.first);
    writer.number(range.end);
  }
  writer.number(run.keeps_class);
  for (double sum : {run.out_of_range, run.score, run.attributed}) writer.number(sum);
  const Statistics::State state = run.statistics.state();
  writer.number(state.count);
  writer.number(state.even_count);
  writer.number<uint64_t>(state.mean.size());
  for (const std::vector<double>* values : {&state.mean, &state.m2, &state.sum_absolute, &state.sum_even}) {
    write_doubles(writer, *values);
  }
  writer.number<uint64_t>(state.within_pairs.size());
  write_doubles(writer, state.within_pairs);
  return writer.take();
}

SavedRun read_saved_run(std::span<const std::byte> bytes) {
  Reader reader(bytes);
  char magic[kMagicSize];
  reader.copy(magic, kMagicSize);
  if (std::memcmp(magic, kMagic, kMagicSize) != 0) Reader::damaged();
  SavedRun run;
  for (size_t i = reader.length(16); i > 0; --i) {
    const std::string key = reader.text();
    run.identity[key] = reader.text();
  }
  run.ranges.resize(reader.length(16));
  for (SampleRange& range : run.ranges) {
    range.first = reader.number<int64_t>();
    range.end = reader.number<int64_t>();
  }
  run.keeps_class = reader.number<int64_t>();
  for (double* sum : {&run.out_of_range, &run.score, &run.attributed}) *sum = reader.number<double>();
  Statistics::State state;
  state.count = reader.number<int64_t>();
  state.even_count = reader.number<int64_t>();
  const size_t size = reader.length(4 * sizeof(double));
  for (std::vector<double>* values : {&state.mean, &state.m2, &state.sum_absolute, &state.sum_even}) {
    values->resize(size);
    reader.copy(values->data(), size * sizeof(double));
  }
  const size_t paired = reader.length(sizeof(double));
  if (paired != 0 && paired != size) Reader::damaged();
  state.within_pairs.resize(paired);
  reader.copy(state.within_pairs.data(), paired * sizeof(double));
  if (!reader.at_end() || !are_sound(run.ranges, state.count) || !are_sound(state)) Reader::damaged();
  run.statistics = Statistics(std::move(state));
  return run;
}

}  // namespace smoothgrad
