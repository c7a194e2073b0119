import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

// Application packages and the flows that wait for them: each state is kept as it comes.

extension ReferenceEngine {
  mutating func list(_ environment: EnvironmentID, _ statement: Statement) {
    let place = scenario.cast.environments[environment.row]
    if let cause = packageRefusal(environment, statement) {
      return refuse(statement, cause, environment, nil)
    }
    let entries = PackageCatalogue.builtIn.map { package in
      let row = scenario.cast.packages.firstIndex { $0.name == package.name }
      let state = row.flatMap { packages[PackagePlace(PackageID($0), in: environment)] }
      return PackageList.Entry(name: package.name, state: state ?? .none)
    }
    let row = PackageListID(trace.packageLists.count)
    trace.packageLists.append(PackageList(entries))
    note(.packagesListed, statement, .allowed) {
      $0.tenant = place.tenant
      $0.environment = environment
      $0.packageList = row
    }
  }

  mutating func install(
    _ place: PackagePlace, _ name: AdminOperationID, _ statement: Statement, _ row: Int
  ) {
    if trace.adminOperations.contains(where: { $0.name == name }) {
      return collisions.append(row)
    }
    let state = packages[place] ?? .none
    let isKnown = scenario.cast.packages[place.package.row].details != nil
    let cause =
      packageRefusal(place.environment, statement)
      ?? (!isKnown
        ? .packageUnknown
        : state == .installRequested || state == .installing ? .installInProgress : nil)
    if let cause { return refuse(statement, cause, place.environment, place.package) }
    packagesBefore[trace.adminOperations.count] = state
    let row = begin(place, name, statement)
    let mention = OperationMention(AdminOperation.Row(row), .notStarted)
    let tenant = scenario.cast.environments[place.environment.row].tenant
    note(.operationChanged, statement, .allowed) {
      $0.tenant = tenant
      $0.environment = place.environment
      $0.package = PackageMention(place, .installRequested)
      $0.operation = mention
    }
    set(place, .installRequested, mention, line: statement.line)
  }

  private mutating func begin(
    _ place: PackagePlace, _ name: AdminOperationID, _ statement: Statement
  ) -> Int {
    let tenant = scenario.cast.environments[place.environment.row].tenant
    let course = scenario.settings.installs.course
    let earlier = trace.adminOperations.count { $0.requestedAt == clock }
    var operation = AdminOperation(
      .packageInstallation(place), name: name, tenant: tenant, actor: statement.actor,
      identifier: derivedIdentifier(
        "operation", scenario.cast.tenants[tenant.row].identifier, "\(clock.milliseconds)",
        "\(earlier)"),
      requestedAt: clock, ending: course.ending, line: statement.line)
    let times = [clock + course.start, clock + course.start + course.duration]
    if times[0] < scenario.until { operation.startedAt = times[0] }
    if times[1] < scenario.until { operation.endedAt = times[1] }
    let row = trace.adminOperations.count
    trace.adminOperations.append(operation)
    pending.append((times[0], .operation(row, .running)))
    pending.append((times[1], .operation(row, course.ending)))
    return row
  }

  mutating func change(
    installation row: Int, of place: PackagePlace, to status: OperationStatus
  ) {
    let operation = trace.adminOperations[row]
    guard operation.ending != .canceled else { return }
    let mention = OperationMention(AdminOperation.Row(row), status)
    var record = Record(.operationChanged, at: clock, line: operation.line)
    record.tenant = operation.tenant
    record.environment = place.environment
    record.operation = mention
    let state: PackageState =
      status == .running ? .installing : status == .succeeded ? .installed : .installFailed
    record.package = PackageMention(place, state)
    if status == .succeeded { record.outcome = .succeeded }
    if status == .failed {
      record.outcome = .failed
      var failure = Failure(.request, .operationFailed)
      failure.tenant = operation.tenant
      record.failure = failure
    }
    trace.events.append(record)
    set(place, state, mention, line: operation.line)
  }

