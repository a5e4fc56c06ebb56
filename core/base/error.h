// The one exception type of the core. The message says what was wrong and what would be right; the code is for programs.
#pragma once

#include <stdexcept>
#include <string>

namespace smoothgrad {

enum class ErrorCode {
  kBadModel,             // the bytes are not an ONNX file, or one that contradicts itself
  kUnsupportedOperator,  // a valid ONNX file with an operator, attribute or shape the engine does not have
  kBadOption,            // an option out of its range, or a name that is in no table
  kBadImage,             // a photo of no pixels, or bytes that do not match its size
  kBadTensor,            // numbers that are not finite where finite ones are needed
};

// "bad-model", "unsupported-operator", "bad-option", "bad-image", "bad-tensor": the `code` of the JavaScript errors.
constexpr const char* error_code_name(ErrorCode code) {
  switch (code) {
    case ErrorCode::kBadModel: return "bad-model";
    case ErrorCode::kUnsupportedOperator: return "unsupported-operator";
    case ErrorCode::kBadOption: return "bad-option";
    case ErrorCode::kBadImage: return "bad-image";
    case ErrorCode::kBadTensor: return "bad-tensor";
  }
  return "unknown";
}

class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  ErrorCode code() const { return code_; }

 private:
  ErrorCode code_;
};

}  // namespace smoothgrad
