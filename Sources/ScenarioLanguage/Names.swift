import SimulationTrace

/// What a name can be the name of; each has names of its own.
enum NameKind: Int, CaseIterable {
  case tenant, person, connector, connection, app, flow, dataPolicy, variant

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
    }
  }
}

/// Where something was declared.
struct Origin: Hashable {
  /// The row among the files that were read; negative for the catalogue.
  var file: Int32
  var line: UInt32
}

/// Every distinct name once, and what has it.
///
/// Open addressing over the names' bytes, so that looking one up makes no text. A name is mostly that
/// of one thing, so what has it hangs on a list.
struct Names {
  /// A name, and the first in the list of what has it; -1 where nothing has.
  private struct Entry {
    var start: UInt32
    var length: UInt32
    var hash: UInt32
    var first: Int32 = -1
  }

  /// Something that has a name.
  private struct Bearer {
    var kind: NameKind
    var row: Int32
    var origin: Origin
    /// What else has the name; -1 for nothing.
    var next: Int32
  }

  private var slots: [Int32] = Array(repeating: -1, count: 1024)
  private var bytes: [UInt8] = []
  private var entries: [Entry] = []
  private var bearers: [Bearer] = []
  private var poisoned: Set<Int> = []

  /// Makes room for so many names more.
  mutating func reserveCapacity(_ count: Int) {
    entries.reserveCapacity(entries.count + count)
    bearers.reserveCapacity(bearers.count + count)
    var size = slots.count
    while size < (entries.count + count) * 2 { size *= 2 }
    if size > slots.count { resize(to: size) }
  }

  /// The name's number.
  mutating func intern(_ range: Range<Int>, of text: [UInt8]) -> Int {
    let hash = WordTable.hash(range, of: text)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let id = Int(slots[slot])
      if entries[id].hash == hash, text.isEqual(in: range, to: self.range(id), of: bytes) {
        return id
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(truncatingIfNeeded: entries.count)
    return append(Entry(start: UInt32(bytes.count), length: UInt32(range.count), hash: hash), text[range])
  }

  /// The name's number.
  mutating func intern(_ name: String) -> Int {
    let bytes = Array(name.utf8)
    return intern(bytes.indices, of: bytes)
  }

  private mutating func append(_ entry: Entry, _ name: ArraySlice<UInt8>) -> Int {
    bytes += name
    entries.append(entry)
    if entries.count * 2 > slots.count { resize(to: slots.count * 2) }
    return entries.count - 1
  }

  private mutating func resize(to size: Int) {
    slots = Array(repeating: -1, count: size)
    for (id, entry) in entries.enumerated() {
      var slot = Int(truncatingIfNeeded: entry.hash) & (size - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Int32(truncatingIfNeeded: id)
    }
  }

  private func range(_ id: Int) -> Range<Int> {
    let start = Int(entries[id].start)
    return start..<start + Int(entries[id].length)
  }

  /// The name as text.
  func text(_ id: Int) -> String { String(decoding: bytes[range(id)], as: UTF8.self) }

  /// Of those that have a name the one of a kind, a row of ``bearers``.
  private func bearer(_ id: Int, _ kind: NameKind) -> Int? {
    var row = Int(entries[id].first)
    while row >= 0 {
      if bearers[row].kind == kind { return row }
      row = Int(bearers[row].next)
    }
    return nil
  }

  /// The row of what has a name; nil where nothing has it.
  func row(_ id: Int, _ kind: NameKind) -> Int? {
    bearer(id, kind).map { Int(bearers[$0].row) }
  }

  /// Gives a name to a row.
  mutating func bind(_ id: Int, _ kind: NameKind, row: Int, origin: Origin) {
    let row = Int32(truncatingIfNeeded: row)
    if let known = bearer(id, kind) {
      (bearers[known].row, bearers[known].origin) = (row, origin)
    } else {
      bearers.append(Bearer(kind: kind, row: row, origin: origin, next: entries[id].first))
      entries[id].first = Int32(truncatingIfNeeded: bearers.count - 1)
    }
  }

  /// Where the name was introduced last.
  func origin(_ id: Int, _ kind: NameKind) -> Origin {
    bearer(id, kind).map { bearers[$0].origin } ?? Origin(file: -1, line: 0)
  }

  /// Every name of a kind, in the order of first mention.
  func all(_ kind: NameKind) -> [String] {
    entries.indices.filter { bearer($0, kind) != nil }.map(text)
  }

  /// Marks a name that a wrong line may have introduced: nothing more is said about it.
  mutating func poison(_ id: Int) { poisoned.insert(id) }

  /// Whether nothing more is said about a name.
  func isPoisoned(_ id: Int) -> Bool { poisoned.contains(id) }
}
