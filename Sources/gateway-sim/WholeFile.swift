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
    let isRegular = !exists || facts.kind == S_IFREG
    // Renaming asks nobody whether the file may be written.
    if exists, access(path, W_OK) != 0 {
      throw WriteProblem.refused(name: path, reason: systemMessage(errno))
    }
    temporary = isRegular ? "\(self.path).\(getpid()).tmp" : nil
    let flags = isRegular ? O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC : O_WRONLY | O_CLOEXEC
    descriptor = open(temporary ?? path, flags, 0o666)
    guard descriptor >= 0 else {
      isDone = true
      throw WriteProblem.refused(name: path, reason: systemMessage(errno))
    }
    Interruption.removes(temporary)
    if exists, isRegular { keepPermissions(of: facts) }
  }

  /// Only the administrator can give files away; for others they remain their own.
  private func keepPermissions(of facts: stat) {
    _ = fchown(descriptor, facts.st_uid, facts.st_gid)
    _ = fchmod(descriptor, facts.st_mode & 0o7777)
  }

  deinit {
    if !isDone { discard() }
  }

  func write(_ bytes: [UInt8]) throws { try writeAll(bytes, to: descriptor, name: path) }

  /// Gives the file its name.
  func finish() throws {
    guard !isDone else { return }
    isDone = true
    let isClosed = close(descriptor) == 0
    let isRenamed = isClosed && (temporary.map { rename($0, path) == 0 } ?? true)
    let reason = systemMessage(errno)
    if !isRenamed, let temporary { unlink(temporary) }
    Interruption.removes(nil)
    if !isRenamed { throw WriteProblem.refused(name: path, reason: reason) }
  }

  private func discard() {
    close(descriptor)
    if let temporary { unlink(temporary) }
    Interruption.removes(nil)
  }
}

/// Where links lead, so that renaming replaces the file and not the link to it.
private func resolved(_ path: String) -> String {
  guard let real = realpath(path, nil) else { return path }
  defer { free(real) }
  return String(cString: real)
}
