import TenantIsolation

/// What people see when something goes wrong, in one place for every output.
///
/// Codes and HTTP statuses of isolation failures stand in no source. The texts of a refused
/// connection and of a failed run were read off pictures published on 2021-07-19
/// (thijoubert.com, "Power Platform & Tenant isolation"); those of the two designers are the
/// alternative texts of the pictures on the documentation page; those about data policies come from
/// Microsoft's data policy pages and public issue threads. All others are this simulator's own.
extension Cast {
  /// A failure in words.
  public func text(of failure: Failure) -> ErrorText {
    switch failure.surface {
    case .connectionCreation: connectionCreation(failure)
    case .appDesign: appDesign(failure)
    case .flowDesign: flowDesign(failure)
    case .run: run(failure)
    case .appData: appData(failure)
    case .request: request(failure)
    }
  }

  /// What a flow's page says while its runs fail; observed on 2021-07-19.
  public static let flowPageWarning =
    "There's a problem that needs to be fixed to trigger this flow. "
    + "To see more details, open Flow checker."
}

extension Trace {
  /// A failure in words.
  public func text(of failure: Failure) -> ErrorText { cast.text(of: failure) }
}

// MARK: - By surface

extension Cast {
  private func connectionCreation(_ failure: Failure) -> ErrorText {
    switch failure.cause {
    case .isolation:
      ErrorText(
        "TenantIsolationConnectionBlocked", connectionText(failure), 403, .observed)
    case .blockedConnector:
      ErrorText(
        "ConnectionBlockedByDataPolicy",
        "Connection creation/edit of '\(name(failure.connector))' has been blocked by Data Loss "
          + "Prevention (DLP) policy '\(name(failure.dataPolicy))'.", 403, .observed)
    default:
      ErrorText(
        "InvalidCredentials",
        "Sign-in to \(name(failure.signIn)) failed: the account \(account(failure)) did not present"
          + " valid credentials.", 401, .assumed)
    }
  }

  private func appDesign(_ failure: Failure) -> ErrorText {
    switch failure.cause {
    case .isolation:
      ErrorText("TenantIsolationDataNotLoaded", Self.dataNotLoaded, 403, .documented)
    case .connectorMix:
      ErrorText(
        "AppPolicyConnectorMix",
        "Using these connections together conflicts with the company data loss prevention"
          + " policies.", 403, .documented)
    case .blockedConnector, .blockedAction:
      ErrorText(
        "AppPolicyViolation",
        "It looks like this app isn't compliant with the latest data loss prevention policies.",
        403, .documented)
    default: ErrorText("ConnectionNotFound", Self.dataNotLoaded, 404, .assumed)
    }
  }

  /// Documented for a connection that isolation blocks; that one which is gone shows the same is
  /// assumed.
  private static let dataNotLoaded = "The data didn't load correctly. Please try again."

  private func flowDesign(_ failure: Failure) -> ErrorText {
    switch failure.cause {
    case .isolation:
      ErrorText(
        "DynamicInvocationFailed", couldNotRetrieve(connectionText(failure)), 403, .documented)
    case .connectionAbsent:
      ErrorText(
        "DynamicInvocationFailed", couldNotRetrieve(absentConnection(failure).message), 404,
        .assumed)
    default: dataPolicy(failure)
    }
  }

  private func run(_ failure: Failure) -> ErrorText {
    if failure.cause.isAboutWork {
      return failedAction(failure, by: polling(failure) ?? request(failure))
    }
    let details =
      switch failure.cause {
      case .isolation: ("TenantIsolationTokenExchange", tokenExchange(failure), 403, Basis.observed)
      case .connectionAbsent:
        ("ConnectionNotFound", absentConnection(failure).message, 404, Basis.assumed)
      default: ("DataPolicyViolation", dataPolicy(failure).message, 403, Basis.assumed)
      }
    return ErrorText(
      details.0, "Action '\(name(failure.operation))' failed\n\(details.1)", details.2, details.3)
  }

