import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// A large world made of nothing but sizes and a seed: tenants with policies, flows that recur over
/// connections of which every fourth crosses between tenants, and policy changes evenly spread.
///
/// The world of seed 0 is drawn by a 32-bit hash of row numbers, so that other programs can draw
/// the same one; every other seed is mixed (SplitMix64's finish) and its lowest 32 bits are combined
/// by exclusive or with each number that is hashed.
public struct GeneratedWorld: Sendable {
  /// The number of tenants.
  public var tenants = 1_000
  /// The number of flows, each with a connection.
  public var flows = 100_000
  /// How many days it lasts.
  public var days = 7
  /// How many policy changes are saved.
  public var changes = 200
  /// What all else is drawn from.
  public var seed: UInt64 = 0

  /// The week of 1,000 tenants and 100,000 flows.
  public init() {}

  /// The most tenants and flows, which is more than a file of ``sizeLimit`` holds.
  public static let mostRows = 10_000_000

  /// The most days: what a scenario spans.
  public static let mostDays = 3652

  /// The most changes a day: one every other second.
  public static let mostChangesADay = 43_200

  /// Writes the scenario, in canonical layout, through one buffer.
  public func write(to sink: ([UInt8]) throws -> Void) rethrows {
    var policies = (0..<tenants).map(policyAtStart)
    var text = SentenceBuffer()
    try text.write(1, to: sink, header)
    try text.write(tenants, to: sink) { $1.line("tenant t", $0) }
    try text.write(tenants, to: sink) { policy(of: $0, policies[$0], &$1) }
    try text.write(tenants, to: sink) { row, text in
      text.line("admin a", row, " of t", row)
      text.line("maker m", row, " of t", row)
    }
    try text.write(flows, to: sink, connection)
    try text.write(flows, to: sink, flow)
    try text.write(changes, to: sink) { change($0, &policies, &$1) }
    try text.flush(to: sink)
  }

  /// Whether its file has at most that many bytes.
  public func fits(in limit: Int) -> Bool {
    struct IsLarger: Error {}
    var size = 0
    let end: Void? = try? write { bytes in
      size += bytes.count
      if size > limit { throw IsLarger() }
    }
    return end != nil
  }
}

// MARK: - Sentences

extension GeneratedWorld {
  private func header(_: Int, _ text: inout SentenceBuffer) {
    text.line("# gateway-sim generate", flags)
    text.line("scenario \"A generated world:", flags, "\"")
    text.line("start    2025-01-06 00:00")
    text.line("until    day ", days + 1, " 00:00")
  }

  private var flags: String {
    " --tenants \(tenants) --flows \(flows) --days \(days) --changes \(changes) --seed \(seed)"
  }

  private func policy(of tenant: Int, _ policy: IsolationPolicy, _ text: inout SentenceBuffer) {
    if policy.isOn { text.line("isolation on for t", tenant) }
    for rule in policy.rules {
      text.line("rule for t", tenant, " allows ", rule.subject.text, " ", rule.directions.text)
    }
  }

  private func connection(_ row: Int, _ text: inout SentenceBuffer) {
    let (creator, signIn) = way(row)
    text.line("connection c", row, " of m", creator, " using sharepoint signed in to t", signIn)
  }

  private func flow(_ row: Int, _ text: inout SentenceBuffer) {
    let minutes = [1, 5, 15, 60][row & 3]
    let first = Int(hash(row)) % (minutes * 60)
    let connection = (row * 40503 + 17) % flows
    text.line(
      "flow f", row, " of m", connection % tenants, " every ", minutes, "m from ",
      CivilTime(milliseconds: Int64(first) * 1000).clockText, " using c", connection)
  }

  private func change(
    _ row: Int, _ policies: inout [IsolationPolicy], _ text: inout SentenceBuffer
  ) {
    let tenant = Int(hash(row + 5555)) % tenants
    let spacing = Int64(days) * CivilTime.day / Int64(2 * changes)
    let time = CivilTime(milliseconds: Int64(2 * row + 1) * spacing + 500)
    let deed =
      switch row % 4 {
      case 0: policies[tenant].toggle()
      case 1: policies[tenant].toggle(.outbound)
      case 2: policies[tenant].toggle(.inbound)
      default: "allows t\(partner(of: tenant, drawnFrom: row + 6666)) outbound"
      }
    text.line(
      "at day ", Int(time.milliseconds / CivilTime.day) + 1, " ", time.clockText, " a", tenant, " ",
      deed)
  }
}

