#include "core/onnx/passes/equation.h"

#include <map>

namespace smoothgrad {

Equation read_equation(std::string text) {
  std::erase(text, ' ');
  const size_t arrow = text.find("->");
  Equation equation{text, {""}, arrow == std::string::npos ? "" : text.substr(arrow + 2)};
  std::map<char, int> times;
  for (char letter : text.substr(0, arrow)) {
    if (letter == ',')
      equation.terms.emplace_back();
    else
      equation.terms.back() += letter, ++times[letter];
  }
  for (const auto& [letter, count] : times) {
    if (arrow == std::string::npos && count == 1) equation.out += letter;
  }
  return equation;
}

}  // namespace smoothgrad
