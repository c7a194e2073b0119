import Foundation

/// What was measured, for people and for programs.
struct Report: Encodable {
  struct Section: Encodable {
    let figure: String
    let summary: String
    let findings: [Finding]
  }

  private(set) var figures: [Section] = []

  mutating func add(_ figure: Figure) {
    figures.append(
      Section(figure: figure.name, summary: figure.summary, findings: figure.measure()))
  }

  /// The findings below each other, numbers on the right.
  var table: String {
    figures.map { section in
      let rows = section.findings.map { ($0.what, $0.text) }
      let width = rows.map(\.0.count).max() ?? 0
      let numbers = rows.map(\.1.count).max() ?? 0
      let lines = rows.map { what, number in
        "  " + what.padding(width) + "  "
          + String(repeating: " ", count: numbers - number.count) + number
      }
      return (["\(section.figure): \(section.summary)"] + lines).joined(separator: "\n")
    }.joined(separator: "\n\n")
  }

  /// `{"figures":[{"figure":…,"summary":…,"findings":[{"what":…,"value":…,"unit":…}]}]}`
  var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys]
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }
}

extension Finding {
  /// The number as people read it.
  fileprivate var text: String {
    switch unit {
    case .seconds where value < 0.001: String(format: "%.1f µs", value * 1e6)
    case .seconds where value < 1: String(format: "%.1f ms", value * 1e3)
    case .seconds: String(format: "%.2f s", value)
    case .ratio where value < 0.1: String(format: "%.2f %%", value * 100)
    case .ratio: String(format: "%.3f ×", value)
    case .exponent: String(format: "^ %.2f", value)
    case .count: String(format: "%.0f", value)
    case .bytes: String(format: "%.1f MiB", value / 1_048_576)
    }
  }
}

extension String {
  fileprivate func padding(_ width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
