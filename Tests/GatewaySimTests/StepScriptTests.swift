import Testing

@testable import gateway_sim

/// What a trainer tells and asks, step by step.
@Suite struct StepScriptTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private static let script = """
    scenario "Told"
    tenant contoso
    tenant fabrikam
    admin ada of contoso
    maker maya of contoso
    chapter "Before"
      note "Nobody has to agree."
    at 08:05 maya creates connection fab-mail using office365-outlook signed in to fabrikam
    chapter "The switch"
    at 09:00 ada turns isolation on
      question "Will it fail?" until 09:40 options "Yes", "No" answer "No" because "It is not in force."
    note "Wait." at 09:30
    chapter "In force" at 10:00

    """

  /// A session over it.
  private func told(_ orders: String...) throws -> Consequence {
    let file = try folder.add("told.scenario", Self.script)
    return Consequence("step", file, input: orders.map { $0 + "\n" }.joined())
  }

  @Test func `Chapters and notes are told where they stand, also where nothing else happens`()
    throws
  {
    let first = try told("").output
    #expect(
      first.contains("seed 1\n\nBefore\n\n08:05  say    - Nobody has to agree.\n08:05  design"))
    let steps = try told("to 09:00", "", "", "", "")
    #expect(steps.output.contains("\nThe switch\n\n09:00  policy"))
    #expect(steps.output.contains("(answered at 09:40)\n                pick  Yes\n"))
    #expect(steps.output.contains("09:30  say    - Wait.\n09:40  answer + Will it fail? No\n"))
    #expect(steps.output.contains("\nIn force\n\n10:00  policy"))
    #expect(try told("to 10:00").output.contains("09:40  answer + Will it fail? No\n"))
  }

  @Test func `A question waits for its answer, and reveal goes there`() throws {
    let asked = try told("to 09:00", "reveal", "reveal")
    #expect(
      asked.output.hasSuffix(
        "09:40  answer + Will it fail? No\n                why   It is not in force.\n"))
    #expect(asked.errors.contains("nothing was asked"))
    #expect(try !told("to 09:35").output.contains("answer +"))
  }
}
