// What the import stage found out about a model.
#pragma once

#include <string>
#include <vector>

namespace smoothgrad {

using Notes = std::vector<std::string>;

enum class Ending { kNone, kSoftmax, kSigmoid };

struct Prepared {
  std::string output;                // the file's name of the output that was taken; graph.outputs[0] is what is explained
  std::vector<std::string> outputs;  // all names that the file has
  Ending ending = Ending::kNone;     // what makes probabilities of what is explained
  Notes notes;                       // what a user of the model should know, a sentence each
};

}  // namespace smoothgrad
