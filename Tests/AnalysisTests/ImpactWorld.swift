import DiscreteEvents
import PowerPlatform
import ScenarioLanguage

/// A scenario drawn from a seed, as text, with a place where changes can be put without moving any
/// other line.
struct ImpactWorld {
  private var random: SeededGenerator
  private var lines: [String] = []
  private var connections: [[String]] = [[], [], []]
  private var flows: [[String]] = [[], [], []]
  private var apps: [[String]] = [[], [], []]
  private var signals: [String] = []
  /// The shortest and the longest delay in minutes.
  private(set) var delays = [60]
  /// When the changes are made, in minutes since the start.
  private(set) var minute = 0
  /// The changes as header sentences.
  private(set) var changes: [String] = []

  /// How often the timeline itself changes a policy.
  private(set) var policyChanges = 0
  private static let places = 8
  private static let end = 360

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed, stream: "impact")
    drawHeader()
    drawWorld()
    drawTimeline()
    drawChanges()
  }

  /// The scenario with changes made by the tenants' administrators, each with a delay.
  ///
  /// - Parameter fixed: the delays of the timeline's own changes in order; the range where empty.
  func text(_ fixed: [Int] = [], making changes: [(text: String, delay: Int)] = []) -> String {
    let range = delays.map { "\($0)m" }.joined(separator: "..")
    var (rest, made) = (fixed[...], changes[...])
    let body = lines.map { line in
      if line == "#", let change = made.popFirst() {
        let statement = Self.statement(change.text)
        return "at \(Self.time(minute)) \(statement) in force after \(change.delay)m"
      }
      guard Self.changesPolicy(line), let delay = rest.popFirst() else { return line }
      return "\(line) in force after \(delay)m"
    }
    return (["set propagation \(range)"] + body).joined(separator: "\n") + "\n"
  }

  private static func changesPolicy(_ line: String) -> Bool {
    line.hasPrefix("at ") && line.contains(" adm-") && !line.contains("data policy")
  }

  func scenario(
    _ fixed: [Int] = [], making changes: [(text: String, delay: Int)] = []
  ) -> Scenario? {
    let text = text(fixed, making: changes)
    return load("world.scenario") { _ in .success(Array(text.utf8)) }.scenario
  }

  /// What the administrator does for a header sentence.
  private static func statement(_ change: String) -> String {
    let words = change.split(separator: " ").map(String.init)
    return words[0] == "isolation"
      ? "adm-\(words[3]) turns isolation \(words[1])"
      : "adm-\(words[2]) allows \(words[4]) \(words[5])"
  }

  private static func time(_ minute: Int) -> String { "+\(max(0, minute))m" }

  // MARK: Dice

  private mutating func upTo(_ last: Int) -> Int { Int(random.next(in: 0...Int64(last))) }
  private mutating func chance(_ percent: Int) -> Bool { upTo(99) < percent }
  private mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[upTo(choices.count - 1)]
  }

  // MARK: What there is

  private mutating func drawHeader() {
    delays = pick([[60], [5], [30, 50], [10, 35], [20, 55], [7]])
    lines.append("until \(Self.time(Self.end))")
    lines.append("set design-time \(pick(["immediate", "immediate", "propagated"]))")
    lines.append("set blocked-trigger \(pick(["failed-run", "trigger-failure"]))")
    lines.append("set always-failing \(pick(["off", "off", "1d"]))")
  }

  private mutating func drawWorld() {
    for tenant in 0..<3 {
      lines += [
        "tenant t\(tenant)", "admin adm-t\(tenant) of t\(tenant)", "maker m\(tenant) of t\(tenant)",
      ]
    }
    for tenant in 0..<3 where chance(12) {
      lines.append("isolation on for t\(tenant)")
      lines.append(
        "rule for t\(tenant) allows \(pick(["t0", "t1", "t2", "*"])) \(drawDirections())")
    }
    for row in 0..<8 {
      connections[row % 3].append("c\(row)")
      lines.append("connection c\(row) of m\(row % 3) using \(drawConnection())")
    }
    for row in 0..<2 {
      apps[row].append("a\(row)")
      lines.append("app a\(row) of m\(row) using \(drawUses(row))")
    }
    for row in 0..<5 {
      let trigger = drawTrigger(row % 3, isDeclared: true)
      lines.append("flow f\(row) of m\(row % 3) \(trigger) using \(drawUses(row % 3))")
      flows[row % 3].append("f\(row)")
    }
  }

  private mutating func drawDirections() -> String { pick(["inbound", "outbound", "both"]) }

  private mutating func drawConnection() -> String {
    "\(pick(["sharepoint", "teams", "sharepoint", "planner", "azure-devops", "rss"])) signed in to t\(upTo(2))"
  }

  private mutating func drawUses(_ maker: Int) -> String {
    let first = pick(connections[maker])
    let second = pick(connections[maker])
    return first == second ? first : "\(first), \(second)"
  }

  private mutating func drawTrigger(_ maker: Int, isDeclared: Bool = false) -> String {
    switch upTo(9) {
    case 0...5:
      let from = isDeclared && chance(50) ? " from +\(upTo(30))m" : ""
      return "every \(pick([5, 7, 15, 60]))m\(from)"
    case 6...7:
      signals.append(pick(connections[maker]))
      return "when \(signals[signals.count - 1]) signals"
    default: return "manually"
    }
  }

  // MARK: What happens

  private mutating func drawTimeline() {
    let changesAt = 20 + upTo(30)
    var time = 0
    for number in 0..<60 {
      if chance(70) { time += pick([1, 3, 5, 5, 10]) }
      if number == changesAt {
        // The changes come after all that happens at their time.
        minute = time
        lines += Array(repeating: "#", count: Self.places)
        time += 1
      }
      guard time < Self.end else { break }
      lines.append("at \(Self.time(time)) \(drawEvent(number, isNear: number > changesAt - 8))")
    }
  }

  private mutating func drawEvent(_ number: Int, isNear: Bool) -> String {
    let maker = upTo(2)
    let flow = flows[maker].isEmpty ? "f0" : pick(flows[maker])
    let kind = upTo(19)
    if kind <= 2 {
      // Each doubles what brute force has to try, so those that are near are drawn.
      guard isNear, policyChanges < 2 else { return "m\(maker) opens app \(pick(["a0", "a1"]))" }
      policyChanges += 1
    }
    switch kind {
    case 0: return "adm-t\(maker) turns isolation \(pick(["on", "off", "off"]))"
    case 1: return "adm-t\(maker) allows \(pick(["t0", "t1", "t2"])) \(drawDirections())"
    case 2: return "adm-t\(maker) changes rule t\(upTo(2)) to \(drawDirections())"
    case 3...5:
      connections[maker].append("n\(number)")
      return "m\(maker) creates connection n\(number) using \(drawConnection())"
    case 6...7:
      flows[maker].append("g\(number)")
      let trigger = drawTrigger(maker)
      return "m\(maker) creates flow g\(number) \(trigger) using \(drawUses(maker))"
    case 8...9: return "m\(maker) saves flow \(flow)"
    case 10: return "m\(maker) turns on flow \(flow)"
    case 11: return chance(50) ? "m\(maker) turns off flow \(flow)" : "m\(maker) saves flow \(flow)"
    case 12...13: return "m\(maker) runs flow \(flow)"
    case 14...15: return "\(signals.isEmpty ? "c0" : pick(signals)) signals"
    case 16...17: return "m\(upTo(1)) opens app \(pick(["a0", "a1"]))"
    case 18 where chance(40):
      let connector = pick(["teams", "planner", "azure-devops"])
      return "adm-t\(maker) creates data policy d\(number) blocking \(connector)"
    case 18:
      let owner = upTo(1)
      return "m\(owner) adds \(pick(connections[owner])) to app a\(owner)"
    default: return "m\(maker) deletes connection \(pick(connections[maker]))"
    }
  }

  private mutating func drawChanges() {
    let tenant = upTo(2)
    changes = ["isolation \(chance(75) ? "on" : "off") for t\(tenant)"]
    if chance(30) { changes.append("isolation on for t\((tenant + 1) % 3)") }
    if chance(40) {
      changes.append("rule for t\(tenant) allows t\((tenant + 1) % 3) \(drawDirections())")
    }
  }
}
