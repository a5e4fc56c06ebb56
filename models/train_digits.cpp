// smoothgrad_train: trains one network on MNIST and writes it as ONNX; models/train.mjs runs it. Standard output is JSON, a
// line each: the progress ten times an epoch, then the score of the file that was written.
//   smoothgrad_train FOLDER OUTPUT.onnx NOISE EPOCHS SEED THREADS [TITLE]
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <thread>

#include "core/base/error.h"
#include "core/network/workspace.h"
#include "core/training/idx.h"
#include "core/training/trainer.h"
#include "core/training/write_onnx.h"

namespace smoothgrad::training {
namespace {

std::vector<std::byte> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(ErrorCode::kBadImage, path + ": there is no such file");
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  const std::span<const std::byte> bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

Digits read_mnist(const std::string& folder, const std::string& part) {
  const std::string images = folder + "/" + part + "-images-idx3-ubyte", labels = folder + "/" + part + "-labels-idx1-ubyte";
  const std::vector<std::byte> image_bytes = read_file(images), label_bytes = read_file(labels);
  return read_idx({images, image_bytes}, {labels, label_bytes});
}

template <typename Number>
Number number(const char* text, const std::string& name) {
  const std::string word = text;
  Number value{};
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc{} || end != word.data() + word.size()) {
    throw Error(ErrorCode::kBadOption, name + " must be a number, not '" + word + "'");
  }
  return value;
}

void report(const TrainingProgress& progress) {
  std::printf("{\"epoch\":%d,\"step\":%lld,\"steps\":%lld,\"loss\":%.4f,\"accuracy\":%.4f,", progress.epoch,
              static_cast<long long>(progress.step), static_cast<long long>(progress.steps), progress.loss, progress.accuracy);
  if (progress.test_accuracy) std::printf("\"testAccuracy\":%.4f,", *progress.test_accuracy);
  std::printf("\"seconds\":%.1f}\n", progress.elapsed_ms / 1000);
  std::fflush(stdout);
}

// Of the file as the engine reads it.
double file_accuracy(std::span<const std::byte> onnx, const Digits& digits) {
  smoothgrad::Workspace workspace(load_network({onnx.begin(), onnx.end()}));
  size_t correct = 0;
  for (size_t image = 0; image < digits.size(); ++image) {
    const std::span<float> input = workspace.input();
    for (size_t i = 0; i < input.size(); ++i) input[i] = static_cast<float>(digits.images[image * input.size() + i]) / 255;
    const std::span<const float> logits = workspace.forward();
    correct += std::ranges::max_element(logits) - logits.begin() == digits.labels[image];
  }
  return static_cast<double>(correct) / static_cast<double>(digits.size());
}

// Under a temporary name first: the file is there whole or not at all.
void write_whole(const std::string& path, std::span<const std::byte> bytes) {
  const std::string temporary = path + ".partial";
  std::ofstream file(temporary, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  file.close();
  std::error_code failed;
  if (file) std::filesystem::rename(temporary, path, failed);
  if (file && !failed) return;
  std::filesystem::remove(temporary, failed);
  throw Error(ErrorCode::kBadOption, path + " could not be written");
}

void train(const std::string& folder, const std::string& output, const TrainingOptions& options, int threads,
           const std::string& title) {
  const Digits test = read_mnist(folder, "t10k");
  Trainer trainer(read_mnist(folder, "train"), test, options);
  trainer.start(threads);
  TrainingProgress progress;
  for (int64_t reported = -1; !progress.done; std::this_thread::sleep_for(std::chrono::milliseconds(100))) {
    progress = trainer.progress();
    const int64_t tenth = progress.step * 10 * options.epochs / progress.steps;
    if ((tenth > reported && progress.step > 0) || progress.done) {
      report(progress);
      reported = tenth;
    }
  }
  trainer.wait();
  const std::vector<std::byte> onnx = write_onnx(trainer.network(), trainer.parameters(), training_metadata(options, title));
  write_whole(output, onnx);
  std::printf("{\"file\":true,\"bytes\":%zu,\"fileAccuracy\":%.4f,\"seconds\":%.1f}\n", onnx.size(), file_accuracy(onnx, test),
              progress.elapsed_ms / 1000);
}

}  // namespace
}  // namespace smoothgrad::training

int main(int count, char** words) {
  using namespace smoothgrad::training;
  if (count != 7 && count != 8) {
    std::fprintf(stderr, "usage: %s FOLDER OUTPUT.onnx NOISE EPOCHS SEED THREADS [TITLE]\n", words[0]);
    return 2;
  }
  try {
    TrainingOptions options;
    options.noise = number<double>(words[3], "the noise");
    options.epochs = number<int>(words[4], "the number of epochs");
    options.seed = number<uint64_t>(words[5], "the seed");
    train(words[1], words[2], options, number<int>(words[6], "the number of threads"), count == 8 ? words[7] : "digits");
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
