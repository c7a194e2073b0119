/// A file as it was read.
public struct SourceText: Sendable {
  /// The path as the user gave it, or as a `use` line leads to it.
  public var path: String
  /// Its bytes.
  public var bytes: [UInt8]

  /// A file as it was read.
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

/// Why a file could not be read.
public enum ReadProblem: Error, Hashable, Sendable {
  /// There is no such file.
  case missing
  /// The path leads to a directory.
  case directory
  /// It is larger than ``sizeLimit``.
  case tooLarge(bytes: Int)
  /// The system refuses, for the reason given.
  case unreadable(reason: String)
}

/// The most bytes a scenario file may have. Readers compare before they allocate.
public let sizeLimit = 256 << 20

/// The most bytes one statement may have, its continued lines included.
let statementLimit = 1 << 20

extension SourceText {
  /// The file's name without folders and without its extension.
  static func title(of path: String) -> String {
    if path == "-" { return "standard input" }
    var name = path.split(separator: "/").last ?? path[...]
    for ending in [".json", ".scenario"] where name.hasSuffix(ending) {
      name = name.dropLast(ending.count)
    }
    return String(name)
  }

  /// Where `path` leads when the file at `base` names it; lexically, so that tests need no disk.
  static func resolve(_ path: String, from base: String) -> String {
    if path.hasPrefix("/") { return normalized(path) }
    let folder = base.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    return normalized((folder + [Substring(path)]).joined(separator: "/"))
  }

  /// The path without `.` and, as far as possible, without `..`.
  static func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || !path.hasPrefix("/") {
        parts.append(part)
      }
    }
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}
