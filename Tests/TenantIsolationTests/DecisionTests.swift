import TenantIsolation
import Testing

/// The documented outcomes, and then every combination there is against tables that a person can
/// check by eye.
@Suite struct DecisionTests {
  static let contoso = TenantID(0)
  static let fabrikam = TenantID(1)
  static let northwind = TenantID(2)

  // MARK: The three tables of the documentation

  /// A row of the documentation's tables; Fabrikam's own isolation is off in all of them.
  struct DocumentedRow: Sendable, CustomTestStringConvertible {
    let creator: TenantID
    let signIn: TenantID
    /// What Contoso's allowlist has for Fabrikam, its isolation being on.
    let contosoAllows: Directions
    let isAllowed: Bool
    let grounds: Grounds

    init(_ row: (TenantID, TenantID, Directions, Bool, Grounds)) {
      (creator, signIn, contosoAllows, isAllowed, grounds) = row
    }

    var testDescription: String {
      "from \(creator.index) to \(signIn.index), allowlist \(contosoAllows.rawValue)"
    }
  }

  static let documented: [DocumentedRow] = [
    // Two-way isolation, nothing excepted.
    (contoso, contoso, [], true, [.sameTenant]),
    (contoso, fabrikam, [], false, [.outboundBlocked, .inboundIsolationOff]),
    (fabrikam, contoso, [], false, [.outboundIsolationOff, .inboundBlocked]),
    (fabrikam, fabrikam, [], true, [.sameTenant]),
    // An exception for the way out.
    (contoso, contoso, .outbound, true, [.sameTenant]),
    (contoso, fabrikam, .outbound, true, [.outboundRule, .inboundIsolationOff]),
    (fabrikam, contoso, .outbound, false, [.outboundIsolationOff, .inboundBlocked]),
    (fabrikam, fabrikam, .outbound, true, [.sameTenant]),
    // An exception both ways.
    (contoso, contoso, .both, true, [.sameTenant]),
    (contoso, fabrikam, .both, true, [.outboundRule, .inboundIsolationOff]),
    (fabrikam, contoso, .both, true, [.outboundIsolationOff, .inboundRule]),
    (fabrikam, fabrikam, .both, true, [.sameTenant]),
  ].map(DocumentedRow.init)

  @Test("A row of the documentation's tables comes out as documented", arguments: documented)
  func documentedTables(row: DocumentedRow) {
    var policies = [IsolationPolicy(isOn: true), IsolationPolicy()]
    if !row.contosoAllows.isEmpty {
      policies[0].allow(row.contosoAllows, for: .tenant(Self.fabrikam))
    }
    let decision = decide(
      ConnectionRequest(creator: row.creator, signIn: row.signIn, token: .entraID),
      creatorPolicy: policies[Int(row.creator.index)],
      signInPolicy: policies[Int(row.signIn.index)])
    #expect(decision.isAllowed == row.isAllowed)
    #expect(decision.grounds == row.grounds)
  }

  @Test("Isolation is made one-way by a rule that lets everything out")
  func oneWayIsolation() {
    var policy = IsolationPolicy(isOn: true)
    policy.allow(.outbound, for: .every)
    let out = decide(
      ConnectionRequest(creator: Self.contoso, signIn: Self.fabrikam, token: .entraID),
      creatorPolicy: policy, signInPolicy: IsolationPolicy())
    let back = decide(
      ConnectionRequest(creator: Self.fabrikam, signIn: Self.contoso, token: .entraID),
      creatorPolicy: IsolationPolicy(), signInPolicy: policy)
    #expect(out.grounds == [.outboundWildcard, .inboundIsolationOff])
    #expect(back.grounds == [.outboundIsolationOff, .inboundBlocked])
  }

  @Test("Where both sides block, both are listed and the creator's is named to the user")
  func bothSidesBlock() {
    let isolated = IsolationPolicy(isOn: true)
    let decision = decide(
      ConnectionRequest(creator: Self.contoso, signIn: Self.fabrikam, token: .entraID),
      creatorPolicy: isolated, signInPolicy: isolated)
    #expect(decision.grounds == [.outboundBlocked, .inboundBlocked])
    #expect(decision.blockingSide == .outbound)
  }

