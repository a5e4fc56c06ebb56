# What a source of core/ is compiled for, it says itself, by a line of its header comment:
#   // Compiled for speed.                          loops over numbers
#   // Compiled for speed, without fused products.  the same, where every build must have the same bits
#   // Compiled for size.                           the rest: what a page downloads had better be small
# What is compiled for speed is optimised by itself in wasm builds, the rest as one piece when it is linked.
# In kernels/ and layers/ the line is a duty, so that no new layer is slow in silence; elsewhere none means size.
function(smoothgrad_compile_as_marked)
  foreach(source ${ARGN})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
    file(STRINGS ${source} mark REGEX "^// Compiled for ")
    set(options)
    if(mark MATCHES "^// Compiled for speed(, without fused products)?[.]$")
      if(EMSCRIPTEN)
        list(APPEND options -O3 -fno-lto)
      endif()
      if(CMAKE_MATCH_1)
        list(APPEND options -ffp-contract=off)
      endif()
    elseif(NOT (mark STREQUAL "// Compiled for size." OR (mark STREQUAL "" AND NOT source MATCHES "/core/(kernels|layers)/[^/]*$")))
      message(FATAL_ERROR "${source}: its header comment must have one line \"// Compiled for speed.\" or \"// Compiled for size.\"")
    endif()
    if(options)
      set_source_files_properties(${source} PROPERTIES COMPILE_OPTIONS "${options}" SKIP_PRECOMPILE_HEADERS ON)
    endif()
  endforeach()
endfunction()
