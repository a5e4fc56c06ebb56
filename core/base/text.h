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

// A part of a message: text, which it does not own, or a whole number below 2^63. Nothing is done to destroy it.
class MessagePart {
 public:
  MessagePart(const char* text) : text_(text), number_(static_cast<int64_t>(std::string_view(text).size())) {}
  MessagePart(const std::string& text) : text_(text.data()), number_(static_cast<int64_t>(text.size())) {}
  MessagePart(std::string_view text) : text_(text.empty() ? "" : text.data()), number_(static_cast<int64_t>(text.size())) {}
  template <std::integral Number>
    requires(!std::same_as<Number, char> && !std::same_as<Number, bool>)
  MessagePart(Number number) : number_(static_cast<int64_t>(number)) {}

  void append_to(std::string& message) const;

 private:
  const char* text_ = nullptr;  // null where a number is meant
  int64_t number_;              // else the size of the text
};

std::string join(std::initializer_list<MessagePart> parts);
[[noreturn]] void refuse(ErrorCode code, std::initializer_list<MessagePart> parts);  // throws Error

// The number that the text is in decimal digits, if it is one below 10^18.
std::optional<uint64_t> whole_number(std::string_view text);

}  // namespace smoothgrad
