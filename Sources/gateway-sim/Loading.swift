import Analysis
import PowerPlatform
import Reports
import ScenarioLanguage
import SimulationTrace

/// Reads scenarios for a command and reports what is wrong with them.
struct Reader {
  private let console: Console
  private let format: String
  /// The variant to play, where the command line names one.
  let variant: String?
  /// The number of files with problems so far.
  private(set) var invalid = 0
  /// The number of problems so far.
  private(set) var problems = 0
  /// Files with problems, in the order in which they were met.
  private var rejected: [FileReport] = []

  init(_ invocation: Invocation, _ console: Console) {
    self.console = console
    format = invocation.value(of: .errorFormat) ?? "human"
    variant = invocation.value(of: .variant)
  }

  /// Whether problems are written for people.
  var isForPeople: Bool { format != "json" }

  /// The files that paths stand for: a folder stands for all scenarios below it. Each is named
  /// once; what can't be read is reported.
  mutating func files(_ paths: [String]) throws -> [String] {
    var files: [String] = []
    for path in paths {
      switch path == "-" ? nil : scenarioFiles(below: path) {
      case nil: files.append(path)
      case .success(let found) where !found.isEmpty: files += found
      case .success:
        try report(path, .unreadable(reason: "there is no .scenario file below this directory"))
      case .failure(let problem): try report(path, problem)
      }
    }
    var known: Set<String> = []
    return files.filter { known.insert($0).inserted }
  }

  /// A file's scenario, as the variant plays it where one is asked for; nil where the file has
  /// problems, which are reported.
  mutating func scenario(_ path: String) throws -> Scenario? {
    guard let scenario = try accept(load(path), path) else { return nil }
    return try variant.map { scenario.playing(try scenario.variant(named: $0, path)) } ?? scenario
  }

  /// What came of reading a file; nothing is reported yet.
  func load(_ path: String) -> Loaded {
    let console = console
    return ScenarioLanguage.load(path, behaviours: Catalogue.ids) { console.read($0) }
  }

  /// The scenario that was read; nil where it has problems, which are reported.
  mutating func accept(_ loaded: Loaded, _ path: String) throws -> Scenario? {
    try report(loaded, path)
    return loaded.scenario
  }

  /// A file as it is and in canonical layout; nil where it has problems, which are reported.
  mutating func layout(_ path: String) throws -> (written: [UInt8], canonical: [UInt8])? {
    switch console.read(path) {
    case .failure(let problem): try report(path, problem)
    case .success(let bytes):
      switch formatted(bytes, path: path) {
      case .success(let canonical): return (bytes, canonical)
      case .failure(let problems): try report(problems.diagnostics, problems.omitted, path)
      }
    }
    return nil
  }

  /// A file in another form; nil where it has problems, which are reported.
  mutating func converted(_ path: String, to format: ScenarioFormat) throws -> [UInt8]? {
    switch console.read(path) {
    case .failure(let problem): try report(path, problem)
    case .success(let bytes):
      switch ScenarioLanguage.converted(bytes, path: path, to: format) {
      case .success(let converted): return converted
      case .failure(let problems): try report(problems.diagnostics, problems.omitted, path)
      }
    }
    return nil
  }

  /// The files with problems since the last time it was asked.
  mutating func takeRejected() -> [FileReport] {
    defer { rejected = [] }
    return rejected
  }

  private mutating func report(_ path: String, _ problem: ReadProblem) throws {
    try report(ScenarioLanguage.load(path) { _ in .failure(problem) }, path)
  }

  private mutating func report(_ loaded: Loaded, _ path: String) throws {
    guard loaded.scenario == nil else { return }
    try report(loaded.diagnostics, loaded.omitted, path)
  }

  private mutating func report(
    _ diagnostics: [Diagnostic], _ omitted: Int, _ path: String
  ) throws {
    invalid += 1
    problems += diagnostics.count + omitted
    rejected.append(FileReport(path, problems: diagnostics.map(Problem.init), omitted: omitted))
    console.note(.invalid)
    var text = diagnostics.map { rendered($0) + "\n" }.joined()
    if omitted > 0 { text += rest(omitted, path) }
    try console.warn(text)
  }

  /// How many more problems there are than are shown.
  private func rest(_ omitted: Int, _ path: String) -> String {
    guard !isForPeople else {
      return "\(printable(path)): \(counted(omitted, "more problem")) not shown\n"
    }
    var buffer = ByteBuffer()
    buffer.append("{\"file\":")
    buffer.append(json: path)
    buffer.append(key: "omitted", decimal: omitted)
    buffer.append("}\n")
    return buffer.text
  }

  /// A problem as this command writes problems.
  func rendered(_ diagnostic: Diagnostic) -> String {
    switch format {
    case "json": diagnostic.json
    case "short": diagnostic.short
    default: diagnostic.human(inColor: console.style(of: console.errors).inColor)
    }
  }
}

extension Scenario {
  /// The variant with this name; that a file has no such variant is wrong usage.
  func variant(named name: String, _ path: String) throws -> Variant {
    if let variant = variants.first(where: { $0.name == name }) { return variant }
    throw UsageError(
      "--variant: \(path) has no variant \"\(name)\"",
      suggestion: nearest(to: name, among: variants.map(\.name)))
  }
}

extension Problem {
  fileprivate init(_ diagnostic: Diagnostic) {
    self.init(
      file: diagnostic.file, line: diagnostic.line, column: diagnostic.column,
      endColumn: diagnostic.endColumn, code: diagnostic.code.rawValue,
      message: diagnostic.message, suggestion: diagnostic.suggestion,
      alsoOnLines: diagnostic.alsoOnLines)
  }
}

extension Console {
  /// What came of reading each file and of the work on its scenario, in the files' order; several
  /// files are worked on at a time. Nothing is reported yet.
  func work<Product: Sendable>(
    on files: [String], jobs: Int, _ work: @escaping @Sendable (String, Scenario) -> Product?,
    then take: (String, Loaded, Product?) throws -> Void
  ) throws {
    let read = reader(of: files)
    let ordered = OrderedWork(files, jobs: jobs) { path in
      let loaded = ScenarioLanguage.load(path, behaviours: Catalogue.ids, read: read)
      return (loaded, loaded.scenario.flatMap { work(path, $0) })
    }
    defer { ordered.stop() }
    for (row, path) in files.enumerated() {
      progress.show(row, of: files.count)
      let (loaded, product) = ordered.product(of: row)
      try take(path, loaded, product)
    }
  }

  /// Marks failures and problems in a pull request, where a workflow on GitHub reads along.
  func annotate(_ files: [FileReport]) throws {
    guard isOnGitHub else { return }
    for file in files { try say(file.annotations) }
  }
}
