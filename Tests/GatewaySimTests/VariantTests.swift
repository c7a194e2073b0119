import Foundation
import Testing

@testable import gateway_sim

/// Variants on the command line: judged with their file, played by name, compared with it.
@Suite struct VariantTests {
  private static let input =
    WhyCommandTests.input + """
      variant softer "With an exception"
      variant same
      in softer at 09:00 ada allows fabrikam outbound
          expect saved
      expect run of sync at 10:10 succeeded because outbound-rule
      in same expect run of sync at 10:10 failed

      """

  private static let ranged = "set propagation 45m..75m\n" + input

  private func run(_ arguments: String..., input: String = Self.input) -> Consequence {
    Consequence(arguments, input: input)
  }

  @Test(arguments: ["run", "test", "explore"])
  func `What is expected of a variant is judged with its file`(command: String) {
    let result = run(command, "-")
    #expect(result.status == .met && result.output.contains("3 of 3 expectations met"))
    let wrong = Self.input.replacingOccurrences(of: "succeeded because", with: "failed because")
    let failed = run(command, "-", input: wrong)
    #expect(failed.status == .failed)
    #expect(failed.output.contains("in softer expect run of sync at 10:10 failed"))
  }

  @Test func `Over a range of delays as well`() {
    let result = run("test", "-", input: Self.ranged)
    #expect(result.status == .undecided, "\(result)")
    #expect(result.output.contains("in same: expected a run of sync at 10:10 failed"))
    // The rule may come into force after the switch.
    #expect(result.output.contains("in softer: expected a run of sync at 10:10 succeeded"))
    #expect(result.output.contains("1 of 3 expectations met"))
  }

  @Test func `Coverage fails where a variant does not do what it should`() {
    let wrong = Self.input.replacingOccurrences(of: "succeeded because", with: "failed because")
    let result = run("coverage", "-", input: wrong)
    #expect(result.status == .failed && result.errors.contains("in softer: expected"))
    #expect(run("coverage", "-").output == result.output, "it shows nothing for the file")
  }

  @Test func `The story and the trace are the scenario's unless a variant is named`() throws {
    let base = run("run", "-", "--trace", "-")
    let played = run("run", "-", "--trace", "-", "--variant", "softer")
    #expect(!base.output.contains("outbound-rule\"],\"line\":"), "before 11:30")
    #expect(base.output != played.output)
    #expect(run("run", "-", "--trace", "-", "--variant", "same").output == base.output)
    let story = run("run", "-", "--variant", "softer")
    #expect(story.output.contains("seed 1, variant softer\n"))
    #expect(story.output.contains("2 of 2 expectations met"))
  }

  @Test func `A variant that is not there is wrong usage`() {
    for command in [["run"], ["why", "--run", "sync@10:10"], ["compare"]] {
      let result = Consequence(
        [command[0], "-"] + command.dropFirst() + ["--variant", "sofer"], input: Self.input)
      #expect(result.status == .usage)
      #expect(result.errors.contains("- has no variant \"sofer\"\ndid you mean \"softer\"?"))
    }
  }

  @Test func `Questions are asked of a variant`() {
    let why = ["why", "-", "--run", "sync@10:10"]
    #expect(Consequence(why, input: Self.input).output.contains("sync at 10:10: failed"))
    #expect(
      Consequence(why + ["--variant", "softer"], input: Self.input).output
        .contains("sync at 10:10: succeeded"))
    let decide = [
      "decide", "-", "--creator", "contoso", "--sign-in", "fabrikam", "--connector", "teams",
      "--at", "09:30", "--variant",
    ]
    #expect(Consequence(decide + ["softer"], input: Self.input).output.contains("outbound-rule"))
    #expect(Consequence(decide + ["same"], input: Self.input).output.contains("outbound-blocked"))
  }

  @Test func `A scenario is compared with each of its variants`() throws {
    let all = run("compare", "-")
    #expect(all.status == .failed)
    #expect(all.output.contains("B  - in softer (With an exception)\n"))
    #expect(all.output.contains("B  - in same\n") && all.output.contains("nothing differs"))
    let one = run("compare", "-", "--variant", "same", "--json")
    #expect(one.status == .met)
    let object = try JSONSerialization.jsonObject(with: Data(one.output.utf8)) as? [String: Any]
    #expect(object?["b"] as? String == "- in same" && object?["differs"] as? Bool == false)
    #expect(run("compare", "-", "--json").output.split(separator: "\n").count == 2)
    #expect(run("compare", "-", input: WhyCommandTests.input).status == .usage)
  }

  @Test func `An earlier end cuts variants too`() {
    let result = run("run", "-", "--quiet", "--until", "10:00")
    #expect(result.status == .met && result.output.contains("1 of 1 expectation met"))
    #expect(result.errors.contains("not judged: 2"))
  }
}
