import SimulationTrace

/// What a name can be the name of; each has names of its own.
enum NameKind: Int, CaseIterable {
  case tenant, person, connector, connection, app, flow, dataPolicy, variant, report

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
/// Open addressing over the names' bytes, so that looking one up makes no text.
struct Names {
  private var slots: [Int32] = Array(repeating: -1, count: 1024)
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var rows: [[Int32]] = Array(repeating: [], count: NameKind.allCases.count)
  private var origins: [[Origin]] = Array(repeating: [], count: NameKind.allCases.count)
  private var isPoisoned: [Bool] = []

  /// The name's number.
  mutating func intern(_ name: ArraySlice<UInt8>) -> Int {
    let hash = name.reduce(WordTable.emptyHash, WordTable.hash)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let id = Int(slots[slot])
      if self.name(id).elementsEqual(name) { return id }
      slot = (slot + 1) & (slots.count - 1)
    }
    return insert(name, in: slot)
  }

  private mutating func insert(_ name: ArraySlice<UInt8>, in slot: Int) -> Int {
    let id = ends.count
    slots[slot] = Int32(truncatingIfNeeded: id)
    bytes += name
    ends.append(bytes.count)
    isPoisoned.append(false)
    for kind in rows.indices {
      rows[kind].append(-1)
      origins[kind].append(Origin(file: -1, line: 0))
    }
    if ends.count * 2 > slots.count { grow() }
    return id
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for id in ends.indices {
      let hash = name(id).reduce(WordTable.emptyHash, WordTable.hash)
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(truncatingIfNeeded: id)
    }
  }

  private func name(_ id: Int) -> ArraySlice<UInt8> {
    bytes[(id == 0 ? 0 : ends[id - 1])..<ends[id]]
  }

  /// The name as text.
  func text(_ id: Int) -> String { String(decoding: name(id), as: UTF8.self) }

  /// The row of what has a name; nil where nothing has it.
  func row(_ id: Int, _ kind: NameKind) -> Int? {
    let row = rows[kind.rawValue][id]
    return row < 0 ? nil : Int(row)
  }

  /// Gives a name to a row.
  mutating func bind(_ id: Int, _ kind: NameKind, row: Int, origin: Origin) {
    rows[kind.rawValue][id] = Int32(truncatingIfNeeded: row)
    origins[kind.rawValue][id] = origin
  }

  /// Where the name was introduced last.
  func origin(_ id: Int, _ kind: NameKind) -> Origin { origins[kind.rawValue][id] }

  /// Every name of a kind, in the order of first mention.
  func all(_ kind: NameKind) -> [String] {
    rows[kind.rawValue].indices.filter { rows[kind.rawValue][$0] >= 0 }.map(text)
  }

  /// Marks a name that a wrong line may have introduced: nothing more is said about it.
  mutating func poison(_ id: Int) { isPoisoned[id] = true }

  /// Whether nothing more is said about a name.
  func isPoisoned(_ id: Int) -> Bool { isPoisoned[id] }
}
