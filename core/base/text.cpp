#include "core/base/text.h"

#include <span>

namespace smoothgrad {

void MessagePart::append_to(std::string& message) const {
  if (text_ == nullptr)
    message += std::to_string(number_);
  else
    message += text_;
}

std::string join(const MessagePart* first, size_t count) {
  std::string message;
  for (const MessagePart& part : std::span(first, count)) part.append_to(message);
  return message;
}

void refuse(ErrorCode code, const MessagePart* first, size_t count) { throw Error(code, join(first, count)); }

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
