import Foundation

/// `benchmark [--json] [FIGURE…]` measures, `benchmark list` says what there is, and
/// `benchmark flow-runs HOURS` does what the peers do.
@main struct Benchmark {
  private static let usage = """
    usage: benchmark [--json] [FIGURE…]    measures; every figure where none is named
           benchmark list                  the figures there are
           benchmark flow-runs HOURS       the world of the peers, 1 to 168 hours of it
    """

  static func main() throws {
    var arguments = Array(CommandLine.arguments.dropFirst())
    let isJSON = arguments.contains("--json")
    arguments.removeAll { $0 == "--json" }
    if arguments == ["list"] { return list() }
    if arguments.contains(where: ["-h", "--help"].contains) { return print(usage) }
    #if DEBUG
      refuse("measures nothing in a debug build: swift run -c release benchmark")
    #else
      if let runs = try flowRuns(arguments) { return print(runs) }
      var report = Report()
      for figure in figures(named: arguments) { report.add(figure) }
      print(isJSON ? try report.json : report.table)
    #endif
  }

  private static func list() {
    for figure in Figure.all { print("\(figure.name)\t\(figure.summary)") }
  }

  /// The line of JSON that `Tools/benchmark/run` sets beside the peers'; nil where it isn't asked for.
  private static func flowRuns(_ arguments: [String]) throws -> String? {
    guard arguments.first == "flow-runs" else { return nil }
    guard arguments.count == 2, let hours = Int(arguments[1]), (1...168).contains(hours) else {
      refuse("flow-runs needs a number of hours, 1 to 168")
    }
    return String(decoding: try JSONEncoder().encode(FlowRuns(hours: hours)), as: UTF8.self)
  }

  /// The figures of these names, all where none is given.
  private static func figures(named names: [String]) -> [Figure] {
    for name in names where !Figure.all.contains(where: { $0.name == name }) {
      refuse("has no figure \"\(name)\"; benchmark list says which there are")
    }
    return names.isEmpty ? Figure.all : Figure.all.filter { names.contains($0.name) }
  }

  private static func refuse(_ why: String) -> Never {
    FileHandle.standardError.write(Data("benchmark \(why)\n".utf8))
    exit(2)
  }
}
