// Functions of one operand that an exporter wrote out in several nodes become one: x sigmoid(x), x hard-sigmoid(x),
// x (1 + erf(x / sqrt 2)) / 2 and its approximation by tanh, x tanh(softplus(x)). The nodes that are not read any more are
// dead.
#include <cmath>

#include "core/onnx/passes/makers.h"
#include "core/onnx/passes/passes.h"

namespace smoothgrad {
namespace {

// A value that is a number times another one.
struct Scaled {
  double factor;
  std::string name;
};

struct Found {
  const char* op;
  std::string operand;
  double alpha = 1;              // of Swish
  const char* approximate = "";  // of Gelu
};

bool near(double a, double b) { return std::abs(a - b) <= 1e-4 * std::abs(b); }

class Finder {
 public:
  explicit Finder(const Graph& graph) : makers_(graph) {}

  std::optional<Found> find(const std::string& root) const {
    for (const Scaled& scaled : scalings(root)) {
      const Node* product = made_by(scaled.name, "Mul");
      if (!product || product->inputs.size() != 2) continue;
      for (const size_t i : {size_t{0}, size_t{1}}) {
        if (auto found = gate(product->inputs[i], product->inputs[1 - i], scaled.factor)) return found;
      }
    }
    return std::nullopt;
  }

 private:
  const Node* made_by(const std::string& name, std::string_view op) const {
    const Node* node = makers_.of(name);
    return node && node->op == op && node->domain.empty() && !node->inputs.empty() ? node : nullptr;
  }

  // A constant number among the inputs.
  std::optional<double> number(const Node& node, size_t i) const {
    const Constant* constant = makers_.read(node).constant(i);
    if (!constant || constant->integer || constant->size() != 1 || constant->dims.size() > 1) return std::nullopt;
    return constant->floats[0];
  }

  // The value itself, and what it is a multiple of.
  std::vector<Scaled> scalings(const std::string& name) const {
    std::vector<Scaled> found = {{1, name}};
    for (;;) {
      const auto [factor, inner] = found.back();
      if (const Node* product = made_by(inner, "Mul"); product && product->inputs.size() == 2) {
        if (const auto left = number(*product, 0)) {
          found.push_back({factor * *left, product->inputs[1]});
          continue;
        }
        if (const auto right = number(*product, 1)) {
          found.push_back({factor * *right, product->inputs[0]});
          continue;
        }
      }
      const Node* quotient = made_by(inner, "Div");
      const auto divisor = quotient && quotient->inputs.size() == 2 ? number(*quotient, 1) : std::nullopt;
      if (!divisor || *divisor == 0) return found;
      found.push_back({factor / *divisor, quotient->inputs[0]});
    }
  }

  // How often x the value is; nothing where it is no multiple.
  std::optional<double> multiple(const std::string& name, const std::string& x) const {
    for (const Scaled& scaled : scalings(name)) {
      if (scaled.name == x) return scaled.factor;
    }
    return std::nullopt;
  }

  // The other operand of a sum with that number.
  const std::string* beside(const std::string& name, double number_wanted) const {
    const Node* sum = made_by(name, "Add");
    if (!sum || sum->inputs.size() != 2) return nullptr;
    for (const size_t i : {size_t{0}, size_t{1}}) {
      const auto found = number(*sum, i);
      if (found && near(*found, number_wanted)) return &sum->inputs[1 - i];
    }
    return nullptr;
  }

  bool is_cube(const std::string& name, const std::string& x) const {
    if (const Node* power = made_by(name, "Pow"); power && power->inputs[0] == x) {
      const auto exponent = number(*power, 1);
      return exponent && *exponent == 3;
    }
    const Node* product = made_by(name, "Mul");
    for (size_t i = 0; product && i < product->inputs.size(); ++i) {
      const Node* square = made_by(product->inputs[i], "Mul");
      if (product->inputs[1 - i] == x && square && square->inputs == std::vector<std::string>{x, x}) return true;
    }
    return false;
  }

