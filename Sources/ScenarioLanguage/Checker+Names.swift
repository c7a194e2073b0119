import PowerPlatform
import SimulationTrace
import TenantIsolation

extension Checker {
  /// Groups share their names with people; their rows begin here.
  static let firstGroup = 1 << 30

  /// The number of the name that stands in a place.
  mutating func intern(_ capture: Document.Capture, _ kind: NameKind) -> Int {
    names.intern(capture.range, of: files[file].document.source.bytes, kind)
  }

  /// The row of what a place names; nil, and a diagnostic, where nothing has that name.
  ///
  /// - Parameter isRecipient: whether it may be a group or everyone as well as a person.
  mutating func row(
    _ capture: Document.Capture, _ kind: NameKind, isRecipient: Bool = false
  ) -> Int? {
    let id = intern(capture, kind)
    guard let row = names.row(id) else {
      reportUnknown(id, capture, kind, isRecipient: isRecipient)
      return nil
    }
    guard let scope = foreignScope(kind, row: row) else { return row }
    reportUnknown(id, capture, kind, scope: scope)
    return nil
  }

  mutating func row(_ field: Field, _ kind: NameKind) -> Int? {
    capture(field).flatMap { row($0, kind) }
  }

  /// Whether it is to be reported that nothing has a name: not where some other mistake may be why,
  /// and once only, with the lines on which it stands again: it may be one declaration that is
  /// missing.
  mutating func isNewlyUnknown(_ id: Int) -> Bool {
    guard !names.isPoisoned(id), !isWorldIncomplete else { return false }
    let unknown = UnknownName(file: file, name: id)
    if let finding = unknownNames[unknown] {
      files[file].findings.repeatFinding(finding, line: Int(line))
      return false
    }
    if files[file].findings.hasRoom { unknownNames[unknown] = files[file].findings.kept.count }
    return true
  }

  /// - Parameter scope: the variants that alone know the name, if any.
  private mutating func reportUnknown(
    _ id: Int, _ capture: Document.Capture, _ kind: NameKind, scope: String? = nil,
    isRecipient: Bool = false
  ) {
    guard isNewlyUnknown(id) else { return }
    if let scope {
      return report(
        kind.unknownCode, capture,
        "\"\(shown(capture))\" is created in the variant \(scope) alone, not here",
        related: names.origin(id))
    }
    let name = names.text(id)
    report(
      kind.unknownCode, capture,
      kind == .tenant && isGUID(name.lowercased())
        ? "no tenant with this id is declared above; undeclared ones are for rules only"
        : isRecipient
          ? "\"\(shown(capture))\" is neither a person nor a group declared above, nor everyone"
          : "\"\(shown(capture))\" is not the name of \(kind.description) declared or created above",
      suggestion: near(name, kind, and: isRecipient ? ["everyone"] : []))
  }

  private func near(_ name: String, _ kind: NameKind, and words: [String]) -> String? {
    // Comparing with more than some thousands of names would take seconds.
    if kind == .connector {
      return nearestConnector(to: name, among: names.all(kind).prefix(5000))
    }
    guard kind == .tenant else {
      return nearest(to: name, among: names.all(kind).prefix(5000) + words)
    }
    let tenants = scenario.cast.tenants.indices.lazy.filter { !implicitTenants.contains($0) }
      .map { scenario.cast.tenants[$0] }.prefix(2000)
    return nearest(to: name, among: tenants.flatMap { [$0.name, $0.identifier] + $0.domains })
  }

  // MARK: References

  mutating func user(_ field: Field) -> UserID? { capture(field).flatMap { user($0) } }

  mutating func user(_ capture: Document.Capture) -> UserID? {
    guard let row = row(capture, .person) else { return nil }
    guard row < Self.firstGroup else {
      report(
        .groupForPerson, capture,
        "\"\(shown(capture))\" is a group, not a person")
      return nil
    }
    return UserID(row)
  }

  mutating func connector(_ field: Field) -> ConnectorID? {
    row(field, .connector).map { ConnectorID($0) }
  }

  mutating func connectors(_ field: Field) -> [ConnectorID] {
    captures(field).compactMap { row($0, .connector) }.map { ConnectorID($0) }
  }

  mutating func connection(_ field: Field) -> ConnectionID? {
    row(field, .connection).map { ConnectionID($0) }
  }

  mutating func app() -> AppID? { row(.app, .app).map { AppID($0) } }

  mutating func flow() -> FlowID? { row(.flow, .flow).map { FlowID($0) } }

  // MARK: Tenants

  /// The tenant that a place gives by name, domain or id.
  mutating func tenant(_ field: Field) -> TenantID? { capture(field).flatMap { tenant($0) } }

