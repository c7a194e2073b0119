import PowerPlatform

/// One mistake in a scenario file, and where it is.
public struct Diagnostic: Hashable, Sendable, Error {
  /// A place that helps to understand the mistake.
  public struct Related: Hashable, Sendable {
    /// The file.
    public var file: String
    /// The line, from 1.
    public var line: Int

    /// A place.
    public init(file: String, line: Int) {
      self.file = file
      self.line = line
    }
  }

  /// The file's path.
  public var file: String
  /// The line, from 1.
  public var line: Int
  /// The first column, from 1, in characters.
  public var column: Int
  /// The column after the last.
  public var endColumn: Int
  /// What kind of mistake it is.
  public var code: DiagnosticCode
  /// What is wrong, and what would be right.
  public var message: String
  /// A near name or word that would be right.
  public var suggestion: String?
  /// The other place that the mistake has to do with.
  public var related: Related?
  /// Further lines with the very same mistake, the first few of them.
  public var alsoOnLines: [Int] = []
  /// The line as written; of a very long one, the part around the mistake.
  public var sourceLine: String
  /// The column in ``sourceLine``, from 1.
  public var sourceColumn: Int

  /// A mistake in the first place of a file that cannot be shown.
  init(_ code: DiagnosticCode, file: String, _ message: String) {
    self.file = file
    (line, column, endColumn) = (1, 1, 1)
    self.code = code
    self.message = message
    sourceLine = ""
    sourceColumn = 1
  }

  /// A mistake in a stretch of a file. `hint` is a line at or before the stretch and its first
  /// byte, so that lines are not counted from the top each time.
  init(
    _ code: DiagnosticCode, in source: SourceText, at range: Range<Int>, from hint: LineHint,
    _ message: String
  ) {
    self.init(code, file: source.path, message)
    let place = Place(range, in: source.bytes, from: hint)
    (line, column, endColumn) = (place.line, place.column, place.endColumn)
    (sourceLine, sourceColumn) = (place.text, place.textColumn)
  }

  /// The first place where a file is no text; nil where all of it is.
  init?(notText source: SourceText) {
    guard let fault = firstFault(inText: source.bytes) else { return nil }
    self.init(
      .notText, in: source, at: fault..<fault + 1, from: LineHint(),
      source.bytes[fault] == 0
        ? "this is not a text file: it contains a NUL byte"
        : "this is not a text file: its bytes are not UTF-8 here")
  }
}

/// A byte that is known to lie on a line.
struct LineHint {
  var line = 1
  var byte = 0
  /// The byte's column; 0 where it is not known.
  var column = 0
}

/// A stretch of a file as people count: lines and characters.
struct Place {
  var line: Int
  var column: Int
  var endColumn: Int
  var text: String
  var textColumn: Int

  /// What is shown of a line on either side of the mistake.
  private static let margin = 100

  init(_ range: Range<Int>, in bytes: [UInt8], from hint: LineHint) {
    let start = min(range.lowerBound, bytes.count)
    line = hint.line + bytes[hint.byte..<max(hint.byte, start)].count { $0 == 0x0a }
    let reach = min(bytes.count, max(range.upperBound, start + 4 * Self.margin))
    var last = bytes[start..<max(start, reach)].firstIndex(of: 0x0a) ?? max(start, reach)
    if last > start, bytes[last - 1] == 0x0d { last -= 1 }
    let span = Self.text(bytes[start..<max(start, min(range.upperBound, last))])
    let before: String
    if hint.column > 0, hint.line == line {
      // The line may be the whole file: nothing is looked for on it but what is shown.
      let near = Self.lineStart(in: bytes, before: start, reach: 4 * Self.margin)
      before = Self.text(bytes[near..<start])
      column = hint.column + Self.text(bytes[hint.byte..<max(hint.byte, start)]).count
    } else {
      before = Self.text(bytes[Self.lineStart(in: bytes, before: start, reach: start)..<start])
      column = before.count + 1
    }
    endColumn = column + max(1, span.count)
    let after = Self.text(bytes[start..<max(start, min(last, start + 4 * Self.margin))])
    let shown = before.suffix(Self.margin)
    let isCut = shown.count + 1 < column
    text = (isCut ? "…" : "") + shown + after.prefix(Self.margin)
    if after.count > Self.margin { text += "…" }
    textColumn = shown.count + (isCut ? 2 : 1)
  }

  /// The first byte of the line that `end` is on, or one at most `reach` before it that begins a
  /// scalar.
  private static func lineStart(in bytes: [UInt8], before end: Int, reach: Int) -> Int {
    var first = end
    while first > max(0, end - reach), bytes[first - 1] != 0x0a { first -= 1 }
    if first == 0, bytes.starts(with: [0xef, 0xbb, 0xbf]) { return min(3, end) }
    while first < end, bytes[first] & 0xc0 == 0x80 { first += 1 }
    return first
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}

/// What came of reading a file.
public struct Loaded: Sendable {
  /// The title, as far as it could be read.
  public var title: String
  /// The scenario; nil where anything is wrong.
  public var scenario: Scenario?
  /// What is wrong, by file and place.
  public var diagnostics: [Diagnostic]
  /// How many more mistakes there are, which are counted only.
  public var omitted: Int
}

/// Collects the mistakes of one file; the first hundred are kept, the rest counted.
struct Findings {
  private(set) var kept: [Diagnostic] = []
  private(set) var count = 0

  /// As many as are printed of a file.
  static let limit = 100

  /// Whether another one would be kept: describing it is worth the effort.
  var hasRoom: Bool { kept.count < Self.limit }

  mutating func add(_ diagnostic: @autoclosure () -> Diagnostic) {
    if hasRoom { kept.append(diagnostic()) }
    count += 1
  }

  /// Counts a mistake that nobody describes.
  mutating func omit() { count += 1 }

  /// Notes that the mistake in a row of ``kept`` stands on another line as well.
  mutating func repeatFinding(_ row: Int, line: Int) {
    guard kept[row].alsoOnLines.count < 10, kept[row].alsoOnLines.last != line,
      kept[row].line != line
    else { return }
    kept[row].alsoOnLines.append(line)
  }
}
