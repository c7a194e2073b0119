import SimulationTrace
import TenantIsolation

/// Where to look for a question's answer: a question in turn, which gives nothing away.
enum PlayHint: String {
  case propagation = "Look at what is saved and at what is in force. Which of the two judges here?"
  case direction = """
    Seen from the tenant that isolates itself: does this connection go out, or come in? What do its \
    rules say of that?
    """
  case wildcard = "Which rules speak of this tenant: one by its name, one of every tenant?"
  case isolation = "Which of the two tenants isolates itself, and which way is asked about?"
  case dataPolicy = "There is more than isolation: what does a data policy say, and from when?"
  case connector = "How does this connector sign in, and who issues its token?"
  case tenants = "In which tenant is the work done, and into which does it sign in?"
  case credentials = "Before any policy is asked, somebody signs in. With what?"
  case state = "Look at how things stand. What, or who, changes that?"

  /// The hint that grounds of a decision lead to.
  fileprivate init(_ grounds: Grounds) {
    self =
      grounds.contains(.dataPolicy)
      ? .dataPolicy : grounds.lazy.compactMap { PlayHint($0) }.first ?? .state
  }

  private init?(_ ground: Ground) {
    switch ground {
    case .outboundRule, .outboundBlocked, .inboundRule, .inboundBlocked: self = .direction
    case .outboundWildcard, .inboundWildcard: self = .wildcard
    case .ownTokenService, .notEntraID: self = .connector
    case .sameTenant, .guestInHostTenant: self = .tenants
    case .credentials: self = .credentials
    case .connectionAbsent: self = .state
    case .dataPolicy: self = .dataPolicy
    case .outboundIsolationOff, .inboundIsolationOff: return nil
    }
  }
}

extension PlayTelling {
  /// What to look at, by the last thing that is decided before a question's answer, of those that the
  /// question is about.
  func hint(for question: Question) -> PlayHint {
    let subject = PlaySubject(question.text, trace.cast)
    let answer = event(answering: question).map { events[$0] }
    let decided = events.last {
      $0.time > question.time && $0.time <= question.until && $0.grounds >= 0
        && subject.contains($0)
    }
    let fits = answer.map { $0.grounds >= 0 && subject.contains($0) } ?? false
    guard let decided = fits ? answer : decided else { return .state }
    let grounds = words.groundLists.rows[decided.grounds]
    guard grounds.contains(where: { $0.side != nil }) else { return PlayHint(grounds) }
    let isActive = ["run", "app"].contains(words.strings.rows[decided.part])
    if isActive, isChanging(decided, question) { return .propagation }
    let hint = PlayHint(grounds)
    return hint == .state ? .isolation : hint
  }

  /// Whether a policy that has a say is on its way into force while the question is open.
  private func isChanging(_ event: EventRow, _ question: Question) -> Bool {
    trace.policies.contains { version in
      [event.tenant, event.signIn].contains(version.tenant.row)
        && version.inForceAt > question.time
        && version.savedAt.map { $0 <= question.until } ?? false
    }
  }
}

/// What a question is about as far as its words say: things by their names, else things of a kind.
private struct PlaySubject {
  private enum Kind: CaseIterable {
    case flow, app, connection

    var words: [String] {
      switch self {
      case .flow: ["flow", "flows", "run", "runs", "running"]
      case .app: ["app", "apps"]
      case .connection: ["connect", "connection", "connections"]
      }
    }

    func titles(_ cast: Cast) -> [Title] {
      switch self {
      case .flow: cast.flows
      case .app: cast.apps
      case .connection: cast.connections
      }
    }

    func row(_ event: EventRow) -> Int {
      switch self {
      case .flow: event.flow
      case .app: event.app
      case .connection: event.connection
      }
    }
  }

  private var named: [(kind: Kind, row: Int)] = []
  private var kinds: [Kind] = []

  init(_ text: String, _ cast: Cast) {
    let text = words(text)
    for kind in Kind.allCases {
      if kind.words.contains(where: { text.contains(words($0)) }) { kinds.append(kind) }
      for (row, title) in kind.titles(cast).enumerated()
      where text.contains(words(title.name)) || text.contains(words(title.displayName)) {
        named.append((kind, row))
      }
    }
  }

  func contains(_ event: EventRow) -> Bool {
    guard named.isEmpty else { return named.contains { $0.kind.row(event) == $0.row } }
    return kinds.isEmpty || kinds.contains { $0.row(event) >= 0 }
  }
}

/// The words of a text alone, each between spaces.
private func words(_ text: String) -> String {
  let words = text.lowercased().split { !$0.isLetter && !$0.isNumber && !"-_".contains($0) }
  return " \(words.joined(separator: " ")) "
}