  /// A call in a run that is answered with an error: that the action fails with it is assumed. One
  /// that the flow has no connection for has no name.
  private func failedAction(_ failure: Failure, by answer: ErrorText) -> ErrorText {
    var text = answer
    let action = failure.operation.map { "Action '\(operations[$0.row])'" } ?? "An action"
    text.message = "\(action) failed\n\(answer.message)"
    return text
  }

  private func appData(_ failure: Failure) -> ErrorText {
    switch failure.cause {
    case .isolation:
      ErrorText("TenantIsolationTokenExchange", tokenExchange(failure), 403, .assumed)
    case .connectionAbsent: absentConnection(failure)
    case .noDataAccess: noDataAccess(failure)
    default:
      ErrorText("DataPolicyViolation", dataPolicy(failure).message, 403, .assumed)
    }
  }

  private func request(_ failure: Failure) -> ErrorText {
    if let fault = failure.feed { return feed(fault, failure) }
    let who = name(failure.user)
    let text =
      switch failure.cause {
      case .notAdministrator:
        "\(who) does not have the administrator role that policies of \(name(failure.tenant)) need."
      case .ruleLimit:
        "The allowlist of \(name(failure.tenant)) is full: it holds at most \(failure.limit) rules."
      case .ruleMissing: "\(name(failure.tenant)) has no rule for that tenant."
      case .ruleTenantFixed:
        "A rule's tenant can't be edited; remove and add: take this rule away, then add one for the "
          + "other tenant."
      case .notMaker: "\(who) may use what others made, and make nothing."
      case .notOwner:
        failure.connection.map { "\(who) is not the owner of the connection \(name($0))." }
          ?? "\(who) is neither owner nor co-owner of it."
      case .notInTenant:
        "\(who) is neither a member nor a guest of \(name(failure.tenant))."
      case .notPackageAdministrator, .noDataverse, .packageUnknown, .installInProgress,
        .environmentElsewhere:
        packageRefusal(failure)
      case .notManual: "This flow starts by itself; nobody can run it by hand."
      case .notReportAdministrator:
        "\(who) does not have the administrator role that reports of \(name(failure.tenant)) need."
      case .reportRepeated:
        "\(name(failure.tenant)) has a report of this day: one is created in a calendar day."
      case .policyForbidden: forbiddenPolicy(failure)
      case .ruleRepeated: "The policy names a tenant more than once in allowedTenants."
      case .ruleWithoutDirection:
        "An entry of allowedTenants allows neither direction: inbound or outbound has to be true."
      case .notCancelable: "Only installations are canceled: this is no installation."
      case .operationEnded: "The operation has ended: there is nothing left to cancel."
      case .operationRefused: "There is no such operation: its request was refused."
      case .operationFailed: "The operation failed; what it was to change is as it was."
      case .notAuditAdministrator:
        "\(who) does not have the administrator role that the audit log of \(name(failure.tenant)) "
          + "needs."
      case .notLicensed:
        "\(who) does not have the premium licence that a custom connector needs."
      case .alertReaderElsewhere:
        "Alerts of \(name(failure.tenant)) go to its people, guests and groups alone."
      case .notAppRegistrar:
        "\(who) does not have the administrator role that registering an app of "
          + "\(name(failure.tenant)) needs."
      case .notAsked: "No flow waits for an answer of \(who) to this."
      default: sharingText(failure)
      }
    return ErrorText(
      code(ofRequest: failure.cause), text, status(ofRequest: failure.cause),
      failure.cause == .policyForbidden ? .observed : .assumed,
      codeBasis: failure.cause == .policyForbidden ? .observed : .assumed)
  }

  private func status(ofRequest cause: Cause) -> Int {
    switch cause {
    case .absent, .ruleMissing, .notShared, .notAsked, .notMember, .operationRefused: 404
    case .reportRepeated, .ownedAlready: 409
    case .ruleRepeated, .ruleWithoutDirection, .noDataverse: 400
    case .packageUnknown, .environmentElsewhere: 404
    case .installInProgress, .notCancelable, .operationEnded: 409
    case .operationFailed: 500
    default: 403
    }
  }

