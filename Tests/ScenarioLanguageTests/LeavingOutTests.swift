import Testing

@testable import ScenarioLanguage

/// Statements that become comments.
@Suite struct LeavingOutTests {
  private let text = """
    tenant contoso
    app a of maya \\
      using x,
        y  # both
      # kept
    user uma of contoso
    """

  @Test func allLinesOfAStatementAreLeftOut() {
    #expect(
      String(decoding: leavingOut([2], of: Array(text.utf8)), as: UTF8.self) == """
        tenant contoso
        # left out: app a of maya \\
        # left out:   using x,
        # left out:     y  # both
          # kept
        user uma of contoso
        """)
  }

  @Test func linesOnWhichNoStatementBeginsLeaveNothingOut() {
    for lines in [[], [3], [5], [99]] as [Set<Int>] {
      #expect(leavingOut(lines, of: Array(text.utf8)) == Array(text.utf8))
    }
  }
}
