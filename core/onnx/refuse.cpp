#include "core/onnx/refuse.h"

namespace smoothgrad {

std::string join(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) text += part;
  return text;
}

void refuse(ErrorCode code, std::initializer_list<std::string_view> parts) { throw Error(code, join(parts)); }

}  // namespace smoothgrad
