import DiscreteEvents
import Reports
import SimulationTrace
import Testing

/// A story tells the trainer's script in its places.
@Suite struct ScriptTests {
  /// The small trace with a script; its policy is saved on line 8 at 09:00, in force at 10:00.
  private static var scripted: Trace {
    var trace = Trace.small
    let saved = trace.events.first { $0.kind == .policySaved }?.line ?? 0
    trace.script.chapters = [
      Chapter(time: .at(8, 0), title: "Before", line: 1),
      Chapter(time: .at(9, 0), title: "The switch", line: saved - 1),
    ]
    trace.script.notes = [
      Note(time: .at(9, 0), text: "said before", line: saved - 1),
      Note(
        time: .at(9, 0), text: "said after", section: "cross-tenant-restrictions#runtime",
        line: saved + 1),
    ]
    trace.script.questions = [
      Question(
        time: .at(9, 0), text: "Will it fail?", until: .at(9, 55), options: ["Yes", "No"],
        answer: 1, because: "not in force", line: saved + 2)
    ]
    return trace
  }

  private func lines(_ trace: Trace, width: Int = 100) throws -> [String] {
    let story = try NarrationTests.story(trace, width: width)
    return story.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private func row(_ lines: [String], _ text: String) throws -> Int {
    try #require(lines.firstIndex { $0.contains(text) }, "no line with \(text)")
  }

  @Test func `Chapters are headings above what happens when they open`() throws {
    let lines = try lines(Self.scripted)
    #expect(Array(lines[2...4]) == ["", "Before", ""])
    let switched = try row(lines, "The switch")
    #expect(lines[switched - 1].isEmpty && lines[switched + 1].isEmpty)
    #expect(try row(lines, "said before") == switched + 2)
    #expect(try row(lines, "turns isolation on") == switched + 3)
  }

  @Test func `Notes stand where their lines stand, with what documents them`() throws {
    let lines = try lines(Self.scripted)
    let note = try row(lines, "09:00  say    - said after")
    #expect(try note > row(lines, "turns isolation on"))
    #expect(
      lines[note + 1].hasSuffix(
        "see   Runtime impact on apps and flows (cross-tenant-restrictions#runtime)"))
  }

  @Test func `A question comes with its options, its answer when the time has come`() throws {
    let lines = try lines(Self.scripted)
    let asked = try row(lines, "09:00  ask    ? Will it fail? (answered at 09:55)")
    #expect(lines[asked + 1].hasSuffix("pick  Yes") && lines[asked + 2].hasSuffix("      No"))
    let answered = try row(lines, "09:55  answer + Will it fail? No")
    #expect(lines[answered + 1].hasSuffix("why   not in force"))
    // Runs up to the answer and from it on are told apart: nothing is given away before.
    #expect(lines[answered - 1].hasPrefix("09:55  run    + 1 run of sync"))
    #expect(try answered < row(lines, "10:00  policy"))
  }

  @Test func `What lies beyond the end is not told`() throws {
    var trace = Self.scripted
    trace.until = .at(9, 30)
    trace.script.notes.append(Note(time: .at(9, 40), text: "too late", line: 99))
    let story = try lines(trace).joined(separator: "\n")
    #expect(story.contains("Will it fail?") && !story.contains("answer +"))
    #expect(!story.contains("too late"))
  }

  @Test func `It keeps to the width, and steers no terminal`() throws {
    var trace = Self.scripted
    trace.script.chapters[0].title = String(repeating: "long ", count: 40)
    trace.script.notes[0].text = "\u{1b}[2J\u{202e}" + String(repeating: "word ", count: 60)
    let lines = try lines(trace, width: 60)
    #expect(lines.allSatisfy { $0.count <= 60 && !$0.contains("\u{1b}") })
  }

  @Test func `Records and fingerprint know nothing of it`() throws {
    func bytes(_ trace: Trace) throws -> [UInt8] {
      var bytes: [UInt8] = []
      try TraceWriter.write(trace) { bytes += $0 }
      return bytes
    }
    #expect(try bytes(Self.scripted) == bytes(.small))
    #expect(Self.scripted.fingerprint == Trace.small.fingerprint)
  }

  @Test func `A verdict on a variant names it in every report`() throws {
    var verdict = Verdict(
      isMet: false, source: "expect saved", expected: "saved", got: "refused", line: 3, column: 5)
    verdict.variant = "softer"
    var report = VerdictReport(style: Style(inColor: false))
    #expect(
      report.addFailures("x", [verdict]).hasPrefix(
        "x:3:5: in softer: expected saved\n  in softer expect saved\n"))
    let list = ExpectationList("x", [verdict]).text(Style(inColor: false))
    #expect(list.contains("3: in softer expect saved"))
    for (format, text) in [
      (ReportFormat.junit, #"name="in softer expect saved""#),
      (.tap, "x.scenario:3: in softer expect saved"), (.json, #""variant":"softer""#),
    ] {
      var bytes: [UInt8] = []
      try TestReport.of(verdict).write(as: format) { bytes += $0 }
      #expect(String(decoding: bytes, as: UTF8.self).contains(text), "\(format)")
    }
    verdict.source = "in softer expect saved"
    #expect(verdict.statement == verdict.source)
  }
}
