import DiscreteEvents
import Foundation
import SimulationTrace
import TenantIsolation
import Testing

@testable import Reports

/// What is written for other programs' documents.
@Suite struct DocumentTests {
  @Test func `Every run is a row, and reads back as it was written`() throws {
    var trace = Trace.small
    trace.cast.flows[0] = Title(name: "sync", displayName: "a \"b\",\r\nc")
    var bytes: [UInt8] = []
    try RunHistory.write(trace) { bytes += $0 }
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.hasPrefix("flow,name,start,durationMs,status,trigger,grounds,"))
    let runs = trace.records.filter { $0.kind == .flowRun }
    #expect(text.components(separatedBy: "\"a \"\"b\"\",\r\nc\"").count == runs.count + 1)
    #expect(text.contains(",2025-03-03T10:10:00.000Z,51,Failed,recurrence,"))
    #expect(text.contains(",Get_items,TenantIsolationTokenExchange,\"Action 'Get_items' failed\n"))
  }

  @Test func `A chapter is a diagram, and what waits for a policy has a coloured ground`() {
    let text = SequenceDiagrams(.told).markdown
    let diagrams = text.components(
      separatedBy: "```mermaid\nsequenceDiagram\n  %% seed 7, propagation 60m\n")
    #expect(diagrams.count == 3)
    #expect(diagrams[0].hasSuffix("## One\n\n") && diagrams[1].hasSuffix("## Two\n\n"))
    #expect(diagrams[1].contains("  participant p0 as Contoso\n"))
    // The second chapter begins with the coming into force: nothing waits in it.
    for (diagram, count) in zip(diagrams.dropFirst(), [1, 0]) {
      let lines = diagram.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      #expect(lines.count { $0.hasPrefix("rect ") } == count)
      #expect(lines.count { $0 == "end" } == count)
    }
    #expect(diagrams[2].contains("-xp"))
  }

  @Test func `A single diagram has its title, its chapters as notes, and nothing around it`() {
    let text = SequenceDiagrams(.told).mermaid
    let lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    #expect(lines.first == "sequenceDiagram" && lines.contains("Note over p0,p1: Small"))
    #expect(!text.contains("```") && !text.contains("##"))
    #expect(lines.count { $0.hasPrefix("rect ") } == lines.count { $0 == "end" })
    for title in ["One", "Two"] { #expect(lines.contains { $0.hasSuffix(": \(title)") }) }
  }

  @Test(arguments: [
    ("a\u{202e}b", "a\u{fffd}b"), ("\u{2067}a\u{2069}", "\u{fffd}a\u{fffd}"),
    ("👩\u{200d}💻", "👩\u{200d}💻"), ("a\nb", "\"a\nb\""), ("שלום", "שלום"),
    ("a\"\u{301}b", "\"a\"\"\u{301}b\""),
  ])
  func `A cell holds nothing that turns the direction of writing, and joined signs whole`(
    text: String, cell: String
  ) {
    #expect(inCSV(text) == cell)
  }

  @Test(arguments: [
    ("1. first", "1\\. first"), ("12) b", "12\\) b"), ("+ second", "\\+ second"),
    ("- [ ] x", "\\- \\[ \\] x"), ("    code", "code"), ("a\n===", "a<br>\\==="),
    ("at 1. and - or +", "at 1. and - or +"), ("1 run", "1 run"), ("", ""),
  ])
  func `No line begins a list, a heading or code`(text: String, expected: String) {
    #expect(inMarkdown(text) == expected)
  }

  @Test func `A chapter that opens with the coming into force has no empty ground`() {
    var play = Play.told
    for minute in Int64(0)..<120 {
      play.trace.script.chapters[1].time = .at(9, 0) + minute * 60_000
      let lines = SequenceDiagrams(play).markdown.split(separator: "\n").map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      for (line, next) in zip(lines, lines.dropFirst()) {
        #expect(!(line.hasPrefix("rect ") && next == "end"))
      }
    }
    #expect(SequenceDiagrams(play).markdown.contains("    Note over p0: Look #60;here#62;\n"))
  }

  @Test func `What happens before the answer is held back in later chapters too`() throws {
    var play = Play.told
    play.trace.script.chapters[1].time = .at(9, 30)
    play.trace.script.notes.append(Note(time: .at(9, 40), text: "Secret", line: 5))
    play.stage.initial = [Stage.Field.saved, .inForce].map {
      (.init(.tenant(Trace.contoso), $0), .row(0))
    }
    let parts = Handout(play).markdown.components(separatedBy: "## Answers")
    let (before, answers) = (try #require(parts.first), try #require(parts.last))
    #expect(!before.contains("## Two") && !before.contains("Secret"))
    #expect(!before.contains("- 09:1") && !before.contains("- 10:"))
    let two = try #require(answers.components(separatedBy: "### Two, what happened then").last)
    #expect(two.contains("| before 09:30 | |") && two.contains("> Secret"))
    #expect(two.contains("- 10:00 ") && answers.contains("- 09:10 "))
  }

  @Test(arguments: [
    ("the end", "the #101;#110;#100;"), ("End.", "#69;#110;#100;#46;"), ("send", "send"),
    ("a;b#c", "a#59;b#35;c"), ("<b>", "#60;b#62;"), ("%% no", "#37;#37; no"),
  ])
  func `Nothing in a message is taken for the diagram's`(text: String, expected: String) {
    #expect(inMermaid(text) == expected)
  }

  @Test func `Long texts are broken, and the first coloured ground says what it is`() {
    var play = Play.told
    play.trace.script.notes[0].text = String(repeating: "a word ", count: 40) + "end\nand a line"
    play.trace.title = String(repeating: "title ", count: 30)
    let text = SequenceDiagrams(play).mermaid
    for line in text.split(separator: "\n") {
      for piece in line.components(separatedBy: "<br/>") { #expect(piece.count < 100, "\(piece)") }
    }
    #expect(text.contains("#101;#110;#100;<br/>and a line\n"))
    #expect(text.components(separatedBy: "a policy is saved and not in force").count == 2)
  }

  @Test func `Lines of an author's text stay lines in Markdown`() {
    var play = Play.told
    play.stage.about = "one\ntwo"
    play.verdicts = [
      Verdict(
        isMet: false, source: "expect saved", expected: "saved", got: "refused", line: 7, column: 1),
      Verdict(isMet: true, source: "expect allowed", expected: "", got: "", line: 8, column: 1),
    ]
    play.verdicts[0].variant = "late"
    let text = Handout(play).markdown
    #expect(text.contains("\none<br>two\n") && !text.contains("\u{fffd}two"))
    #expect(text.contains("\n1 of 2 expectations met.\n") && !text.contains("expect allowed"))
    #expect(
      text.contains(
        "- **not met**, line 7: in late expect saved: expected saved, got refused\n"))
  }

  @Test func `A diagram has at most sixty messages and says what it leaves out`() {
    var play = Play.told
    play.trace.script = Script()
    play.trace.events = (Int64(0)..<100).map { minute in
      var record = Record(.flowNotStarted, at: Instant(minute * 60_000), line: 1)
      record.flow = FlowID(0)
      return record
    }
    play.trace.segments = []
    let text = SequenceDiagrams(play).markdown
    #expect(text.contains(": and 40 more events\n"))
    #expect(text.components(separatedBy: "Note over").count == 62)
  }

  @Test func `A handout asks before it tells`() throws {
    let text = Handout(.told).markdown
    let places = [
      "# Small", "## One", "> Look \\<here\\>", "**Question 1**", "## Answers", "### Two",
    ]
    .map { text.range(of: $0)?.lowerBound }
    #expect(!places.contains(nil))
    #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
    let answers = try #require(text.components(separatedBy: "## Answers").last)
    #expect(answers.contains("1. No. It is not in force (10:00)"))
    let before = try #require(text.components(separatedBy: "**Question 1**").first)
    #expect(before.contains("turns isolation on") && !before.contains("09:10 4 runs"))
    #expect(answers.contains("- 09:10 4 runs of Sync\u{fffd}it to 09:55: **succeeded**"))
  }
}

extension Play {
  /// Two chapters, and a question between a policy's saving and its coming into force.
  fileprivate static var told: Play {
    var play = Play(title: "Small", trace: .small, stage: Stage(), verdicts: [])
    play.trace.title = "Small"
    play.trace.script.chapters = [
      Chapter(time: .start, title: "One", line: 1),
      Chapter(time: .at(10, 0), title: "Two", line: 2),
    ]
    play.trace.script.notes = [Note(time: .at(9, 0), text: "Look <here>", line: 3)]
    play.trace.script.questions = [
      Question(
        time: .at(9, 0), text: "Will it fail?", until: .at(10, 0), options: ["Yes", "No"],
        answer: 1, because: "It is not in force", line: 4)
    ]
    return play
  }
}
