import AdminServices
import DiscreteEvents
import Foundation
import PowerPlatform
import SimulationTrace
import Testing

/// The operations on application packages, as the tutorial's client meets them.
@Suite struct PackageServiceTests {
  @Test func `A list fits the tutorial's schema and begins with its example`() throws {
    var services = try services(packageWorld)
    let response = services.install("GET", packages, at: at(10))
    #expect(response.status == 200)
    let body = try JSONSerialization.jsonObject(with: Data(response.body))
    #expect(Schema.packages.faults(of: body) == [])
    let entries = try #require(response.json["value"] as? [[String: Any]])
    let first = try #require(entries.first { $0["uniqueName"] as? String == "Office365Groups" })
    #expect(first["id"] as? String == "ce3bab3c-ada1-40cf-b84b-49b26603a281")
    #expect(first["version"] as? String == "2.9.0.3" && first["state"] as? String == "None")
    #expect(first["crmMaxVersion"] is NSNull && first["instancePackageId"] is NSNull)
    #expect(keys(of: response.text, from: #"{"id":"#, to: "}") == entryFields)
  }

  @Test func `A list that is called for is on record like one that a sentence asks for`() throws {
    var services = try services(packageWorld + "at 09:00 ada lists packages in production\n")
    #expect(services.install("GET", packages, at: at(10)).status == 200)
    let lists = services.simulation.trace.events.filter { $0.kind == .packagesListed }
    #expect(lists.map(\.time) == [at(9), at(10)])
    #expect(lists.map(\.environment) == [EnvironmentID(0), EnvironmentID(0)])
  }

