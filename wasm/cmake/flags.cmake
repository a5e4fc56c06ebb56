# What a build is made with: smoothgrad_flags for every file, smoothgrad_warnings for our own, SMOOTHGRAD_NODE_PROGRAM to
# link a wasm program that Node runs.
add_library(smoothgrad_flags INTERFACE)
add_library(smoothgrad_warnings INTERFACE)
# A warning stops the build with the compilers that the tests run on (GCC 12; the clang 19 and 20 that emcc 3.1.69 calls
# itself); another compiler knows other warnings, and whoever has it wants the program. Three of GCC 12's are guesses of its
# optimiser, wrong about std::string at some lengths of a literal (a checkout's path, say): shown, never errors.
target_compile_options(smoothgrad_warnings INTERFACE -Wall -Wextra -Wconversion -Wshadow)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  set(guesses -Wno-error=array-bounds -Wno-error=restrict -Wno-error=stringop-overflow)
endif()
if(CMAKE_CXX_COMPILER_VERSION MATCHES "^(12|19|20)[.]")
  target_compile_options(smoothgrad_warnings INTERFACE -Werror ${guesses})
endif()

if(EMSCRIPTEN)
  target_compile_options(smoothgrad_flags INTERFACE -msimd128 -fwasm-exceptions)
  target_link_options(smoothgrad_flags INTERFACE
    -fwasm-exceptions -sSTACK_SIZE=1MB -sALLOW_MEMORY_GROWTH -sINITIAL_MEMORY=64MB -sMAXIMUM_MEMORY=4GB)
  if(SMOOTHGRAD_RELAXED)
    target_compile_options(smoothgrad_flags INTERFACE -mrelaxed-simd)
  endif()
  if(SMOOTHGRAD_THREADS)
    target_compile_options(smoothgrad_flags INTERFACE -pthread)
    target_link_options(smoothgrad_flags INTERFACE -pthread -sDEFAULT_PTHREAD_STACK_SIZE=1MB -Wno-pthreads-mem-growth)
  endif()

  set(SMOOTHGRAD_NODE_PROGRAM -sENVIRONMENT=node,worker -sNODERAWFS -sEXIT_RUNTIME)
  if(SMOOTHGRAD_THREADS)
    list(APPEND SMOOTHGRAD_NODE_PROGRAM -sPROXY_TO_PTHREAD)
  endif()
else()
  set(THREADS_PREFER_PTHREAD_FLAG ON)
  find_package(Threads REQUIRED)
  target_link_libraries(smoothgrad_flags INTERFACE Threads::Threads)
  if(SMOOTHGRAD_SANITIZE)
    set(sanitize -fsanitize=${SMOOTHGRAD_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_compile_options(smoothgrad_flags INTERFACE ${sanitize})
    target_link_options(smoothgrad_flags INTERFACE ${sanitize})
  endif()
endif()
