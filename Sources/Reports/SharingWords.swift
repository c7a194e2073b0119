import SimulationTrace

// Sharing in a story, and in JSON.

extension Trace {
  /// What is widely shared at the end: `app expenses`.
  var widelySharedNames: [String] {
    widelyShared.map {
      switch $0 {
      case .app(let app): "app \(cast.apps[app.row].name)"
      case .flow(let flow): "flow \(cast.flows[flow.row].name)"
      }
    }
  }

  /// Why an app fails that isolation lets through.
  func noDataAccess(_ failure: Failure) -> String {
    let connection = failure.connection.map { cast.connections[$0.row].name } ?? "a connection"
    let user = failure.user.map { cast.users[$0.row].name } ?? "the user"
    return "isolation lets it through; the data behind \(connection) is not open to \(user)"
  }

  /// Adds what there is to say about sharing beneath a line.
  func add(_ mention: ShareMention, to line: inout StoryLine) {
    if mention.change == .copied {
      line.add(.then, "it is off, and needs connections of its owner's own (assumed)")
    }
    guard mention.isWide else { return }
    line.add(
      .then,
      mention.recipient == .everyone && mention.change == .added
        ? "it is widely shared: the whole tenant sees it"
        : "it is widely shared: with everyone, or with many people one by one")
  }
}

extension ByteBuffer {
  mutating func appendShare(of record: Record, in cast: Cast) {
    guard let mention = record.share else { return }
    if let group = mention.group { append(key: "group", cast.groups[group.row].name) }
    if let original = mention.original { append(key: "copyOf", cast.flows[original.row].name) }
    append(key: "recipient", cast.name(of: mention.recipient))
    append(key: "recipientType", word: mention.recipient.kind)
    if let role = mention.role { append(key: "role", word: role.name) }
    append(key: "change", word: mention.change.name)
    if mention.isWide { append(key: "widelyShared", true) }
  }
}
