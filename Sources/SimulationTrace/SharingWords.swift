extension Cast {
  /// What a record says about sharing: `shares app expenses with everyone`.
  ///
  /// - Parameters:
  ///   - thing: `app expenses`, or a flow; the copy where one is sent.
  ///   - actor: who did it.
  ///   - name: a name as there is room for it.
  func words(
    _ mention: ShareMention, _ thing: String, by actor: UserID?, name: (String) -> String
  ) -> String {
    let recipient = name(self.name(of: mention.recipient))
    if let group = mention.group {
      let group = name(groups[group.row].name)
      if mention.change == .removed, case .user(actor) = mention.recipient {
        return "leaves group \(group)"
      }
      return mention.change == .added
        ? "adds \(recipient) to group \(group)" : "takes \(recipient) out of group \(group)"
    }
    if let original = mention.original {
      return "sends \(recipient) a copy of flow \(name(flows[original.row].name)), \(thing)"
    }
    switch (mention.change, mention.role) {
    case (_, .owner): return "moves \(thing) to \(recipient), who owns it from now on"
    case (.added, .user), (.added, nil): return "shares \(thing) with \(recipient)"
    case (.added, let role?): return "shares \(thing) with \(recipient) as \(role.name)"
    case (_, let role?) where role != .user:
      return "no longer shares \(thing) with \(recipient) as \(role.name)"
    default: return "no longer shares \(thing) with \(recipient)"
    }
  }
}
