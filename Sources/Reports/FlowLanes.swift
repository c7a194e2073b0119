import DiscreteEvents
import SimulationTrace

/// The runs of some flows in a picture, a lane a flow.
///
/// Runs are counted by arithmetic on their segments, a column at a time, so a lane costs as much
/// for a million runs as for ten.
struct FlowLanes {
  private let axis: TimeAxis
  private let style: Style
  private let lanes: [FlowID: Int]
  private var succeeded: [[Int]]
  private var failed: [[Int]]
  private var states: [[FlowState]]

  init(
    _ trace: Trace, _ flowStates: FlowStates, _ flows: [FlowID], _ axis: TimeAxis, _ style: Style
  ) {
    self.axis = axis
    self.style = style
    lanes = Dictionary(uniqueKeysWithValues: flows.enumerated().map { ($1, $0) })
    succeeded = Array(repeating: Array(repeating: 0, count: axis.columns), count: flows.count)
    failed = succeeded
    states = flows.map { Array(repeating: flowStates.first[$0.row], count: axis.columns) }
    gatherStates(flowStates)
    gatherRuns(trace)
  }

  private mutating func gatherStates(_ flowStates: FlowStates) {
    for change in flowStates.changes {
      guard let lane = lanes[change.flow] else { continue }
      for column in axis.column(of: change.time)..<axis.columns {
        states[lane][column] = change.state
      }
    }
  }

  private mutating func gatherRuns(_ trace: Trace) {
    for segment in trace.segments {
      guard let lane = lanes[segment.flow],
        let last = segment.recurrence.last(in: segment.interval)
      else { continue }
      let isFailure = trace.verdicts[segment.verdict].failure != nil
      for column in axis.column(of: segment.interval.lowerBound)...axis.column(of: last) {
        let interval = axis.interval(of: column).clamped(to: segment.interval)
        count(segment.recurrence.count(in: interval), isFailure, lane, column)
      }
    }
    for event in trace.events where event.kind.isRun {
      guard let lane = event.flow.flatMap({ lanes[$0] }) else { continue }
      count(1, event.failure != nil, lane, axis.column(of: event.time))
    }
  }

  private mutating func count(_ count: Int, _ isFailure: Bool, _ lane: Int, _ column: Int) {
    if isFailure { failed[lane][column] += count } else { succeeded[lane][column] += count }
  }
}

// MARK: - Drawing

extension FlowLanes {
  /// What a column of a lane shows.
  enum Sign: CaseIterable {
    case succeeded, manySucceeded, failed, manyFailed, mixed, suspended, off, idle, nothing
  }

  private func sign(_ lane: Int, _ column: Int) -> Sign {
    switch (succeeded[lane][column], failed[lane][column]) {
    case (0, 0): stretch(states[lane][column])
    case (1, 0): .succeeded
    case (_, 0): .manySucceeded
    case (0, 1): .failed
    case (0, _): .manyFailed
    default: .mixed
    }
  }

  private func stretch(_ state: FlowState) -> Sign {
    switch state {
    case .on: .idle
    case .off: .off
    case .suspended: .suspended
    case .absent: .nothing
    }
  }

  /// A lane's line.
  func strip(_ lane: Int) -> Strip {
    var strip = Strip(axis.columns)
    for column in 0..<axis.columns {
      let sign = sign(lane, column)
      strip.fill(column..<column + 1, sign.character(style), sign.color)
    }
    return strip
  }

  /// The signs that the lanes show and that need a word, in a fixed order.
  var legend: [(Sign, String)] {
    var seen: Set<Sign> = []
    for lane in states.indices {
      for column in 0..<axis.columns { seen.insert(sign(lane, column)) }
    }
    return Sign.allCases.filter(seen.contains).compactMap { sign in
      sign.words.map { (sign, $0) }
    }
  }
}

extension FlowLanes.Sign {
  func character(_ style: Style) -> Character {
    switch self {
    case .succeeded: style.inUnicode ? "•" : "+"
    case .manySucceeded: style.inUnicode ? "●" : "#"
    case .failed: style.inUnicode ? "✗" : "x"
    case .manyFailed: style.inUnicode ? "✖" : "X"
    case .mixed: style.inUnicode ? "◐" : "%"
    case .suspended: style.inUnicode ? "‖" : "!"
    case .off: style.inUnicode ? "╌" : "_"
    case .idle: style.inUnicode ? "·" : "."
    case .nothing: " "
    }
  }

  var color: Style.Color? {
    switch self {
    case .succeeded, .manySucceeded: .good
    case .failed, .manyFailed: .bad
    case .mixed: .waiting
    case .suspended: .paused
    case .off, .idle: .faint
    case .nothing: nil
    }
  }

  fileprivate var words: String? {
    switch self {
    case .succeeded: "a run succeeded"
    case .manySucceeded: "several succeeded"
    case .failed: "a run failed"
    case .manyFailed: "several failed"
    case .mixed: "some failed"
    case .suspended: "suspended"
    case .off: "off"
    case .idle, .nothing: nil
    }
  }
}
