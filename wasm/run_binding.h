// A running map of any method, as JavaScript sees it.
#pragma once

#include "core/base/stopwatch.h"
#include "wasm/options_binding.h"

namespace smoothgrad {

class BoundRun {
 public:
  virtual ~BoundRun() = default;

  virtual bool step() = 0;  // false when done
  virtual void stop() = 0;  // frees what step() needs; it goes on all the same
  // {done, samples, ownSamples, goal, unit, elapsedMs, ...}: samples are whatever the unit says
  virtual val progress() = 0;
  // {channels, magnitude, window, reduction?}, where it has such choices -> [H, W]
  virtual val map(const val& options) = 0;
  virtual bool is_signed(const val& options) const = 0;  // whether values below 0 of that map mean something
};

// A run that is not sampled; its map knows no options.
class ReferenceRun final : public BoundRun {
 public:
  ReferenceRun(const Model& model, std::vector<float> input, const Method& method, const val& options) : unit_(method.unit) {
    const MapRunOptions own = read_map_run_options(model, input, method, options);
    run_ = method.make(model.network(), std::move(input), own);
  }

  bool step() override {
    return guarded([&] {
      stopwatch_.start();
      const bool more = run_->step();
      stopwatch_.stop();
      return more;
    });
  }
  void stop() override {}
  val progress() override {
    Object progress;
    progress.set("done", run_->done() >= run_->goal());
    progress.set("samples", static_cast<double>(run_->done()));
    progress.set("ownSamples", static_cast<double>(run_->done()));
    progress.set("goal", static_cast<double>(run_->goal()));
    progress.set("unit", unit_);
    progress.set("elapsedMs", stopwatch_.elapsed_ms());
    return progress;
  }
  val map(const val&) override {
    return guarded([&] { return copy_out<float>(run_->map()); });
  }
  bool is_signed(const val&) const override { return run_->is_signed(); }

 private:
  std::string_view unit_;
  std::unique_ptr<MapRun> run_;
  Stopwatch stopwatch_;
};

}  // namespace smoothgrad
