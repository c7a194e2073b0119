import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// A tenant's policies in a picture: as saved, and as active apps and flows feel them.
struct PolicyBands {
  let tenant: TenantID
  private let versions: [PolicyVersion]

  /// The bands of every tenant whose policy changes, in order of declaration.
  static func all(_ trace: Trace) -> [PolicyBands] {
    var versions: [[PolicyVersion]] = Array(repeating: [], count: trace.cast.tenants.count)
    for version in trace.policies { versions[version.tenant.row].append(version) }
    return versions.filter { $0.contains { $0.savedAt != nil } }.compactMap(PolicyBands.init)
  }

  private init?(_ versions: [PolicyVersion]) {
    guard let tenant = versions.first?.tenant else { return nil }
    self.tenant = tenant
    self.versions = versions
  }

  /// The policy as saved.
  func saved(_ axis: TimeAxis, _ cast: Cast, _ style: Style) -> Strip {
    strip(axis, cast, style, waiting: [], from: { $0.savedAt ?? .start })
  }

  /// The policy in force; where what is saved says something else, that is marked.
  func inForce(_ axis: TimeAxis, _ cast: Cast, _ style: Style) -> Strip {
    let waiting = versions.differences.filter { $0.lowerBound < axis.until }
      .map { axis.column(of: $0.lowerBound)..<axis.end(at: $0.upperBound) }
    return strip(axis, cast, style, waiting: waiting, from: \.inForceAt)
  }

  private func strip(
    _ axis: TimeAxis, _ cast: Cast, _ style: Style, waiting: [Range<Int>],
    from start: (PolicyVersion) -> Instant
  ) -> Strip {
    var strip = Strip(axis.columns)
    let shown = versions.filter { start($0) < axis.until }
    let starts = shown.map { axis.column(of: start($0)) } + [axis.columns]
    for (row, version) in shown.enumerated() {
      strip.fill(
        starts[row]..<max(starts[row], starts[row + 1]),
        version.policy.isOn ? style.isolationOn : style.isolationOff, version.color)
    }
    for range in waiting { strip.fill(range, style.propagating, .waiting) }
    for (row, version) in shown.enumerated() where starts[row] < starts[row + 1] {
      var column = starts[row]
      if row > 0 {
        strip.write(style.change, at: column, version.color)
        column += 1
      }
      let end = waiting.map(\.lowerBound).filter { $0 > column }.reduce(starts[row + 1], min)
      let isFree = !waiting.contains { $0.contains(column) }
      if isFree { label(version, in: column..<max(column, end), cast, &strip) }
    }
    return strip
  }

  /// Says what the policy is, as far as there is room.
  private func label(
    _ version: PolicyVersion, in range: Range<Int>, _ cast: Cast, _ strip: inout Strip
  ) {
    let isOn = version.policy.isOn ? "on" : "off"
    let rules = version.policy.rules.count
    let labels = [
      "\(isOn), \(printable(cast.ruleWords(version.policy)))", "\(isOn), \(counted(rules, "rule"))",
    ]
    let fitting = ((rules > 0 ? labels : []) + [isOn]).first { displayWidth($0) < range.count }
    if let fitting { strip.write(fitting, at: range.lowerBound, version.color) }
  }
}

extension PolicyVersion {
  fileprivate var color: Style.Color { policy.isOn ? .inForce : .faint }
}

extension TimeAxis {
  /// The column before which something ends.
  fileprivate func end(at instant: Instant) -> Int {
    instant < until ? column(of: instant) : columns
  }
}

extension Style {
  var isolationOn: Character { inUnicode ? "━" : "=" }
  var isolationOff: Character { inUnicode ? "─" : "-" }
  var propagating: Character { inUnicode ? "░" : "~" }
  fileprivate var change: String { inUnicode ? "┃" : "|" }
}
