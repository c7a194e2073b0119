import Testing

@testable import page_embedder

/// What of the page's sources reaches the page.
@Suite struct CompactTests {
  @Test(arguments: [
    ("  let a = b ? 1 : 2;", "let a=b?1:2;"),
    ("// only for readers\n\n  call(a, b)", "call(a,b)"),
    ("/**\n * Types. @param {X} x\n */\nconst f = x => x", "const f=x=>x"),
    ("/** @type {any} */ let a", "let a"),
    ("return -1\nx + +y\nx - -1\nnew Set()", "return-1\nx+ +y\nx- -1\nnew Set()"),
    ("say(\"a , b\", 'c : d')", "say(\"a , b\",'c : d')"),
    ("`a ${ b + `x ${c} y` } , d` + e", "`a ${b+`x ${c} y`} , d`+e"),
    ("`${ { a: 1 }.a } b`", "`${{a:1}.a} b`"),
    ("\"a \\\" b\" + c", "\"a \\\" b\"+c"),
  ])
  func `A script keeps its lines, strings and templates`(source: String, expected: String) {
    #expect(compactScript(source) == expected)
  }

  @Test func `A style keeps its meaning`() {
    let source = """
      /* for readers */
      a > b:hover, c { margin: 0 auto; font: 1rem/1.2 "A B", serif; }
      @media (max-width: 10px) { a { top: calc(1px + 2px); } }
      """
    #expect(
      compactStyle(source) == """
        a > b:hover,c{margin:0 auto;font:1rem/1.2 "A B",serif}
        @media (max-width:10px){a{top:calc(1px + 2px)}}
        """)
  }
}
