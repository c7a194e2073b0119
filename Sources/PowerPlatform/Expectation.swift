import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// One `expect` line.
public struct Expectation: Hashable, Sendable {
  /// What must hold.
  public var claim: Claim
  /// Whether holding for one admissible propagation delay is enough.
  public var isPossibility: Bool
  /// What the author says to whoever reads the failure.
  public var message: String?
  /// The line as written, without its indentation and comment.
  public var source: String
  /// The scenario's line.
  public var line: Int
  /// The column of its first word, from 1.
  public var column: Int

  /// An expectation.
  public init(
    _ claim: Claim, isPossibility: Bool = false, message: String? = nil, source: String, line: Int,
    column: Int
  ) {
    self.claim = claim
    self.isPossibility = isPossibility
    self.message = message
    self.source = source
    self.line = line
    self.column = column
  }
}

/// What an expectation says.
public enum Claim: Hashable, Sendable {
  /// How a statement (a row of the timeline) ends, and grounds that are among its grounds.
  case outcome(statement: Int, Outcome, because: [Ground])
  /// Part of the text that the person sees after a statement.
  case error(statement: Int, String)
  /// Exactly `count` runs in a half-open interval are as described.
  case runs(FlowID, count: Int, in: Range<Instant>, RunDescription)
  /// There is a run as described at the instant.
  case run(FlowID, at: Instant, RunDescription)
  /// The run history that a flow's page lists at the instant has exactly `count` runs as described.
  case history(FlowID, count: Int, at: Instant, RunDescription)
  /// A flow's state.
  case flow(FlowID, FlowState, at: Instant)
  /// Part of a text on the flow's page.
  case flowPage(FlowID, shows: String, at: Instant)
  /// Whether an app has a connection.
  case app(AppID, uses: Bool, ConnectionID, at: Instant)
  /// A connection's state.
  case connection(ConnectionID, ConnectionState, at: Instant)
  /// A tenant's saved policy.
  case isolation(TenantID, IsolationState, at: Instant)
  /// What the rule about exactly this subject allows, in a tenant's saved policy; nothing where there
  /// is none.
  case rule(TenantID, RuleSubject, Directions, at: Instant)
  /// The policy that active apps and flows of a tenant are judged by.
  case isolationAssessed(TenantID, isOn: Bool, at: Instant)
  /// Which report a request gives back.
  case returned(statement: Int, ReportID)
  /// How far a report has come.
  case report(ReportID, ReportStatus, at: Instant)
  /// What a completed report lists; at the scenario's end where no instant is given.
  case reportLists(ReportID, ReportListing, at: Instant?)
  /// Whether an app or a flow is shared with a recipient, as a role where one is named.
  case shared(Shareable, isShared: Bool, Recipient, ShareRole?, at: Instant)
  /// Whether somebody sees an app.
  case visible(AppID, isVisible: Bool, UserID, at: Instant)
  /// Whether an app or a flow is among the widely shared.
  case widelyShared(Shareable, isListed: Bool, at: Instant)
  /// How far an operation has come.
  case operation(AdminOperationID, OperationStatus, at: Instant)
  /// How far a package has come.
  case package(PackagePlace, PackageState, at: Instant)
  /// Whether somebody got a mail with these words in it; by the scenario's end where no instant is
  /// given.
  case mail(to: UserID, isSent: Bool, by: Instant?, containing: String)
  /// The code that programs see after a statement.
  case errorCode(statement: Int, String)
  /// What the audit log has, and what comes of it.
  case audit(AuditClaim)
  /// How far a flow's question has come whether somebody's part in an app is to go; nil for none.
  case removal(of: Recipient, from: AppID, Approval.State?, at: Instant)
}

/// What is asked of a run; nil and empty ask nothing.
public struct RunDescription: Hashable, Sendable {
  /// Succeeded or failed.
  public var outcome: Outcome?
  /// Grounds that are all among the run's.
  public var because: [Ground]
  /// Part of the run's error.
  public var error: String?

  /// A description.
  public init(_ outcome: Outcome? = nil, because: [Ground] = [], error: String? = nil) {
    self.outcome = outcome
    self.because = because
    self.error = error
  }
}

/// Whether a connection can be used, isolation apart: a connection that isolation blocks stays
/// connected (assumed).
public enum ConnectionState: UInt8, CaseIterable, Sendable {
  /// There is no such connection (any more, or yet).
  case absent
  case connected
  /// A data policy in force blocks its connector.
  case disabled

  /// The state as scenarios write it.
  public var name: StaticString {
    switch self {
    case .absent: "absent"
    case .connected: "connected"
    case .disabled: "disabled"
    }
  }
}
