import SimulationTrace
import Testing

@Suite struct IdentifierTests {
  @Test(arguments: [
    ("00000000-0000-0000-0000-000000000000", true),
    ("0123456f-9AbC-4def-8000-ABCDEFabcdef", true),
    (derivedIdentifier("a"), true),
    ("", false), ("*", false), ("contoso.com", false),
    ("00000000-0000-0000-0000-00000000000", false),
    ("00000000-0000-0000-0000-0000000000000", false),
    ("0000000-00000-0000-0000-000000000000", false),
    ("00000000_0000_0000_0000_000000000000", false),
    ("0000000g-0000-0000-0000-000000000000", false),
    ("{0000000-0000-0000-0000-00000000000}", false),
    ("0000000é-0000-0000-0000-00000000000", false),
  ])
  func `A GUID is 8-4-4-4-12 digits, in letters of either case`(text: String, isOne: Bool) {
    #expect(isGUID(text) == isOne)
  }
}
