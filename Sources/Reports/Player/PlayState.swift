import SimulationTrace

/// The values that a player steps through, each change with what stood there before, so that stepping
/// back needs no copy.
struct PlayState {
  /// What a value is once texts and decisions have their places.
  enum Value: Hashable {
    case nothing
    case word(String)
    case row(Int)
    case rows([Int])
  }

  /// A change of one value.
  struct Patch {
    var place: Int
    var before: Value
    var after: Value
  }

  private(set) var places: [Stage.Place] = []
  private(set) var initial: [Value] = []
  private var current: [Value] = []
  private var rows: [Stage.Place: Int] = [:]

  /// Adds a place with what stands there before the first event.
  mutating func add(_ place: Stage.Place, _ value: Value) {
    rows[place] = places.count
    places.append(place)
    initial.append(value)
    current.append(value)
  }

  /// The row of a place; nil where nothing ever stands there.
  func row(of place: Stage.Place) -> Int? { rows[place] }

  /// What stands at a place.
  func value(_ place: Stage.Place) -> Value { rows[place].map { current[$0] } ?? .nothing }

  /// Puts a value in its place; nil where it stands there already.
  mutating func set(_ place: Stage.Place, _ value: Value) -> Patch? {
    guard let row = rows[place], current[row] != value else { return nil }
    defer { current[row] = value }
    return Patch(place: row, before: current[row], after: value)
  }
}

extension ByteBuffer {
  mutating func append(_ state: PlayState) {
    append(key: "pathsOf")
    appendList(state.places) { buffer, place in
      let (kind, row) = place.thing.words
      buffer.append("[\"\(kind)\",\(row),\"\(place.field.rawValue)\"]")
    }
    append(key: "initial")
    appendList(state.initial) { $0.append($1) }
  }

  mutating func append(_ value: PlayState.Value) {
    switch value {
    case .nothing: append("null")
    case .word(let word): append(json: word)
    case .row(let row): append(decimal: row)
    case .rows(let rows): appendList(rows) { $0.append(decimal: $1) }
    }
  }

  mutating func append(_ patches: [PlayState.Patch]) {
    appendList(patches) { buffer, patch in
      buffer.append("[\(patch.place),")
      buffer.append(patch.before)
      buffer.append(",")
      buffer.append(patch.after)
      buffer.append("]")
    }
  }
}

extension Stage.Thing {
  /// What it is, and its row in the cast.
  fileprivate var words: (kind: String, row: Int) {
    switch self {
    case .tenant(let id): ("tenant", id.row)
    case .connection(let id): ("connection", id.row)
    case .app(let id): ("app", id.row)
    case .flow(let id): ("flow", id.row)
    case .dataPolicy(let id): ("dataPolicy", id.row)
    }
  }
}
