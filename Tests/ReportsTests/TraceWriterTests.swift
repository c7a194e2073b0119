import DiscreteEvents
import Foundation
import Reports
import SimulationTrace
import TenantIsolation
import Testing

@Suite struct TraceWriterTests {
  private func lines(_ trace: Trace, runs: RunTelling = .each) throws -> [String] {
    var bytes: [UInt8] = []
    try TraceWriter.write(trace, runs: runs) { bytes += $0 }
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.hasSuffix("}\n"))
    return text.split(separator: "\n").map(String.init)
  }

  @Test func `A small trace, byte by byte`() throws {
    let lines = try lines(.small)
    let expected = [
      #"{"kind":"scenario","format":1,"title":"Small \"one\"","seed":7,"#
        + #""start":"2025-03-03T08:00:00.000Z","until":"2025-03-03T10:30:00.000Z","propagation":"60m"}"#,
      #"{"sequence":1,"time":"2025-03-03T08:05:00.000Z","kind":"connection.created","actor":"maya","#
        + #""tenant":"contoso","signInTenant":"fabrikam","connection":"site","outcome":"allowed","#
        + #""grounds":["outbound-isolation-off","inbound-isolation-off"],"line":5}"#,
      #"{"sequence":2,"time":"2025-03-03T08:10:00.000Z","kind":"flow.saved","actor":"maya","#
        + #""tenant":"contoso","signInTenant":"fabrikam","connection":"site","flow":"sync","#
        + #""isNew":true,"outcome":"saved","#
        + #""grounds":["outbound-isolation-off","inbound-isolation-off"],"line":6}"#,
      #"{"sequence":3,"time":"2025-03-03T08:10:00.000Z","kind":"flow.run","#
        + #""tenant":"contoso","signInTenant":"fabrikam","connection":"site","flow":"sync","#
        + #""outcome":"succeeded","grounds":["outbound-isolation-off","inbound-isolation-off"],"#
        + #""trigger":"recurrence","durationMs":2000,"line":6}"#,
    ]
    #expect(Array(lines.prefix(4)) == expected)
    #expect(
      lines[7]
        == #"{"sequence":7,"time":"2025-03-03T09:00:00.000Z","kind":"policy.saved","actor":"ada","#
        + #""tenant":"contoso","outcome":"saved","policy":{"isDisabled":false,"allowedTenants":"#
        + #"[{"tenantId":"*","direction":{"inbound":true,"outbound":false}}]},"#
        + #""inForceAt":"2025-03-03T10:00:00.000Z","line":9}"#)
    #expect(lines.count == 1 + 4 + 10 + 1)
  }

  @Test func `A blocked run tells its error, the action that failed and those skipped`() throws {
    let run = try #require(try lines(.small).last { $0.contains("\"failed\"") })
    #expect(run.contains(#""connection":"site","flow":"sync","outcome":"failed","#))
    #expect(run.contains(#""error":{"code":"TenantIsolationTokenExchange","message":"Action "#))
    #expect(run.contains(#""httpStatus":403,"basis":"observed","codeBasis":"assumed"},"#))
    #expect(
      run.hasSuffix(
        #""durationMs":51,"failedAction":"Get_items","skippedActions":["Send"],"line":6}"#))
  }

  @Test func `Folded, alike runs are one record, and the summary stays the same`() throws {
    let (each, folded) = (try lines(.small), try lines(.small, runs: .folded))
    let runs = folded.filter { $0.contains("flow.run") }
    #expect(runs.count == 2)
    #expect(runs[0].hasPrefix(#"{"sequence":3,"time":"2025-03-03T08:10:00.000Z","#))
    #expect(
      runs[0].hasSuffix(
        #""durationMs":2000,"count":8,"periodMs":900000,"last":"2025-03-03T09:55:00.000Z","line":6}"#
      ))
    #expect(runs[1].contains(#""count":2,"periodMs":900000,"last":"2025-03-03T10:25:00.000Z""#))
    #expect(folded.first == each.first.map { String($0.dropLast()) + #","runs":"folded"}"# })
    #expect(folded.last == each.last)
    #expect(folded.count == each.count - 8)
  }

  @Test func `Recurring runs can be left out`() throws {
    let (each, none) = (try lines(.small), try lines(.small, runs: .none))
    func others(_ lines: [String]) -> [Substring] {
      lines.dropFirst().filter { !$0.contains("flow.run") }.map { $0.drop { $0 != "," } }
    }
    #expect(none.filter { $0.contains("flow.run") }.isEmpty)
    #expect(others(none) == others(each))
  }

  @Test func `More runs than anybody reads are refused before anything is written`() throws {
    var trace = Trace.small
    trace.segments[1].interval = trace.segments[1].interval.lowerBound..<Instant(1 << 50)
    #expect(throws: TooManyRuns.self) {
      try TraceWriter.write(trace) { _ in Issue.record("something is written") }
    }
    #expect(try lines(trace, runs: .folded).count == 8)
  }

  @Test func `Every line is an object for other readers`() throws {
    let sequence = try lines(.small).map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    #expect(sequence.dropFirst().dropLast().map { $0["sequence"] as? Int } == Array(1...14))
    let summary = try #require(sequence.last)
    #expect(summary["runsSucceeded"] as? Int == 8)
    #expect(summary["runsFailed"] as? Int == 2)
    #expect((summary["fingerprint"] as? String)?.count == 16)
    #expect(summary["assumptions"] as? [String] == ["a code"])
  }

  @Test(arguments: ["", "a\"b\\c\n\t\r", "\u{0}\u{1f}\u{7f}", "</script>", "\u{2028}é日本", "🏢"])
  func `Any text comes back as it was`(text: String) throws {
    var buffer = ByteBuffer()
    buffer.append(json: text)
    let array = try JSONSerialization.jsonObject(with: Data("[\(buffer.text)]".utf8)) as? [String]
    #expect(array == [text])
  }

  @Test(arguments: [Int64.min, -1, 0, 9, 10, 1_234_567_890, Int64.max])
  func `Integers are written as Swift writes them`(value: Int64) {
    var buffer = ByteBuffer()
    buffer.append(decimal: value)
    #expect(buffer.text == "\(value)")
  }

  @Test func `Times agree with another implementation`() {
    let format = ISO8601DateFormatter()
    format.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
    for row in 0..<500 {
      let milliseconds = Int64(row) * 86_399_123_457 % 4_000_000_000_000
      var buffer = ByteBuffer()
      buffer.append(iso: CivilTime(milliseconds: milliseconds))
      let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
      #expect(buffer.text == format.string(from: date))
    }
  }

  @Test func `A sink that fails ends the writing`() {
    struct Full: Error {}
    var trace = Trace.small
    trace.segments[1].interval = trace.segments[1].interval.lowerBound..<Instant(1 << 40)
    var calls = 0
    #expect(throws: Full.self) {
      try TraceWriter.write(trace) { _ in
        calls += 1
        throw Full()
      }
    }
    #expect(calls == 1)
  }
}
