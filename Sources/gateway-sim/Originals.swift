import Synchronization

/// The files that were read, on whatever thread: no output may take their places.
final class Originals: Sendable {
  private let paths = Mutex<Set<String>>([])

  func note(_ path: String) {
    let place = canonicalPath(path)
    paths.withLock { _ = $0.insert(place) }
  }

  /// Whether a path leads to one of them.
  func have(_ path: String) -> Bool {
    let place = canonicalPath(path)
    return paths.withLock { $0.contains(place) }
  }
}
