// Text: messages put together of parts, in little code: a chain of + makes a string, and a way to destroy it, of every link.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace smoothgrad {

std::string join(std::initializer_list<std::string_view> parts);
[[noreturn]] void refuse(ErrorCode code, std::initializer_list<std::string_view> parts);  // throws Error

// The number that the text is in decimal digits, if it is one below 10^18.
std::optional<uint64_t> whole_number(std::string_view text);

}  // namespace smoothgrad
