// Reads the .npy figures of tests/reference (format version 1, C order) and moves channels first to channels last and back.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/base/tensor.h"

namespace smoothgrad::test {

inline std::filesystem::path source_path(const std::string& path) {
  return std::filesystem::path(SMOOTHGRAD_SOURCE_DIR) / path;
}

inline std::vector<std::byte> read_bytes(const std::string& path) {
  std::ifstream file(source_path(path), std::ios::binary);
  if (!file) throw std::runtime_error("cannot open " + path);
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  std::vector<std::byte> bytes(text.size());
  if (!text.empty()) std::memcpy(bytes.data(), text.data(), text.size());  // memcpy takes no null pointers
  return bytes;
}

template <typename T>
struct Npy {
  std::vector<int> shape;
  std::vector<T> data;
};

// T: float ('<f4') or uint8_t ('|u1').
template <typename T>
Npy<T> read_npy(const std::string& path) {
  const std::vector<std::byte> bytes = read_bytes(path);
  if (bytes.size() < 10) throw std::runtime_error(path + " is no .npy file");
  const size_t header_size = static_cast<size_t>(bytes[8]) + 256 * static_cast<size_t>(bytes[9]);
  const std::string header(reinterpret_cast<const char*>(bytes.data()) + 10, header_size);
  const char* type = sizeof(T) == 4 ? "'<f4'" : "'|u1'";
  if (header.find(type) == std::string::npos || header.find("'fortran_order': False") == std::string::npos) {
    throw std::runtime_error(path + " is not of type " + type + " in C order");
  }
  Npy<T> npy;
  size_t size = 1;
  for (size_t at = header.find('(') + 1; header[at] != ')';) {
    if (header[at] >= '0' && header[at] <= '9') {
      size_t length = 0;
      npy.shape.push_back(std::stoi(header.substr(at), &length));
      size *= static_cast<size_t>(npy.shape.back());
      at += length;
    } else {
      ++at;
    }
  }
  if (bytes.size() != 10 + header_size + size * sizeof(T)) throw std::runtime_error(path + " has the wrong length");
  npy.data.resize(size);
  std::memcpy(npy.data.data(), bytes.data() + 10 + header_size, size * sizeof(T));
  return npy;
}

inline std::vector<float> channels_last(std::span<const float> first, Shape shape) {
  std::vector<float> last(first.size());
  const size_t pixels = shape.pixels(), channels = static_cast<size_t>(shape.channels);
  for (size_t c = 0; c < channels; ++c) {
    for (size_t p = 0; p < pixels; ++p) last[p * channels + c] = first[c * pixels + p];
  }
  return last;
}

inline std::vector<float> channels_first(std::span<const float> last, Shape shape) {
  std::vector<float> first(last.size());
  const size_t pixels = shape.pixels(), channels = static_cast<size_t>(shape.channels);
  for (size_t c = 0; c < channels; ++c) {
    for (size_t p = 0; p < pixels; ++p) first[c * pixels + p] = last[p * channels + c];
  }
  return first;
}

// ||a - b||_2 / ||b||_2
inline double relative_error(std::span<const float> a, std::span<const float> b) {
  if (a.size() != b.size()) return std::numeric_limits<double>::infinity();
  double difference = 0, norm = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    difference += (static_cast<double>(a[i]) - b[i]) * (static_cast<double>(a[i]) - b[i]);
    norm += static_cast<double>(b[i]) * b[i];
  }
  return std::sqrt(difference / norm);
}

}  // namespace smoothgrad::test
