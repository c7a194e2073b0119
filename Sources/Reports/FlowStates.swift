import DiscreteEvents
import SimulationTrace

/// What a flow is at some time.
enum FlowState: Hashable {
  /// Nothing but refusals is known of it.
  case unknown
  /// Not made yet.
  case absent
  case on, off, suspended, deleted

  /// Whether people find it in their list.
  var exists: Bool { self == .on || self == .off || self == .suspended }

  /// As the flow's page has it.
  var words: String {
    switch self {
    case .on: "On"
    case .off: "Off"
    case .suspended: "Suspended"
    case .unknown, .absent, .deleted: "gone"
    }
  }

  var color: Style.Color? {
    switch self {
    case .on: .good
    case .suspended: .paused
    default: nil
    }
  }
}

/// The states of all flows, read off the records.
struct FlowStates {
  struct Change {
    var flow: FlowID
    var time: Instant
    var state: FlowState
  }

  /// Of each flow, at the start.
  private(set) var first: [FlowState]
  /// In order of time.
  private(set) var changes: [Change] = []
  /// Of each flow, at the end.
  private(set) var last: [FlowState]
  /// Whether runs of it failed or it was suspended: what people look at first.
  private(set) var hadTrouble: [Bool]

  init(_ trace: Trace) {
    // A flow that no record names exists since before the start and was left alone: it is on.
    first = Array(repeating: .on, count: trace.cast.flows.count)
    last = first
    hadTrouble = Array(repeating: false, count: first.count)
    var isKnown = hadTrouble
    for segment in trace.segments where segment.count > 0 {
      isKnown[segment.flow.row] = true
      if trace.verdicts[segment.verdict].failure != nil { hadTrouble[segment.flow.row] = true }
    }
    for event in trace.events {
      if let flow = event.flow { add(event, flow, &isKnown[flow.row]) }
      // A copy that never arrived.
      if case .send(_, let copy) = event.attempt, !isKnown[copy.row] { last[copy.row] = .unknown }
    }
  }

  private mutating func add(_ event: Record, _ flow: FlowID, _ isKnown: inout Bool) {
    let row = flow.row
    if event.kind == .operationRefused {
      if !isKnown { last[row] = .unknown }
      return
    }
    if event.isCreation, last[row] != .deleted {
      first[row] = .absent
    }
    isKnown = true
    if event.kind == .flowSuspended || (event.kind.isRun && event.failure != nil) {
      hadTrouble[row] = true
    }
    let state = last[row].after(event)
    guard state != last[row] || event.isCreation else { return }
    last[row] = state
    changes.append(Change(flow: flow, time: event.time, state: state))
  }

  /// The flows that a reader gets to see, in declaration order: those with trouble first, then the
  /// others, as many as there is room for.
  func featured(_ most: Int) -> [FlowID] {
    let told = last.indices.filter { last[$0] != .unknown }
    let troubled = told.lazy.filter { hadTrouble[$0] }.prefix(most)
    let others = told.lazy.filter { !hadTrouble[$0] }.prefix(most - troubled.count)
    return (Array(troubled) + Array(others)).sorted().map { FlowID($0) }
  }

  /// How many flows have anything to be seen of.
  var count: Int { last.count { $0 != .unknown } }
}

extension FlowState {
  fileprivate func after(_ event: Record) -> FlowState {
    switch event.kind {
    // Saving a flow that is off leaves it off.
    case .flowSaved: self == .off && !event.isCreation ? .off : .on
    case .flowOn: .on
    case .flowOff, .flowCopied: .off
    case .flowSuspended: .suspended
    case .flowDeleted: .deleted
    default: self == .unknown ? .on : self
    }
  }
}
