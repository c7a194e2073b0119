import TenantIsolation

// What the service of application packages says to whom it refuses. The texts are assumed.

extension Cast {
  /// What keeps somebody from listing or installing packages, in words.
  func packageRefusal(_ failure: Failure) -> String {
    let environment = failure.environment.map { environments[$0.row].name } ?? "unknown"
    let package = failure.package.map { packages[$0.row].name } ?? "unknown"
    // Whoever asks speaks to the service of their own tenant.
    let home = name(failure.user.map { users[$0.row].home })
    return switch failure.cause {
    case .notPackageAdministrator:
      "\(name(failure.user)) does not have the administrator role that packages of \(home) need."
    case .environmentElsewhere: "\(home) has no such environment."
    case .noDataverse: "No Dataverse exists in environment '\(environment)'."
    case .packageUnknown: "There is no application package '\(package)'."
    default:
      "The package '\(package)' is being installed in environment '\(environment)' already."
    }
  }
}
