import PowerPlatform
import SimulationTrace
import TenantIsolation

// Statements, what is recorded of them, and who may make them.

extension ReferenceEngine {
  mutating func perform(_ statement: Statement, _ row: Int) {
    let before = trace.events.count
    for user in scenario.cast.users.indices.map({ UserID($0) }) {
      ownedBefore[user] = flows.keys.filter { isOwner(user, of: $0) }
    }
    switch statement.action {
    case .turnIsolation, .allow, .changeRule, .retargetRule, .removeRule:
      changePolicy(statement)
    case .createConnection(let id, let definition): create(id, definition, statement, row)
    case .deleteConnection(let id): delete(id, statement)
    case .createApp(let id, let definition): create(id, definition, statement, row)
    case .addConnection(let use, let id): add(use, to: id, statement)
    case .openApp(let id): open(id, statement)
    case .deleteApp(let id): delete(id, statement)
    case .createFlow(let id, let definition): create(id, definition, statement, row)
    case .saveFlow(let id, let uses): save(id, uses, statement)
    case .turnFlow(let id, let on): turn(id, on, statement)
    case .deleteFlow(let id): delete(id, statement)
    case .runFlow(let id): runByHand(id, statement, row)
    case .signal(let connection): signal(connection, statement, row)
    case .createDataPolicy(let id, let policy, let tenant):
      create(id, policy, tenant, statement, row)
    case .deleteDataPolicy(let id): delete(id, statement)
    case .requestReport(let name, let tenant): request(name, of: tenant, statement)
    case .share(let thing, let share): self.share(thing, share, statement)
    case .unshare(let thing, let recipient, let role):
      unshare(thing, from: recipient, role, statement)
    case .sendCopy(let id, let user, let copy): send(id, to: user, as: copy, statement, row)
    case .moveFlow(let id, let user, let uses): move(id, to: user, uses, statement)
    case .changeGroup(let group, let user, let isMember):
      change(group, user, isMember, statement)
    case .installPackage(let place, let name): install(place, name, statement, row)
    case .cancelOperation(let name): cancel(name, statement, row)
    case .listPackages(let environment): list(environment, statement)
    case .readPolicy(let tenant): readPolicy(tenant, statement)
    case .replacePolicy(let replacement, let tenant):
      replacePolicy(tenant, replacement, statement, row)
    case .audit(let action): perform(action, statement, row)
    case .registerApp(let app): register(app, statement)
    case .answerRemoval(let recipient, let app, let isApproved):
      answer(recipient, app, isApproved: isApproved, statement)
    }
    // The first record says how a statement ended, except that runs are summed up, and that a flow
    // that was moved is saved.
    let records = trace.events[before...].filter { $0.kind != .auditRecorded }
    guard let first = records.first else { return }
    let record = first.share?.role == .owner ? records[1] : first
    if record.kind.isRun || record.kind == .flowNotStarted { return }
    results[row] = Result(
      outcome: record.outcome, grounds: record.grounds, failure: record.failure)
  }

  mutating func note(
    _ kind: RecordKind, _ statement: Statement, _ outcome: Outcome?,
    _ detail: (inout Record) -> Void
  ) {
    var record = Record(
      kind, at: clock, line: statement.line, actor: statement.actor, outcome: outcome)
    detail(&record)
    if record.tenant == nil { record.tenant = home(of: record) }
    trace.events.append(record)
    log(record)
  }

  /// The tenant of the app or flow that a record is about.
  func home(of record: Record) -> TenantID? {
    if let flow = record.flow.flatMap({ flows[$0] }) { return tenant(of: flow.uses, flow.owner) }
    if let app = record.app.flatMap({ apps[$0] }) { return tenant(of: app.uses, app.owner) }
    return nil
  }

  mutating func refuse(
    _ statement: Statement, _ cause: Cause, limit: Int = 0, connection: ConnectionID? = nil,
    who: UserID? = nil, _ detail: (inout Record) -> Void
  ) {
    note(.operationRefused, statement, .refused, detail)
    let last = trace.events.count - 1
    var failure = Failure(.request, cause)
    failure.user = who ?? statement.actor
    failure.connection = connection
    failure.tenant = trace.events[last].tenant
    failure.limit = Int32(clamping: limit)
    trace.events[last].failure = failure
    trace.events[last].attempt = statement.action.attempt
  }

  func user(_ statement: Statement) -> User? {
    statement.actor.map { scenario.cast.users[$0.row] }
  }

  func administers(_ statement: Statement, _ tenant: TenantID) -> Bool {
    guard let user = user(statement), user.home == tenant else { return false }
    return user.role.isAdministrator
  }

  /// Whether the edition has the actor see to a tenant's isolation.
  func administersIsolation(_ statement: Statement, _ tenant: TenantID) -> Bool {
    guard let user = user(statement), user.home == tenant else { return false }
    return seesToIsolation(user)
  }

  func seesToIsolation(_ user: User) -> Bool {
    user.role == .administrator
      || (user.role == .globalAdministrator && scenario.settings.edition == .of2023)
  }

  /// The first connection that is there and not somebody's own.
  func notOwned(_ uses: [Use], by user: UserID?) -> ConnectionID? {
    for use in uses {
      guard let connection = connections[use.connection], connection.isPresent else { continue }
      if connection.definition.owner != user { return use.connection }
    }
    return nil
  }

  func works(_ statement: Statement, in tenant: TenantID) -> Bool {
    user(statement)?.works(in: tenant) ?? false
  }

  var designPolicies: [TenantID: Int] {
    scenario.settings.designTime == .immediate ? saved : inForce
  }
}
