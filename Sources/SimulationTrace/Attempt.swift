import TenantIsolation

/// What somebody tried to do with an app, a flow, a connection or a group, and was refused.
public enum Attempt: Hashable, Sendable {
  case open, run, create, save, turnOn, turnOff, delete
  /// Adding a connection to an app.
  case add(ConnectionID)
  /// Giving somebody a part in it.
  case share(Share)
  /// Taking a part away, or all of them where none is named.
  case unshare(Recipient, ShareRole?)
  /// Making somebody else a flow's owner.
  case move(UserID)
  /// Sending somebody a copy of a flow.
  case send(UserID, as: FlowID)
  /// Putting somebody into a group, or taking them out.
  case changeGroup(GroupID, UserID, isMember: Bool)
}
