// Each file of the corpus through its target, within its memory: fuzz_replay FOLDER, which has a folder a target. A name is
// written before its file is read, so that the last one is to blame where a sanitizer ends the program.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/fuzz/budget.h"
#include "tests/fuzz/targets.h"

namespace smoothgrad::fuzz {
namespace {

std::vector<std::filesystem::path> files_of(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

void replay(const Target& target, const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  std::printf("%s: ", path.c_str());
  std::fflush(stdout);
  const int64_t held = budget.held;
  budget.most = held + (int64_t{512} << 20);
  target.run(std::as_bytes(std::span(bytes)));
  budget.most = INT64_MAX;
  if (budget.held != held) throw FaultFound("memory was not given back");
  std::puts("read or refused");
}

}  // namespace
}  // namespace smoothgrad::fuzz

int main(int count, char** words) {
  using namespace smoothgrad::fuzz;
  if (count != 2) return 2;
  int passed = 0;
  for (const Target& target : kTargets) {
    for (const auto& path : files_of(std::filesystem::path(words[1]) / target.name)) {
      replay(target, path);
      ++passed;
    }
  }
  std::printf("All files passed: %d\n", passed);
  return 0;
}
