import DiscreteEvents
import SimulationTrace

// Application packages and mails in a story.

extension PackageState {
  var mark: Mark {
    switch self {
    case .installRequested: .saved
    case .none, .installing: .plain
    case .installed: .good
    case .installFailed: .bad
    }
  }
}

extension Trace {
  /// Says beneath a line how far packages have come that an environment has something of.
  func addPackages(of record: Record, to line: inout StoryLine) {
    let entries = record.packageList.map { packageLists[$0.row].entries } ?? []
    let touched = entries.filter { $0.state != .none }
    for entry in touched { line.add(.then, "\(printable(entry.name)) is \(entry.state.name)") }
    let rest = counted(entries.count - touched.count, touched.isEmpty ? "package" : "more package")
    line.add(.then, "\(rest) can be installed")
  }
}

extension StoryLine {
  /// Says beneath a line what a mail says.
  mutating func add(_ mail: Mail) {
    add(.sees, mail.subject)
    for text in mail.body.split(separator: "\n") { add(.sees, String(text)) }
  }
}
