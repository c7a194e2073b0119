import AdminServices
import DiscreteEvents
import Foundation
import PowerPlatform
import SimulationTrace
import Testing

/// What the README shows of the admin services compiles, and answers as it says.
@Suite struct ReadmeExampleTests {
  private func example(_ scenario: Scenario, _ tenOClock: Instant) -> (Int, String) {
    // What follows stands in the README.
    var services = AdminServices(scenario)
    let ada = ServiceCaller(
      tenant: "11111111-1111-4111-8111-111111111111", roles: [.administrator],
      scopes: ["Governance.CrossTenantConnectionReports.ReadWrite"])
    let request = ServiceRequest(
      "POST", "/governance/crossTenantConnectionReports",
      query: "api-version=2022-03-01-preview", caller: ada)
    let response = services.respond(to: request, at: tenOClock)
    // Here it ends.
    return (response.status, response.header("x-ms-correlation-id") ?? "")
  }

  private func token(_ scenario: Scenario, _ tenOClock: Instant) -> ServiceResponse {
    var services = AdminServices(scenario)
    // What follows stands in the README.
    let form =
      "grant_type=password&client_id=any&username=ada%40contoso.onmicrosoft.com&password=any"
      + "&scope=https://api.powerplatform.com/.default"
    let answer = services.respond(
      to: ServiceRequest(
        "POST", "/contoso.onmicrosoft.com/oauth2/v2.0/token", body: Array(form.utf8)),
      at: tenOClock)
    // Here it ends.
    return answer
  }

  @Test func `The token is one`() throws {
    let answer = token(try scenario(packageWorld), at(10))
    #expect(answer.status == 200 && answer.json["access_token"] is String)
  }

  @Test func `The example is answered`() throws {
    let (status, id) = example(try scenario(twoTenants), at(10))
    #expect(status == 202 && !id.isEmpty)
  }

  @Test func `It is the README's`() throws {
    let source = try String(contentsOfFile: #filePath, encoding: .utf8)
    let examples = source.components(separatedBy: "stands in the README.\n    ").dropFirst()
      .compactMap { $0.components(separatedBy: "\n    // Here it ends.").first }
    #expect(examples.count == 2)
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    for example in examples {
      let code = example.replacing("\n    ", with: "\n")
      #expect(readme.contains("```swift\n\(code)\n```"), "\(code)")
    }
  }
}
