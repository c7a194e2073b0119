import Testing

@testable import Reports

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("plain", 5), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("한글", 4), ("ｗ", 2), ("🚀", 2),
    ("👩‍👩‍👧", 2), ("🇩🇪", 2), ("❤️", 2), ("❤", 1), ("→", 1), ("░", 1), ("\u{200b}", 0), ("naïve 請", 8),
  ])
  func `Columns are counted as terminals count them`(text: String, columns: Int) {
    #expect(displayWidth(text) == columns)
    #expect(displayWidth(padded(text, 12)) == 12)
  }

  @Test func `Names lose their middle, whatever they are made of`() {
    let style = Style(inColor: false, inUnicode: true)
    #expect(style.cut("invoice-sync", to: 12) == "invoice-sync")
    #expect(style.cut("invoice-sync-0007", to: 9) == "invo…0007")
    #expect(Style(inColor: false).cut("invoice-sync-0007", to: 9) == "inv...007")
    #expect(style.cut("請求書の同期フロー", to: 8) == "請求…ー")
    for width in 0...20 {
      #expect(displayWidth(style.cut("請求書の同期フロー🚀🚀", to: width)) <= max(1, width))
    }
  }

  @Test func `Text is broken at words, and words where they must be`() {
    #expect(wrapped("one two  three", to: 7) == ["one two", "three"])
    #expect(wrapped("a 11111111-1111 b", to: 6) == ["a", "111111", "11-111", "1 b"])
    #expect(wrapped("請求書 同期", to: 5) == ["請求", "書", "同期"])
    #expect(wrapped("", to: 5).isEmpty)
  }

  @Test(.timeLimit(.minutes(1)))
  func `A word as long as a file is broken in one pass`() {
    let lines = wrapped(String(repeating: "é", count: 400_001), to: 80)
    #expect(lines.count == 5001 && lines.allSatisfy { $0.count <= 80 })
  }
}
