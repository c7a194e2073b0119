import SimulationTrace

/// Says which documented behaviours scenarios show, and counts them.
public struct CoverageReport: Sendable {
  /// A behaviour and the files that show it.
  public struct Row: Sendable {
    /// The behaviour's id.
    public var id: String
    /// What it says.
    public var sentence: String
    /// Files in which it happens and is expected.
    public var asserted: [String] = []
    /// Files in which it happens, and nobody expects it.
    public var hit: [String] = []

    /// A behaviour that no file shows yet.
    public init(id: String, sentence: String) {
      self.id = id
      self.sentence = sentence
    }

    fileprivate enum State { case asserted, hit, never }

    fileprivate var state: State {
      asserted.isEmpty ? hit.isEmpty ? .never : .hit : .asserted
    }
  }

  /// The behaviours that can be shown.
  public var rows: [Row]
  /// The files looked at, and the seed of each.
  public var files: [(path: String, seed: UInt64)] = []
  private let outOfScope: Int

  /// A report on no file yet; `outOfScope` is the number of behaviours that can't be shown.
  public init(_ rows: [Row], outOfScope: Int) {
    self.rows = rows
    self.outOfScope = outOfScope
  }

  /// How much of what can be shown is hit and asserted.
  public var percent: Double { Double(count(.asserted)) * 100 / Double(max(1, rows.count)) }

  /// Rounded down to a tenth, so that 100.0 means all.
  private var percentText: String {
    let tenths = count(.asserted) * 1000 / max(1, rows.count)
    return "\(tenths / 10).\(tenths % 10)"
  }

  private func count(_ state: Row.State) -> Int { rows.count { $0.state == state } }
}

// MARK: - For people

extension CoverageReport {
  /// A line a behaviour, and a summary.
  public func text(_ style: Style) -> String {
    rows.map { line($0, style) }.joined()
      + "\n\(counted(files.count, "file")): \(count(.asserted)) of \(counted(rows.count, "behaviour")) "
      + "hit and asserted (\(percentText) %), \(count(.hit)) hit only, \(count(.never)) never; "
      + "\(outOfScope) out of scope; \(seeds)\n"
  }

  /// `seed 1`, or the few that there are.
  private var seeds: String {
    let all = Set(files.map(\.seed)).sorted()
    let more = all.count > 10 ? " and \(all.count - 10) more" : ""
    return "seed\(all.count == 1 ? "" : "s") "
      + all.prefix(10).map { "\($0)" }.joined(separator: ", ") + more
  }

  private func line(_ row: Row, _ style: Style) -> String {
    switch row.state {
    case .asserted: "\(style.paint("asserted", .good))  \(row.id): \(listed(row.asserted))\n"
    case .hit: "\(style.paint("hit only", .waiting))  \(row.id): \(listed(row.hit))\n"
    case .never: "\(style.paint("never", .bad))     \(row.id): \(row.sentence)\n"
    }
  }

  /// The first few files; the JSON form has them all.
  private func listed(_ files: [String]) -> String {
    let names = files.prefix(2).map { printable($0) }.joined(separator: ", ")
    return files.count > 2 ? "\(names) and \(counted(files.count - 2, "more file"))" : names
  }
}

// MARK: - For programs

extension CoverageReport {
  /// The version of the JSON form.
  public static let format = 1

  /// The same as one JSON object in a line.
  public var json: String {
    var buffer = ByteBuffer()
    buffer.append("{\"format\":\(Self.format)")
    buffer.append(key: "files", decimal: files.count)
    buffer.append(key: "simulated", decimal: rows.count)
    buffer.append(key: "asserted", decimal: count(.asserted))
    buffer.append(key: "hitOnly", decimal: count(.hit))
    buffer.append(key: "never", decimal: count(.never))
    buffer.append(key: "outOfScope", decimal: outOfScope)
    buffer.append(key: "percent")
    buffer.append(percentText)
    buffer.append(key: "behaviours")
    buffer.appendList(rows) { $0.append($1) }
    buffer.append(key: "seeds")
    buffer.appendList(files) { buffer, file in
      buffer.append("{\"file\":")
      buffer.append(json: file.path)
      buffer.append(key: "seed", decimal: file.seed)
      buffer.append("}")
    }
    buffer.append("}\n")
    return buffer.text
  }
}

extension ByteBuffer {
  fileprivate mutating func append(_ row: CoverageReport.Row) {
    append("{\"id\":")
    append(json: row.id)
    switch row.state {
    case .asserted: append(key: "state", word: "asserted")
    case .hit: append(key: "state", word: "hit-only")
    case .never: append(key: "state", word: "never")
    }
    append(key: "asserted", row.asserted)
    append(key: "hitOnly", row.hit)
    append("}")
  }
}
