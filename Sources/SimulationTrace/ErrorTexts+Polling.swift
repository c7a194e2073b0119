import TenantIsolation

// What a run says that gets through its connections and can't ask about an operation, or mail its end.
// Texts, codes and statuses are assumed.

extension Cast {
  /// What keeps a flow from polling, in words; nil for anything else.
  func polling(_ failure: Failure) -> ErrorText? {
    let details: (code: String, text: String, status: Int)
    switch failure.cause {
    case .operationUnknown:
      details = ("OperationNotFound", "There is no such operation: nobody took it in.", 404)
    case .pollForbidden:
      let tenant = failure.tenant.map { tenants[$0.row].displayName } ?? "unknown"
      details = (
        "AdministratorRoleRequired",
        "\(account(failure)) does not have the administrator role that operations of \(tenant) need.",
        403
      )
    case .noConnectionToAsk:
      details = missing(
        "ask with: HTTP with Microsoft Entra ID, Power Automate Management, Power Platform for "
          + "Admins or a custom connector")
    case .noConnectionToMail:
      details = missing("mail with: Office 365 Outlook, Outlook.com, Gmail or SendGrid")
    default: return nil
    }
    return ErrorText(
      code: details.code, message: details.text, httpStatus: details.status, basis: .assumed,
      codeBasis: .assumed)
  }

  private func missing(_ need: String) -> (code: String, text: String, status: Int) {
    ("ConnectionsMissing", "The flow has no connection to \(need).", 400)
  }
}
