// Text: messages put together of parts, in little code: a chain of + makes a string, and a way to destroy it, of every link.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace smoothgrad {

// A part of a message: text that ends with a zero, which it does not own, or a whole number below 2^63. Of text there is but
// the address, and nothing is done to destroy it: that is what keeps the code small where there is a message.
class MessagePart {
 public:
  MessagePart(const char* text) : text_(text) {}
  MessagePart(const std::string& text) : text_(text.c_str()) {}
  template <std::integral Number>
    requires(!std::same_as<Number, char> && !std::same_as<Number, bool>)
  MessagePart(Number number) : text_(nullptr), number_(static_cast<int64_t>(number)) {}

  void append_to(std::string& message) const;

 private:
  const char* text_;  // null where a number is meant
  int64_t number_;
};

std::string join(const MessagePart* first, size_t count);
[[noreturn]] void refuse(ErrorCode code, const MessagePart* first, size_t count);  // throws Error

inline std::string join(std::initializer_list<MessagePart> parts) { return join(parts.begin(), parts.size()); }
[[noreturn]] inline void refuse(ErrorCode code, std::initializer_list<MessagePart> parts) {
  refuse(code, parts.begin(), parts.size());
}

// The number that the text is in decimal digits, if it is one below 10^18.
std::optional<uint64_t> whole_number(std::string_view text);

}  // namespace smoothgrad
