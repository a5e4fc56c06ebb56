// Einsum of one or two operands, each letter once an operand: transposed, summed, and multiplied as matrices, [batch.., left..,
// summed..] by [batch.., summed.., right..].
// Compiled for size.
#include <algorithm>

#include "core/layers/builders.h"
#include "core/layers/matrix_product.h"
#include "core/layers/reduction.h"
#include "core/onnx/passes/equation.h"

namespace smoothgrad {
namespace {

bool holds(const std::string& letters, char letter) { return letters.find(letter) != std::string::npos; }

bool is_letter(char letter) { return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z'); }

bool has_twice(const std::string& letters) {
  for (size_t i = 0; i < letters.size(); ++i) {
    if (letters.find(letters[i], i + 1) != std::string::npos) return true;
  }
  return false;
}

void check_letters(const NodeBuilder& node, const Equation& equation, const std::string& letters) {
  const auto sign = std::ranges::find_if_not(letters, is_letter);
  if (sign != letters.end()) node.bad({"'", equation.text, "' has a '", std::string(1, *sign), "', which is no letter"});
}

Equation checked_equation(const NodeBuilder& node) {
  const Equation equation = read_equation(node.attribute_string("equation", ""));
  if (holds(equation.text, '.')) node.unsupported({"an ellipsis, in '", equation.text, "'"});
  for (const std::string& letters : equation.terms) check_letters(node, equation, letters);
  check_letters(node, equation, equation.out);
  if (std::ranges::any_of(equation.terms, has_twice)) node.unsupported({"the diagonal '", equation.text, "'"});
  const auto unknown = [&equation](char letter) {
    return std::ranges::none_of(equation.terms, [letter](const std::string& term) { return holds(term, letter); });
  };
  if (has_twice(equation.out) || std::ranges::any_of(equation.out, unknown)) {
    node.bad({"'", equation.text, "' has no result"});
  }
  return equation;
}

// A value and what its axes are called.
struct Lettered {
  Value value;
  std::string letters;
};

// What a letter stands for must be of one size, or of 1 in one operand.
void check_sizes(const NodeBuilder& node, const Lettered& a, const Lettered& b) {
  for (size_t axis = 0; axis < a.letters.size(); ++axis) {
    const size_t other = b.letters.find(a.letters[axis]);
    if (other == std::string::npos) continue;
    const int64_t left = a.value.dims()[axis], right = b.value.dims()[other];
    if (left == right || left == 1 || right == 1) continue;
    node.bad({"'", a.letters.substr(axis, 1), "' is of ", left, " elements in ", show(a.value.dims()), " and of ", right,
              " in ", show(b.value.dims())});
  }
}

// Axes in the order of these letters; all others are summed before.
Value arranged(NodeBuilder& node, Lettered given, const std::string& letters) {
  std::vector<size_t> surplus;
  for (size_t axis = 0; axis < given.letters.size(); ++axis) {
    if (!holds(letters, given.letters[axis])) surplus.push_back(axis);
  }
  if (!surplus.empty()) given.value = summed(node, given.value, surplus);
  std::erase_if(given.letters, [&](char letter) { return !holds(letters, letter); });
  std::vector<size_t> axes;
  for (char letter : letters) axes.push_back(given.letters.find(letter));
  return {given.value.id, permuted(given.value.view, axes)};
}

int64_t count(const Dims& dims, size_t first, size_t last) {
  int64_t elements = 1;
  for (size_t axis = first; axis < last; ++axis) elements *= dims[axis];
  return elements;
}

// The axes from `first` to `middle` as one, those behind as another.
Value as_matrices(NodeBuilder& node, const Value& value, size_t first, size_t middle) {
  Dims dims(value.dims().begin(), value.dims().begin() + static_cast<std::ptrdiff_t>(first));
  dims.push_back(count(value.dims(), first, middle));
  dims.push_back(count(value.dims(), middle, value.rank()));
  return reshape(node, value, dims);
}

Lettered multiplied(NodeBuilder& node, const Lettered& a, const Lettered& b, const std::string& out) {
  std::string batch, left, inner, right;
  for (char letter : a.letters) {
    const bool also = holds(b.letters, letter), kept = holds(out, letter);
    if (also || kept) (also ? kept ? batch : inner : left) += letter;
  }
  for (char letter : b.letters) {
    if (!holds(a.letters, letter) && holds(out, letter)) right += letter;
  }
  const Value first = arranged(node, a, batch + left + inner), second = arranged(node, b, batch + inner + right);
  const Value product = product_of(node, as_matrices(node, first, batch.size(), batch.size() + left.size()),
                                   as_matrices(node, second, batch.size(), batch.size() + inner.size()));
  Dims dims(product.dims().begin(), product.dims().end() - 2);
  for (size_t i = 0; i < left.size(); ++i) dims.push_back(first.dims()[batch.size() + i]);
  for (size_t i = 0; i < right.size(); ++i) dims.push_back(second.dims()[batch.size() + inner.size() + i]);
  return {reshape(node, product, dims), batch + left + right};
}

}  // namespace

void build_einsum(NodeBuilder& node) {
  const Equation equation = checked_equation(node);
  const size_t operands = static_cast<size_t>(node.input_count());
  if (operands != equation.terms.size()) node.bad({"as many operands as the equation has terms are needed"});
  if (operands > 2) node.unsupported({"more than two operands"});
  std::vector<Lettered> given;
  for (size_t k = 0; k < operands; ++k) {
    given.push_back({node.value(static_cast<int>(k)), equation.terms[k]});
    if (given[k].value.rank() != given[k].letters.size()) {
      node.bad({"'", given[k].letters, "' does not fit an input of ", show(given[k].value.dims())});
    }
  }
  if (operands == 2) check_sizes(node, given[0], given[1]);
  if (operands == 2) given[0] = multiplied(node, given[0], given[1], equation.out);
  node.alias(arranged(node, given[0], equation.out));
}

}  // namespace smoothgrad