extension IsolationPolicy {
  /// Turns isolation on or off. Returns how an administrator says so.
  fileprivate mutating func toggle() -> String {
    isOn.toggle()
    return "turns isolation \(isOn ? "on" : "off")"
  }

  /// Allows a direction for every tenant, or takes it back. Returns how an administrator says so.
  fileprivate mutating func toggle(_ direction: Directions) -> String {
    let rest = directions(for: .every).subtracting(direction)
    if !directions(for: .every).contains(direction) {
      allow(direction, for: .every)
      return "allows * \(direction.text)"
    }
    guard !rest.isEmpty else {
      _ = remove(.every)
      return "removes rule *"
    }
    _ = change(.every, to: rest)
    return "changes rule * to \(rest.text)"
  }
}

extension RuleSubject {
  fileprivate var text: String {
    switch self {
    case .every: "*"
    case .tenant(let tenant): "t\(tenant.index)"
    }
  }
}

extension Directions {
  fileprivate var text: String {
    switch self {
    case .both: "both"
    case .outbound: "outbound"
    default: "inbound"
    }
  }
}

/// Sentences on their way out, in one buffer that is used again and again.
private struct SentenceBuffer {
  private var bytes: [UInt8] = []
  private static let limit = 64 * 1024

  init() { bytes.reserveCapacity(Self.limit + 4096) }

  /// Writes a sentence for each row, giving the buffer away whenever it is full.
  mutating func write(
    _ rows: Int, to sink: ([UInt8]) throws -> Void,
    _ sentence: (Int, inout SentenceBuffer) -> Void
  ) rethrows {
    for row in 0..<rows {
      sentence(row, &self)
      if bytes.count >= Self.limit { try flush(to: sink) }
    }
  }

  mutating func flush(to sink: ([UInt8]) throws -> Void) rethrows {
    try sink(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  mutating func line(_ pieces: any Piece...) {
    for piece in pieces { piece.append(to: &bytes) }
    bytes.append(UInt8(ascii: "\n"))
  }
}

/// What sentences are made of.
private protocol Piece {
  func append(to bytes: inout [UInt8])
}

extension String: Piece {
  fileprivate func append(to bytes: inout [UInt8]) { bytes.append(contentsOf: utf8) }
}

extension Int: Piece {
  fileprivate func append(to bytes: inout [UInt8]) { bytes.append(contentsOf: String(self).utf8) }
}

// MARK: - What is drawn

extension GeneratedWorld {
  private func policyAtStart(of tenant: Int) -> IsolationPolicy {
    var policy = IsolationPolicy(isOn: hash(tenant + 7777) % 100 < 60)
    if hash(tenant + 2222) % 100 < 30 { policy.allow(.outbound, for: .every) }
    if hash(tenant + 4444) % 100 < 30 { policy.allow(.inbound, for: .every) }
    for rule in 0..<Int(hash(tenant + 1111) % 6) {
      let other = partner(of: tenant, drawnFrom: tenant * 16 + rule + 100_000)
      policy.allow(.outbound, for: .tenant(TenantID(other)))
    }
    for rule in 0..<Int(hash(tenant + 3333) % 6) {
      let other = Int(hash(tenant * 16 + rule + 200_000)) % tenants
      policy.allow(.inbound, for: .tenant(TenantID(other)))
    }
    return policy
  }

  /// A connection's two tenants.
  private func way(_ connection: Int) -> (creator: Int, signIn: Int) {
    let creator = connection % tenants
    guard connection / tenants % 4 == 0, tenants > 1 else { return (creator, creator) }
    return (creator, (creator + 1 + Int(hash(connection)) % (tenants - 1)) % tenants)
  }

  /// The other tenant of one of the connections that a tenant's rules are about.
  private func partner(of tenant: Int, drawnFrom number: Int) -> Int {
    way(tenant + 4 * tenants * (Int(hash(number)) % 25)).signIn
  }

  private func hash(_ number: Int) -> UInt32 {
    var bits = UInt32(truncatingIfNeeded: number)
    bits ^= UInt32(truncatingIfNeeded: StableHash.mix(seed))
    bits = (bits ^ bits >> 16) &* 0x45d9f3b
    bits = (bits ^ bits >> 16) &* 0x45d9f3b
    return bits ^ bits >> 16
  }
}
