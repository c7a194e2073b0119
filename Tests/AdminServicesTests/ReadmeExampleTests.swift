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

  @Test func `The example is answered`() throws {
    let (status, id) = example(try scenario(twoTenants), at(10))
    #expect(status == 202 && !id.isEmpty)
  }

  @Test func `It is the README's`() throws {
    let source = try String(contentsOfFile: #filePath, encoding: .utf8)
    let code = try #require(
      source.components(separatedBy: "in the README.\n").dropFirst().first?
        .components(separatedBy: "    // Here it ends.").first)
    let lines = code.split(separator: "\n").map { $0.dropFirst(4) }
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    #expect(readme.contains("```swift\n" + lines.joined(separator: "\n")))
  }
}
