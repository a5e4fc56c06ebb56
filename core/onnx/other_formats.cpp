#include "core/onnx/other_formats.h"

#include <string>
#include <string_view>

#include "core/base/text.h"

namespace smoothgrad {
namespace {

using namespace std::string_view_literals;

struct Format {
  size_t at;
  std::string_view starts;
  const char *name, *advice;
};

constexpr const char* kExportTorch = "export the model with torch.onnx.export";
constexpr const char* kDownload = "the download went wrong: take the file's own address (\"raw\")";
constexpr const char* kPhoto = "a photo is not a model";

// No ONNX file begins so: its first byte is that of a field of ModelProto, by far most often 0x08 (ir_version).
constexpr Format kFormats[] = {
    {0, "PK\x03\x04"sv, "a zip archive, such as PyTorch and Keras write",
     "export the model as ONNX, or unpack the archive first"},
    {0, "\x80\x02"sv, "a pickle, such as PyTorch writes", kExportTorch},
    {0, "\x80\x03"sv, "a pickle, such as PyTorch writes", kExportTorch},
    {0, "\x80\x04"sv, "a pickle, such as PyTorch writes", kExportTorch},
    {4, "TFL3"sv, "a TensorFlow Lite model", "convert it with tf2onnx (--tflite)"},
    {4, "ORTM"sv, "a model in ONNX Runtime's own format", "take the .onnx file that it was made from"},
    {0, "\x89HDF"sv, "an HDF5 file, such as Keras writes", "convert the model with tf2onnx"},
    {0, "version https://git-lfs"sv, "a Git LFS pointer, not the model itself", "fetch the file with \"git lfs pull\""},
    {0, "\x1f\x8b"sv, "compressed by gzip", "unpack it first"},
    {0, "\xff\xd8\xff"sv, "a JPEG", kPhoto},
    {0, "\x89PNG"sv, "a PNG", kPhoto},
    {0, "<!"sv, "an HTML page", kDownload},
    {0, "<html"sv, "an HTML page", kDownload},
    {0, "<HTML"sv, "an HTML page", kDownload},
    {0, "{\""sv, "JSON", kDownload},
};

}  // namespace

void refuse_other_formats(std::span<const std::byte> bytes) {
  std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (const size_t blank = text.find_first_not_of("\r\n\t "); blank != text.npos && text[blank] == '<')
    text.remove_prefix(blank);
  for (const Format& format : kFormats) {
    if (text.size() < format.at || !text.substr(format.at).starts_with(format.starts)) continue;
    refuse(ErrorCode::kBadModel, {"not a complete ONNX file: it is ", format.name, "; ", format.advice});
  }
}

}  // namespace smoothgrad
