import Analysis
import PowerPlatform
import ScenarioLanguage
import SimulationTrace

/// A counterexample as a scenario that fails in one expectation, and says in which one.
struct SavedCounterexample {
  /// The file.
  private(set) var text: [UInt8]

  private let example: Counterexample
  private let target: Expectation
  private let played: Scenario

  /// Takes a scenario with the delays of a counterexample; nil where it is not one.
  init?(_ text: [UInt8], _ scenario: Scenario?, of example: Counterexample) {
    guard let scenario, let played = scenario.played(as: example.variant?.name),
      played.expectations.indices.contains(example.row)
    else { return nil }
    (self.text, self.example, self.played) = (text, example, played)
    target = played.expectations[example.row]
    let others = judgeWithCovers(scenario, simulate(scenario)).filter {
      !$0.isMet && $0.line != target.line
    }
    leaveOut(Set(others.map(\.line)))
    addHeading(saysWhatIsLeftOut: !others.isEmpty)
  }

  private mutating func leaveOut(_ lines: Set<Int>) { text = leavingOut(lines, of: text) }

  /// The first lines; all others move down by their number.
  private mutating func addHeading(saysWhatIsLeftOut: Bool) {
    let changed = delays
    let count = 2 + changed.count + (saysWhatIsLeftOut ? 1 : 0) + 1
    var lines = [
      "# Found by gateway-sim explore: line \(target.line + count) does not hold with these delays:"
    ]
    lines += changed.map { "#   line \($0.line + count): \($0.text)" }
    lines.append(
      "#   \(changed.isEmpty ? "all changes" : "all others"): \(durationText(example.delays.propagation))"
    )
    if saysWhatIsLeftOut { lines.append("# What else is not true with them is left out.") }
    let heading = Array((lines.joined(separator: "\n") + "\n\n").utf8)
    text.insert(contentsOf: heading, at: text.starts(with: byteOrderMark) ? 3 : 0)
  }

  /// The changes whose delays are not those of the middle.
  private var delays: [(line: Int, text: String)] {
    let middle = Delay(example.delays.propagation)
    return example.delays.delays.filter { $0.value != middle }.sorted { $0.key < $1.key }.map {
      (
        played.timeline[$0.key].line,
        durationText($0.value.length) + ($0.value.isLast ? ", behind all else of its instant" : "")
      )
    }
  }
}

private let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]

extension Scenario {
  /// The scenario itself, or as a variant plays it; nil where there is no such variant.
  fileprivate func played(as name: String?) -> Scenario? {
    guard let name else { return self }
    return variants.first { $0.name == name }.map(playing)
  }
}
