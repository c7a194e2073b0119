import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// Judges what is expected of shares.
extension Simulation {
  func shareFinding(
    _ thing: Shareable, isShared: Bool, _ recipient: Recipient, _ role: ShareRole?,
    _ time: Instant, _ phrases: Phrases
  ) -> Finding {
    let shares = shares(of: thing, at: time)
    let has = (shares ?? []).contains {
      $0.recipient == recipient && (role == nil || $0.role == role)
    }
    let part = role.map { " as \($0.name)" } ?? ""
    return Finding(
      isMet: has == isShared,
      expected: "\(phrases.words(thing)) is \(isShared ? "" : "not ")shared with "
        + "\(phrases.name(recipient))\(part) at \(phrases.time(time))",
      got: phrases.sharing(of: thing, shares), firstDifference: time)
  }

  func visibilityFinding(
    _ app: AppID, isVisible: Bool, to user: UserID, _ time: Instant, _ phrases: Phrases
  ) -> Finding {
    let sees = self.isVisible(app, to: user, at: time)
    func sentence(_ sees: Bool) -> String {
      "app \(phrases.name(app)) is \(sees ? "" : "not ")visible to \(phrases.name(user))"
    }
    return Finding(
      isMet: sees == isVisible, expected: "\(sentence(isVisible)) at \(phrases.time(time))",
      got: "\(sentence(sees)): \(phrases.sharing(of: .app(app), shares(of: .app(app), at: time)))",
      firstDifference: time)
  }

  func widelySharedFinding(
    _ thing: Shareable, isListed: Bool, _ time: Instant, _ phrases: Phrases
  ) -> Finding {
    let all = widelyShared(at: time)
    let names = all.prefix(20).map { phrases.words($0) }.joined(separator: ", ")
    return Finding(
      isMet: all.contains(thing) == isListed,
      expected: "\(phrases.words(thing)) is \(isListed ? "" : "not ")widely shared at "
        + phrases.time(time),
      got: all.isEmpty ? "nothing is widely shared" : "widely shared: \(names)",
      firstDifference: time)
  }
}

extension Phrases {
  /// `app expenses`.
  func words(_ thing: Shareable) -> String {
    switch thing {
    case .app(let app): "app \(name(app))"
    case .flow(let flow): "flow \(name(flow))"
    }
  }

  /// Whom something is shared with, in a line.
  func sharing(of thing: Shareable, _ shares: [Share]?) -> String {
    guard let shares else { return "nobody shared \(words(thing)) yet" }
    guard !shares.isEmpty else { return "\(words(thing)) is shared with nobody any more" }
    let list = shares.prefix(20).map {
      name($0.recipient) + ($0.role == .user ? "" : " as \($0.role.name)")
    }
    let rest = shares.count - list.count
    return "\(words(thing)) is shared with \(list.joined(separator: ", "))"
      + (rest > 0 ? " and \(rest) more" : "")
  }
}

extension Explanation {
  /// What an app or a flow was shared with, and the records that made it so, the latest first.
  func why(sharing thing: Shareable, at time: Instant) -> [Reason] {
    let records = simulation.trace.events.filter {
      $0.share != nil && $0.time <= time && $0.isAbout(thing)
    }
    return [Reason(phrases.sharing(of: thing, simulation.shares(of: thing, at: time)))]
      + records.suffix(5).reversed().flatMap { said($0) }
  }

  /// Why somebody may not start or edit something, or not with a connection: what it is shared with,
  /// and whose the connection is. Empty where sharing has no say.
  func why(refused row: Int, _ thing: Shareable) -> [Reason] {
    guard let failure = simulation.results[row].failure, failure.surface == .request else {
      return []
    }
    let time = scenario.timeline[row].time
    let owner = failure.connection.flatMap { connection in
      simulation.definition(of: connection, at: time).map {
        Reason("\(phrases.name(connection)) is \(phrases.name($0.owner))'s")
      }
    }
    return switch failure.cause {
    case .notSharedWithActor, .notOwner, .ownerAlone, .notShared:
      [owner].compactMap(\.self) + why(sharing: thing, at: time)
    default: []
    }
  }

  /// Why an app did not open, or opened without its data, for somebody; empty where that is not why.
  func why(closed row: Int, _ app: AppID) -> [Reason] {
    guard let failure = simulation.results[row].failure, failure.cause == .noDataAccess else {
      return why(refused: row, .app(app))
    }
    return failure.connection.flatMap { dataAccess(of: $0, at: scenario.timeline[row].time) }
      .map { [$0] } ?? []
  }

  /// To whom the data behind a connection is open; nil where that is everybody.
  func dataAccess(of connection: ConnectionID, at time: Instant) -> Reason? {
    guard let readers = simulation.readers(of: connection),
      let owner = simulation.definition(of: connection, at: time)?.owner
    else { return nil }
    let names = [phrases.name(owner)] + readers.prefix(20).map { phrases.name($0) }
    let rest = readers.count > 20 ? " and \(readers.count - 20) more" : ""
    return Reason(
      "the data behind \(phrases.name(connection)) is open to \(names.joined(separator: ", "))"
        + "\(rest), and to nobody else")
  }
}
