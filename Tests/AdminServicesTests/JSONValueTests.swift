import Testing

@testable import AdminServices

/// What is JSON is read, and nothing else.
@Suite struct JSONValueTests {
  @Test(arguments: [
    ("null", JSONValue.null), (" true\n", .truth(true)), ("-0.5e+10", .number("-0.5e+10")),
    (#""\u0041\n\"\/\ud83d\ude00é""#, .text("A\n\"/😀é")), ("[ ]", .array([])),
    ("[1,[2]]", .array([.number("1"), .array([.number("2")])])), ("{}", .object([])),
    (
      #"{"b":1,"a":{}}"#,
      .object([.init(key: "b", value: .number("1")), .init(key: "a", value: .object([]))])
    ),
  ])
  func whatIsJSON(text: String, value: JSONValue) {
    #expect(JSONValue(Array(text.utf8)) == value)
  }

  @Test(arguments: [
    "", " ", "nul", "nulll", "truefalse", "01", "1.", ".5", "-", "1e", "+1", "'a'", "\"a",
    "\"\\x\"",
    "\"\\u12\"", "\"\\ud83d\"", "\"\\ude00\"", "\"\n\"", "[1,]", "[,1]", "[1 2]", "{\"a\"}",
    "{\"a\":}", "{\"a\":1,}", "{a:1}", "{\"a\":1,\"A\":2}", "1 1", "\u{feff}1", "// 1", "NaN",
  ])
  func whatIsNone(text: String) { #expect(JSONValue(Array(text.utf8)) == nil) }

  @Test func textsAreUTF8() {
    #expect(JSONValue([0x22, 0xff, 0x22]) == nil)
    #expect(JSONValue([0x22, 0xc3, 0xa9, 0x22]) == .text("é"))
  }

  @Test func keysAreFoundInAnyCase() {
    let value = JSONValue(Array(#"{"tenantID":"x"}"#.utf8))
    #expect(value?["tenantId"] == .text("x") && value?["tenant"] == nil)
    #expect(JSONValue.null["x"] == nil)
  }
}
