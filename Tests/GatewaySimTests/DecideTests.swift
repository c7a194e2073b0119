import Foundation
import Testing

@testable import gateway_sim

@Suite struct DecideTests {
  private func decide(_ more: String...) -> Consequence {
    Consequence(
      ["decide", "-", "--creator", "contoso", "--connector", "teams"] + more, input: Sample.met)
  }

  @Test func `One question, answered as saved and as in force`() throws {
    let result = decide("--sign-in", "fabrikam", "--at", "09:30", "--json", "--user", "maya")
    #expect(result.status == .met && result.errors.isEmpty)
    #expect(
      result.output.hasPrefix(
        #"{"format":1,"time":"2025-01-06T09:30:00.000Z","seed":1,"propagation":"60m","creator":"contoso","signIn":"fabrikam","#
          + #""connector":"teams","user":"maya","outcome":"blocked","#
          + #""grounds":["outbound-blocked","inbound-isolation-off"],"error":{"code":"#))
    #expect(
      result.output.hasSuffix(
        #""inForce":{"outcome":"allowed","#
          + #""grounds":["outbound-isolation-off","inbound-isolation-off"]}}"# + "\n"))
    _ = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
  }

  @Test func `People get sentences`() {
    let text = decide("--sign-in", "22222222-2222-4222-8222-222222222222", "--at", "12:00").output
    #expect(text.contains("a new connection: blocked (outbound-blocked, inbound-isolation-off)\n"))
    #expect(text.contains("  Contoso's isolation is on and no rule allows going out to Fabrikam\n"))
    #expect(text.contains("active apps and flows: blocked"))
  }

  @Test func `The start is asked where no time is given`() {
    #expect(decide("--sign-in", "fabrikam").output.contains("a new connection: allowed"))
  }

  @Test(arguments: [
    (["--sign-in", "fabrikm"], "fabrikam"), (["--sign-in", "fabrikam", "--user", "mya"], "maya"),
  ])
  func `Unknown names are wrong usage`(arguments: [String], suggestion: String) {
    let result = Consequence(
      ["decide", "-", "--creator", "contoso", "--connector", "teams"] + arguments,
      input: Sample.met)
    #expect(result.status == .usage)
    #expect(result.errors.hasSuffix("did you mean \"\(suggestion)\"?\n"))
  }

  @Test func `Nobody asks before the start, or from where they don't work`() {
    #expect(decide("--sign-in", "fabrikam", "--at", "07:00").status == .usage)
    let result = Consequence(
      "decide", "-", "--creator", "fabrikam", "--sign-in", "contoso", "--connector", "teams",
      "--user", "maya", input: Sample.met)
    #expect(result.status == .usage)
    #expect(result.errors.contains("maya is neither a member nor a guest of fabrikam"))
  }
}