  mutating func tenant(_ capture: Document.Capture, isRule: Bool = false) -> TenantID? {
    let id = intern(capture, .tenant)
    if let row = names.row(id) ?? tenantSpellings[id] { return TenantID(row) }
    let key = names.text(id).lowercased()
    if let row = tenantKeys[key], isRule || !implicitTenants.contains(row) {
      // Remembered, so that this spelling is not put into lower case again.
      if !implicitTenants.contains(row) { tenantSpellings[id] = row }
      return TenantID(row)
    }
    if isRule, isGUID(key) { return addImplicitTenant(key) }
    reportUnknown(id, capture, .tenant)
    return nil
  }

  /// The tenant in a place, or else the actor's own.
  mutating func tenant(_ field: Field, ofActor user: UserID?) -> TenantID? {
    if let capture = capture(field) { return tenant(capture) }
    return user.map { scenario.cast.users[$0.row].home }
  }

  /// A tenant of which an id is all that is known.
  private mutating func addImplicitTenant(_ id: String) -> TenantID {
    let row = scenario.cast.tenants.count
    scenario.cast.tenants.append(Tenant(name: id, displayName: id, identifier: id, domains: []))
    tenantKeys[id] = row
    implicitTenants.insert(row)
    return TenantID(row)
  }

  /// Whom a rule is about.
  mutating func ruleSubject(_ capture: Document.Capture) -> RuleSubject? {
    if bytes(capture).elementsEqual("*".utf8) { return .every }
    return tenant(capture, isRule: true).map { .tenant($0) }
  }

  /// The tenant in which somebody is to work; they have to be a member or a guest.
  mutating func workplace(of user: UserID?) -> TenantID? {
    guard let capture = capture(.in) else { return tenant(.in, ofActor: user) }
    guard let tenant = tenant(capture), let user else { return nil }
    let person = scenario.cast.users[user.row]
    guard person.works(in: tenant) else {
      report(
        .strangerInTenant, capture,
        "\(person.name) is neither a member nor a guest of \(shown(capture))")
      return nil
    }
    return tenant
  }

  // MARK: Introductions

  /// Gives a name that is declared to the next row of its kind. A name declared twice is reported
  /// and stays the first one's.
  mutating func declare(_ kind: NameKind, row: Int) -> String {
    guard let capture = capture(.name) else { return "" }
    let id = intern(capture, kind)
    let name = names.text(id)
    if names.row(id) != nil {
      let earlier = names.origin(id)
      let place = earlier.line == 0 ? "in the catalogue" : "already, line \(earlier.line)"
      report(
        .repeatedName, capture,
        "there is \(kind.description) \"\(shown(capture))\" \(place)", related: earlier)
      return name
    }
    if !name.unicodeScalars.contains(where: \.isLetter) {
      report(
        .badIdentifier, capture,
        "\"\(shown(capture))\" is no name: a name has a letter or a digit")
    }
    names.bind(id, row: row, origin: origin)
    return name
  }

  /// The row of a name that something is created under: a new one, or that of what had it before.
  mutating func create(_ kind: NameKind, in titles: WritableKeyPath<Cast, [Title]>) -> Int {
    guard let capture = capture(.name) else { return 0 }
    let id = intern(capture, kind)
    guard names.row(id) == nil else { return create(id, "", kind, in: titles) }
    let row = scenario.cast[keyPath: titles].count
    let name = declare(kind, row: row)
    noteCreation(kind, row: row, isNew: true)
    scenario.cast[keyPath: titles].append(Title(name: name, displayName: text(.display)))
    return row
  }

  /// As above, for a name that stands nowhere in the statement.
  mutating func create(
    _ id: Int, _ name: String, _ kind: NameKind, in titles: WritableKeyPath<Cast, [Title]>
  ) -> Int {
    if let row = names.row(id) {
      repeats.append((nextPlace, kind, file, self.row, names.origin(id)))
      names.bind(id, row: row, origin: origin)
      noteCreation(kind, row: row, isNew: false)
      return row
    }
    let row = scenario.cast[keyPath: titles].count
    names.bind(id, row: row, origin: origin)
    noteCreation(kind, row: row, isNew: true)
    scenario.cast[keyPath: titles].append(Title(name: name))
    return row
  }

  mutating func add(_ connector: Connector, line: UInt32) {
    let id = names.intern(connector.name, .connector)
    let row = scenario.cast.connectors.count
    names.bind(id, row: row, origin: Origin(file: -1, line: line))
    scenario.cast.connectors.append(connector)
  }

  mutating func operation(_ capture: Document.Capture) -> OperationID {
    operation(named: word(capture))
  }

  mutating func operation(named name: String) -> OperationID {
    if let row = operations[name] { return OperationID(row) }
    let row = operations.count
    operations[name] = row
    scenario.cast.operations.append(name)
    return OperationID(row)
  }
}
