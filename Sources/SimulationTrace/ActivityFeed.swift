import DiscreteEvents
import TenantIsolation

/// The name of an app registration.
public typealias RegistrationID = RowID<RegistrationKind>
/// The name of a page of content that was listed.
public typealias ContentPageID = RowID<ContentPageKind>

/// Marks rows of app registrations.
public enum RegistrationKind {}
/// Marks rows of content pages' names.
public enum ContentPageKind {}

/// What the Office 365 Management Activity API hands out separately.
public enum ContentType: UInt8, CaseIterable, Sendable {
  /// Everything without a type of its own: the Power Platform is here.
  case general
  case azureActiveDirectory, exchange, sharePoint, dlp

  /// The type as scenarios write it.
  public var name: StaticString {
    switch self {
    case .general: "audit-general"
    case .azureActiveDirectory: "audit-azure-active-directory"
    case .exchange: "audit-exchange"
    case .sharePoint: "audit-sharepoint"
    case .dlp: "dlp-all"
    }
  }

  /// The type as the REST interface writes it.
  public var wireName: StaticString {
    switch self {
    case .general: "Audit.General"
    case .azureActiveDirectory: "Audit.AzureActiveDirectory"
    case .exchange: "Audit.Exchange"
    case .sharePoint: "Audit.SharePoint"
    case .dlp: "DLP.All"
    }
  }
}

/// A piece of content: audit records that became available together.
public struct ContentBlob: Hashable, Sendable {
  /// Its `contentId`.
  public var identifier: String
  /// The registration whose subscription it was made for.
  public var registration: RegistrationID
  /// What it is content of.
  public var contentType: ContentType
  /// Its `contentCreated`.
  public var createdAt: Instant
  /// Rows of ``AuditTrail/records``.
  public var records: [Int]

  /// For how long content can be fetched, in milliseconds; documented.
  public static let lifetime: Milliseconds = 7 * CivilTime.day

  /// Its `contentExpiration`.
  public var expiresAt: Instant { createdAt + Self.lifetime }

  /// A piece of content.
  public init(
    identifier: String, registration: RegistrationID, contentType: ContentType,
    createdAt: Instant, records: [Int]
  ) {
    self.identifier = identifier
    self.registration = registration
    self.contentType = contentType
    self.createdAt = createdAt
    self.records = records
  }
}

/// What was given as the `PublisherIdentifier` of a call, by which calls are throttled.
public enum FeedPublisher: Hashable, Sendable {
  /// Nothing: all such calls share one quota.
  case none
  /// The vendor's tenant, as documented.
  case tenant(TenantID)
  /// An application's id: a slip. It is taken all the same.
  case application(RegistrationID)
}

/// A call that the Activity API answered.
public struct FeedCall: Hashable, Sendable {
  /// What was asked for.
  public enum Kind: UInt8, Sendable {
    case start, stop, listSubscriptions, listContent, fetchContent

    /// The word for it in traces.
    public var name: StaticString {
      switch self {
      case .start: "startSubscription"
      case .stop: "stopSubscription"
      case .listSubscriptions: "listSubscriptions"
      case .listContent: "listContent"
      case .fetchContent: "fetchContent"
      }
    }

    /// The method of its request.
    public var method: StaticString { self == .start || self == .stop ? "POST" : "GET" }
  }

  /// What was asked for.
  public var kind: Kind
  /// Whose permissions were used.
  public var registration: RegistrationID
  /// What it is about; nil for a list of subscriptions.
  public var contentType: ContentType?
  /// Who is said to have written the program.
  public var publisher = FeedPublisher.none
  /// The content's creation times that were asked for.
  public var window: Range<Instant>?
  /// The name of the page that a list is.
  @Optionally public var page: ContentPageID?
  /// The page that it follows, or whose content is fetched.
  @Optionally public var source: ContentPageID?
  /// The content that a list has or that was fetched, rows of ``AuditTrail/blobs``.
  public var blobs: [Int] = []
  /// How many pieces of the window come before this page.
  public var offset = 0
  /// Whether there is a further page.
  public var hasMore = false
  /// The types with an enabled subscription, in a list of subscriptions.
  public var subscriptions: [ContentType] = []

  /// A call that was answered.
  public init(_ kind: Kind, _ registration: RegistrationID, _ contentType: ContentType? = nil) {
    self.kind = kind
    self.registration = registration
    self.contentType = contentType
  }

  func combine(into hash: inout StableHash) {
    hash.combine(kind.name)
    hash.combine(registration)
    hash.combine(contentType?.name ?? "")
    switch publisher {
    case .none: break
    case .tenant(let tenant): hash.combine(tenant)
    case .application(let id): hash.combine(id)
    }
    hash.combine(window?.lowerBound.milliseconds ?? -1)
    hash.combine(window?.upperBound.milliseconds ?? -1)
    hash.combine(page)
    hash.combine(source)
    hash.combine(offset)
    hash.combine(hasMore)
    for type in subscriptions { hash.combine(type.name) }
  }
}

