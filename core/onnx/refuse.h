// Messages put together of parts, in little code: a chain of + makes a string, and a way to destroy it, of every link.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace smoothgrad {

std::string join(std::initializer_list<std::string_view> parts);
[[noreturn]] void refuse(ErrorCode code, std::initializer_list<std::string_view> parts);  // throws Error

}  // namespace smoothgrad
