// A network compiled for input gradients: batch-norm folded, activations fused, shapes inferred, weights packed.
// Immutable after construction and shared by all threads; everything that changes is in a Workspace.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/function_ref.h"
#include "core/base/tensor.h"
#include "core/layers/layer.h"
#include "core/network/input.h"
#include "core/onnx/graph.h"
#include "core/onnx/parse.h"
#include "core/onnx/passes/prepared.h"
#include "core/onnx/passes/tensor.h"
#include "core/onnx/summary.h"

namespace smoothgrad {

struct NetworkOptions {
  bool keep_softmax =
      false;         // explain the probability behind a final Softmax (or another ending) instead of the logit before it
  bool fuse = true;  // chains of layers into one that is faster; off, every layer is a step of its own
  int randomised_layers = 0;  // from the last down, get random weights (see randomise.h)
  uint64_t randomisation_seed = 0;
  std::string output = {};        // name or index of the output that is explained; empty: the one that is class scores
  InputSize size = {};            // see InputSize
  Ending ending = Ending::kNone;  // what makes probabilities of the scores, where the file ends with them
};

// Told while weights are packed: of how many bytes they are there, and of how many in all.
using PackingListener = FunctionRef<void(size_t packed, size_t total)>;
inline constexpr auto pack_in_silence = [](size_t, size_t) {};

class Network {
 public:
  // One layer and the values it reads; value 0 is the input, value i + 1 the output of step i.
  struct Step {
    std::string name;  // the ONNX node's, for profiles and errors
    std::unique_ptr<const Layer> layer;
    std::vector<int> inputs;
    StridedView view;  // what it leaves in memory, by ONNX's dimensions
  };

  // Throws Error(kBadModel) or Error(kUnsupportedOperator) that names the node, Error(kBadOption) for an output that is not
  // there.
  explicit Network(Graph graph, const NetworkOptions& options = {}, uint64_t digest = 0,
                   PackingListener packing = pack_in_silence);
  ~Network();
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;

  Shape input_shape() const { return input_.shape; }  // [H, W, C]
  const InputForm& input() const { return input_; }
  int classes() const { return classes_; }
  int weighted_layers() const { return weighted_layers_; }  // that can be randomised
  std::span<const Step> steps() const { return steps_; }
  const std::map<std::string, std::string>& metadata() const { return metadata_; }
  size_t weight_bytes() const { return weight_bytes_; }
  uint64_t digest() const { return digest_; }  // of file and options; 0 for a graph made in memory

  const std::string& output_name() const { return prepared_.output; }            // as the file has it
  const std::vector<std::string>& outputs() const { return prepared_.outputs; }  // all that the file has
  Ending ending() const { return prepared_.ending; }                             // what makes probabilities of the result
  Ending own_ending() const { return own_ending_; }                              // that which is in the file
  const Notes& notes() const { return prepared_.notes; }                         // what its user should know, a sentence each
  const Summary& summary() const { return summary_; }                            // of the file

 private:
  Summary summary_;
  InputForm input_;
  Prepared prepared_;
  Ending own_ending_;
  int classes_ = 0, weighted_layers_ = 0;
  std::vector<Step> steps_;
  std::map<std::string, std::string> metadata_;
  size_t weight_bytes_ = 0;
  uint64_t digest_ = 0;
};

// Parses ONNX bytes and compiles them. The bytes, and those of the files beside the model that it keeps tensors in, are freed
// before the weights are packed.
std::shared_ptr<const Network> load_network(std::vector<std::byte> onnx, const NetworkOptions& options = {},
                                            std::map<std::string, std::vector<std::byte>> files = {},
                                            PackingListener packing = pack_in_silence);

}  // namespace smoothgrad