/// Why signing in for the Activity API, or a call of it, fails.
public enum FeedError: UInt8, CaseIterable, Sendable {
  /// Nobody with the right consented to the permissions.
  case noConsent
  /// The registration has no client secret.
  case noSecret
  case expiredSecret
  /// The token is for another service.
  case wrongResource
  /// The address to return to after signing in is not the registered one.
  case wrongRedirect
  case permissionMissing
  case parameterMissing, parameterInvalid
  case tenantMismatch, tenantUnknown, tenantNoGUID
  case contentTypeInvalid
  case webhookInvalid
  case noSubscription
  /// The subscription is enabled already: nothing changes, and nothing is wrong.
  case alreadyEnabled
  case timeRange
  case nextPageInvalid
  case contentMissing, contentExpired, contentIdInvalid
  case tooManyRequests

  /// The code that programs see.
  public var code: String {
    switch self {
    case .noConsent: "AADSTS65001"
    case .noSecret: "AADSTS7000218"
    case .expiredSecret: "AADSTS7000222"
    case .wrongResource: "AADSTS500011"
    case .wrongRedirect: "AADSTS50011"
    case .permissionMissing: "AF10001"
    case .parameterMissing: "AF20001"
    case .parameterInvalid: "AF20002"
    case .tenantMismatch: "AF20010"
    case .tenantUnknown: "AF20011"
    case .tenantNoGUID: "AF20013"
    case .contentTypeInvalid: "AF20020"
    case .webhookInvalid: "AF20021"
    case .noSubscription: "AF20022"
    case .alreadyEnabled: "AF20024"
    case .timeRange: "AF20030"
    case .nextPageInvalid: "AF20031"
    case .contentMissing: "AF20050"
    case .contentExpired: "AF20051"
    case .contentIdInvalid: "AF20052"
    case .tooManyRequests: "AF429"
    }
  }

  /// The HTTP status. Microsoft tabulates none: those of AF20022, AF20024, AF20030, AF429 and of
  /// content that is gone are what clients met, the others are assumed.
  public var httpStatus: Int {
    switch self {
    case .expiredSecret, .noSecret: 401
    case .permissionMissing, .tenantMismatch: 403
    case .contentMissing, .contentExpired: 404
    case .tooManyRequests: 429
    default: 400
    }
  }

  /// What its text rests on.
  public var basis: Basis { self == .alreadyEnabled ? .observed : .documented }

  /// What code and status rest on.
  public var codeBasis: Basis {
    switch self {
    case .noSubscription, .alreadyEnabled, .timeRange, .contentExpired, .contentMissing,
      .tooManyRequests:
      .observed
    default: .assumed
    }
  }

  /// Its text.
  ///
  /// - Parameter detail: what the text names: a permission set, a parameter, an id.
  public func message(_ detail: String, _ other: String = "") -> String {
    switch self {
    case .noConsent:
      "The user or administrator has not consented to use the application with ID '\(detail)'. "
        + "Send an interactive authorization request for this user and resource."
    case .noSecret:
      "The request body must contain the following parameter: 'client_assertion' or "
        + "'client_secret'."
    case .expiredSecret: "The provided client secret keys for app '\(detail)' are expired."
    case .wrongResource:
      "The resource principal named \(detail) was not found in the tenant named \(other)."
    case .wrongRedirect:
      "The reply address '\(detail)' is missing, misconfigured, or doesn't match reply addresses "
        + "configured for the app."
    case .permissionMissing:
      "The permission set (\(detail)) sent in the request did not include the expected permission "
        + "\(other)."
    case .parameterMissing: "Missing parameter: \(detail)."
    case .parameterInvalid: "Invalid parameter type: \(detail). Expected type: \(other)"
    case .tenantMismatch:
      "The tenant ID passed in the URL (\(detail)) does not match the tenant ID passed in the "
        + "access token (\(other))."
    case .tenantUnknown:
      "Specified tenant ID (\(detail)) does not exist in the system or has been deleted."
    case .tenantNoGUID: "The tenant ID passed in the URL (\(detail)) is not a valid GUID."
    case .contentTypeInvalid: "The specified content type is not valid."
    case .webhookInvalid:
      "The webhook endpoint \(detail) could not be validated. \(other)"
    case .noSubscription: "No subscription found for the specified content type."
    case .alreadyEnabled: "The subscription is already enabled. No property change."
    case .timeRange:
      "Start time and end time must both be specified (or both omitted) and must be less than or "
        + "equal to 24 hours apart, with the start time no more than 7 days in the past."
    case .nextPageInvalid: "Invalid nextPage Input: \(detail)."
    case .contentMissing: "The specified content (\(detail)) does not exist."
    case .contentExpired:
      "Content requested with the key \(detail) has already expired. Content older than 7 days "
        + "cannot be retrieved."
    case .contentIdInvalid: "Content ID \(detail) in the URL is invalid."
    case .tooManyRequests: "Too many requests. Method=\(detail), PublisherId=\(other)"
    }
  }
}