  @Test("The side that blocks alone is the side named to the user")
  func oneSideBlocks() {
    let request = ConnectionRequest(
      creator: Self.contoso, signIn: Self.fabrikam, token: .entraID)
    let isolated = IsolationPolicy(isOn: true)
    let open = IsolationPolicy()
    #expect(
      decide(request, creatorPolicy: isolated, signInPolicy: open).blockingSide == .outbound)
    #expect(decide(request, creatorPolicy: open, signInPolicy: isolated).blockingSide == .inbound)
    #expect(decide(request, creatorPolicy: open, signInPolicy: open).blockingSide == nil)
  }

  @Test("A rule for the own tenant, or for a third one, opens nothing")
  func rulesAboutOthers() {
    var policy = IsolationPolicy(isOn: true)
    policy.allow(.both, for: .tenant(Self.contoso))
    policy.allow(.both, for: .tenant(Self.northwind))
    let request = ConnectionRequest(
      creator: Self.contoso, signIn: Self.fabrikam, token: .entraID)
    let decision = decide(request, creatorPolicy: policy, signInPolicy: IsolationPolicy())
    #expect(decision.grounds == [.outboundBlocked, .inboundIsolationOff])
    let within = ConnectionRequest(creator: Self.contoso, signIn: Self.contoso, token: .entraID)
    #expect(
      decide(within, creatorPolicy: policy, signInPolicy: policy).grounds == [.sameTenant])
  }

  // MARK: Every combination

  /// What is asked, in the order in which the first row that fits answers alone; `any` fits all.
  static let requests = """
    credentials  sign-in            tenants  guest  grounds
    invalid      any                any      any    credentials
    valid        other              any      any    not-entra-id
    valid        own-token-service  any      any    own-token-service
    valid        entra-id           one      no     same-tenant
    valid        entra-id           one      yes    same-tenant guest-in-host-tenant
    valid        entra-id           two      any    CREATOR SIGN-IN
    """

  /// A side's ground while its isolation is on: down, the rule for the other tenant; across, the
  /// rule for every tenant.
  static let outbound = """
    rule  none     in       out      both
    none  blocked  blocked  wildcard wildcard
    in    blocked  blocked  wildcard wildcard
    out   rule     rule     rule     rule
    both  rule     rule     rule     rule
    """
  static let inbound = """
    rule  none     in       out      both
    none  blocked  wildcard blocked  wildcard
    in    rule     rule     rule     rule
    out   blocked  wildcard blocked  wildcard
    both  rule     rule     rule     rule
    """

  /// Which grounds forbid, each by itself; every other one permits.
  static let forbidding: Set = [
    "credentials", "outbound-blocked", "inbound-blocked", "data-policy", "connection-absent",
  ]

  @Test("Every combination of request and policies comes out as the tables say")
  func everyCombination() {
    let requests = Table(Self.requests)
    let outbound = Grid(Self.outbound)
    let inbound = Grid(Self.inbound)
    var cases = 0
    var wrong: [String] = []
    for question in Question.all {
      for creator in Side.all {
        for signIn in Side.all {
          let rows = requests.rows { question.fits($0) }
          let expected = rows.flatMap { $0.dropFirst(4) }.map { word in
            switch word {
            case "CREATOR": creator.ground("outbound", outbound)
            case "SIGN-IN": signIn.ground("inbound", inbound)
            default: word
            }
          }
          let decision = decide(
            question.request,
            creatorPolicy: creator.policy(about: question.request.signIn),
            signInPolicy: signIn.policy(about: question.request.creator))
          cases += 1
          if rows.count != 1 || decision.grounds.map(\.word) != expected
            || decision.isAllowed != Self.forbidding.isDisjoint(with: expected)
          {
            wrong.append("\(question) \(creator) \(signIn): \(decision.grounds.map(\.word))")
          }
        }
      }
    }
    #expect(cases == 3 * 2 * 2 * 2 * 32 * 32)
    #expect(wrong.isEmpty, "\(wrong.count) are wrong, first \(wrong.prefix(3))")
  }
}

// MARK: The words of the tables

/// Lines of words under a headline.
private struct Table {
  private let body: [[String]]

  init(_ text: String) {
    body = text.split(separator: "\n").dropFirst().map { line in
      line.split(separator: " ").map(String.init)
    }
  }

  func rows(where fits: ([String]) -> Bool) -> [[String]] { body.filter(fits) }
}

/// Words by row and column name.
private struct Grid {
  private var cells: [String: [String: String]] = [:]

  init(_ text: String) {
    let lines = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    for line in lines.dropFirst() {
      let row = zip(lines[0], line).dropFirst()
      cells[line[0]] = Dictionary(uniqueKeysWithValues: Array(row))
    }
  }

  subscript(row: String, column: String) -> String { cells[row]?[column] ?? "missing" }
}

/// One way of asking.
private struct Question: CustomStringConvertible {
  let credentials: String
  let signIn: String
  let tenants: String
  let guest: String

  static let all: [Question] = ["valid", "invalid"].flatMap { credentials in
    ["entra-id", "own-token-service", "other"].flatMap { signIn in
      ["one", "two"].flatMap { tenants in
        ["yes", "no"].map { guest in
          Question(credentials: credentials, signIn: signIn, tenants: tenants, guest: guest)
        }
      }
    }
  }

  func fits(_ row: [String]) -> Bool {
    zip([credentials, signIn, tenants, guest], row).allSatisfy { $1 == "any" || $0 == $1 }
  }

  var request: ConnectionRequest {
    let tokens: [String: SignIn] = [
      "entra-id": .entraID, "own-token-service": .ownTokenService, "other": .other,
    ]
    return ConnectionRequest(
      creator: DecisionTests.contoso,
      signIn: tenants == "one" ? DecisionTests.contoso : DecisionTests.fabrikam,
      token: tokens[signIn] ?? .other, isGuest: guest == "yes",
      hasCredentials: credentials == "valid")
  }

  var description: String { "\(credentials) \(signIn) \(tenants) guest:\(guest)" }
}

/// One way in which a tenant's policy can speak of another tenant.
private struct Side: CustomStringConvertible {
  let isOn: Bool
  let rule: String
  let wildcard: String

  static let all: [Side] = [false, true].flatMap { isOn in
    ["none", "in", "out", "both"].flatMap { rule in
      ["none", "in", "out", "both"].map { wildcard in
        Side(isOn: isOn, rule: rule, wildcard: wildcard)
      }
    }
  }

  func ground(_ direction: String, _ grid: Grid) -> String {
    isOn ? "\(direction)-\(grid[rule, wildcard])" : "\(direction)-isolation-off"
  }

  func policy(about other: TenantID) -> IsolationPolicy {
    let directions: [String: Directions] = ["in": .inbound, "out": .outbound, "both": .both]
    var policy = IsolationPolicy(isOn: isOn)
    if let wildcard = directions[wildcard] { policy.allow(wildcard, for: .every) }
    policy.allow(.both, for: .tenant(DecisionTests.northwind))
    if let rule = directions[rule] { policy.allow(rule, for: .tenant(other)) }
    return policy
  }

  var description: String { "[\(isOn ? "on" : "off") rule:\(rule) *:\(wildcard)]" }
}

extension Ground {
  fileprivate var word: String { "\(name)" }
}
