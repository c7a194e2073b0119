import DiscreteEvents
import PowerPlatform
import SimulationTrace

/// A scenario file with known delays instead of a range. Comments and layout stay; of a file in the
/// JSON form, the sentences are written.
///
/// - Parameters:
///   - bytes: the file, which has no mistakes.
///   - path: where it was read, for diagnostics.
///   - known: the delays, by rows of the scenario's timeline or of the variant's.
///   - variant: the variant whose timeline it is; nil for the scenario's own.
///   - moved: what a `use` line has to say in the new place to lead to a file; it is given the path
///     that leads there now.
public func fixed(
  _ bytes: [UInt8], path: String, _ known: FixedPropagation, in variant: Variant? = nil,
  moved: (String) -> String
) -> Result<[UInt8], SyntaxProblems> {
  converted(bytes, path: path, to: .scenario).map { bytes in
    let source = SourceText(path: path, bytes: bytes)
    let document = Parser.parse(source, forLayout: true).document
    var edits = Edits(document)
    edits.fix(known, variant, moved)
    return edits.result
  }
}

/// The delays of statements as they follow each other in a file.
private struct DelaysInFileOrder {
  let variant: String?
  /// Of the scenario's statements, and of those of the variant alone.
  var shared: [Delay?] = []
  var own: [Delay?] = []

  /// The delay of the next statement, which is of a variant or of the scenario itself.
  mutating func next(_ name: String?) -> Delay? {
    if name == nil { return shared.popLast() ?? nil }
    return name == variant ? own.popLast() ?? nil : nil
  }
}

extension FixedPropagation {
  fileprivate func inFileOrder(_ variant: Variant?) -> DelaysInFileOrder {
    var inOrder = DelaysInFileOrder(variant: variant?.name)
    guard let last = delays.keys.max() else { return inOrder }
    for row in (0...last).reversed() {
      if variant?.ownRows.contains(row) == true {
        inOrder.own.append(delays[row])
      } else {
        inOrder.shared.append(delays[row])
      }
    }
    return inOrder
  }
}

extension Document {
  /// The variant that a statement begins with.
  func variant(of statement: Int) -> String? {
    captures[captures(of: statement)].first { $0.field == .variant }.map { text($0.range) }
  }
}

/// Changes of a file's text, gathered in the order of its statements.
private struct Edits {
  private let document: Document
  private var edits: [(range: Range<Int>, text: [UInt8])] = []

  init(_ document: Document) { self.document = document }

  mutating func fix(
    _ known: FixedPropagation, _ variant: Variant?, _ moved: (String) -> String
  ) {
    let propagation = durationText(known.propagation)
    var (isSet, lastUse) = (false, nil as Int?)
    var delays = known.inFileOrder(variant)
    for statement in document.statements.indices {
      switch document.meaning(of: statement) {
      case (.setPropagation, _)?:
        if let range = place(.value, of: statement) { add(range, propagation.utf8) }
        isSet = true
      case (.use, _)?:
        if let range = place(.path, of: statement) { move(range, moved) }
        lastUse = statement
      case (_, .timeline)?:
        if let delay = delays.next(document.variant(of: statement)) {
          append(delay, to: statement)
        }
      default: break
      }
    }
    if !isSet, let lastUse { insertSetting(propagation, below: lastUse) }
  }

  /// Sets what a used file sets: the file nearest to the user wins.
  private mutating func insertSetting(_ propagation: String, below statement: Int) {
    let end = document.lineEnd(of: statement)
    let place = edits.count { $0.range.lowerBound < end }
    edits.insert((end..<end, Array("\nset      propagation \(propagation)".utf8)), at: place)
  }

  private mutating func move(_ range: Range<Int>, _ moved: (String) -> String) {
    let written = document.unquoted(range)
    guard !written.hasPrefix("/") else { return }
    let path = moved(SourceText.resolve(written, from: document.source.path))
    if path != SourceText.normalized(written) { add(range, Document.quoted(path.utf8)) }
  }

  private mutating func add(_ range: Range<Int>, _ text: some Sequence<UInt8>) {
    edits.append((range, Array(text)))
  }

  private func place(_ field: Field, of statement: Int) -> Range<Int>? {
    document.captures[document.captures(of: statement)].first { $0.field == field }
      .map(\.range)
  }

  private mutating func append(_ delay: Delay, to statement: Int) {
    let end = end(of: statement)
    let clause = " in force after \(durationText(delay.length))" + (delay.isLast ? " last" : "")
    add(end..<end, clause.utf8)
  }

  private func end(of statement: Int) -> Int {
    document.tokens(of: statement).last.map { document.tokens[$0].end } ?? 0
  }

  /// The text with all changes made.
  var result: [UInt8] {
    var bytes: [UInt8] = []
    var end = 0
    for edit in edits {
      bytes += document.source.bytes[end..<edit.range.lowerBound]
      bytes += edit.text
      end = edit.range.upperBound
    }
    return bytes + document.source.bytes[end...]
  }
}
