// The whole C++ surface of the trainer seen from JavaScript: declares, and nothing else.
#include <emscripten/bind.h>

#include "core/training/trainer.h"
#include "core/training/write_onnx.h"
#include "wasm/convert.h"

namespace smoothgrad::training {
namespace {

Digits digits(const val& images, const val& labels) {
  Digits digits;
  digits.images = emscripten::convertJSArrayToNumberVector<uint8_t>(images);
  digits.labels = emscripten::convertJSArrayToNumberVector<uint8_t>(labels);
  return digits;
}

TrainingOptions training_options(const val& from) {
  TrainingOptions options;
  options.noise = field(from, "noise").as<double>();
  options.epochs = field(from, "epochs").as<int>();
  options.seed = field(from, "seed").as<uint64_t>();
  options.batch = field(from, "batch").as<int>();
  options.learning_rate = field(from, "learningRate").as<double>();
  return options;
}

class BoundTraining {
 public:
  BoundTraining(const val& from, const TrainingOptions& options)
      : options_(options),
        trainer_(digits(field(from, "images"), field(from, "labels")),
                 digits(field(from, "testImages"), field(from, "testLabels")), options) {}

  void start(int threads) {
    guarded([&] { trainer_.start(threads); });
  }
  bool step() {
    return guarded([&] { return trainer_.step(); });
  }
  void stop() { trainer_.stop(); }

  // {epoch, step, steps, loss, accuracy, testAccuracy?, elapsedMs, done}
  val progress() const {
    const TrainingProgress now = trainer_.progress();
    Object progress;
    progress.set("epoch", now.epoch);
    progress.set("step", static_cast<double>(now.step));
    progress.set("steps", static_cast<double>(now.steps));
    progress.set("loss", now.loss);
    progress.set("accuracy", now.accuracy);
    if (now.test_accuracy) progress.set("testAccuracy", *now.test_accuracy);
    progress.set("elapsedMs", now.elapsed_ms);
    progress.set("done", now.done);
    return progress;
  }

  val model() const {
    return guarded([&] {
      const auto metadata = training_metadata(options_, "Digits, trained here");
      const std::vector<std::byte> onnx = write_onnx(trainer_.network(), trainer_.parameters(), metadata);
      return copy_out<uint8_t>({reinterpret_cast<const uint8_t*>(onnx.data()), onnx.size()});
    });
  }

 private:
  TrainingOptions options_;
  Trainer trainer_;
};

std::unique_ptr<BoundTraining> make_training(const val& from, const val& settings) {
  return guarded([&] { return std::make_unique<BoundTraining>(from, training_options(settings)); });
}

EMSCRIPTEN_BINDINGS(smoothgrad_trainer) {
  emscripten::class_<BoundTraining>("Training")
      .function("start", &BoundTraining::start)
      .function("step", &BoundTraining::step)
      .function("stop", &BoundTraining::stop)
      .function("progress", &BoundTraining::progress)
      .function("model", &BoundTraining::model);
  emscripten::function("makeTraining", &make_training);
}

}  // namespace
}  // namespace smoothgrad::training
