import Reports
import SimulationTrace
import TenantIsolation

// Audit records as the Activity API hands them out.

extension ByteBuffer {
  /// Appends an audit record with the fields of the Office 365 Management Activity API schema. What
  /// a simulation has no notion of, such as an address, is left out.
  mutating func append(_ record: AuditRecord, in trace: Trace) {
    let cast = trace.cast
    append("{\"CreationTime\":\"")
    append(secondsOf: trace.start + record.createdAt.milliseconds)
    append("\"")
    append(key: "Id", record.identifier)
    append(key: "Operation", word: record.wireName)
    append(key: "OrganizationId", cast.tenants[record.tenant.row].identifier)
    append(key: "RecordType", decimal: record.operation.recordType)
    append(key: "ResultStatus", "Success")
    let account = cast.account(of: record.actor)
    append(key: "UserKey", account)
    append(key: "UserType", decimal: cast.users[record.actor.row].auditUserType(in: record.tenant))
    append(key: "Version", decimal: 1)
    append(key: "Workload", word: record.operation.workload)
    append(key: "UserId", account)
    if let app = record.app {
      append(app: cast.apps[app.row], record, cast)
    } else if let flow = record.flow {
      append(flow: cast.flows[flow.row], record, cast)
    } else if let connection = record.connection {
      append(connection: cast.connections[connection.row], record, cast)
    }
    append("}")
  }

  /// Where a record about an app has whom it was shared with is assumed.
  private mutating func append(app: Title, _ record: AuditRecord, _ cast: Cast) {
    append(key: "ObjectId", app.name)
    append(key: "AppName", app.displayName)
    append(key: "AdditionalInfo")
    append("{\"environmentName\":")
    append(json: cast.defaultEnvironment(of: record.tenant))
    if let share = record.share {
      append(key: "recipientUPN", cast.account(of: share.recipient))
    }
    append("}")
  }

  /// How several connectors are written, and the licences' names, are assumed.
  private mutating func append(flow: Title, _ record: AuditRecord, _ cast: Cast) {
    append(key: "ObjectId", flow.name)
    append(key: "FlowDetailsUrl", "https://make.powerautomate.com/flows/\(flow.name)")
    append(
      key: "FlowConnectorNames",
      record.connectors.map { cast.connectors[$0.row].displayName }.joined(separator: ", "))
    append(
      key: "LicenseDisplayName",
      record.hasPremiumLicence ? "Power Automate Premium" : "Power Automate for Office 365")
    append(key: "UserUPN", cast.account(of: record.actor))
    append(key: "UserTypeInitiated", decimal: record.isByAdministrator ? 2 : 1)
    if let share = record.share {
      append(key: "SharingPermission", share.role == .runOnly ? "2" : "3")
      append(key: "RecipientUPN", cast.account(of: share.recipient))
    }
  }

  private mutating func append(connection: Title, _ record: AuditRecord, _ cast: Cast) {
    append(key: "ObjectId", connection.name)
    append(key: "ResourceId", connection.name)
    append(key: "AdditionalInfo")
    append("{\"EnvironmentName\":")
    append(json: cast.defaultEnvironment(of: record.tenant))
    append(key: "ActionName", word: record.wireName)
    append("}")
  }

  /// A point of the calendar to the second and without a zone, as the log writes it.
  private mutating func append(secondsOf time: CivilTime) {
    var text = ByteBuffer()
    text.append(iso: time)
    append(Array(text.bytes.prefix(19)))
  }
}

extension User {
  /// The `UserType` of their records: 10 for guests, 2 for administrators, 0 for others.
  fileprivate func auditUserType(in tenant: TenantID) -> Int {
    if home != tenant { return 10 }
    return role.isAdministrator ? 2 : 0
  }
}

extension Cast {
  /// Where scenarios say nothing of environments, all is in a tenant's default one.
  fileprivate func defaultEnvironment(of tenant: TenantID) -> String {
    "Default-\(tenants[tenant.row].identifier)"
  }
}
