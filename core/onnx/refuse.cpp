#include "core/onnx/refuse.h"

namespace smoothgrad {

std::string join(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) text += part;
  return text;
}

void refuse(ErrorCode code, std::initializer_list<std::string_view> parts) { throw Error(code, join(parts)); }

std::optional<uint64_t> whole_number(std::string_view text) {
  constexpr size_t kMostDigits = 18;
  uint64_t number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = 10 * number + static_cast<uint64_t>(c - '0');
  }
  return text.empty() || text.size() > kMostDigits ? std::nullopt : std::optional(number);
}

}  // namespace smoothgrad
