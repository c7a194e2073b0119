import Analysis
import PowerPlatform
import ReferenceEngine

extension Figure {
  /// All classes of delays judged, against simulating each class event by event.
  static let explore = Figure(
    name: "explore", summary: "4 changes, 50 flows, a day: all classes, against event by event"
  ) {
    let scenario = FourChanges().scenario
    let exploration = Analysis.explore(scenario)
    let all = Measurement { Analysis.explore(scenario).judged }
    let each = all.minimum / Double(exploration.judged)
    let plain = Measurement(repeating: 3) {
      var engine = ReferenceEngine(scenario)
      return engine.run().events.count
    }
    let records = Measurement {
      simulate(scenario).trace.records.reduce(0) { $0 + ($1.outcome == .failed ? 1 : 0) }
    }
    return [
      Finding("classes", Double(exploration.judged), .count),
      Finding("explore", all.minimum, .seconds),
      Finding("a class in explore", each, .seconds),
      Finding("a class in the reference engine", plain.minimum, .seconds),
      Finding("explore to the reference engine", each / plain.minimum, .ratio),
      Finding("a class with each of its records made", records.minimum, .seconds),
      Finding("explore to each record made", each / records.minimum, .ratio),
    ]
  }
}
