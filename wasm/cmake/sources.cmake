# Where the set-up put the sources that are built from: SMOOTHGRAD_{XNNPACK,CATCH2,EIGEN,PROTOZERO}.
if(NOT "$ENV{SMOOTHGRAD_TOOLS}" STREQUAL "")
  set(tools $ENV{SMOOTHGRAD_TOOLS})
else()
  set(tools ${CMAKE_SOURCE_DIR}/.tools)
endif()

set(SMOOTHGRAD_XNNPACK ${tools}/src/xnnpack)
set(SMOOTHGRAD_CATCH2 ${tools}/src/catch2/extras)
set(SMOOTHGRAD_EIGEN ${tools}/src/eigen)
set(SMOOTHGRAD_PROTOZERO ${tools}/src/protozero/include)

foreach(folder ${SMOOTHGRAD_XNNPACK} ${SMOOTHGRAD_CATCH2} ${SMOOTHGRAD_EIGEN} ${SMOOTHGRAD_PROTOZERO})
  if(NOT EXISTS ${folder})
    message(FATAL_ERROR "${folder} is missing: run `npm run setup` first")
  endif()
endforeach()
