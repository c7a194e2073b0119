import Synchronization

/// Something that is worked out when it is first asked for, and then kept for all copies.
///
/// A copy under a supposition is one of them (``Simulation/supposing(_:_:at:)``): only what is read off
/// the trace and the world's logs may be kept so, which a supposition leaves as they are.
final class Lazily<Value: Sendable>: Sendable {
  private let known = Mutex<Value?>(nil)

  func value(_ make: () -> Value) -> Value {
    known.withLock { known in
      if let known { return known }
      let value = make()
      known = value
      return value
    }
  }
}
