import Testing

@testable import page_embedder

/// What is left out of scripts and styles, and what must not be.
@Suite struct CompactTests {
  @Test(arguments: [
    ("  let a = 1;\n", "let a=1;"), ("if (a) {\n  b;\n}\nc", "if(a){b}c"),
    ("f(\n  a,\n  b)", "f(a,b)"), ("x = {\n  a,\n};\ny", "x={a};y"),
    ("// a line\n/** types\n * of it\n */\nf (a, b)", "f(a,b)"),
    ("const x = /** @type {T} */ (y)", "const x=(y)"),
    ("return a in b ? \"c  d\" : 'e : f'", "return a in b?\"c  d\":'e : f'"),
    ("`a  ${ b + `c  d` }  e` + f", "`a  ${b+`c  d`}  e`+f"),
    ("\"a \\\" b\" + c", "\"a \\\" b\"+c"), ("a + +b - -c", "a+ +b- -c"),
    ("a\n\n  b", "a\nb"),
  ])
  func `A script keeps its strings and its lines`(source: String, expected: String) {
    #expect(compactScript(source) == expected)
  }

  @Test func `A style loses blanks only`() {
    let style = """
      /* colours */
      .a > .b, .c {
        color: red;
        margin: 0 auto;
      }
      @media (max-width: 900px) { .a { width: calc(1px + 2px); } }
      """
    #expect(
      compactStyle(style)
        == ".a>.b,.c{color:red;margin:0 auto}@media (max-width:900px){.a{width:calc(1px + 2px)}}"
    )
  }
}
