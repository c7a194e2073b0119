import DiscreteEvents
import PowerPlatform
import SimulationTrace

/// Reads a scenario file and all it uses.
///
/// - Parameters:
///   - path: the file, as diagnostics name it; `-` where it comes from standard input.
///   - behaviours: the ids that `covers` may name; nil where they are not checked.
///   - read: gives a file's bytes. It compares the file's size with ``sizeLimit`` first.
/// - Returns: the scenario, or everything that is wrong with the files.
public func load(
  _ path: String, behaviours: [String]? = nil,
  read: @escaping (String) -> Result<[UInt8], ReadProblem>
) -> Loaded {
  var checker = Checker(behaviours: behaviours, read: read)
  checker.load(path)
  return checker.loaded
}

extension Checker {
  /// Reads and checks the file that was asked for.
  mutating func load(_ path: String) {
    switch bytes(of: path) {
    case .failure(let problem):
      files.append(
        File(document: Document(SourceText(path: path, bytes: [])), findings: Findings()))
      files[0].findings.add(Diagnostic(problem.code, file: path, problem.description))
    case .success(let bytes):
      scenario.title = SourceText.title(of: path)
      bytesLeft -= bytes.count
      self.path = [path == "-" ? path : SourceText.normalized(path)]
      open(SourceText(path: path, bytes: bytes), depth: 0)
      complete()
    }
  }

  private func bytes(of path: String) -> Result<[UInt8], ReadProblem> {
    read(path).flatMap { bytes in
      bytes.count <= sizeLimit ? .success(bytes) : .failure(.tooLarge(bytes: bytes.count))
    }
  }

  private mutating func open(_ source: SourceText, depth: Int) {
    let (document, findings) = statements(in: source)
    files.append(File(document: document, findings: findings, depth: depth))
    check(files.count - 1)
  }

  /// What can be said only when everything was read.
  private mutating func complete() {
    checkRuleLimits()
    for connector in scenario.cast.connectors {
      _ = operation(named: connector.trigger)
      _ = operation(named: connector.action)
    }
    let end = min(latest.milliseconds + 3_600_000, Scenario.longest)
    scenario.until = until ?? Instant(end)
    countWorkingRuns()
    finishScript()
    finishVariants()
    // Whoever is of no tenant can't be simulated.
    let isSound = !isClockWrong && !isWorldIncomplete && !scenario.cast.tenants.isEmpty
    if !repeats.isEmpty, isSound { reportCollisions() }
  }

  /// Only a simulation knows what is there when something is created once more: what a policy
  /// blocked, or somebody deleted, is not. Where a statement is wrong, only what was there since
  /// before the start is certain, unless the wrong statement speaks of it.
  private mutating func reportCollisions() {
    let places = collisions()
    let certain = isTimelineIncomplete ? declared : []
    for repetition in repeats where places.contains(repetition.statement) {
      (file, row) = (repetition.file, repetition.row)
      guard let capture = capture(.name) else { continue }
      if isTimelineIncomplete {
        let name = intern(capture, repetition.kind)
        let thing = names.row(name).map { ScopedName(kind: repetition.kind, row: $0) }
        guard let thing, certain.contains(thing), !names.isPoisoned(name) else { continue }
      }
      report(
        .repeatedName, capture,
        "there is \(repetition.kind.description) \"\(shown(capture))\" already, "
          + "line \(repetition.origin.line)",
        related: repetition.origin)
    }
  }

  /// The statements that create what is there already, in the scenario or in a variant.
  private func collisions() -> Set<StatementPlace> {
    var places = Set(simulate(scenario).collisions.map { StatementPlace(row: $0) })
    for (number, variant) in scenario.variants.enumerated() {
      let rows = self.places(inVariant: number)
      places.formUnion(simulate(scenario.playing(variant)).collisions.map { rows[$0] })
    }
    return places
  }

  /// What is there since before the start.
  private var declared: Set<ScopedName> {
    Set(
      scenario.declarations.compactMap { declaration in
        switch declaration.item {
        case .connection(let row, _): ScopedName(kind: .connection, row: row.row)
        case .app(let row, _): ScopedName(kind: .app, row: row.row)
        case .flow(let row, _): ScopedName(kind: .flow, row: row.row)
        case .share, .dataAccess: nil
        }
      })
  }

  /// What came of it, in the order in which people read: by file, line and column.
  var loaded: Loaded {
    var diagnostics: [Diagnostic] = []
    for file in files {
      diagnostics += file.findings.kept.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    }
    return Loaded(
      title: scenario.title, scenario: problems == 0 ? scenario : nil, diagnostics: diagnostics,
      omitted: problems - diagnostics.count)
  }
}

// MARK: - Used files

extension Checker {
  /// Files that use one another in a longer chain are a mistake, and would end the stack.
  private static let deepest = 64

  mutating func use() {
    guard let capture = capture(.path), let written = text(.path) else { return }
    let target = SourceText.resolve(written, from: document.source.path)
    if path.contains(target) {
      return report(
        .cyclicUse, capture,
        "files use each other in a circle: \((path + [target]).joined(separator: " → "))")
    }
    guard taken.insert(target).inserted else { return }
    switch path.count < Self.deepest
      ? bytes(of: target) : .failure(.unreadable(reason: "nested too deeply"))
    {
    case .failure(let problem):
      isWorldIncomplete = true
      let chain = path.count > 1 ? " (\((path + [target]).joined(separator: " → ")))" : ""
      report(
        .unreadableUse, capture, "\(target): \(problem.description)\(chain)")
    case .success(let bytes) where bytes.count > bytesLeft:
      isWorldIncomplete = true
      report(
        .fileTooLarge, capture,
        "\(target): with it, the files have more than 2 GiB together")
    case .success(let bytes):
      bytesLeft -= bytes.count
      enter(SourceText(path: target, bytes: bytes))
    }
  }

  private mutating func enter(_ source: SourceText) {
    let outer = useLine
    useLine = useLine ?? line
    path.append(source.path)
    open(source, depth: path.count - 1)
    path.removeLast()
    useLine = outer
  }
}

extension ReadProblem {
  /// The code of the diagnostic about a file that was asked for.
  fileprivate var code: DiagnosticCode {
    if case .tooLarge = self { .fileTooLarge } else { .unreadableFile }
  }

  /// The problem in words.
  public var description: String {
    switch self {
    case .missing: "there is no such file"
    case .directory: "this is a directory, not a file"
    case .tooLarge(let bytes):
      "the file has \(bytes >> 20) MiB; the limit is \(sizeLimit >> 20) MiB"
    case .unreadable(let reason): "the file cannot be read: \(reason)"
    }
  }
}
