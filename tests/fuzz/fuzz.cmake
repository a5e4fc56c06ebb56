# fuzz_replay: every file of the corpus through its target. fuzz_<target>: the same under libFuzzer, by the presets fuzz and
# fuzz-32, which is WebAssembly's size of addresses. fuzz_starved: memory refused at every allocation.
file(GLOB fuzz_sources CONFIGURE_DEPENDS tests/fuzz/targets/*.cpp)
add_library(fuzz_targets OBJECT EXCLUDE_FROM_ALL ${fuzz_sources})
target_link_libraries(fuzz_targets PUBLIC smoothgrad_core smoothgrad_warnings)

if(NOT EMSCRIPTEN)
  add_executable(fuzz_replay EXCLUDE_FROM_ALL tests/fuzz/replay.cpp)
  target_link_libraries(fuzz_replay PRIVATE fuzz_targets)
  add_executable(fuzz_starved EXCLUDE_FROM_ALL tests/fuzz/starved.cpp)
  target_link_libraries(fuzz_starved PRIVATE smoothgrad_core smoothgrad_warnings)
endif()

# What the engine makes of random networks, natively and in Node.
add_executable(fuzz_evaluate EXCLUDE_FROM_ALL tests/fuzz/evaluate.cpp)
target_link_libraries(fuzz_evaluate PRIVATE smoothgrad_core smoothgrad_warnings)
if(EMSCRIPTEN)
  set_target_properties(fuzz_evaluate PROPERTIES SUFFIX .cjs)
  target_link_options(fuzz_evaluate PRIVATE ${SMOOTHGRAD_NODE_PROGRAM})
endif()

if(SMOOTHGRAD_FUZZ)
  foreach(name onnx run idx metadata)
    add_executable(fuzz_${name} EXCLUDE_FROM_ALL tests/fuzz/fuzzer.cpp)
    target_compile_definitions(fuzz_${name} PRIVATE SMOOTHGRAD_FUZZ_TARGET="${name}")
    target_link_libraries(fuzz_${name} PRIVATE fuzz_targets)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  endforeach()
  target_sources(fuzz_onnx PRIVATE tests/fuzz/onnx_fields.cpp tests/fuzz/onnx_mutator.cpp)
  target_include_directories(fuzz_onnx SYSTEM PRIVATE ${SMOOTHGRAD_PROTOZERO})
endif()
