import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// The operations that administrators asked for, and which each name stands for.
struct OperationBook: Sendable {
  /// What an operation does.
  enum Effect: Sendable {
    case replacePolicy(PolicyRequest)
    /// Each status means another state of the package; canceled, it is as it was before.
    case installPackage(PackagePlace, before: PackageState)
  }

  /// In the order in which they were asked for.
  private(set) var rows: [AdminOperation] = []
  /// What each is to bring about.
  private var effects: [Effect] = []
  /// Which operation each name stands for.
  private var names: ChangeLog<AdminOperation.Row>

  init(_ scenario: Scenario) {
    names = ChangeLog(subjects: scenario.cast.adminOperations.count)
  }

  subscript(row: AdminOperation.Row) -> AdminOperation { rows[row.row] }

  func effect(of row: AdminOperation.Row) -> Effect { effects[row.row] }

  /// The operation that a name stands for.
  func row(named name: AdminOperationID, at time: Instant) -> AdminOperation.Row? {
    names.value(of: name.row, at: time)
  }

  /// Ends an operation now.
  mutating func cancel(_ row: AdminOperation.Row, at time: Instant) {
    if rows[row.row].status(at: time) == .notStarted { rows[row.row].startedAt = nil }
    rows[row.row].endedAt = time
    rows[row.row].ending = .canceled
  }

  /// Keeps a new operation, and returns its row.
  mutating func add(_ operation: AdminOperation, _ effect: Effect) -> AdminOperation.Row {
    let row = AdminOperation.Row(rows.count)
    if let name = operation.name { names.append(row, of: name.row, at: operation.requestedAt) }
    rows.append(operation)
    effects.append(effect)
    return row
  }
}

extension Simulation {
  /// The operation that a name stands for; nil before it is given to one.
  public func operation(named name: AdminOperationID, at time: Instant) -> AdminOperation? {
    operations.row(named: name, at: time).map { operations[$0] }
  }
}
