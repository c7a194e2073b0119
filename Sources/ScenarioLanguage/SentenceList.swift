/// A scenario as its sentences, one a line, with the files that it uses taken in: for whoever takes
/// sentences away and asks what is left.
///
/// Comments are left behind.
public struct SentenceList: Sendable {
  /// One sentence.
  public struct Line: Sendable, Identifiable {
    /// Which sentence it is, whatever becomes of the others.
    public let id: Int
    /// The sentence.
    public internal(set) var text: String
    /// Whether it says what is expected.
    public var isExpectation: Bool { section == .expectation }

    let section: Section
    let sentence: Sentence
    /// The `at` line that it speaks of.
    let subject: Int?
    var names: LineNames
  }

  /// The sentences in the order in which they are written.
  public private(set) var lines: [Line]
  /// Names that some sentence introduces; all others are known without one.
  private let introduced: Set<LineNames.Name>

  /// Takes a scenario apart that has been read without a mistake.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - read: gives a file's bytes, as for ``load(_:behaviours:read:)``.
  public init(_ path: String, read: @escaping (String) -> Result<[UInt8], ReadProblem>) {
    var collector = Collector(read: read)
    collector.collect(path)
    lines = collector.lines
    introduced = Set(lines.flatMap(\.names.introduced))
  }

  /// The sentences as a file; the first one is its first line, each has one.
  public var bytes: [UInt8] { Array(lines.map { $0.text + "\n" }.joined().utf8) }

  /// The sentences as a file in canonical layout.
  public var canonical: [UInt8] {
    let document = statements(in: SourceText(path: "", bytes: bytes)).document
    return (try? formatted(document.plainText, path: "").get()) ?? bytes
  }

  /// The script with these of its sentences only, and without those that name what is gone.
  public func keeping(_ kept: [Line]) -> SentenceList {
    var known: Set<LineNames.Name> = []
    var ids: Set<Int> = []
    var script = self
    script.lines = kept.filter { line in
      let isKnown = line.names.named.allSatisfy { known.contains($0) || !introduced.contains($0) }
      guard isKnown, line.subject.map(ids.contains) ?? true else { return false }
      known.formUnion(line.names.introduced)
      ids.insert(line.id)
      return true
    }
    return script
  }

  /// The script with another wording of one of its lines.
  func replacing(_ row: Int, by text: String) -> SentenceList {
    var script = self
    script.lines[row].text = text
    script.lines[row].names = LineNames(of: text, script.lines)
    return script
  }
}

// MARK: - Taking files in

/// What is said of a tenant or a connection.
private struct Saying: Hashable {
  var sentence: Sentence
  var subject: LineNames.Name
}

extension SentenceList.Line {
  /// Whether a file says it once of a tenant or a connection.
  fileprivate var isSaidOnce: Bool { [.isolation, .licence, .dataAccess].contains(sentence) }
}

/// Gathers the sentences of a file and of those it uses, as far as they count.
private struct Collector {
  let read: (String) -> Result<[UInt8], ReadProblem>
  private var header: [SentenceList.Line] = []
  private var world: [SentenceList.Line] = []
  private var timeline: [SentenceList.Line] = []
  private var count = 0
  private var taken: Set<String> = []
  /// The row in ``header`` of each setting, and the depth of the file that made it.
  private var settings: [Sentence: (row: Int, depth: Int)] = [:]
  private var subject: Int?

  init(read: @escaping (String) -> Result<[UInt8], ReadProblem>) { self.read = read }

  /// All sentences, each name after the sentence that introduces it. Of what can be said once in a
  /// file, the last one that says it counts.
  var lines: [SentenceList.Line] {
    var lines = header.filter { !$0.text.isEmpty } + world + timeline
    for row in lines.indices { lines[row].names = LineNames(of: lines[row].text, lines) }
    var said: Set<Saying> = []
    let counted = lines.reversed().filter { line in
      guard line.isSaidOnce, let subject = line.names.named.first else { return true }
      return said.insert(Saying(sentence: line.sentence, subject: subject)).inserted
    }
    return counted.reversed()
  }

  mutating func collect(_ path: String, depth: Int = 0) {
    guard case .success(let bytes) = read(path) else { return }
    taken.insert(depth == 0 && path != "-" ? SourceText.normalized(path) : path)
    let document = statements(in: SourceText(path: path, bytes: bytes)).document
    for row in document.statements.indices {
      guard let (sentence, section) = document.meaning(of: row) else { continue }
      if sentence == .use {
        use(document, row, depth)
      } else if depth == 0 || section == .world || section.isSetting(sentence) {
        add(document.source(of: row), sentence, section, depth)
      }
    }
  }

  private mutating func use(_ document: Document, _ row: Int, _ depth: Int) {
    let captures = document.captures[document.captures(of: row)]
    guard let capture = captures.first else { return }
    let written = document.unquoted(capture.range)
    let target = SourceText.resolve(written, from: document.source.path)
    if !taken.contains(target) { collect(target, depth: depth + 1) }
  }

  private mutating func add(
    _ text: String, _ sentence: Sentence, _ section: Section, _ depth: Int
  ) {
    let line = SentenceList.Line(
      id: count, text: text, section: section, sentence: sentence,
      subject: sentence.speaksOfStatementAbove ? subject : nil, names: LineNames())
    count += 1
    switch section {
    case .header: add(setting: line, depth)
    case .world: world.append(line)
    case .timeline:
      subject = line.id
      timeline.append(line)
    case .expectation, .script: timeline.append(line)
    }
  }

  /// The file nearest to the user decides on a setting, and of equally near ones the last.
  private mutating func add(setting line: SentenceList.Line, _ depth: Int) {
    if line.section.isSetting(line.sentence) {
      if let known = settings[line.sentence.key] {
        guard depth <= known.depth else { return }
        header[known.row].text = ""
      }
      settings[line.sentence.key] = (header.count, depth)
    }
    header.append(line)
  }
}
