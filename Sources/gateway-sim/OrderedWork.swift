import Dispatch
import Synchronization

/// Work on many things, several at a time, whose products are taken in order: what comes of it is the
/// same however many work.
final class OrderedWork<Item: Sendable, Product: Sendable>: Sendable {
  private struct State {
    var next = 0
    var isOver = false
    var products: [Int: Product] = [:]
  }

  private let items: [Item]
  private let work: @Sendable (Item) -> Product
  private let workers: Int
  private let state = Mutex(State())
  /// How far workers may be ahead: products take memory until they are taken.
  private let room = DispatchSemaphore(value: 0)
  private let isDone: [DispatchSemaphore]

  /// Begins the work; a single job is done when its product is asked for.
  init(_ items: [Item], jobs: Int, _ work: @escaping @Sendable (Item) -> Product) {
    self.items = items
    self.work = work
    workers = min(jobs, items.count)
    isDone = workers > 1 ? items.map { _ in DispatchSemaphore(value: 0) } : []
    guard workers > 1 else { return }
    for _ in 0..<2 * workers { room.signal() }
    let queue = DispatchQueue(label: "jobs", attributes: .concurrent)
    for _ in 0..<workers { queue.async { [self] in workOn() } }
  }

  /// What came of the thing in a row. Each is asked for once, in order.
  func product(of row: Int) -> Product {
    guard workers > 1 else { return work(items[row]) }
    isDone[row].wait()
    room.signal()
    let product = state.withLock { $0.products.removeValue(forKey: row) }
    return product ?? work(items[row])
  }

  /// Lets the workers go: nothing more will be asked for.
  func stop() {
    state.withLock { $0.isOver = true }
    for _ in 0..<workers { room.signal() }
  }

  private func workOn() {
    Interruption.leaveToOthers()
    while let row = nextRow() {
      let product = work(items[row])
      state.withLock { $0.products[row] = product }
      isDone[row].signal()
    }
  }

  private func nextRow() -> Int? {
    room.wait()
    return state.withLock { state in
      guard !state.isOver, state.next < items.count else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }
}

extension Invocation {
  /// How many files are worked on at a time: all cores unless the command line says otherwise.
  func jobs() throws -> Int {
    guard let text = value(of: .jobs) else { return max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
    guard let jobs = Int(text), (1...1024).contains(jobs) else {
      throw UsageError("--jobs is a whole number from 1 to 1024, not \"\(text)\"")
    }
    return jobs
  }
}
