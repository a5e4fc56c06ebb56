#include "core/onnx/passes/choose_output.h"

#include <algorithm>
#include <set>

#include "core/base/text.h"
#include "core/onnx/passes/visit.h"

namespace smoothgrad {
namespace {

std::string list_outputs(const Graph& graph) {
  std::string names;
  for (const Graph::Port& port : graph.outputs) names += join({names.empty() ? "'" : ", '", port.name, "'"});
  return names;
}

const Graph::Port& find_output(const Graph& graph, const std::string& wanted) {
  const auto named = std::ranges::find(graph.outputs, wanted, &Graph::Port::name);
  if (named != graph.outputs.end()) return *named;
  const uint64_t index = whole_number(wanted).value_or(graph.outputs.size());
  if (index < graph.outputs.size()) return graph.outputs[static_cast<size_t>(index)];
  refuse(ErrorCode::kBadOption, {"output '", wanted, "': the model's outputs are ", list_outputs(graph),
                                 "; give a name, or a number from 0 to ", graph.outputs.size() - 1});
}

// Whether all that the value has is one row: 1 yes, -1 no, 0 not known.
int is_row(const Graph& graph, const std::string& name, const Graph::Port& port, bool itself) {
  const Dims* known = find_dims(graph, name);
  Dims dims = known ? *known : itself ? port.dims : Dims{};
  if (dims.empty()) return known ? -1 : 0;
  if (!known) dims[0] = 1;
  if (dims.size() < 2) return -1;
  const auto many = std::ranges::count_if(dims, [](int64_t dim) { return dim != 1; });
  return dims[0] == 1 && dims[1] != 1 && many == 1 ? 1 : many == 0 && dims.size() == 2 ? 1 : -1;
}

int score_of_name(std::string name) {
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  struct Hint {
    const char* part;
    int score;
  };
  constexpr Hint kHints[] = {{"aux", -8},  {"feat", -8}, {"embed", -8}, {"hidden", -8}, {"logit", 6},  {"class", 4},
                             {"score", 4}, {"prob", 4},  {"pred", 4},   {"softmax", 4}, {"output", 2}, {"label", -2}};
  for (const Hint& hint : kHints) {
    if (name.find(hint.part) != std::string::npos) return hint.score;
  }
  return 0;
}

// Everything that a value is made of.
std::set<std::string> ancestors(const Makers& makers, const std::string& name) {
  std::set<std::string> found;
  std::vector<std::string> open = {name};
  while (!open.empty()) {
    const Node* node = makers.of(open.back());
    open.pop_back();
    if (!node) continue;
    for (std::string& read : names_read(*node)) {
      if (found.insert(read).second) open.push_back(std::move(read));
    }
  }
  return found;
}

bool is_made(const Makers& makers, const std::string& name) {
  const auto is_name = [&name](const Graph::Port& port) { return port.name == name; };
  return makers.of(name) || makers.graph().constants.contains(name) || std::ranges::any_of(makers.graph().inputs, is_name);
}

}  // namespace

ChosenOutput choose_output(const Graph& graph, const std::string& wanted, Notes& notes) {
  const Makers makers(graph);
  if (!wanted.empty() || graph.outputs.size() == 1) {
    const std::string& name = wanted.empty() ? graph.outputs[0].name : find_output(graph, wanted).name;
    return {name, trace_ending(makers, name)};
  }
  std::vector<std::string> logits;
  std::vector<int> scores;
  for (const Graph::Port& port : graph.outputs) {
    const Trace trace = trace_ending(makers, port.name);
    const bool itself = trace.logits == port.name;
    int score = 40 * is_row(graph, trace.logits, port, itself) + score_of_name(port.name);
    if (!is_made(makers, port.name)) score -= 1000;
    if (trace.picks) score -= 20;
    if (itself && port.type != kUnknownType && !is_floating(port.type)) score -= 60;
    // A row of scores is a weighted sum; features mostly are what a ReLU or a mean of pixels leaves.
    const Node* maker = makers.of(trace.logits);
    if (maker && (maker->op == "Gemm" || maker->op == "Add" || maker->op == "MatMul")) score += 3;
    logits.push_back(trace.logits);
    scores.push_back(score);
  }
  // What another row is made of is features.
  for (size_t k = 0; k < logits.size(); ++k) {
    if (scores[k] <= 0) continue;
    const std::set<std::string> before = ancestors(makers, logits[k]);
    for (size_t i = 0; i < logits.size(); ++i) {
      if (logits[i] != logits[k] && before.contains(logits[i])) scores[i] -= 30;
    }
  }
  const auto best = static_cast<size_t>(std::ranges::max_element(scores) - scores.begin());
  ChosenOutput chosen = {graph.outputs[best].name, trace_ending(makers, graph.outputs[best].name)};
  // Logits and their probabilities are often given both: the latter say what becomes of the former.
  for (size_t i = 0; i < logits.size() && chosen.trace.ending == Ending::kNone; ++i) {
    if (logits[i] == logits[best]) chosen.trace.ending = trace_ending(makers, graph.outputs[i].name).ending;
  }
  notes.push_back(join({"output '", chosen.name, "' is taken for the scores, of ", list_outputs(graph)}));
  return chosen;
}

}  // namespace smoothgrad
