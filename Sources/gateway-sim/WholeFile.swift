/// A file that appears only when it is whole: it is written under a temporary name beside it and
/// renamed at the end. One that takes another's place has its permissions.
final class WholeFile {
  private let path: String
  /// The temporary name; nil for what is no regular file, such as a device or a pipe: these are
  /// written to as they are.
  private let temporary: String?
  private let descriptor: Int32
  private var isDone = false

  init(_ path: String) throws {
    var facts = stat()
    let exists = stat(path, &facts) == 0
    self.path = exists ? resolved(path) : path
    // Renaming asks nobody whether the file may be written.
    if exists, access(path, W_OK) != 0 { throw WriteProblem.latest(path) }
    let isRegular = !exists || facts.kind == S_IFREG
    if isRegular {
      (temporary, descriptor) = try Self.openTemporary(beside: self.path, path)
    } else {
      temporary = nil
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
      if descriptor < 0 { throw WriteProblem.latest(path) }
    }
    if exists, isRegular { keepPermissions(of: facts) }
  }

  /// Opens a file with a name that is free. A killed program leaves such files behind, and in
  /// containers all processes have the same few numbers.
  private static func openTemporary(
    beside path: String, _ name: String
  ) throws -> (String, Int32) {
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    for attempt in 0..<1000 {
      let temporary = "\(folder).gateway-sim-\(getpid())-\(attempt).tmp"
      if access(temporary, F_OK) == 0 { continue }
      // Named before it exists, so that there is no instant at which it could be left behind.
      Interruption.adds(temporary)
      let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return (temporary, descriptor) }
      let code = errno
      Interruption.forgets(temporary)
      guard code == EEXIST else {
        throw WriteProblem.refused(name: name, reason: systemMessage(code))
      }
    }
    throw WriteProblem.refused(name: name, reason: "too many unfinished files beside it")
  }

  /// Only the administrator can give files away; for others they remain their own.
  private func keepPermissions(of facts: stat) {
    _ = fchown(descriptor, facts.st_uid, facts.st_gid)
    _ = fchmod(descriptor, facts.st_mode & 0o7777)
  }

  deinit {
    guard !isDone else { return }
    close(descriptor)
    removeTemporary()
  }

  /// Makes a file of these bytes.
  static func write(_ bytes: [UInt8], to path: String) throws {
    let file = try WholeFile(path)
    try file.write(bytes)
    try file.finish()
  }

  func write(_ bytes: [UInt8]) throws { try writeAll(bytes, to: descriptor, name: path) }

  /// Gives the file its name.
  func finish() throws {
    guard !isDone else { return }
    isDone = true
    let problem = arrive()
    let name = path
    let error = problem.map { WriteProblem.refused(name: name, reason: systemMessage($0)) }
    if error == nil, let temporary { Interruption.forgets(temporary) } else { removeTemporary() }
    if let error { throw error }
  }

  /// Brings the bytes to the disk and the file to its name; gives the error where that fails. Some
  /// disks say only now that they are full.
  private func arrive() -> Int32? {
    if temporary != nil, fsync(descriptor) != 0 {
      let code = errno
      close(descriptor)
      return code
    }
    guard close(descriptor) == 0 else { return errno }
    guard let temporary, rename(temporary, path) != 0 else { return nil }
    return errno
  }

  private func removeTemporary() {
    guard let temporary else { return }
    unlink(temporary)
    Interruption.forgets(temporary)
  }
}
