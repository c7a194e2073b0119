import DiscreteEvents

/// A mail that a flow sent.
public struct Mail: Hashable, Sendable {
  /// When.
  public var time: Instant
  /// The flow that sent it.
  public var flow: FlowID
  /// Whom it went to, in the order in which the scenario names them.
  public var recipients: [UserID]
  /// Its subject, a line.
  public var subject: String
  /// Its text, of any number of lines.
  public var body: String

  /// A mail.
  public init(
    at time: Instant, from flow: FlowID, to recipients: [UserID], subject: String, body: String
  ) {
    self.time = time
    self.flow = flow
    self.recipients = recipients
    self.subject = subject
    self.body = body
  }

  /// Whether its subject or its text has these words in it.
  public func contains(_ text: String) -> Bool { subject.contains(text) || body.contains(text) }
}

/// A row of ``Trace/mails``.
public typealias MailID = RowID<Mail>

extension Record {
  /// What breaks ties of the recurring run in which a flow did this; nil for everything else.
  var recurringRunNumber: UInt64? { isInRecurringRun ? flow.map { UInt64($0.index) } : nil }
}

// MARK: - Fingerprint

extension Mail {
  func combine(into hash: inout StableHash) {
    hash.combine(flow)
    for recipient in recipients { hash.combine(recipient) }
    hash.combine(subject)
    hash.combine(body)
  }
}