  @Test func `A tenant is offered the same, before any environment is chosen`() throws {
    var services = try services(packageWorld)
    let all = services.install("GET", "/appmanagement/applicationPackages", at: at(10))
    #expect(all.status == 200)
    #expect(all.text == services.install("GET", packages, at: at(10)).text)
    #expect(
      Schema.packages.faults(of: try JSONSerialization.jsonObject(with: Data(all.body))) == [])
  }

  @Test func `An installation is accepted, polled to its end, and then in the list`() throws {
    var services = try services(packageWorld)
    let accepted = services.install("POST", installation, at: at(10, 10))
    #expect(accepted.status == 202)
    let operation = try #require(accepted.json["lastOperation"] as? [String: Any])
    let id = try #require(operation["operationId"] as? String)
    #expect(operation["state"] as? String == "InstallRequested")
    #expect(operation["instancePackageId"] as? String == accepted.json["id"] as? String)
    #expect(accepted.json["termsOfServiceBlobUris"] is [String])
    #expect(operation["createdOn"] as? String == "2025-03-03T10:10:00.0000000Z")
    let place = "/appmanagement/environments/\(production)/operations/\(id)"
    #expect(
      accepted.header("operation-location")
        == "https://api.powerplatform.com\(place)?api-version=1")
    #expect(
      services.install("GET", place, query: "api-version=1", at: at(10, 10)).text == """
        {"status":"NotStarted","createdDateTime":"2025-03-03T10:10:00.0000000Z",\
        "lastActionDateTime":null,"error":null,"statusMessage":null,"operationId":"\(id)"}
        """)
    func status(_ minute: Int) -> String? {
      services.install("GET", place, at: at(10, minute)).json["status"] as? String
    }
    #expect([11, 20, 21].map(status) == ["Running", "Running", "Succeeded"])
    #expect(state(of: "Office365Groups", &services, at(10, 15)) == "Installing")
    #expect(state(of: "Office365Groups", &services, at(10, 30)) == "Installed")
    #expect(state(of: "PowerPages_Core", &services, at(10, 30)) == "None")
  }

  @Test func `The answers have the fields of the tutorial's examples in their order`() throws {
    var services = try services(packageWorld)
    let accepted = services.install("POST", installation, at: at(10))
    #expect(
      keys(of: accepted.text) == [
        "id", "packageId", "applicationId", "applicationName", "applicationDescription",
        "singlePageApplicationUrl", "publisherName", "publisherId", "packageUniqueName",
        "packageVersion", "localizedDescription", "localizedName", "learnMoreUrl",
        "termsOfServiceBlobUris", "applicationVisibility", "lastOperation", "state", "createdOn",
        "modifiedOn", "errorDetails", "statusMessage", "instancePackageId", "operationId",
        "customHandleUpgrade",
      ])
    let id = try #require((accepted.json["lastOperation"] as? [String: Any])?["operationId"])
    let polled = services.install(
      "GET", "/appmanagement/environments/\(production)/operations/\(id)", at: at(10))
    #expect(
      keys(of: polled.text) == [
        "status", "createdDateTime", "lastActionDateTime", "error", "statusMessage", "operationId",
      ])
  }

  @Test func `A failed installation says so everywhere, and may be asked for again`() throws {
    var services = try services("set install-ending failed\n" + packageWorld)
    let accepted = services.install("POST", installation, at: at(10))
    let id = try #require((accepted.json["lastOperation"] as? [String: Any])?["operationId"])
    let place = "/appmanagement/environments/\(production)/operations/\(id)"
    let polled = services.install("GET", place, at: at(11))
    #expect(polled.json["status"] as? String == "Failed")
    let error = try #require(polled.json["error"] as? [String: Any])
    #expect(
      Set(error.keys) == [
        "errorCode", "errorName", "message", "source", "statusCode", "type",
      ])
    #expect(state(of: "Office365Groups", &services, at(11)) == "InstallFailed")
    #expect(services.install("POST", installation, at: at(11)).status == 202)
  }

  @Test func `What scenarios do and what calls do is one`() throws {
    let line = "at 10:10 ada installs package Office365Groups in production as op-2\n"
    var services = try services(packageWorld + line)
    #expect(state(of: "Office365Groups", &services, at(10, 5)) == "None")
    #expect(state(of: "Office365Groups", &services, at(10, 15)) == "Installing")
    let again = services.install("POST", installation, at: at(10, 15))
    #expect(again.status == 409 && again.codes == ["InstallInProgress"])
    let operation = try #require(services.simulation.trace.adminOperations.first)
    let place = "/appmanagement/environments/\(production)/operations/\(operation.identifier)"
    #expect(services.install("GET", place, at: at(10, 5)).status == 404, "not yet")
    #expect(
      services.install("GET", place, at: at(10, 25)).json["status"] as? String == "Succeeded")
  }

  @Test func `An installation is canceled by a call, once, and the package is as before`() throws {
    var services = try services(packageWorld)
    _ = services.install("POST", installation, at: at(10))
    let operation = try #require(services.simulation.trace.adminOperations.first)
    let place = "/appmanagement/environments/\(production)/operations/\(operation.identifier)"
    let reader = ServiceCaller(
      tenant: contoso, roles: [.administrator], scopes: ["AppManagement.ApplicationPackages.Read"])
    let cancel = "\(place)/cancel"
    #expect(services.call("POST", cancel, as: reader, at: at(10, 1)).codes.last == "ScopeMissing")
    #expect(services.install("GET", cancel, at: at(10, 1)).status == 405)
    let canceled = services.install("POST", cancel, query: "api-version=1", at: at(10, 1))
    #expect(canceled.status == 200 && canceled.json["status"] as? String == "Canceled")
    #expect(services.install("GET", place, at: at(11)).json["status"] as? String == "Canceled")
    #expect(state(of: "Office365Groups", &services, at(11)) == "None")
    let again = services.install("POST", cancel, at: at(11))
    #expect(again.status == 409 && again.codes == ["OperationNotCancelable"])
    let unknown = place.replacing(operation.identifier, with: contoso)
    #expect(services.install("POST", "\(unknown)/cancel", at: at(11)).status == 404)
  }

  @Test func `A program by itself installs nothing`() throws {
    var services = try services(packageWorld)
    var program = installer
    program.principal = .application(isRegistered: true)
    #expect(services.call("GET", packages, as: program, at: at(10)).codes.last == "ScopeMissing")
  }

  @Test func `Every record of an installation's operation names the package`() throws {
    var services = try services(packageWorld)
    _ = services.install("POST", installation, at: at(10))
    _ = services.install("GET", packages, at: at(11))
    let steps = services.simulation.trace.events.filter { $0.kind == .operationChanged }
    #expect(
      steps.map { $0.package?.state } == [.installRequested, .installing, .installed])
  }

  @Test(arguments: [
    ("GET", "/appmanagement/environments/x/applicationPackages", 404, "EnvironmentNotFound"),
    ("GET", sandboxPackages, 400, "DataverseMissing"),
    ("POST", sandboxPackages + "/Office365Groups/install", 400, "DataverseMissing"),
    ("POST", packages + "/Office365Group/install", 404, "PackageNotFound"),
    ("POST", packages + "/office365groups/install", 404, "PackageNotFound"),
    ("GET", packages + "/Office365Groups/install", 405, "MethodNotAllowed"),
    ("POST", packages, 405, "MethodNotAllowed"),
    ("GET", packages + "/Office365Groups", 404, "RouteNotFound"),
    ("GET", "/appmanagement", 404, "RouteNotFound"),
    (
      "GET", "/appmanagement/environments/\(production)/operations/none", 404, "OperationNotFound"
    ),
  ])
  func `What is wrong is refused`(
    method: String, path: String, status: Int, code: String
  ) throws {
    var services = try services(packageWorld)
    let response = services.install(method, path, at: at(10))
    #expect(response.status == status && response.codes.first == code, "\(response.text)")
  }

  @Test func `No Dataverse is told in the words that a client has for it`() throws {
    var services = try services(packageWorld)
    let text = services.install("GET", sandboxPackages, at: at(10)).json["message"] as? String
    #expect(text?.hasPrefix("No Dataverse exists in environment") == true)
  }

  @Test(arguments: [
    ([Role.administrator], ["Read"], 200, 403), ([.administrator], ["Install"], 200, 202),
    ([.globalAdministrator], ["Read", "Install"], 200, 202), ([.administrator], [], 403, 403),
    ([.dynamicsAdministrator], ["Read", "Install"], 200, 202),
    ([.maker], ["Read", "Install"], 403, 403), ([], ["Read", "Install"], 403, 403),
  ])
  func `Scope and role are two rights`(
    roles: [Role], scopes: [String], listed: Int, installed: Int
  ) throws {
    var services = try services(packageWorld)
    let caller = ServiceCaller(
      tenant: contoso, roles: Set(roles),
      scopes: Set(scopes.map { "AppManagement.ApplicationPackages.\($0)" }))
    #expect(services.call("GET", packages, as: caller, at: at(10)).status == listed)
    #expect(services.call("POST", installation, as: caller, at: at(10)).status == installed)
  }

  @Test func `Another tenant's environment is not there`() throws {
    var services = try services(packageWorld)
    let finn = ServiceCaller(
      tenant: fabrikam, roles: [.administrator],
      scopes: ["AppManagement.ApplicationPackages.Install"])
    #expect(services.call("GET", packages, as: finn, at: at(10)).status == 404)
    #expect(services.call("POST", installation, as: finn, at: at(10)).status == 404)
  }

  @Test(arguments: [
    ("", 202), ("{}", 202), (#"{"payloadValue":"x"}"#, 202), (#"{"uniqueName":null}"#, 202),
    ("{", 400), ("nonsense", 400), ("[1]", 400), ("\u{0}", 400), ("{}}", 400), ("\"", 400),
  ])
  func `A body may be left out, and is an object where there is one`(body: String, status: Int)
    throws
  {
    var services = try services(packageWorld)
    let request = ServiceRequest(
      "POST", installation, query: version, caller: installer, body: Array(body.utf8))
    let response = services.respond(to: request, at: at(10))
    #expect(response.status == status, "\(response.text)")
    if status == 400 { #expect(response.codes.first == "BadRequest") }
  }

  @Test func `The list's own entry is a right body`() throws {
    var services = try services(packageWorld)
    let list = services.install("GET", packages, at: at(10))
    let entry = try #require((list.json["value"] as? [Any])?.first)
    let body = try JSONSerialization.data(withJSONObject: entry)
    let request = ServiceRequest(
      "POST", installation, query: version, caller: installer, body: Array(body))
    #expect(services.respond(to: request, at: at(10)).status == 202)
  }
}

// MARK: - A world, and calls in it

let packageWorld = twoTenants.replacing(
  "maker maya",
  with: """
    admin ada of contoso
    environment production of contoso with dataverse
    environment sandbox of contoso
    maker maya
    """)
let production = derivedIdentifier("environment", contoso, "production")
let sandbox = derivedIdentifier("environment", contoso, "sandbox")
let packages = "/appmanagement/environments/\(production)/applicationPackages"
let sandboxPackages = "/appmanagement/environments/\(sandbox)/applicationPackages"
let installation = packages + "/Office365Groups/install"

/// An administrator's token with everything that packages need.
let installer = ServiceCaller(
  tenant: contoso, roles: [.administrator],
  scopes: [
    "AppManagement.ApplicationPackages.Read", "AppManagement.ApplicationPackages.Install",
  ])

private let entryFields = [
  "id", "uniqueName", "version", "localizedDescription", "localizedName", "applicationId",
  "applicationName", "applicationDescription", "singlePageApplicationUrl", "publisherName",
  "publisherId", "learnMoreUrl", "crmMinversion", "crmMaxVersion", "customHandleUpgrade",
  "instancePackageId", "state", "catalogVisibility", "applicationVisibility", "errorDetails",
  "startDateUtc", "endDateUtc", "supportedCountries",
]

extension AdminServices {
  /// Calls as ``installer``.
  fileprivate mutating func install(
    _ method: String, _ path: String, query: String = version, at time: Instant
  ) -> ServiceResponse {
    call(method, path, query: query, as: installer, at: time)
  }
}

private func state(
  of name: String, _ services: inout AdminServices, _ time: Instant
) -> String? {
  let list = services.install("GET", packages, at: time).json["value"] as? [[String: Any]]
  return list?.first { $0["uniqueName"] as? String == name }?["state"] as? String
}

/// The keys in a body, in their order: those of the whole, or of the first piece between two texts.
private func keys(of text: String, from start: String = "", to end: String? = nil) -> [String] {
  var text = text[...]
  if !start.isEmpty, let range = text.firstRange(of: start) { text = text[range.lowerBound...] }
  if let end, let range = text.firstRange(of: end) { text = text[..<range.lowerBound] }
  return text.matches(of: /"(\w+)":/).map { String($0.1) }
}
