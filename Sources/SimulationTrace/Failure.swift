import TenantIsolation

/// What a text, code or time rests on.
public enum Basis: String, Sendable {
  /// Microsoft's documentation says so.
  case documented
  /// Somebody saw it and published it.
  case observed
  /// Nobody published it: it is this simulator's own.
  case assumed
}

/// Where a person meets an error.
public enum Surface: String, Sendable {
  /// The connection card while signing in.
  case connectionCreation
  /// The Power Apps studio while adding a connection.
  case appDesign
  /// The Power Automate designer while saving or turning on.
  case flowDesign
  /// The details of a run.
  case run
  /// A canvas app while it is used.
  case appData
  /// Anywhere else: the platform refuses what somebody asks.
  case request
}

/// What went wrong.
public enum Cause: String, CaseIterable, Sendable {
  /// Tenant isolation blocks the connection.
  case isolation
  /// The credentials presented are not valid.
  case credentials
  /// A data policy blocks the connector.
  case blockedConnector
  /// A data policy blocks the action.
  case blockedAction
  /// A data policy keeps the two connectors apart.
  case connectorMix
  /// There is no such connection any more, or there never was.
  case connectionAbsent
  /// The role does not allow setting a tenant's policies.
  case notAdministrator
  /// The allowlist is full.
  case ruleLimit
  /// No rule about that tenant.
  case ruleMissing
  /// A rule's tenant cannot be edited.
  case ruleTenantFixed
  /// The role does not allow making things.
  case notMaker
  /// Neither owner nor co-owner.
  case notOwner
  /// Neither a member nor a guest of the tenant.
  case notInTenant
  /// What is asked for does not exist at this time.
  case absent
  /// The flow starts by itself only.
  case notManual
  /// The role does not allow asking for a tenant's reports.
  case notReportAdministrator
  /// The day has its report already.
  case reportRepeated
  /// The app or flow is shared, and not with this person.
  case notSharedWithActor
  /// The person has no access to the data behind an app's connection.
  case noDataAccess
  /// What is to be taken away was never given.
  case notShared
  /// The recipient is neither a member nor a guest of the tenant.
  case recipientElsewhere
  /// A flow that came as a copy has no connections of its new owner yet.
  case copyUnconnected
  /// The role does not allow changing a tenant's groups.
  case notGroupAdministrator
  /// The role does not allow reading or replacing a tenant's isolation policy.
  case policyForbidden
  /// A policy names one tenant twice.
  case ruleRepeated
  /// An entry of a policy allows neither direction.
  case ruleWithoutDirection
  /// The operation did not bring about what it was asked for.
  case operationFailed
  /// The role does not allow installing packages, or reading which there are.
  case notPackageAdministrator
  /// The environment has no Dataverse.
  case noDataverse
  /// No catalogue has a package of that name.
  case packageUnknown
  /// The package is on its way into the environment already.
  case installInProgress
  /// The operation is none that can be canceled.
  case notCancelable
  /// The operation has ended.
  case operationEnded
  /// The request for the operation was refused, so that there is none.
  case operationRefused
  /// The role does not allow the audit log's affairs.
  case notAuditAdministrator
  /// The custom connector needs a premium licence.
  case notLicensed
  /// The Activity API, or signing in for it, fails; see ``Failure/feed``.
  case feed
  /// The role does not allow entering apps among those that may be shared widely.
  case notAppRegistrar
  /// Nobody asked this person, or it is too late to answer.
  case notAsked
  /// A co-owner asks for what only the owner and administrators do.
  case ownerAlone
  /// Whoever something is to be shared with owns it.
  case ownedAlready
  /// Whoever is to leave a group is not in it.
  case notMember
  /// An alert policy's reader is neither a person nor a guest nor a group of the tenant.
  case alertReaderElsewhere
  /// The environment is another tenant's.
  case environmentElsewhere
  /// A flow asks about an operation that nobody took in.
  case operationUnknown
  /// A flow asks about an operation that its owner may not ask about.
  case pollForbidden
  /// A flow that asks about an operation has no connection to ask with.
  case noConnectionToAsk
  /// A flow that mails has no connection to mail with.
  case noConnectionToMail
}

extension Cause {
  /// Whether a run that meets it fails by what its flow does, where its connections let it through.
  public var isAboutWork: Bool {
    switch self {
    case .feed, .notAuditAdministrator, .notLicensed, .notOwner, .notShared, .operationUnknown,
      .pollForbidden, .noConnectionToAsk, .noConnectionToMail:
      true
    default: false
    }
  }
}

/// An error as data; ``Trace/text(of:)`` puts it into words.
///
/// Kept apart from its text because one row stands for any number of runs.
public struct Failure: Hashable, Sendable {
  /// Where it is met.
  public var surface: Surface
  /// What went wrong.
  public var cause: Cause
  /// The tenant whose configuration decided, or whose administrator was needed.
  @Optionally public var tenant: TenantID?
  /// The tenant the connection lives in.
  @Optionally public var creator: TenantID?
  /// The tenant the connection signs in to.
  @Optionally public var signIn: TenantID?
  /// The connection it is about.
  @Optionally public var connection: ConnectionID?
  /// That connection's connector.
  @Optionally public var connector: ConnectorID?
  /// The connector that must not be mixed with it.
  @Optionally public var otherConnector: ConnectorID?
  /// Whose account signs in, or who asked.
  @Optionally public var user: UserID?
  /// The trigger or action that failed, or that a data policy blocks.
  @Optionally public var operation: OperationID?
  /// The data policy that decided.
  @Optionally public var dataPolicy: DataPolicyID?
  /// The environment it is about.
  @Optionally public var environment: EnvironmentID?
  /// The package it is about.
  @Optionally public var package: PackageID?
  /// The registration that the Activity API was called with.
  @Optionally public var registration: RegistrationID?
  /// The most rules the edition allows, with ``Cause/ruleLimit``.
  public var limit: Int32 = 0
  /// What the Activity API says, with ``Cause/feed``.
  public var feed: FeedFailure?

  /// An error met on a surface.
  public init(_ surface: Surface, _ cause: Cause) {
    self.surface = surface
    self.cause = cause
  }
}

/// An error of the Activity API, and what was asked for.
public struct FeedFailure: Hashable, Sendable {
  /// The error.
  public var error: FeedError
  /// What was asked for.
  public var call: FeedCall.Kind
  /// Of which type of content.
  public var contentType: ContentType?
  /// The page of content that was to lead on.
  @Optionally public var page: ContentPageID?
  /// The content that is expired or not there; nil where no single one is meant.
  public var content: FeedContent?

  /// An error.
  public init(
    _ error: FeedError, _ call: FeedCall.Kind, _ contentType: ContentType?,
    content: FeedContent? = nil, of page: ContentPageID? = nil
  ) {
    self.error = error
    self.call = call
    self.contentType = contentType
    self.content = content
    self.page = page
  }
}

/// A piece of content that somebody cannot have. Its numbers are narrow because every failure has
/// room for one.
public enum FeedContent: Hashable, Sendable {
  /// A row of ``AuditTrail/blobs``.
  case row(Int32)
  /// The place on its page, from 1, where the page has none.
  case number(Int32)
}

/// An error as people and programs see it.
public struct ErrorText: Hashable, Sendable {
  /// A stable word for programs.
  public var code: String
  /// What the person reads; a line break separates a headline from its details.
  public var message: String
  /// The HTTP status of the call behind it.
  public var httpStatus: Int
  /// What the message rests on.
  public var basis: Basis
  /// What code and status rest on: no source has them for isolation.
  public var codeBasis: Basis
}
