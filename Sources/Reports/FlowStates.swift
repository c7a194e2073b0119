import DiscreteEvents
import SimulationTrace

extension FlowState {
  /// As the flow's page has it.
  var words: String {
    switch self {
    case .on: "On"
    case .off: "Off"
    case .suspended: "Suspended"
    case .absent: "gone"
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
  /// Of each flow, at the end; nil where nothing but refusals is known of it.
  private(set) var last: [FlowState?]
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
      if case .send(_, let copy) = event.attempt, !isKnown[copy.row] { last[copy.row] = nil }
    }
  }

  private mutating func add(_ event: Record, _ flow: FlowID, _ isKnown: inout Bool) {
    let row = flow.row
    if event.kind == .operationRefused {
      if !isKnown { last[row] = nil }
      return
    }
    // What was deleted was there at the start, or its first creation has been seen.
    if event.isCreation, last[row] != .absent { first[row] = .absent }
    isKnown = true
    if event.kind == .flowSuspended || (event.kind.isRun && event.failure != nil) {
      hadTrouble[row] = true
    }
    let state = event.flowState ?? last[row] ?? .on
    guard state != last[row] || event.isCreation else { return }
    last[row] = state
    changes.append(Change(flow: flow, time: event.time, state: state))
  }

  /// The flows that a reader gets to see, in declaration order: those with trouble first, then the
  /// others, as many as there is room for.
  func featured(_ most: Int) -> [FlowID] {
    let told = last.indices.filter { last[$0] != nil }
    let troubled = told.lazy.filter { hadTrouble[$0] }.prefix(most)
    let others = told.lazy.filter { !hadTrouble[$0] }.prefix(most - troubled.count)
    return (Array(troubled) + Array(others)).sorted().map { FlowID($0) }
  }

  /// Whether people find a flow in their list at the end.
  func exists(_ flow: FlowID) -> Bool { (last[flow.row] ?? .absent) != .absent }

  /// How many flows have anything to be seen of.
  var count: Int { last.count { $0 != nil } }
}
