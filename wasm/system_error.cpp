// What is thrown where a thread or a lock cannot be had: the linker puts this in place of libc++'s std::__throw_system_error
// (module.cmake), which looks up the system's words and writes them with printf: 5 KB of a download, with no other use here.
#include <stdexcept>

extern "C" [[noreturn]] void __wrap__ZNSt3__220__throw_system_errorEiPKc(int, const char* what) {
  throw std::runtime_error(what);
}
