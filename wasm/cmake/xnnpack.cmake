# smoothgrad_xnnpack: the few f32 micro-kernels of XNNPACK that core/kernels/xnnpack.cpp calls; none of its operators. The
# definition SMOOTHGRAD_XNNPACK_<TARGET> says which there are.
if(EMSCRIPTEN AND SMOOTHGRAD_RELAXED)
  set(target WASMRELAXED)
  set(variant 4x8-minmax-wasmrelaxedsimd-fma-loadsplat)
elseif(EMSCRIPTEN)
  set(target WASMSIMD)
  set(variant 4x8-minmax-wasmsimd-x86-loadsplat)
elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  set(target SSE)
  set(variant 4x8-minmax-sse-load1)
else()
  set(target SCALAR)
  set(variant 4x4-minmax-scalar)
endif()

set(files)
foreach(kind gemm igemm)
  list(APPEND files ${SMOOTHGRAD_XNNPACK}/src/f32-${kind}/gen/f32-${kind}-${variant}.c)
endforeach()

add_library(smoothgrad_xnnpack STATIC ${files})
target_compile_definitions(smoothgrad_xnnpack PUBLIC SMOOTHGRAD_XNNPACK_${target})
# Its public header wants pthreadpool's, for one type that no micro-kernel uses: include/ declares that.
target_include_directories(smoothgrad_xnnpack SYSTEM PUBLIC
  ${SMOOTHGRAD_XNNPACK}/include ${SMOOTHGRAD_XNNPACK}/src ${CMAKE_CURRENT_LIST_DIR}/include)
target_compile_options(smoothgrad_xnnpack PRIVATE -w)
target_link_libraries(smoothgrad_xnnpack PUBLIC smoothgrad_flags)