  private func sharingText(_ failure: Failure) -> String {
    let who = name(failure.user)
    return switch failure.cause {
    case .notSharedWithActor: "\(who) has no access: it is shared, and not with \(who)."
    case .notShared: "There is no such share, so nothing is taken away."
    case .ownerAlone: "\(who) is a co-owner of it: only its owner and administrators move it."
    case .ownedAlready: "\(who) owns it already: there is nothing to share."
    case .notMember: "\(who) is not in this group."
    case .recipientElsewhere:
      "It is shared within \(name(failure.tenant)): with its people, guests and groups."
    case .copyUnconnected:
      "This copy has no connections of its owner yet: it has to be saved with some first."
    case .notGroupAdministrator:
      "\(who) does not have the administrator role that groups of \(name(failure.tenant)) need."
    default: "It does not exist at this time."
    }
  }

  private func code(ofRequest cause: Cause) -> String {
    switch cause {
    case .notAdministrator, .notReportAdministrator, .notAuditAdministrator, .notAppRegistrar:
      "AdministratorRoleRequired"
    case .notAsked: "ApprovalNotFound"
    case .notLicensed: "PremiumLicenceRequired"
    case .ruleLimit: "RuleLimitReached"
    case .ruleMissing: "RuleNotFound"
    case .ruleTenantFixed: "RuleTenantNotEditable"
    case .notMaker: "MakerRoleRequired"
    case .notOwner: "OwnerRequired"
    case .notInTenant: "NotInTenant"
    case .notManual: "FlowNotManual"
    case .reportRepeated: "ReportExistsForDay"
    case .notSharedWithActor: "AccessDenied"
    case .ownerAlone: "OwnerRequired"
    case .ownedAlready: "OwnedAlready"
    case .recipientElsewhere, .alertReaderElsewhere: "RecipientNotInTenant"
    case .copyUnconnected: "ConnectionsMissing"
    case .notGroupAdministrator: "AdministratorRoleRequired"
    case .policyForbidden: "Forbidden"
    case .ruleRepeated, .ruleWithoutDirection: "BadRequest"
    case .operationFailed: "OperationFailed"
    case .notPackageAdministrator: "AdministratorRoleRequired"
    case .noDataverse: "DataverseMissing"
    case .packageUnknown: "PackageNotFound"
    case .installInProgress: "InstallInProgress"
    case .notCancelable, .operationEnded: "OperationNotCancelable"
    case .operationRefused: "OperationNotFound"
    case .environmentElsewhere: "EnvironmentNotFound"
    default: "NotFound"
    }
  }
}

// MARK: - Shared pieces

extension Cast {
  /// Where a tenant's isolation policy is, for programs.
  public static func policyPath(of tenant: String) -> String {
    "/providers/PowerPlatform.Governance/v1/tenants/\(tenant)/tenantIsolationPolicy"
  }

  /// What the service says to who may not go where the policy is; observed.
  public static func forbiddenPath(
    _ path: String, to user: String, of tenant: String
  ) -> String {
    "The user with object id '\(user)' in tenant '\(tenant)' does not have permission to access "
      + "the path '\(path)'."
  }

  /// People have no object ids in scenarios: one is made of their name.
  public func objectIdentifier(of user: UserID) -> String {
    derivedIdentifier("user", tenants[users[user.row].home.row].identifier, users[user.row].name)
  }

  private func forbiddenPolicy(_ failure: Failure) -> String {
    Self.forbiddenPath(
      Self.policyPath(of: identifier(failure.tenant)),
      to: failure.user.map(objectIdentifier) ?? "unknown",
      of: identifier(failure.user.map { users[$0.row].home }))
  }

  /// The service's name was seen with OneDrive for Business; that others show the same is assumed.
  private func connectionText(_ failure: Failure) -> String {
    "Failed with error: 'OAuth2Certificate authorization flow failed for service "
      + "'Office 365 (Discovery, Certificate)'. \(configuration(failure, gap: "  ")) Details: "
      + "Connection Owner Tenant: \(identifier(failure.creator)), "
      + "Connection Sign In Tenant: \(identifier(failure.signIn)), "
      + "Connector: \(name(failure.connector))'. Please sign in again or choose another connection."
  }

