import TenantIsolation

/// What an app registration may do with the Office 365 Management APIs.
public enum FeedPermission: UInt8, CaseIterable, Sendable {
  case activityFeedRead, activityFeedReadDlp, serviceHealthRead

  /// The permission as scenarios write it.
  public var name: StaticString {
    switch self {
    case .activityFeedRead: "activity-feed-read"
    case .activityFeedReadDlp: "activity-feed-read-dlp"
    case .serviceHealthRead: "service-health-read"
    }
  }

  /// The permission as tokens write it.
  public var wireName: StaticString {
    switch self {
    case .activityFeedRead: "ActivityFeed.Read"
    case .activityFeedReadDlp: "ActivityFeed.ReadDlp"
    case .serviceHealthRead: "ServiceHealth.Read"
    }
  }
}

extension ContentType {
  /// The permission that its content and subscriptions need.
  public var permission: FeedPermission {
    self == .dlp ? .activityFeedReadDlp : .activityFeedRead
  }
}

/// An application that was registered to call the Office 365 Management APIs, and how the custom
/// connector that uses it is set up.
public struct AppRegistration: Hashable, Sendable {
  /// The scenario's word for it.
  public var name: String
  /// Whose directory it is in.
  public var tenant: TenantID
  /// What it may do for somebody who is signed in.
  public var delegated: [FeedPermission] = []
  /// What it may do by itself.
  public var application: [FeedPermission] = []
  /// Whether an administrator consented to its permissions for the tenant.
  public var isConsented = false
  /// When its client secret expires; nil where it has none.
  public var secretUntil: CivilTime?
  /// The connector's resource URL.
  public var resource = Self.rightResource
  /// The redirect URI that was registered.
  public var redirect = Self.rightRedirect

  /// The resource URL that the documentation gives.
  public static let rightResource = "https://manage.office.com"
  /// Where custom connectors return to after signing in.
  public static let rightRedirect = "https://global.consent.azure-apim.net/redirect"

  /// A registration without any permission.
  public init(name: String, tenant: TenantID) {
    self.name = name
    self.tenant = tenant
  }

  /// What it may do for somebody, or by itself.
  public func permissions(isByItself: Bool) -> [FeedPermission] {
    isByItself ? application : delegated
  }

  /// What keeps a client from signing in with it at an instant of the calendar; nil where nothing
  /// does. The order of the questions is assumed.
  public func signInError(at time: CivilTime) -> FeedError? {
    if resource != Self.rightResource { return .wrongResource }
    if redirect != Self.rightRedirect { return .wrongRedirect }
    if !isConsented { return .noConsent }
    guard let secretUntil else { return .noSecret }
    return time >= secretUntil ? .expiredSecret : nil
  }
}
