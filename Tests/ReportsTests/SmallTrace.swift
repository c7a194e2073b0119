import DiscreteEvents
import SimulationTrace
import TenantIsolation

extension Trace {
  /// Two tenants, one connection, one flow that runs every quarter of an hour; the first tenant
  /// turns isolation on at 09:00, which is in force at 10:00.
  static var small: Trace {
    var trace = Trace()
    trace.title = "Small \"one\""
    trace.seed = 7
    trace.start = CivilTime(year: 2025, month: 3, day: 3) + 8 * 3_600_000
    trace.until = .at(10, 30)
    trace.propagation = "60m"
    trace.cast = .small
    trace.verdicts = [.fine, .blocked]
    trace.policies = .small
    trace.events = .small
    trace.segments = [
      .small(.at(8, 10)..<(.at(10, 0)), verdict: 0), .small(.at(10, 0)..<(.at(10, 30)), verdict: 1),
    ]
    trace.settings = ["propagation 60m: about an hour"]
    trace.assumptions = ["a code"]
    return trace
  }

  static let contoso = TenantID(0)
  static let fabrikam = TenantID(1)
}

extension Instant {
  /// A time of day in a trace that starts at 08:00.
  static func at(_ hour: Int64, _ minute: Int64) -> Instant {
    Instant(((hour - 8) * 60 + minute) * 60_000)
  }
}

extension Cast {
  fileprivate static var small: Cast {
    var cast = Cast()
    cast.tenants = [
      Tenant(
        name: "contoso", displayName: "Contoso", identifier: "1111", domains: ["contoso.com"]),
      Tenant(
        name: "fabrikam", displayName: "Fabrikam", identifier: "2222", domains: ["fabrikam.com"]),
    ]
    cast.users = [
      User(name: "ada", role: .administrator, home: Trace.contoso, guestIn: []),
      User(name: "maya", role: .maker, home: Trace.contoso, guestIn: []),
    ]
    cast.connectors = [
      Connector(
        name: "sharepoint", displayName: "SharePoint", signIn: .entraID, trigger: "When",
        action: "Get_items")
    ]
    cast.connections = [Title(name: "site")]
    cast.flows = [Title(name: "sync", displayName: "Sync\u{1b}it")]
    cast.operations = ["Get_items", "Send"]
    return cast
  }
}

extension RunVerdict {
  static var fine: RunVerdict {
    var verdict = RunVerdict(
      grounds: [.outboundIsolationOff, .inboundIsolationOff], failure: nil, failedStep: nil,
      steps: [OperationID(0), OperationID(1)])
    verdict.subject = .site
    return verdict
  }

  static var blocked: RunVerdict {
    var failure = Failure(.run, .isolation)
    failure.tenant = Trace.contoso
    failure.creator = Trace.contoso
    failure.signIn = Trace.fabrikam
    failure.connection = ConnectionID(0)
    failure.connector = ConnectorID(0)
    failure.user = UserID(1)
    failure.operation = OperationID(0)
    var verdict = RunVerdict(
      grounds: [.outboundBlocked, .inboundIsolationOff], failure: failure, failedStep: 0,
      steps: [OperationID(0), OperationID(1)])
    verdict.subject = .site
    return verdict
  }
}

extension Subject {
  static let site = Subject(ConnectionID(0), creator: Trace.contoso, signIn: Trace.fabrikam)
}

extension [PolicyVersion] {
  fileprivate static var small: [PolicyVersion] {
    var on = IsolationPolicy(isOn: true)
    on.allow(.inbound, for: .every)
    let off = IsolationPolicy()
    return [
      PolicyVersion(
        tenant: Trace.contoso, policy: off, savedAt: nil, inForceAt: .start, line: 0),
      PolicyVersion(
        tenant: Trace.contoso, policy: on, savedAt: .at(9, 0), inForceAt: .at(10, 0), line: 9),
    ]
  }
}

extension [Record] {
  fileprivate static var small: [Record] {
    var created = Record(
      .connectionCreated, at: .at(8, 5), line: 5, actor: UserID(1), outcome: .allowed)
    created.tenant = Trace.contoso
    created.signInTenant = Trace.fabrikam
    created.connection = ConnectionID(0)
    created.grounds = [.outboundIsolationOff, .inboundIsolationOff]
    var flow = Record(.flowSaved, at: .at(8, 10), line: 6, actor: UserID(1), outcome: .saved)
    flow.flow = FlowID(0)
    flow.flowState = .on
    flow.isCreation = true
    flow.describe(.site)
    flow.grounds = created.grounds
    var saved = Record(.policySaved, at: .at(9, 0), line: 9, actor: UserID(0), outcome: .saved)
    saved.tenant = Trace.contoso
    saved.policy = 1
    var inForce = Record(.policyInForce, at: .at(10, 0), line: 9)
    inForce.tenant = Trace.contoso
    inForce.policy = 1
    return [created, flow, saved, inForce]
  }
}

extension RunSegment {
  fileprivate static func small(_ interval: Range<Instant>, verdict: Int) -> RunSegment {
    RunSegment(
      flow: FlowID(0), recurrence: Recurrence(anchor: .at(8, 10), period: 15 * 60_000),
      interval: interval, verdict: verdict, line: 6)
  }
}