  // sqrt(2 / pi) (x + 0.044715 x^3)
  bool is_tanh_argument(const std::string& name, const std::string& x) const {
    for (const Scaled& scaled : scalings(name)) {
      const Node* sum = made_by(scaled.name, "Add");
      if (!sum || sum->inputs.size() != 2 || !near(scaled.factor, 0.7978845608)) continue;
      for (const size_t i : {size_t{0}, size_t{1}}) {
        if (sum->inputs[i] != x) continue;
        for (const Scaled& cubic : scalings(sum->inputs[1 - i])) {
          if (near(cubic.factor, 0.044715) && is_cube(cubic.name, x)) return true;
        }
      }
    }
    return false;
  }

  bool is_clip_0_6(const Node& clip) const {
    const NodeReader reader = makers_.read(clip);
    const auto bound = [&](const char* name, size_t i, float absent) -> double {
      return reader.has(i) ? number(clip, i).value_or(-1) : static_cast<double>(reader.real(name, absent));
    };
    return bound("min", 1, -1) == 0 && bound("max", 2, -1) == 6;
  }

  // factor * (multiple of x) * f(x), for an f that makes a known function of it.
  std::optional<Found> gate(const std::string& linear, const std::string& function, double factor) const {
    for (const Scaled& x : scalings(linear)) {
      for (const Scaled& f : scalings(function)) {
        if (auto found = known(x.name, f.name, factor * x.factor * f.factor)) return found;
      }
    }
    return std::nullopt;
  }

  std::optional<Found> known(const std::string& x, const std::string& f, double factor) const {
    if (const Node* sigmoid = made_by(f, "Sigmoid"); sigmoid && near(factor, 1)) {
      if (const auto alpha = multiple(sigmoid->inputs[0], x)) return Found{"Swish", x, *alpha};
    }
    if (const Node* gate = made_by(f, "HardSigmoid"); gate && gate->inputs[0] == x && near(factor, 1)) {
      const NodeReader reader = makers_.read(*gate);
      if (near(reader.real("alpha", 0.2f), 1 / 6.) && reader.real("beta", 0.5f) == 0.5f) return Found{"HardSwish", x};
    }
    if (const Node* clip = made_by(f, "Clip"); clip && near(factor, 1 / 6.) && is_clip_0_6(*clip)) {
      const std::string* shifted = beside(clip->inputs[0], 3);
      if (shifted && *shifted == x) return Found{"HardSwish", x};
    }
    if (const Node* tanh = made_by(f, "Tanh"); tanh && near(factor, 1)) {
      const Node* softplus = made_by(tanh->inputs[0], "Softplus");
      if (softplus && softplus->inputs[0] == x) return Found{"Mish", x};
    }
    const std::string* inner = near(factor, 0.5) ? beside(f, 1) : nullptr;
    if (!inner) return std::nullopt;
    if (const Node* erf = made_by(*inner, "Erf")) {
      const auto scale = multiple(erf->inputs[0], x);
      if (scale && near(*scale, 0.7071067812)) return Found{"Gelu", x};
    }
    const Node* tanh = made_by(*inner, "Tanh");
    if (tanh && is_tanh_argument(tanh->inputs[0], x)) return Found{"Gelu", x, 1, "tanh"};
    return std::nullopt;
  }

  Makers makers_;
};

}  // namespace

void merge_functions(Graph& graph) {
  std::vector<std::optional<Found>> found;
  const Finder finder(graph);
  for (const Node& node : graph.nodes) {
    const bool product = (node.op == "Mul" || node.op == "Div") && node.domain.empty() && node.outputs.size() == 1;
    found.push_back(product ? finder.find(node.outputs[0]) : std::nullopt);
  }
  for (size_t i = 0; i < found.size(); ++i) {
    if (!found[i]) continue;
    Node& node = graph.nodes[i];
    node.op = found[i]->op;
    node.inputs = {found[i]->operand};
    node.attributes.clear();
    if (found[i]->alpha != 1) node.attributes["alpha"].f = static_cast<float>(found[i]->alpha);
    if (*found[i]->approximate) node.attributes["approximate"].s = found[i]->approximate;
  }
}

}  // namespace smoothgrad
