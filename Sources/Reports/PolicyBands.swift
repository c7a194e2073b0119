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
    strip(axis, cast, style, from: { $0.savedAt ?? .start })
  }

  /// The policy in force; what is saved and not yet in force is marked.
  func inForce(_ axis: TimeAxis, _ cast: Cast, _ style: Style) -> Strip {
    var strip = strip(axis, cast, style, from: \.inForceAt)
    for version in versions {
      guard let saved = version.savedAt, saved < version.inForceAt, saved < axis.until else {
        continue
      }
      let end =
        version.inForceAt < axis.until ? axis.column(of: version.inForceAt) : axis.columns
      strip.fill(axis.column(of: saved)..<end, style.propagating, .waiting)
    }
    return strip
  }

  private func strip(
    _ axis: TimeAxis, _ cast: Cast, _ style: Style, from start: (PolicyVersion) -> Instant
  ) -> Strip {
    var strip = Strip(axis.columns)
    let shown = versions.filter { start($0) < axis.until }
    for (row, version) in shown.enumerated() {
      let first = axis.column(of: start(version))
      let end = row + 1 < shown.count ? axis.column(of: start(shown[row + 1])) : axis.columns
      guard first < end else { continue }
      let isOn = version.policy.isOn
      let color: Style.Color = isOn ? .inForce : .faint
      strip.fill(first..<end, isOn ? style.isolationOn : style.isolationOff, color)
      label(version, in: first..<end, cast, color, &strip, isFirst: row == 0, style)
    }
    return strip
  }

  /// Says what the policy is, as far as there is room.
  private func label(
    _ version: PolicyVersion, in range: Range<Int>, _ cast: Cast, _ color: Style.Color,
    _ strip: inout Strip, isFirst: Bool, _ style: Style
  ) {
    var column = range.lowerBound
    if !isFirst {
      strip.write(style.change, at: column, color)
      column += 1
    }
    let isOn = version.policy.isOn ? "on" : "off"
    let rules = printable(cast.ruleWords(version.policy))
    let labels = [rules.isEmpty ? isOn : "\(isOn), \(rules)", isOn]
    guard let label = labels.first(where: { column + displayWidth($0) < range.upperBound }) else {
      return
    }
    strip.write(label, at: column, color)
  }
}

extension Style {
  var isolationOn: Character { inUnicode ? "━" : "=" }
  var isolationOff: Character { inUnicode ? "─" : "-" }
  var propagating: Character { inUnicode ? "░" : "~" }
  fileprivate var change: String { inUnicode ? "┃" : "|" }
}
