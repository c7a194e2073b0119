import DiscreteEvents
import SimulationTrace
import TenantIsolation

extension Checker {
  mutating func declareTenant() {
    guard let nameCapture = capture(.name) else { return }
    let known = intern(nameCapture, .tenant)
    if names.row(known) != nil {
      _ = declare(.tenant, row: 0)
      return
    }
    let identifier = identifier(for: nameCapture)
    let row = identifier.flatMap(implicitRow) ?? scenario.cast.tenants.count
    if row < scenario.cast.tenants.count {
      implicitTenants.remove(row)
    } else {
      scenario.cast.tenants.append(Tenant(name: "", displayName: "", identifier: "", domains: []))
    }
    if let key = tenantKeys[word(nameCapture).lowercased()] {
      reportShared(nameCapture, with: key)
    }
    let name = declare(.tenant, row: row)
    let domains = domains(of: name, row: row, at: nameCapture)
    let id = identifier ?? Self.identifier(of: name)
    claim(id, for: row, at: capture(.id) ?? nameCapture)
    scenario.cast.tenants[row] = Tenant(
      name: name, displayName: text(.display) ?? name, identifier: id, domains: domains)
  }

  /// The row of a tenant that a rule above knows by its id alone.
  private func implicitRow(of identifier: String) -> Int? {
    tenantKeys[identifier].flatMap { implicitTenants.contains($0) ? $0 : nil }
  }

  private mutating func identifier(for name: Document.Capture) -> String? {
    guard let capture = capture(.id) else { return Self.identifier(of: word(name)) }
    let id = word(capture).lowercased()
    if isGUID(id) { return id }
    report(
      .badIdentifier, capture,
      "\"\(shown(capture))\" is no GUID: 8-4-4-4-12 digits of 0 to 9 and a to f")
    return nil
  }

  private mutating func domains(of name: String, row: Int, at place: Document.Capture) -> [String] {
    let captures = captures(.domains)
    guard !captures.isEmpty else {
      let domain = name.lowercased() + ".onmicrosoft.com"
      claim(domain, for: row, at: place)
      return [domain]
    }
    var domains: [String] = []
    var known: Set<String> = []
    for capture in captures {
      let domain = word(capture).lowercased()
      guard isDomain(domain) else {
        report(.badIdentifier, capture, "\"\(shown(capture))\" is no domain")
        names.poison(word(capture))
        continue
      }
      if known.insert(domain).inserted { domains.append(domain) }
      claim(domain, for: row, at: capture)
    }
    return domains
  }

  /// Makes a domain or an id lead to a tenant, and to no other.
  private mutating func claim(_ key: String, for row: Int, at capture: Document.Capture) {
    let id = names.intern(key, .tenant)
    if let other = tenantKeys[key] ?? names.row(id), other != row {
      reportShared(capture, with: other)
    }
    tenantKeys[key] = row
  }

  private mutating func reportShared(_ capture: Document.Capture, with row: Int) {
    let other = scenario.cast.tenants[row].name
    let id = names.intern(other, .tenant)
    let origin = names.origin(id)
    report(
      .sharedTenantKey, capture,
      "\"\(shown(capture))\" leads to the tenant \(other) already, line \(origin.line)",
      related: origin)
  }

  private func isDomain(_ text: String) -> Bool {
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    return labels.count > 1
      && labels.allSatisfy { label in
        !label.isEmpty && label.unicodeScalars.allSatisfy { $0.isLetter || $0 == "-" }
      }
  }

  /// A GUID that depends on the tenant's name alone.
  static func identifier(of name: String) -> String {
    derivedIdentifier("tenant", name)
  }
}
