import DiscreteEvents
import TenantIsolation

/// What a player shows of a simulation besides its trace: what things are made of, how they stand from
/// event to event, and why.
///
/// Whoever plays a trace can't see the model; these are its answers, as values.
public struct Stage: Sendable {
  /// What the scenario says about itself.
  public var about = ""
  /// The edition of the documentation, which is also that of the admin center's look.
  public var edition = ""
  /// Who sees the admin center's page on tenant isolation, which that edition says.
  public var isolationRoles: [Role] = []
  /// When each version of a policy may come into force, by its row in the trace.
  public var mayBeInForce: [ClosedRange<Instant>] = []
  /// Everything that connections were ever made of, each once.
  public var definitions: [Definition] = []
  /// What starts each flow, by its row, as it was first defined.
  public var starts: [Start] = []
  /// How things stand before the first event, in a fixed order: every place that ever changes.
  public var initial: [(place: Place, value: Value)] = []
  /// What changes with which event, in order.
  public var changes: [Change] = []
  /// Every change of a data policy, in the order of saving.
  public var dataPolicies: [DataPolicyChange<String>] = []
  /// Why each event ended as it did, by its row in the trace; nil for what nobody decided.
  public var decisions: [Decision?] = []
  /// Why a run of a flow ends as it does at an instant.
  public var decisionOfRun: @Sendable (FlowID, Instant) -> Decision?
  /// Where each expectation's answer is to be found, in the order of their verdicts.
  public var evidence: [Evidence] = []

  /// A stage on which nothing stands.
  public init(decisionOfRun: @escaping @Sendable (FlowID, Instant) -> Decision? = { _, _ in nil }) {
    self.decisionOfRun = decisionOfRun
  }
}

extension Stage {
  /// What a connection is made of.
  public struct Definition: Hashable, Sendable {
    /// The connection.
    public var connection: ConnectionID
    /// What it connects with.
    public var connector: ConnectorID
    /// Who made it.
    public var owner: UserID
    /// The tenant it lives in.
    public var creator: TenantID
    /// The tenant it signs in to.
    public var signIn: TenantID

    /// A definition.
    public init(
      connection: ConnectionID, connector: ConnectorID, owner: UserID, creator: TenantID,
      signIn: TenantID
    ) {
      self.connection = connection
      self.connector = connector
      self.owner = owner
      self.creator = creator
      self.signIn = signIn
    }
  }

  /// What starts a flow.
  public struct Start: Hashable, Sendable {
    /// By itself, by a signal, or by hand.
    public var trigger: RunTrigger
    /// The distance of two runs of a recurrence, else 0.
    public var period: Milliseconds

    /// A start.
    public init(_ trigger: RunTrigger, period: Milliseconds = 0) {
      self.trigger = trigger
      self.period = period
    }
  }

  /// One thing of the stage.
  public enum Thing: Hashable, Sendable {
    case tenant(TenantID)
    case connection(ConnectionID)
    case app(AppID)
    case flow(FlowID)
    case dataPolicy(DataPolicyID)
  }

  /// What may change of a thing.
  public enum Field: String, Sendable {
    /// A tenant's policy as its administrators see it, or a data policy, a row of
    /// ``Stage/dataPolicies``.
    case saved
    /// The same as active apps and flows are judged by it.
    case inForce
    /// Absent, connected, on and so forth.
    case state
    /// What a connection is made of, a row of ``Stage/definitions``.
    case definition
    /// What the use of a connection meets.
    case decision
    /// A person's row.
    case owner
    /// Rows of connections.
    case uses
    /// A tenant's row.
    case tenant
    /// Whom an app or a flow is shared with, in words; nothing while nobody shared it.
    case shares
    /// What a flow's page says besides its state.
    case page
  }

  /// A field of a thing.
  public struct Place: Hashable, Sendable {
    /// The thing.
    public var thing: Thing
    /// Its field.
    public var field: Field

    /// A place.
    public init(_ thing: Thing, _ field: Field) {
      self.thing = thing
      self.field = field
    }
  }

  /// What stands at a place.
  public enum Value: Hashable, Sendable {
    case nothing
    case word(String)
    case row(Int)
    case rows([Int])
    case decision(Decision)
  }

  /// Something that an event changes.
  public struct Change: Sendable {
    /// The event's row in the trace.
    public var event: Int
    /// What.
    public var place: Place
    /// To what.
    public var value: Value

    /// A change.
    public init(_ event: Int, _ place: Place, _ value: Value) {
      self.event = event
      self.place = place
      self.value = value
    }
  }

  /// How something is judged and why.
  public struct Decision: Hashable, Sendable {
    /// How it ends.
    public var answer: Account.Answer
    /// Why, step by step; empty where nobody asked.
    public var reasons: [Reason]
    /// The nearest change that turns it round.
    public var flip: Account.Flip?
    /// Whether that was looked for.
    public var isFlipKnown = false

    /// A decision with its steps.
    public init(_ answer: Account.Answer, _ reasons: [Reason] = []) {
      self.answer = answer
      self.reasons = reasons
    }

    /// What an account says, whenever it was asked for.
    public init(_ account: Account) {
      self.init(account.answer, account.reasons)
      flip = account.flip
      isFlipKnown = true
    }
  }

  /// Where an expectation's answer is to be found.
  public struct Evidence: Hashable, Sendable {
    /// When.
    public var time: Instant
    /// The latest instant that the expectation speaks of: nobody can judge it before.
    public var last: Instant
    /// The event that decided, a row of the trace's events; nil for none or a recurring run.
    public var event: Int?
    /// Whose runs decided.
    public var flow: FlowID?

    /// A place to look at.
    public init(
      _ time: Instant, last: Instant? = nil, event: Int? = nil, flow: FlowID? = nil
    ) {
      self.time = time
      self.last = max(last ?? time, time)
      self.event = event
      self.flow = flow
    }
  }
}