  mutating func cancel(_ name: AdminOperationID, _ statement: Statement, _ number: Int) {
    guard let row = trace.adminOperations.firstIndex(where: { $0.name == name }) else {
      let isRefused = scenario.timeline[..<number].contains { earlier in
        switch earlier.action {
        case .installPackage(_, let asked): asked == name
        case .replacePolicy(let replacement, _): replacement.operation == name
        default: false
        }
      }
      // Whatever was asked for and not refused is there.
      return refuse(statement, isRefused ? .operationRefused : .absent) { _ in }
    }
    let operation = trace.adminOperations[row]
    let status = operation.status(at: clock)
    var place: PackagePlace?
    if case .packageInstallation(let target) = operation.task { place = target }
    var refused = administersIsolation(statement, operation.tenant) ? nil : Cause.notAdministrator
    if let place { refused = packageRefusal(place.environment, statement) }
    if refused == nil, place != nil, status != .notStarted, status != .running {
      refused = .operationEnded
    }
    guard refused == nil, let place else {
      return refuse(statement, refused ?? .notCancelable) {
        $0.tenant = operation.tenant
        $0.operation = OperationMention(AdminOperation.Row(row), status)
      }
    }
    let before = packagesBefore[row] ?? .none
    trace.adminOperations[row].ending = .canceled
    trace.adminOperations[row].endedAt = clock
    if status == .notStarted { trace.adminOperations[row].startedAt = nil }
    let mention = OperationMention(AdminOperation.Row(row), .canceled)
    note(.operationChanged, statement, .saved) {
      $0.tenant = operation.tenant
      $0.environment = place.environment
      $0.package = PackageMention(place, before)
      $0.operation = mention
    }
    set(place, before, mention, line: statement.line)
  }

  private mutating func set(
    _ place: PackagePlace, _ state: PackageState, _ operation: OperationMention, line: Int
  ) {
    packages[place] = state
    var record = Record(.packageChanged, at: clock, line: line)
    record.tenant = scenario.cast.environments[place.environment.row].tenant
    record.environment = place.environment
    record.package = PackageMention(place, state)
    record.operation = operation
    trace.events.append(record)
  }

  // MARK: Refusals

  private func packageRefusal(_ environment: EnvironmentID, _ statement: Statement) -> Cause? {
    let place = scenario.cast.environments[environment.row]
    guard user(statement)?.role.isAdministrator ?? false else { return .notPackageAdministrator }
    if !administers(statement, place.tenant) { return .environmentElsewhere }
    return place.hasDataverse ? nil : .noDataverse
  }

  private mutating func refuse(
    _ statement: Statement, _ cause: Cause, _ environment: EnvironmentID, _ package: PackageID?
  ) {
    let place = package.map { PackagePlace($0, in: environment) }
    let mention = place.map { PackageMention($0, packages[$0] ?? .none) }
    let tenant = scenario.cast.environments[environment.row].tenant
    refuse(statement, cause) {
      $0.tenant = tenant
      $0.environment = environment
      $0.package = mention
    }
    let last = trace.events.count - 1
    trace.events[last].failure?.environment = environment
    trace.events[last].failure?.package = package
  }

  // MARK: Flows that work

  /// What keeps a flow from its work, though its connections are let through; else what it reads.
  mutating func workFailure(of flow: Flow, _ calls: inout [FeedCall]) -> (Failure, Int?)? {
    guard let work = flow.work, flow.end == nil else { return nil }
    switch scenario.works[work.row] {
    case .polling(let name, _): return pollFailure(of: flow, name)
    case .digesting(let digest, _):
      return readFailure(
        of: flow, digest.registration, followsPages: digest.followsPages, &calls)
    case .guarding(let registration, _):
      return readFailure(of: flow, registration, followsPages: true, &calls)
    }
  }

  /// The names of a flow's connectors, where their connections are there.
  private func connectors(of flow: Flow) -> [String?] {
    flow.uses.map { use in
      guard let connection = connections[use.connection], connection.isPresent else { return nil }
      return scenario.cast.connectors[connection.definition.connector.row].name
    }
  }

