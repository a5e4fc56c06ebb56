# The toolchain file of the wasm presets: Emscripten as the set-up left it, or the one whose emcc is on PATH. Looked up by
# this file's own place, since CMake also reads it in scratch projects of its own.
if(NOT "$ENV{SMOOTHGRAD_TOOLS}" STREQUAL "")
  set(local $ENV{SMOOTHGRAD_TOOLS}/emscripten)
else()
  set(local ${CMAKE_CURRENT_LIST_DIR}/../../.tools/emscripten)
endif()
set(platform cmake/Modules/Platform/Emscripten.cmake)

if(EXISTS ${local}/root/usr/share/emscripten/${platform})
  include(${local}/root/usr/share/emscripten/${platform})
else()
  find_program(EM_CONFIG_TOOL em-config)
  if(NOT EM_CONFIG_TOOL)
    message(FATAL_ERROR "no Emscripten in ${local} and no em-config on PATH: run `npm run setup` first")
  endif()
  execute_process(COMMAND ${EM_CONFIG_TOOL} EMSCRIPTEN_ROOT OUTPUT_VARIABLE root OUTPUT_STRIP_TRAILING_WHITESPACE)
  include(${root}/${platform})
endif()
