import DiscreteEvents
import PowerPlatform
import SimulationTrace

/// A variant as far as it was read.
struct VariantDraft {
  /// The most statements that all variants have together: each keeps its whole timeline.
  static let mostStatements = 1_000_000

  var variant: Variant
  /// The statement that declares it.
  var row: Int
  /// What happens in it alone, in file order.
  var own: [Statement] = []
  /// How many of the scenario's statements stand above each of these.
  var above: [Int] = []
  var previousAt: (time: Instant, line: UInt32)?
  /// What is expected of it, and whether a statement it speaks of is one of its own.
  var expectations: [(expectation: Expectation, isAboutOwn: Bool)] = []
}

/// A statement: a row of the scenario's timeline, or of what happens in a variant alone.
struct StatementPlace: Hashable {
  var variant: Int?
  var row: Int
}

/// A name's row that is there in some variants alone.
struct ScopedName: Hashable {
  var kind: NameKind
  var row: Int
}

extension Checker {
  mutating func declareVariant() {
    let name = declare(.variant, row: variants.count)
    variants.append(
      VariantDraft(
        variant: Variant(name: name, title: text(.title), line: scenarioLine), row: row))
  }

  /// Takes up the variant that the statement begins with; false where there is no such variant.
  mutating func enterVariant() -> Bool {
    variant = nil
    guard let capture = capture(.variant) else { return true }
    variant = row(capture, .variant)
    return variant != nil
  }

  /// Adds what happens, and says where it is.
  mutating func append(_ statement: Statement) -> StatementPlace {
    guard let variant else {
      script.happens(at: statement.time)
      scenario.timeline.append(statement)
      return StatementPlace(row: scenario.timeline.count - 1)
    }
    script.happensInVariant(at: statement.time)
    variants[variant].own.append(statement)
    variants[variant].above.append(scenario.timeline.count)
    return StatementPlace(variant: variant, row: variants[variant].own.count - 1)
  }

  /// Where the next statement will be.
  var nextPlace: StatementPlace {
    StatementPlace(
      variant: variant, row: variant.map { variants[$0].own.count } ?? scenario.timeline.count)
  }

  func statement(at place: StatementPlace) -> Statement {
    place.variant.map { variants[$0].own[place.row] } ?? scenario.timeline[place.row]
  }

  // MARK: Names

  /// Notes that a name is created here: what a variant alone creates, only that variant knows.
  mutating func noteCreation(_ kind: NameKind, row: Int, isNew: Bool) {
    let name = ScopedName(kind: kind, row: row)
    guard let variant else { return scopes[name] = nil }
    if isNew || scopes[name] != nil { scopes[name, default: []].insert(variant) }
  }

  /// The variants that alone know what has a row, where this statement is of none of them.
  func foreignScope(_ kind: NameKind, row: Int) -> String? {
    guard let known = scopes[ScopedName(kind: kind, row: row)] else { return nil }
    if let variant, known.contains(variant) { return nil }
    return known.sorted().map { variants[$0].variant.name }.joined(separator: ", ")
  }

  // MARK: Timelines

  /// Gives each variant its whole timeline, and expectations their rows in it.
  mutating func finishVariants() {
    guard !reportTooManyVariants() else { return }
    for row in variants.indices {
      let places = places(inVariant: row)
      variants[row].variant.timeline = places.map { statement(at: $0) }
      variants[row].variant.ownRows = Set(places.indices.filter { places[$0].variant != nil })
      let rows = Dictionary(uniqueKeysWithValues: places.enumerated().map { ($1, $0) })
      variants[row].variant.expectations = variants[row].expectations.map { draft in
        draft.expectation.movingStatement {
          rows[StatementPlace(variant: draft.isAboutOwn ? row : nil, row: $0)] ?? $0
        }
      }
    }
    scenario.variants = variants.map(\.variant)
  }

  private mutating func reportTooManyVariants() -> Bool {
    var count = 0
    for draft in variants {
      count += scenario.timeline.count + draft.own.count
      guard count > VariantDraft.mostStatements else { continue }
      (file, row) = (0, draft.row)
      report(
        .tooManyVariants, opening,
        "with this, the variants have \(count) statements, each all those of the scenario; the "
          + "limit is \(VariantDraft.mostStatements)")
      return true
    }
    return false
  }

  /// The statements of a variant by time, at equal times by their place in the file.
  func places(inVariant number: Int) -> [StatementPlace] {
    let (base, draft) = (scenario.timeline, variants[number])
    var places: [StatementPlace] = []
    var row = 0
    for (own, statement) in draft.own.enumerated() {
      while row < base.count, (base[row].time, row) < (statement.time, draft.above[own]) {
        places.append(StatementPlace(row: row))
        row += 1
      }
      places.append(StatementPlace(variant: number, row: own))
    }
    return places + (row..<base.count).map { StatementPlace(row: $0) }
  }
}

extension Expectation {
  /// The expectation where statements have other rows.
  fileprivate func movingStatement(_ row: (Int) -> Int) -> Expectation {
    var expectation = self
    switch claim {
    case .outcome(let statement, let outcome, let because):
      expectation.claim = .outcome(statement: row(statement), outcome, because: because)
    case .error(let statement, let text):
      expectation.claim = .error(statement: row(statement), text)
    case .errorCode(let statement, let code):
      expectation.claim = .errorCode(statement: row(statement), code)
    case .returned(let statement, let report):
      expectation.claim = .returned(statement: row(statement), report)
    default: break
    }
    return expectation
  }
}
