# smoothgrad_wasm and smoothgrad_trainer_wasm: <module>-<build>.{js,wasm} in the build folder, ES modules whose default export
# makes an instance. Threaded builds take their memory and the number of threads started beforehand from the caller ({wasmMemory,
# pthreadPoolSize}); nothing is evaluated at run time, so that a strict Content-Security-Policy holds.
if(SMOOTHGRAD_RELAXED)
  set(variant relaxed)
else()
  set(variant simd)
endif()
set(incoming wasmBinary,wasmModule,instantiateWasm,locateFile,mainScriptUrlOrBlob,print,printErr,onAbort)
set(exported wasmMemory)
if(SMOOTHGRAD_THREADS)
  string(APPEND variant -threads)
  string(APPEND incoming ,wasmMemory)
  string(APPEND exported ,PThread)
endif()

# Functions that are alike are put side by side, which a compressed download is smaller for.
execute_process(COMMAND ${EMSCRIPTEN_ROOT_PATH}/em-config BINARYEN_ROOT OUTPUT_VARIABLE binaryen OUTPUT_STRIP_TRAILING_WHITESPACE)
find_program(SMOOTHGRAD_NODE node NO_CMAKE_FIND_ROOT_PATH REQUIRED)
set(order ${CMAKE_SOURCE_DIR}/wasm/tasks/order_functions.mjs)

function(smoothgrad_module target name source)
  add_executable(${target} ${source} wasm/system_error.cpp)
  set_target_properties(${target} PROPERTIES OUTPUT_NAME ${name}-${variant} SUFFIX .js)
  target_link_libraries(${target} PRIVATE smoothgrad_core smoothgrad_warnings)
  target_compile_options(${target} PRIVATE -Oz -flto)
  target_link_options(${target} PRIVATE -lembind --no-entry -sMODULARIZE -sEXPORT_ES6 -sENVIRONMENT=web,worker,node
    -sDYNAMIC_EXECUTION=0 -sFILESYSTEM=0 -sMALLOC=emmalloc -sWASM_BIGINT -sINCOMING_MODULE_JS_API=${incoming} -sEXPORTED_RUNTIME_METHODS=${exported})
  # Binaryen optimises at -O3, by its own argument: emcc's -O3 would put the functions in the order of how often they are called,
  # too, and that costs 5 KB, since those of one file, which are alike, are compressed best side by side. Hot loops are
  # functions of their own on purpose: they stay so even where they have but one caller. A trap is a defect of ours or an abort,
  # never something that code relies on: what is only there to trap may go.
  target_link_options(${target} PRIVATE -O2 -sBINARYEN_EXTRA_PASSES=-O3,--one-caller-inline-max-function-size=1,--traps-never-happen)
  # What is optimised as one piece is for size, and each source was inlined within itself: the linker inlines nothing more, not
  # even what has one caller, since smaller functions find a better place (5 KB).
  target_link_options(${target} PRIVATE -Wl,-mllvm,-inline-threshold=-16000)
  target_link_options(${target} PRIVATE -Wl,--wrap=_ZNSt3__220__throw_system_errorEiPKc) # wasm/system_error.cpp
  set_target_properties(${target} PROPERTIES LINK_DEPENDS ${order})
  add_custom_command(TARGET ${target} POST_BUILD VERBATIM
    COMMAND ${SMOOTHGRAD_NODE} ${order} $<TARGET_FILE_DIR:${target}>/${name}-${variant}.wasm ${binaryen}/bin/wasm-opt)
  if(SMOOTHGRAD_THREADS)
    target_link_options(${target} PRIVATE -sIMPORTED_MEMORY -sPTHREAD_POOL_SIZE=Module["pthreadPoolSize"]
      -sPTHREAD_POOL_SIZE_STRICT=0)
  endif()
endfunction()

smoothgrad_module(smoothgrad_wasm smoothgrad wasm/bindings.cpp)
smoothgrad_module(smoothgrad_trainer_wasm smoothgrad-trainer wasm/trainer_bindings.cpp)