  /// The first step with a connection that can ask.
  func askingStep(of flow: Flow) -> Int? {
    connectors(of: flow).firstIndex { $0?.hasPrefix("k") == true }
  }

  private func pollFailure(of flow: Flow, _ name: AdminOperationID) -> (Failure, Int?)? {
    let mailers = ["office365-outlook", "sendgrid"]
    guard let step = askingStep(of: flow) else {
      return (Failure(.run, .noConnectionToAsk), nil)
    }
    guard connectors(of: flow).contains(where: { $0.map(mailers.contains) == true }) else {
      return (Failure(.run, .noConnectionToMail), nil)
    }
    let operation = trace.adminOperations.first { $0.name == name }
    let connection = flow.uses[step].connection
    guard let account = connections[connection]?.definition else { return nil }
    let user = scenario.cast.users[account.owner.row]
    let hasRole =
      operation?.task == .policyReplacement ? seesToIsolation(user) : user.role.isAdministrator
    let mayAsk =
      user.home == operation?.tenant && account.signIn == operation?.tenant && hasRole
    if operation != nil, mayAsk { return nil }
    var failure = Failure(.run, operation == nil ? .operationUnknown : .pollForbidden)
    failure.user = account.owner
    failure.signIn = account.signIn
    failure.tenant = operation?.tenant
    failure.connection = connection
    failure.connector = account.connector
    failure.operation = operations(of: flow.uses, flow.trigger)[step]
    return (failure, step)
  }

  /// What a flow does in a run of its own that succeeds, with what it has read.
  mutating func work(_ id: FlowID, _ verdict: RunVerdict, _ calls: [FeedCall]) {
    guard let flow = flows[id], let work = flow.work, verdict.failure == nil, flow.end == nil
    else { return }
    switch scenario.works[work.row] {
    case .polling(let name, let recipients): poll(name, recipients, verdict, id, flow)
    case .digesting(let digest, let recipients): self.digest(digest, recipients, calls, id, flow)
    case .guarding(_, let approvers): look(approvers, calls, id, flow)
    }
  }

  private mutating func poll(
    _ name: AdminOperationID, _ recipients: [UserID], _ verdict: RunVerdict, _ id: FlowID,
    _ flow: Flow
  ) {
    guard let operation = trace.adminOperations.first(where: { $0.name == name }) else { return }
    let status = operation.status(at: clock)
    guard status != .notStarted, status != .running else { return }
    mail(
      "\(words(for: operation)): \(status.wireName)",
      "Operation \(scenario.cast.adminOperations[name.row].name) is \(status.wireName).\n"
        + "Asked for at \(text(operation.requestedAt)), operation id \(operation.identifier).\n"
        + "Its end: \(text(operation.endedAt ?? clock)).", recipients, id, flow)
    flows[id]?.end = pending.count
    pending.append((clock + verdict.duration, .done(id)))
  }

  private func words(for operation: AdminOperation) -> String {
    let cast = scenario.cast
    guard case .packageInstallation(let place) = operation.task else {
      return "Isolation policy of \(cast.tenants[operation.tenant.row].displayName)"
    }
    return cast.packages[place.package.row].name + " in "
      + cast.environments[place.environment.row].displayName
  }

  func text(_ time: Instant) -> String {
    let civil = scenario.start + time.milliseconds
    return "\(civil.dateText) \(civil.clockText)"
  }

  /// Turns a flow off that has nothing more to do.
  mutating func turnOffWhenDone(_ id: FlowID, _ row: Int) {
    guard let flow = flows[id], flow.end == row else { return }
    flows[id]?.state = .off
    flows[id]?.end = nil
    var record = Record(.flowOff, at: clock, line: flow.line, outcome: .saved)
    record.flow = id
    record.flowState = .off
    record.tenant = home(of: record)
    record.isWorkDone = true
    trace.events.append(record)
  }
}
