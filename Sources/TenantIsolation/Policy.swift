/// A tenant, as a row of its scenario's table of tenants.
///
/// A tenant has one identity however many domains it has, so policies and decisions speak of
/// rows and never of names.
public struct TenantID: Hashable, Comparable, Sendable {
  /// The row, from 0.
  public let index: UInt32

  /// The tenant in row `index`.
  @inlinable public init(_ index: Int) { self.index = UInt32(truncatingIfNeeded: index) }

  /// Earlier declared tenants come first.
  @inlinable public static func < (left: TenantID, right: TenantID) -> Bool {
    left.index < right.index
  }
}

/// One way a connection can cross a tenant's border, seen from the tenant that has the policy.
public enum Direction: UInt8, CaseIterable, Sendable {
  /// From the tenant to another one: its users sign in elsewhere.
  case outbound
  /// To the tenant from another one: users elsewhere sign in to it.
  case inbound
}

/// The directions that a rule allows.
public struct Directions: OptionSet, Hashable, Sendable {
  /// One bit a direction.
  public let rawValue: UInt8

  /// The directions whose bits are set.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Connections to the tenant.
  public static let inbound = Directions(rawValue: 1)
  /// Connections from the tenant.
  public static let outbound = Directions(rawValue: 2)
  /// Connections either way.
  public static let both: Directions = [.inbound, .outbound]

  /// Whether `direction` is among them.
  public func contains(_ direction: Direction) -> Bool {
    isSuperset(of: direction == .inbound ? .inbound : .outbound)
  }
}

/// Whom a rule is about.
public enum RuleSubject: Hashable, Sendable {
  /// Every tenant, written `*`.
  case every
  /// One tenant, whichever of its domains it was written with.
  case tenant(TenantID)
}

/// One line of a tenant's allowlist.
public struct Rule: Hashable, Sendable {
  /// The other tenant, or every tenant.
  public let subject: RuleSubject
  /// What is allowed; never empty.
  public var directions: Directions

  /// A rule that allows `directions` for `subject`.
  public init(_ subject: RuleSubject, _ directions: Directions) {
    self.subject = subject
    self.directions = directions
  }
}

/// A tenant's isolation policy: a switch and an allowlist.
///
/// Rules are kept while the switch is off and have no effect then. (The documentation page says
/// once that they "do" have one; the reason it gives says the opposite, so this is read as a
/// misprint.) Rules only ever allow, so several that fit unite.
public struct IsolationPolicy: Hashable, Sendable {
  /// Whether cross-tenant connections are restricted.
  public var isOn: Bool
  /// The allowlist in the order in which its rules were added, one rule a subject.
  public private(set) var rules: [Rule]

  /// A policy with an empty allowlist.
  public init(isOn: Bool = false) {
    self.isOn = isOn
    rules = []
  }

  /// What the rule about exactly this subject allows; empty where there is none.
  public func directions(for subject: RuleSubject) -> Directions {
    rules.first { $0.subject == subject }?.directions ?? []
  }

  /// Adds a rule, or widens the one about the same subject.
  public mutating func allow(_ directions: Directions, for subject: RuleSubject) {
    if let row = rules.firstIndex(where: { $0.subject == subject }) {
      rules[row].directions.formUnion(directions)
    } else {
      rules.append(Rule(subject, directions))
    }
  }

  /// Gives the rule about `subject` other directions; false, and no change, where there is none.
  public mutating func change(_ subject: RuleSubject, to directions: Directions) -> Bool {
    guard let row = rules.firstIndex(where: { $0.subject == subject }) else { return false }
    rules[row].directions = directions
    return true
  }

  /// Takes the rule about `subject` away; false where there is none.
  public mutating func remove(_ subject: RuleSubject) -> Bool {
    guard let row = rules.firstIndex(where: { $0.subject == subject }) else { return false }
    rules.remove(at: row)
    return true
  }
}
