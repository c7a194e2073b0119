import DiscreteEvents
import PowerPlatform
import Reports
import SimulationTrace
import TenantIsolation

/// What is known now of the audit log and of what hangs on it.
extension StepSession {
  /// `on since 08:00, line 12`, or `off`.
  func auditing(of tenant: TenantID) -> String {
    let switched = past.last {
      ($0.kind == .auditingOn || $0.kind == .auditingOff) && $0.tenant == tenant
    }
    guard let switched else { return "off" }
    return "\(switched.kind == .auditingOn ? "on" : "off") since "
      + "\(simulation.trace.timeText(switched.time)), line \(switched.line)"
  }

  func facts(_ id: RegistrationID) -> FactSheet {
    let (cast, registration) = (scenario.cast, scenario.cast.registrations[id.row])
    var sheet = FactSheet("app registration \(registration.name) at \(clock)")
    sheet.add("tenant", cast.tenants[registration.tenant.row].name)
    sheet.add("delegated permissions", registration.delegated.map { "\($0.name)" })
    sheet.add("application permissions", registration.application.map { "\($0.name)" })
    sheet.add("consented", registration.isConsented ? "yes" : "no")
    let error = registration.signInError(at: scenario.start + now.milliseconds)
    sheet.add("signs in", error.map { "no: \($0.code)" } ?? "yes")
    let known = ContentType.allCases.compactMap { type in
      simulation.subscription(id, type, at: now).map {
        "\(type.name): \($0 ? "enabled" : "stopped")"
      }
    }
    sheet.add("subscriptions", known)
    return sheet
  }

  func facts(_ id: AlertPolicyID) -> FactSheet {
    let cast = scenario.cast
    var sheet = FactSheet("alert policy \(cast.alertPolicies[id.row].name) at \(clock)")
    let saved = past.last { $0.kind == .alertPolicySaved && $0.alertPolicy == id }
    let action = saved?.statement.map { scenario.timeline[$0].action }
    guard case .audit(.createAlertPolicy(id, let policy)) = action else {
      sheet.add("state", "absent")
      return sheet
    }
    sheet.add("tenant", cast.tenants[policy.tenant.row].name)
    sheet.add("watches", policy.operations.map { "\($0.name)" })
    sheet.add("tells", policy.recipients.map { cast.name(of: $0) })
    sheet.add("alerts so far", "\(simulation.alerts(of: id, by: now).count)")
    return sheet
  }

  private var past: ArraySlice<Record> { simulation.trace.events.prefix { $0.time <= now } }
}
