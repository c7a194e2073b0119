import SimulationTrace

/// What a name can be the name of; each has names of its own.
enum NameKind: Int, CaseIterable {
  case tenant, person, connector, connection, app, flow, dataPolicy, variant, report, operation
  case environment, package
  case alertPolicy, registration, contentPage

  /// The kind as messages name it.
  var description: String {
    switch self {
    case .tenant: "a tenant"
    case .person: "a person"
    case .connector: "a connector"
    case .connection: "a connection"
    case .app: "an app"
    case .flow: "a flow"
    case .dataPolicy: "a data policy"
    case .variant: "a variant"
    case .report: "a report"
    case .operation: "an operation"
    case .environment: "an environment"
    case .package: "a package"
    case .alertPolicy: "an alert policy"
    case .registration: "an app registration"
    case .contentPage: "a page of content"
    }
  }

  /// The code of the diagnostic about a name nothing of this kind has.
  var unknownCode: DiagnosticCode {
    switch self {
    case .tenant: .unknownTenant
    case .person: .unknownPerson
    case .connector: .unknownConnector
    case .connection: .unknownConnection
    case .app: .unknownApp
    case .flow: .unknownFlow
    case .dataPolicy: .unknownDataPolicy
    case .variant: .unknownVariant
    case .report: .unknownReport
    case .operation: .unknownOperation
    case .environment: .unknownEnvironment
    case .package: .unknownPackage
    case .alertPolicy: .unknownAlertPolicy
    case .registration: .unknownRegistration
    case .contentPage: .unknownContentPage
    }
  }
}

/// Where something was declared.
struct Origin: Hashable {
  /// The row among the files that were read; negative for the catalogue.
  var file: Int32
  var line: UInt32
}

/// Every distinct name of a kind once, and what has it.
///
/// Open addressing over the names' bytes, so that looking one up makes no text.
struct Names {
  /// A name, whose bytes end where the next one's begin, and what has it: nothing where the row
  /// is -1.
  private struct Entry {
    var hash: UInt32
    var kind: NameKind
    var start: UInt32
    var row: Int32 = -1
    var origin = Origin(file: -1, line: 0)
  }

  private var slots: [Int32] = Array(repeating: -1, count: 1024)
  private var bytes: [UInt8] = []
  private var entries: [Entry] = []
  private var poisoned: Set<String> = []

  /// Makes room for so many names.
  mutating func reserveCapacity(_ count: Int) {
    entries.reserveCapacity(count)
    bytes.reserveCapacity(count * 8)
    var size = slots.count
    while size < count * 2 { size *= 2 }
    if size > slots.count { resize(to: size) }
  }

  /// The number of the name that stands in a stretch.
  mutating func intern(_ range: Range<Int>, of text: [UInt8], _ kind: NameKind) -> Int {
    let hash = Self.hash(range, of: text, kind)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let id = Int(slots[slot])
      if entries[id].hash == hash, entries[id].kind == kind,
        text.isEqual(in: range, to: self.range(id), of: bytes)
      {
        return id
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(truncatingIfNeeded: entries.count)
    entries.append(
      Entry(hash: hash, kind: kind, start: UInt32(truncatingIfNeeded: bytes.count)))
    bytes += text[range]
    if entries.count * 2 > slots.count { resize(to: slots.count * 2) }
    return entries.count - 1
  }

  /// The name's number.
  mutating func intern(_ name: String, _ kind: NameKind) -> Int {
    let bytes = Array(name.utf8)
    return intern(bytes.indices, of: bytes, kind)
  }

  /// Names that differ in their last letter are neighbours: a file that counts its names up finds
  /// them where the processor looks already.
  @inline(__always) private static func hash(
    _ range: Range<Int>, of text: [UInt8], _ kind: NameKind
  ) -> UInt32 {
    var hash = UInt32(truncatingIfNeeded: kind.rawValue) &* 0x9e37_79b1
    for position in range { hash = hash &* 131 &+ UInt32(text[position]) }
    return hash
  }

  private mutating func resize(to size: Int) {
    slots = Array(repeating: -1, count: size)
    for id in entries.indices {
      var slot = Int(truncatingIfNeeded: entries[id].hash) & (size - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Int32(truncatingIfNeeded: id)
    }
  }

  private func range(_ id: Int) -> Range<Int> {
    let end = id + 1 < entries.count ? Int(entries[id + 1].start) : bytes.count
    return Int(entries[id].start)..<end
  }

  /// The name as text.
  func text(_ id: Int) -> String { String(decoding: bytes[range(id)], as: UTF8.self) }

  /// The row of what has a name; nil where nothing has it.
  func row(_ id: Int) -> Int? { entries[id].row < 0 ? nil : Int(entries[id].row) }

  /// Gives a name to a row.
  mutating func bind(_ id: Int, row: Int, origin: Origin) {
    entries[id].row = Int32(truncatingIfNeeded: row)
    entries[id].origin = origin
  }

  /// Where the name was introduced last.
  func origin(_ id: Int) -> Origin { entries[id].origin }

  /// Every name of a kind, in the order of first mention.
  func all(_ kind: NameKind) -> [String] {
    entries.indices.filter { entries[$0].kind == kind && entries[$0].row >= 0 }.map(text)
  }

  /// Marks a name of whatever kind that a wrong line may have introduced: nothing more is said about
  /// it.
  mutating func poison(_ name: String) { poisoned.insert(name) }

  /// Whether nothing more is said about a name.
  func isPoisoned(_ id: Int) -> Bool { poisoned.contains(text(id)) }
}
