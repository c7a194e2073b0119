import DiscreteEvents
import TenantIsolation

/// A group of people; a row of ``Cast/groups``.
public typealias GroupID = RowID<GroupKind>

/// Marks rows of groups.
public enum GroupKind {}

/// Whom an app or a flow is shared with.
public enum Recipient: Hashable, Sendable {
  /// One person, whatever becomes of the groups they are in.
  case user(UserID)
  /// Whoever is in a group at the time.
  case group(GroupID)
  /// Whoever works in the tenant of the app or flow.
  case everyone

  /// The word for what it is, in traces.
  public var kind: StaticString {
    switch self {
    case .user: "user"
    case .group: "group"
    case .everyone: "everyone"
    }
  }
}

/// What sharing lets somebody do.
public enum ShareRole: UInt8, CaseIterable, Sendable {
  /// Opens an app.
  case user
  /// Edits a flow as its owner does; such a flow is a team flow.
  case coOwner
  /// Starts a flow, and edits nothing.
  case runOnly
  /// Owns a flow that was moved; never one of several.
  case owner

  /// The role as scenarios and traces write it.
  public var name: StaticString {
    switch self {
    case .user: "user"
    case .coOwner: "co-owner"
    case .runOnly: "run-only"
    case .owner: "owner"
    }
  }
}

/// Somebody's part in an app or a flow that is shared.
public struct Share: Hashable, Sendable {
  /// Who has it.
  public var recipient: Recipient
  /// What it lets them do.
  public var role: ShareRole

  /// A part.
  public init(_ recipient: Recipient, _ role: ShareRole) {
    self.recipient = recipient
    self.role = role
  }
}

/// An app or a flow.
public enum Shareable: Hashable, Sendable {
  case app(AppID)
  case flow(FlowID)
}

/// What a record has to say about sharing.
public struct ShareMention: Hashable, Sendable {
  /// What happens to a share, a group or a copy.
  public enum Change: UInt8, Sendable {
    case added, removed
    /// A flow that is a copy of another arrives at the recipient.
    case copied

    /// The change as traces write it.
    public var name: StaticString {
      switch self {
      case .added: "added"
      case .removed: "removed"
      case .copied: "copied"
      }
    }
  }

  /// What happens.
  public var change: Change
  /// To whom.
  public var recipient: Recipient
  /// As what; nil where nothing is shared: a group's member, or a copy.
  public var role: ShareRole?
  /// The group that is changed.
  @Optionally public var group: GroupID?
  /// The flow that was copied.
  @Optionally public var original: FlowID?
  /// Whether the app or flow is widely shared after it.
  public var isWide = false

  /// What a record has to say.
  public init(_ change: Change, _ recipient: Recipient, _ role: ShareRole? = nil) {
    self.change = change
    self.recipient = recipient
    self.role = role
  }

  func combine(into hash: inout StableHash) {
    hash.combine(change.name)
    recipient.combine(into: &hash)
    hash.combine(role?.name ?? "")
    hash.combine(group)
    hash.combine(original)
    hash.combine(isWide)
  }
}

extension Recipient {
  func combine(into hash: inout StableHash) {
    hash.combine(kind)
    switch self {
    case .user(let user): hash.combine(user)
    case .group(let group): hash.combine(group)
    case .everyone: break
    }
  }
}

extension Share {
  func combine(into hash: inout StableHash) {
    recipient.combine(into: &hash)
    hash.combine(role.name)
  }
}

extension Cast {
  /// A recipient as scenarios write it.
  public func name(of recipient: Recipient) -> String {
    switch recipient {
    case .user(let user): users[user.row].name
    case .group(let group): groups[group.row].name
    case .everyone: "everyone"
    }
  }
}
