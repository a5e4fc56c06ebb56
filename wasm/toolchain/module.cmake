# smoothgrad_wasm: smoothgrad-<build>.{js,wasm} in the build folder, an ES module whose default export makes an instance.
# Threaded builds take their memory and the number of threads started beforehand from the caller ({wasmMemory,
# pthreadPoolSize}); nothing is evaluated at run time, so that a strict Content-Security-Policy holds.
if(SMOOTHGRAD_RELAXED)
  set(name smoothgrad-relaxed)
else()
  set(name smoothgrad-simd)
endif()
set(incoming wasmBinary,wasmModule,instantiateWasm,locateFile,mainScriptUrlOrBlob,print,printErr,onAbort)
set(exported wasmMemory)
if(SMOOTHGRAD_THREADS)
  string(APPEND name -threads)
  string(APPEND incoming ,wasmMemory)
  string(APPEND exported ,PThread)
endif()

if(EXISTS ${CMAKE_SOURCE_DIR}/wasm/bindings.cpp)
  add_executable(smoothgrad_wasm wasm/bindings.cpp)
  set_target_properties(smoothgrad_wasm PROPERTIES OUTPUT_NAME ${name} SUFFIX .js)
  target_link_libraries(smoothgrad_wasm PRIVATE smoothgrad_core smoothgrad_warnings)
  target_link_options(smoothgrad_wasm PRIVATE -lembind --no-entry -sMODULARIZE -sEXPORT_ES6 -sENVIRONMENT=web,worker,node
    -sDYNAMIC_EXECUTION=0 -sFILESYSTEM=0 -sWASM_BIGINT -sINCOMING_MODULE_JS_API=${incoming} -sEXPORTED_RUNTIME_METHODS=${exported})
  if(SMOOTHGRAD_THREADS)
    target_link_options(smoothgrad_wasm PRIVATE -sIMPORTED_MEMORY -sPTHREAD_POOL_SIZE=Module["pthreadPoolSize"]
      -sPTHREAD_POOL_SIZE_STRICT=0)
  endif()
endif()
