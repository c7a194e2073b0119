import Foundation

/// `benchmark [--json] [FIGURE…]` measures, `benchmark list` says what there is.
@main struct Benchmark {
  static func main() throws {
    var arguments = Array(CommandLine.arguments.dropFirst())
    let isJSON = arguments.contains("--json")
    arguments.removeAll { $0 == "--json" }
    if arguments == ["list"] { return list() }
    #if DEBUG
      refuse("measures nothing in a debug build: swift run -c release benchmark")
    #else
      var report = Report()
      for figure in figures(named: arguments) { report.add(figure) }
      print(isJSON ? try report.json : report.table)
    #endif
  }

  private static func list() {
    for figure in Figure.all { print("\(figure.name)\t\(figure.summary)") }
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
