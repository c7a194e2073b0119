import SimulationTrace

/// What a sentence introduces and what it names.
struct LineNames: Sendable {
  struct Name: Hashable, Sendable {
    var kind: NameKind
    var text: String
  }

  private(set) var introduced: [Name] = []
  private(set) var named: [Name] = []
  /// Other words for the tenant that it introduces, in lower case.
  private(set) var aliases: [String] = []

  /// Nothing.
  init() {}

  /// What a sentence of a script introduces and names; tenants that it gives by domain or id are
  /// looked up among the script's lines.
  init(of text: String, _ lines: [SentenceList.Line]) {
    let sentence = SingleSentence(text)
    for capture in sentence.captures { add(capture) }
    addCopy(of: sentence)
    if introduced.first?.kind == .tenant {
      aliases = sentence.captures.filter { [.domains, .id].contains($0.field) }
        .map { $0.text.lowercased() }
      if !sentence.captures.contains(where: { $0.field == .domains }) {
        aliases.append("\(introduced[0].text.lowercased()).onmicrosoft.com")
      }
    }
    named = named.map { $0.resolved(in: lines) }
  }

  /// A copy that is not named has a name all the same.
  private mutating func addCopy(of sentence: SingleSentence) {
    func text(_ field: Field) -> String? {
      sentence.captures.first { $0.field == field }?.text
    }
    guard sentence.sentence == .sendCopy, text(.name) == nil, let flow = text(.flow),
      let person = text(.person)
    else { return }
    introduced.append(Name(kind: .flow, text: nameOfCopy(of: flow, for: person)))
  }

  private mutating func add(_ capture: SingleSentence.Capture) {
    switch capture.kind {
    case .newTenant: introduced.append(Name(kind: .tenant, text: capture.text))
    case .newUser, .newGroup: introduced.append(Name(kind: .person, text: capture.text))
    case .newConnector: introduced.append(Name(kind: .connector, text: capture.text))
    case .newConnection: introduced.append(Name(kind: .connection, text: capture.text))
    case .newApp: introduced.append(Name(kind: .app, text: capture.text))
    case .newFlow: introduced.append(Name(kind: .flow, text: capture.text))
    case .newDataPolicy: introduced.append(Name(kind: .dataPolicy, text: capture.text))
    case .newAdminOperation: introduced.append(Name(kind: .operation, text: capture.text))
    case .newEnvironment: introduced.append(Name(kind: .environment, text: capture.text))
    case .environment: named.append(Name(kind: .environment, text: capture.text))
    case .newVariant: introduced.append(Name(kind: .variant, text: capture.text))
    case .variant: named.append(Name(kind: .variant, text: capture.text))
    case .tenant: named.append(Name(kind: .tenant, text: capture.text))
    case .recipient where capture.text == "everyone": break
    case .user, .group, .recipient: named.append(Name(kind: .person, text: capture.text))
    case .connector: named.append(Name(kind: .connector, text: capture.text))
    case .connection: named.append(Name(kind: .connection, text: capture.text))
    case .app: named.append(Name(kind: .app, text: capture.text))
    case .flow: named.append(Name(kind: .flow, text: capture.text))
    case .dataPolicy: named.append(Name(kind: .dataPolicy, text: capture.text))
    case .adminOperation: named.append(Name(kind: .operation, text: capture.text))
    case .ruleTenant, .ruleTarget:
      // A rule may name an id that nothing declares.
      guard !isGUID(capture.text.lowercased()) else { return }
      named.append(Name(kind: .tenant, text: capture.text))
    default: break
    }
  }
}

extension LineNames.Name {
  /// A tenant by its name, if it is given by a domain or an id.
  fileprivate func resolved(in lines: [SentenceList.Line]) -> LineNames.Name {
    guard kind == .tenant, text.contains(".") || isGUID(text.lowercased()) else { return self }
    let key = text.lowercased()
    return lines.first { $0.names.aliases.contains(key) }?.names.introduced.first ?? self
  }
}
