import ScenarioLanguage

/// A file's bytes. Its size is compared before anything is allocated.
func readFile(_ path: String) -> Result<[UInt8], ReadProblem> {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return .failure(.latest) }
  defer { close(descriptor) }
  var facts = stat()
  guard fstat(descriptor, &facts) == 0 else { return .failure(.latest) }
  if facts.kind == S_IFDIR { return .failure(.directory) }
  if facts.st_size > sizeLimit { return .failure(.tooLarge(bytes: Int(facts.st_size))) }
  return readAll(descriptor, expecting: Int(facts.st_size))
}

/// Reads an open file, pipe or device to its end; gives up where it turns out to be too large.
func readAll(_ descriptor: Int32, expecting size: Int = 0) -> Result<[UInt8], ReadProblem> {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(size)
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while bytes.count <= sizeLimit {
    let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    if count == 0 { return .success(bytes) }
    if count > 0 {
      bytes += chunk[..<count]
    } else if errno != EINTR {
      return .failure(.latest)
    }
  }
  return .failure(.tooLarge(bytes: bytes.count))
}

/// Every `*.scenario` below a folder, sorted by the bytes of its path; hidden folders are skipped,
/// and links to folders, which may lead round in a circle. Nil where the path is no folder.
func scenarioFiles(below folder: String) -> Result<[String], ReadProblem>? {
  guard isFolder(folder) else { return nil }
  var found: [String] = []
  var folders = [folder]
  while let next = folders.popLast() {
    guard let names = names(in: next) else { return .failure(.latest) }
    for name in names where !name.hasPrefix(".") {
      let path = next.hasSuffix("/") ? next + name : next + "/" + name
      if isFolder(path) {
        if !isLink(path) { folders.append(path) }
      } else if name.hasSuffix(".scenario") {
        found.append(path)
      }
    }
  }
  return .success(found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
}

private func names(in folder: String) -> [String]? {
  guard let stream = opendir(folder) else { return nil }
  defer { closedir(stream) }
  var names: [String] = []
  while let entry = readdir(stream) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    names.append(name)
  }
  return names
}

/// Makes a folder unless it is there.
func makeFolder(_ path: String) throws {
  guard mkdir(path, 0o777) != 0, !isFolder(path) else { return }
  throw WriteProblem.latest(path)
}

private func isFolder(_ path: String) -> Bool {
  var facts = stat()
  return stat(path, &facts) == 0 && facts.kind == S_IFDIR
}

/// Whether a path leads to a file that has a content of its own, unlike pipes and devices.
func isRegularFile(_ path: String) -> Bool {
  var facts = stat()
  return stat(path, &facts) == 0 && facts.kind == S_IFREG
}

private func isLink(_ path: String) -> Bool {
  var facts = stat()
  return lstat(path, &facts) == 0 && facts.kind == S_IFLNK
}

extension stat {
  /// What kind of file it is.
  var kind: mode_t { st_mode & S_IFMT }
}

extension ReadProblem {
  /// The system's latest error.
  fileprivate static var latest: ReadProblem {
    errno == ENOENT ? .missing : .unreadable(reason: systemMessage(errno))
  }
}

// MARK: - Paths

/// Where links lead, so that renaming replaces the file and not the link to it.
func resolved(_ path: String) -> String { real(path) ?? path }

/// One spelling for all paths that lead to one file, whether or not it exists.
func canonicalPath(_ path: String) -> String { real(path) ?? placed(path) }

/// The folder that a path names a file of.
func folder(of path: String) -> String {
  path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
}

/// The path that leads from a folder to a file. The file's own name is kept, though it be a link.
func relativePath(from folder: String, to file: String) -> String {
  let start = (real(folder) ?? folder).split(separator: "/")
  let end = placed(file).split(separator: "/")
  let shared = zip(start, end).prefix { $0 == $1 }.count
  let up = repeatElement("..", count: start.count - shared)
  return (up + end[shared...].map(String.init)).joined(separator: "/")
}

/// A file's name behind the one spelling of its folder.
private func placed(_ path: String) -> String {
  let folder = folder(of: path)
  let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
  return (real(folder) ?? folder) + "/" + name
}

private func real(_ path: String) -> String? {
  guard let real = realpath(path, nil) else { return nil }
  defer { free(real) }
  return String(cString: real)
}