  private func tokenExchange(_ failure: Failure) -> String {
    "Error from token exchange: \(configuration(failure, gap: " "))"
  }

  /// - Parameter gap: the pictures show two blanks behind the tenant on the connection card and one
  ///   in a run's details.
  private func configuration(_ failure: Failure, gap: String) -> String {
    "Azure Active Directory sign in with account \(account(failure)) failed due to a tenant "
      + "isolation configuration in tenant \(identifier(failure.tenant)).\(gap)If this is an important "
      + "business productivity use case that needs cross-tenant connectivity contact the Power "
      + "Platform tenant administrator."
  }

  private func couldNotRetrieve(_ reason: String) -> String {
    "Couldn't retrieve values. The dynamic invocation request failed with error - \(reason)"
  }

  private func absentConnection(_ failure: Failure) -> ErrorText {
    ErrorText(
      "ConnectionNotFound",
      "The connection \(name(failure.connection)) does not exist: it was blocked when it was "
        + "created, or it is deleted.", 404, .assumed)
  }

  /// That there is an error is documented; its words are our own.
  private func noDataAccess(_ failure: Failure) -> ErrorText {
    ErrorText(
      "DataSourceAccessDenied",
      "The app can't load its data: \(name(failure.user)) has no access to the data source behind "
        + "the connection \(name(failure.connection)).", 403, .assumed)
  }

  private func dataPolicy(_ failure: Failure) -> ErrorText {
    let policy = "Admin data policy '\(name(failure.dataPolicy))'"
    let connector = name(failure.connector)
    return switch failure.cause {
    case .connectorMix:
      ErrorText(
        "ApiPolicyDataFlowViolation",
        "\(policy) restricts the use of \(connector) with \(name(failure.otherConnector)).", 403,
        .observed, codeBasis: .observed)
    case .blockedAction:
      ErrorText(
        "ApiPolicyActionViolation",
        "\(policy) restricts use of the action \(name(failure.operation)) of \(connector).", 403,
        .assumed)
    default:
      ErrorText(
        "ApiPolicyApiGroupViolation", "\(policy) restricts use of these apis: \(connector).", 403,
        .observed, codeBasis: .observed)
    }
  }
}

// MARK: - Names in texts

extension Cast {
  /// Sign-in accounts are not part of scenarios: the user's name at the sign-in tenant's first
  /// domain is assumed.
  func account(_ failure: Failure) -> String {
    let domain = failure.signIn.flatMap { tenants[$0.row].domains.first } ?? "unknown"
    return "\(name(failure.user))@\(domain)"
  }

  private func identifier(_ tenant: TenantID?) -> String {
    tenant.map { tenants[$0.row].identifier } ?? "unknown"
  }

  func name(_ tenant: TenantID?) -> String {
    tenant.map { tenants[$0.row].displayName } ?? "unknown"
  }

  func name(_ user: UserID?) -> String { user.map { users[$0.row].name } ?? "unknown" }

  private func name(_ connector: ConnectorID?) -> String {
    connector.map { connectors[$0.row].displayName } ?? "unknown"
  }

  private func name(_ connection: ConnectionID?) -> String {
    connection.map { connections[$0.row].name } ?? "unknown"
  }

  private func name(_ policy: DataPolicyID?) -> String {
    policy.map { dataPolicies[$0.row].displayName } ?? "unknown"
  }

  private func name(_ operation: OperationID?) -> String {
    operation.map { operations[$0.row] } ?? "unknown"
  }
}

extension ErrorText {
  fileprivate init(
    _ code: String, _ message: String, _ httpStatus: Int, _ basis: Basis,
    codeBasis: Basis = .assumed
  ) {
    self.init(
      code: code, message: message, httpStatus: httpStatus, basis: basis, codeBasis: codeBasis)
  }
}
