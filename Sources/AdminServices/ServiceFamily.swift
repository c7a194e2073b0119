/// The services that are behind one door here, each with an envelope of its own for errors.
enum ServiceFamily: Hashable {
  /// `api.powerplatform.com`: code and message in the open.
  case powerPlatform
  /// `api.bap.microsoft.com`: they stand within `error`.
  case businessApplications

  /// The service that a path leads to.
  init(path: String) {
    let first = path.utf8.split(separator: UInt8(ascii: "/")).first.map { String(Substring($0)) }
    self = first?.lowercased() == "providers" ? .businessApplications : .powerPlatform
  }
}
