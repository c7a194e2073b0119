import AdminServices
import DiscreteEvents
import Foundation
import PowerPlatform
import ScenarioLanguage
import SimulationTrace
import Testing

/// Two tenants with traffic both ways; the scenario itself asks for nothing.
let twoTenants = """
  start 2025-03-03 08:00
  until 2025-03-04 08:00
  set edition 2025
  tenant contoso id 11111111-1111-4111-8111-111111111111
  tenant fabrikam id 22222222-2222-4222-8222-222222222222
  maker maya of contoso
  maker fred of fabrikam
  at 08:05 maya creates connection fab-mail using office365-outlook signed in to fabrikam
  at 08:06 maya creates connection fab-sp using sharepoint signed in to fabrikam
  at 08:07 fred creates connection con-sp using sharepoint signed in to contoso

  """

let contoso = "11111111-1111-4111-8111-111111111111"
let fabrikam = "22222222-2222-4222-8222-222222222222"
let path = "/governance/crossTenantConnectionReports"
let version = "api-version=2022-03-01-preview"

/// A scenario's text, read.
func scenario(_ text: String) throws -> Scenario {
  let loaded = load("test.scenario") { _ in .success(Array(text.utf8)) }
  return try #require(loaded.scenario, "\(loaded.diagnostics.map(\.message))")
}

/// Services over a scenario's text.
func services(_ text: String, pageSize: Int = 100) throws -> AdminServices {
  AdminServices(try scenario(text), pageSize: pageSize)
}

func at(_ hour: Int, _ minute: Int = 0, day: Int = 1) -> Instant {
  Instant(Int64(((day - 1) * 24 + hour - 8) * 60 + minute) * 60_000)
}

/// An administrator's token with everything that reports need.
let administrator = ServiceCaller(
  tenant: contoso, roles: [.administrator],
  scopes: ["Governance.CrossTenantConnectionReports.ReadWrite"])

extension AdminServices {
  /// Calls as ``administrator`` unless somebody else is named.
  mutating func call(
    _ method: String, _ path: String, query: String = version,
    as caller: ServiceCaller? = administrator, at time: Instant
  ) -> ServiceResponse {
    respond(to: ServiceRequest(method, path, query: query, caller: caller), at: time)
  }
}

extension ServiceResponse {
  /// The body as text.
  var text: String { String(decoding: body, as: UTF8.self) }

  /// The body's keys.
  var json: [String: Any] {
    (try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]) ?? [:]
  }

  /// The error's code, and the more exact one inside.
  var codes: [String] {
    let inner = (json["innererror"] as? [String: Any])?["code"] as? String
    return [json["code"] as? String, inner].compactMap(\.self)
  }
}
