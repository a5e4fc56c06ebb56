// What a model's file says of its photos (smoothgrad.*, Image.*): a byte for the kind of input, then lines "key=value", a
// line's end in a value written as \r. A photo goes through what they ask for.
#include <algorithm>
#include <new>
#include <string>

#include "core/base/error.h"
#include "core/image/resize.h"
#include "core/network/input.h"
#include "tests/fuzz/targets.h"

namespace smoothgrad::fuzz {
namespace {

std::map<std::string, std::string> entries(std::string_view text) {
  std::map<std::string, std::string> found;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    const size_t equals = std::min(line.find('='), line.size());
    std::string value(line.substr(std::min(equals + 1, line.size())));
    std::ranges::replace(value, '\r', '\n');
    found[std::string(line.substr(0, equals))] = value;
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return found;
}

Graph open_graph(unsigned kind) {
  Graph graph;
  graph.opset = 17;
  graph.nodes = {{"mean", "GlobalAveragePool", {"x"}, {"y"}, {}}};
  graph.inputs = {{"x", {1, kind & 1 ? 3 : 1, kind & 2 ? -1 : 9, kind & 4 ? -1 : 7}, kind & 8 ? 2 : 1}};
  graph.outputs = {{"y", {}}};
  return graph;
}

}  // namespace

void read_metadata(std::span<const std::byte> bytes) {
  if (bytes.empty()) return;
  Graph graph = open_graph(std::to_integer<unsigned>(bytes[0]));
  graph.metadata = entries({reinterpret_cast<const char*>(bytes.data()) + 1, bytes.size() - 1});
  try {
    read_class_names(graph.metadata);
    const InputForm input = read_input(graph);
    if (input.shape.pixels() > 1 << 14) return;
    const Preprocessing preprocessing = read_preprocessing(graph.metadata, input.shape, input.levels);
    if (preprocessing.resize > 1 << 9) return;
    constexpr int kWidth = 5, kHeight = 4;
    const std::vector<uint8_t> photo(4 * kWidth * kHeight, 100);
    const std::vector<float> normalised = normalise(resize_and_crop(photo, kWidth, kHeight, preprocessing), preprocessing);
    if (normalised.size() != input.shape.size()) throw FaultFound("the photo is not of the size of the input");
  } catch (const Error&) {
  } catch (const std::bad_alloc&) {
  }
}

}  // namespace smoothgrad::fuzz
