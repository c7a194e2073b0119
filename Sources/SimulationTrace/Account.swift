import DiscreteEvents
import TenantIsolation

/// The answer to why something is let through, or not, at an instant.
public struct Account: Hashable, Sendable {
  /// What is asked about.
  public enum Subject: Hashable, Sendable {
    case run(FlowID)
    case connection(ConnectionID)
    case app(AppID)
  }

  /// How it ends and on what grounds.
  public struct Answer: Hashable, Sendable {
    /// How it ends; nil where nothing exists that could be asked about.
    public var outcome: Outcome?
    /// Why.
    public var grounds: Grounds

    /// An answer.
    public init(_ outcome: Outcome?, _ grounds: Grounds) {
      self.outcome = outcome
      self.grounds = grounds
    }
  }

  /// Something known to come.
  public struct Moment: Hashable, Sendable {
    /// When.
    public var time: Instant
    /// What will be answered then.
    public var answer: Answer

    /// An answer to come.
    public init(_ time: Instant, _ answer: Answer) {
      self.time = time
      self.answer = answer
    }
  }

  /// A saved policy that is not in force yet, or has just come into force.
  public struct Pending: Hashable, Sendable {
    /// The policy.
    public var version: PolicyVersion
    /// What the answer would be under it, all else being as it is; of one that has just come into
    /// force, what it was before.
    public var answer: Answer

    /// A policy and an answer.
    public init(_ version: PolicyVersion, _ answer: Answer) {
      self.version = version
      self.answer = answer
    }
  }

  /// A change of a data policy that is not in force yet.
  public struct PendingDataPolicy: Hashable, Sendable {
    /// The change, its content in words.
    public var change: DataPolicyChange<String>
    /// What the answer would be with it, all else being as it is.
    public var answer: Answer

    /// A change and an answer.
    public init(_ change: DataPolicyChange<String>, _ answer: Answer) {
      self.change = change
      self.answer = answer
    }
  }

  /// The single change of a policy that would turn the answer round.
  public struct Flip: Hashable, Sendable {
    /// The change, in words.
    public var edit: String
    /// Whose policy is changed.
    public var tenant: TenantID
    /// What the answer would be.
    public var answer: Answer
    /// What else would be let through, by name; empty where nobody asked.
    public var alsoAllows: [String] = []
    /// What else would be blocked, by name; empty where nobody asked.
    public var alsoBlocks: [String] = []

    /// A change and an answer.
    public init(edit: String, tenant: TenantID, answer: Answer) {
      self.edit = edit
      self.tenant = tenant
      self.answer = answer
    }
  }

  /// What is asked about.
  public var subject: Subject
  /// When.
  public var time: Instant
  /// Whether it happens at that very instant; else the answer says what would be met.
  public var happens: Bool
  /// How it ends.
  public var answer: Answer
  /// Why, step by step.
  public var reasons: [Reason] = []
  /// Policies that came into force at this very instant, without which the answer were another.
  public var ties: [Pending] = []
  /// Policies on their way into force, the earliest first.
  public var pending: [Pending] = []
  /// Changes of data policies on their way into force, the earliest first.
  public var pendingDataPolicies: [PendingDataPolicy] = []
  /// When the answer changes next, and to what; nil where nothing known changes it.
  public var nextChange: Moment?
  /// The nearest change that turns it round; nil where no single one does.
  public var flip: Flip?

  /// An answer without its reasons.
  public init(_ subject: Subject, at time: Instant, happens: Bool, answer: Answer) {
    self.subject = subject
    self.time = time
    self.happens = happens
    self.answer = answer
  }
}
