// The system's C library, under whichever name it goes, for the files that talk to the system.
#if canImport(Glibc)
  @_exported import Glibc
#elseif canImport(Musl)
  @_exported import Musl
#else
  @_exported import Darwin
#endif

/// The system's words for the latest error.
func systemMessage(_ code: Int32) -> String { String(cString: strerror(code)) }

/// A variable of the environment.
func environmentVariable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
