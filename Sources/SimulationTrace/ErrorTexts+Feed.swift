import TenantIsolation

// The texts of the Office 365 Management Activity API, and of signing in for it.

extension Cast {
  func feed(_ fault: FeedFailure, _ failure: Failure) -> ErrorText {
    let error = fault.error
    let (detail, other) = details(of: fault, failure)
    return ErrorText(
      code: error.code, message: error.message(detail, other), httpStatus: error.httpStatus,
      basis: error.basis, codeBasis: error.codeBasis)
  }

  /// What the text names.
  private func details(of fault: FeedFailure, _ failure: Failure) -> (String, String) {
    guard let id = failure.registration else { return ("", "") }
    let registration = registrations[id.row]
    let tenant = tenants[registration.tenant.row]
    return switch fault.error {
    case .wrongResource: (registration.resource, tenant.displayName)
    case .wrongRedirect: (AppRegistration.rightRedirect, "")
    case .permissionMissing:
      (
        registration.permissions(isByItself: failure.user == nil).map { "\($0.wireName)" }
          .joined(separator: " "),
        "\((fault.contentType?.permission ?? .activityFeedRead).wireName)"
      )
    case .contentExpired, .contentMissing: (content(of: fault, id), "")
    case .nextPageInvalid: (fault.page.map { contentPages[$0.row].name } ?? "", "")
    case .tooManyRequests: ("\(fault.call.method)", tenant.identifier)
    default: (registrationIdentifier(id), tenant.identifier)
    }
  }

  /// The content's id; content that a page does not have has none.
  private func content(of fault: FeedFailure, _ id: RegistrationID) -> String {
    let page = fault.page.map { "page \(contentPages[$0.row].name)" } ?? "no page"
    return switch fault.content {
    case nil: page
    case .row(let row): contentIdentifier(id, Int(row))
    case .number(let number): "blob \(number) of \(page)"
    }
  }

  /// A registration's application (client) id: a GUID that depends on names alone.
  public func registrationIdentifier(_ id: RegistrationID) -> String {
    let registration = registrations[id.row]
    return derivedIdentifier(
      "application", tenants[registration.tenant.row].identifier, registration.name)
  }

  /// The registration with an application (client) id, in letters of either case.
  public func registration(withClientID id: String) -> RegistrationID? {
    let id = id.lowercased()
    return registrations.indices.map { RegistrationID($0) }
      .first { registrationIdentifier($0) == id }
  }

  /// The `contentId` of a registration's content by its number, shaped like the one in the
  /// documentation.
  public func contentIdentifier(_ id: RegistrationID, _ number: Int) -> String {
    let tenant = tenants[registrations[id.row].tenant.row].identifier.filter { $0 != "-" }
    let hash = derivedIdentifier("content", registrationIdentifier(id), "\(number)")
      .filter { $0 != "-" }
    let place = "4926380\(hexadecimal(number, digits: 5))"
    return "\(place)$\(place)$\(tenant)gen\(number)$\(hash)$04"
  }
}
