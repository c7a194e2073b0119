/// The services that are behind one door here, each with an envelope of its own for errors.
enum ServiceFamily: Hashable {
  /// `api.powerplatform.com`: code and message in the open.
  case powerPlatform
  /// `api.bap.microsoft.com`: they stand within `error`, with details.
  case businessApplications
  /// `manage.office.com`: they stand within `error`, alone.
  case managementActivity

  /// The service that a path leads to.
  init(path: String) {
    let first = path.utf8.split(separator: UInt8(ascii: "/")).first.map { String(Substring($0)) }
    switch first?.lowercased() {
    case "providers": self = .businessApplications
    case "api": self = .managementActivity
    default: self = .powerPlatform
    }
  }
}
