import Analysis
import PowerPlatform
import Reports
import ScenarioLanguage
import SimulationTrace

/// `page FILE… --output DIR`: a player's page of each scenario, and an index that leads to them.
@Sendable func pageCommand(_ invocation: Invocation, _ console: Console) throws {
  let seed = try invocation.seed()
  var reader = Reader(invocation, console)
  let files = try reader.files(invocation.operands)
  let place = invocation.value(of: .outputFolder) ?? "."
  var folder = try PageFolder(place, console, of: files, below: invocation.operands)
  for (row, path) in files.enumerated() {
    console.progress.show(row, of: files.count)
    guard let scenario = try reader.scenario(path) else { continue }
    let simulation = simulate(scenario, seed: seed)
    let verdicts = judgeWithCovers(scenario, simulation)
    console.note(verdicts)
    try folder.add(path, scenario, simulation, verdicts)
  }
  try folder.finish()
}

/// A folder of pages.
private struct PageFolder {
  private let path: String
  private let console: Console
  /// What pages are made of: none of them is replaced.
  private let files: [String]
  /// The files and folders that were asked for.
  private let operands: [String]
  private var entries: [PlayerIndex.Entry] = []
  private var names: Set<String> = ["index.html"]

  init(
    _ path: String, _ console: Console, of files: [String], below operands: [String]
  ) throws {
    self.path = path
    self.files = files
    self.operands = operands
    self.console = console
    try makeFolder(path)
  }

  /// Writes a scenario's page; where that can't be, the others are written all the same.
  mutating func add(
    _ file: String, _ scenario: Scenario, _ simulation: Simulation, _ verdicts: [Verdict]
  ) throws {
    let name = name(for: file)
    let page = playerPage(file, scenario, simulation, verdicts)
    do {
      try write(page.bytes(for: "\(path)/\(name)"), name)
    } catch {
      return console.report(error)
    }
    var play = page.play
    play.verdicts = verdicts
    entries.append(PlayerIndex.Entry(name, folder: subfolder(of: file), play))
  }

  /// Where a file lies below the folder that was asked for: `audit`; empty where it was asked for
  /// itself.
  private func subfolder(of file: String) -> String {
    let root = operands.map { $0.hasSuffix("/") ? $0 : $0 + "/" }.first { file.hasPrefix($0) }
    return root.map { file.dropFirst($0.count).split(separator: "/").dropLast() }?
      .joined(separator: "/") ?? ""
  }

  /// A file's name without its ending; where another page has it, with a number.
  private mutating func name(for file: String) -> String {
    let last = file.split(separator: "/").last.map(String.init) ?? file
    let hasEnding = last.hasSuffix(".scenario")
    let stem = last == "-" ? "scenario" : hasEnding ? String(last.dropLast(9)) : last
    var name = "\(stem).html"
    var number = 2
    while !names.insert(name).inserted {
      name = "\(stem)-\(number).html"
      number += 1
    }
    return name
  }

  private func write(_ bytes: [UInt8], _ name: String) throws {
    try console.spare(.outputFolder, "\(path)/\(name)", besides: files)
    try WholeFile.write(bytes, to: "\(path)/\(name)")
    try console.warnOfSize(bytes.count, "\(path)/\(name)")
  }

  func finish() throws {
    guard !entries.isEmpty else { return }
    try write(PlayerIndex(entries).html, "index.html")
    try console.say("\(counted(entries.count, "page")) and an index in \(printable(path))\n")
  }
}
