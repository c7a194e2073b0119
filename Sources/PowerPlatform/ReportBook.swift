import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// The cross-tenant connection reports that were asked for: of a tenant and a calendar day one.
///
/// Beside them stands what can't be derived afterwards: which connections people and signals used.
/// A report's lines are found when somebody wants to read them.
struct ReportBook: Sendable {
  /// The use of a connection across tenants, or the attempt at it.
  struct CrossTenantUse: Sendable {
    var time: Instant
    var connection: ConnectionID
    var definition: ConnectionDefinition
  }

  /// A report of a tenant and a day.
  private struct Key: Hashable {
    var tenant: TenantID
    var day: CivilTime
  }

  /// In the order in which they were asked for.
  private(set) var rows: [CrossTenantReport] = []
  /// How many of ``uses`` had happened when each was asked for.
  private var usesBefore: [Int] = []
  private var rowsByDay: [Key: Int] = [:]
  /// Which report each name stands for.
  private var names: ChangeLog<Int>
  /// In the order in which they happened; empty where nobody ever asks for a report.
  private(set) var uses: [CrossTenantUse] = []
  private let isAskedFor: Bool
  let settings: Settings
  /// Where simulated time starts.
  let start: CivilTime

  init(_ scenario: Scenario) {
    names = ChangeLog(subjects: scenario.cast.reports.count)
    isAskedFor = !scenario.cast.reports.isEmpty
    settings = scenario.settings
    start = scenario.start
  }

  /// The tenant's report of a day.
  func row(of tenant: TenantID, on day: CivilTime) -> Int? {
    rowsByDay[Key(tenant: tenant, day: day)]
  }

  /// The report that a name stands for.
  func row(named name: ReportID, at time: Instant) -> Int? { names.value(of: name.row, at: time) }

  /// What had been used when a report was asked for: what came after is in none of its lines, though
  /// it be at the same instant.
  func uses(before row: Int) -> ArraySlice<CrossTenantUse> { uses[..<usesBefore[row]] }

  /// Keeps a new report, and returns its row.
  mutating func add(_ report: CrossTenantReport) -> Int {
    rowsByDay[Key(tenant: report.tenant, day: report.endDate)] = rows.count
    rows.append(report)
    usesBefore.append(uses.count)
    return rows.count - 1
  }

  mutating func call(_ row: Int, _ name: ReportID, at time: Instant) {
    names.append(row, of: name.row, at: time)
  }

  // MARK: Uses

  /// Keeps the use of a connection, or the attempt to create it.
  mutating func note(_ id: ConnectionID, _ definition: ConnectionDefinition, at time: Instant) {
    guard isAskedFor, definition.creator != definition.signIn else { return }
    uses.append(CrossTenantUse(time: time, connection: id, definition: definition))
  }

  /// Keeps the use of those connections of an app or a flow that exist.
  mutating func note(
    _ used: some Sequence<Use>, _ world: World, at time: Instant
  ) {
    guard isAskedFor else { return }
    for use in used {
      guard let connection = world.connections.current(use.connection.row), connection.isPresent
      else { continue }
      note(use.connection, connection.definition, at: time)
    }
  }
}

extension Collection {
  /// What a run gets to: everything, or no more than the step that fails. A step that it has no
  /// connection for comes after all that it has (assumed).
  func attempted(_ failedStep: Int?) -> SubSequence {
    failedStep.map { prefix($0 + 1) } ?? self[...]
  }
}
