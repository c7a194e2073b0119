import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// Environments, and application packages in them.
extension Checker {
  mutating func setInstall(_ sentence: Sentence) {
    switch sentence {
    case .setInstallStart:
      if let start = duration(.value) { scenario.settings.installs.course.start = start }
    case .setInstallDuration:
      if let length = duration(.value) { scenario.settings.installs.course.duration = length }
    case .setInstallEnding:
      scenario.settings.installs.course.ending = choice(.value) == 1 ? .failed : .succeeded
    default: break
    }
  }

  mutating func declareEnvironment() {
    let row = scenario.cast.environments.count
    let name = declare(.environment, row: row)
    let tenant = tenant(.tenant)
    scenario.cast.environments.append(
      Environment(
        name: name, displayName: text(.display), tenant: tenant ?? TenantID(0),
        tenantIdentifier: tenant.map { scenario.cast.tenants[$0.row].identifier } ?? "",
        hasDataverse: capture(.withDataverse) != nil))
  }

  mutating func environment() -> EnvironmentID? {
    row(.environment, .environment).map { EnvironmentID($0) }
  }

  // MARK: What happens

  mutating func installPackage() -> Action? {
    let (package, environment) = (packageAsked(), environment())
    let operation = operationName()
    guard let package, let environment, let operation else { return nil }
    return .installPackage(PackagePlace(package, in: environment), as: operation)
  }

  /// The package that somebody asks for. That there is none of that name is for the platform to say.
  private mutating func packageAsked() -> PackageID? {
    guard let capture = capture(.package) else { return nil }
    let id = intern(capture, .package)
    if let row = names.row(id) { return PackageID(row) }
    return add(PackageCatalogue.package(named: names.text(id)), named: id)
  }

  private mutating func add(_ package: ApplicationPackage, named id: Int) -> PackageID {
    let row = scenario.cast.packages.count
    scenario.cast.packages.append(package)
    names.bind(id, row: row, origin: origin)
    return PackageID(row)
  }

  mutating func pollingFlow(by actor: UserID?) -> Action? {
    let flow = create(.flow, in: \.flows)
    let operation = row(.polled, .operation).map { AdminOperationID($0) }
    let recipients = recipients()
    guard var definition = flowDefinition(.createRecurringFlow, owner: actor) else { return nil }
    guard let operation, let recipients else { return nil }
    definition.work = scenario.append(.polling(operation, mailing: recipients))
    return .createFlow(FlowID(flow), definition)
  }

  // MARK: Expectations

  mutating func packageClaim() -> Claim? {
    let (package, environment) = (packageExpected(), environment())
    let time = watchedInstant(.time)
    guard let package, let environment, let time else { return nil }
    return .package(
      PackagePlace(package, in: environment), PackageState.allCases[choice(.state)], at: time)
  }

  /// The package that an expectation names: one of the catalogue, or one that somebody has asked for.
  private mutating func packageExpected() -> PackageID? {
    guard let capture = capture(.package) else { return nil }
    let id = intern(capture, .package)
    if let row = names.row(id) { return PackageID(row) }
    let package = PackageCatalogue.package(named: names.text(id))
    guard package.details == nil else { return add(package, named: id) }
    guard isNewlyUnknown(id) else { return nil }
    report(
      .unknownPackage, capture,
      "\"\(shown(capture))\" is no package of the catalogue, and nobody asked for it above",
      suggestion: nearest(to: package.name, among: PackageCatalogue.builtIn.map(\.name)))
    return nil
  }
}
