// The equation of an Einsum: the letters of each operand's axes, and of the result's.
#pragma once

#include <string>
#include <vector>

namespace smoothgrad {

struct Equation {
  std::string text;  // without blanks
  std::vector<std::string> terms;
  std::string out;  // without an arrow: what stands once, in the order of the alphabet
};

Equation read_equation(std::string text);

}  // namespace smoothgrad
