import Foundation
import Testing

@testable import gateway_sim

/// The data of a scenario's page as a reader of JSON finds it.
struct PageData {
  /// The whole page.
  let html: String
  let object: [String: Any]
  let play: [String: Any]
  let events: [String: Any]
  let strings: [String]

  init(of scenario: String) throws {
    html = Consequence("run", "-", "--quiet", "--html", "-", input: scenario).output
    let start = try #require(html.range(of: "id=\"play\">"))
    let end = try #require(html.range(of: "</script>", range: start.upperBound..<html.endIndex))
    let data = Data(html[start.upperBound..<end.lowerBound].utf8)
    object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    play = try #require((object["plays"] as? [[String: Any]])?.first)
    events = try #require(play["events"] as? [String: Any])
    strings = try #require(object["strings"] as? [String])
  }

  /// A column of the events.
  func column(_ name: String) -> [Int] { events[name] as? [Int] ?? [] }

  /// The captions of a system's records.
  func records(of system: String) throws -> [String] {
    let row = try #require((object["systems"] as? [String])?.firstIndex(of: system))
    return zip(column("system"), column("caption")).filter { $0.0 == row }.map { strings[$0.1] }
  }

  /// What a question's answer may be looked for by.
  var hints: [String] {
    let questions = (object["script"] as? [String: Any])?["questions"] as? [[String: Any]] ?? []
    return questions.compactMap { $0["hint"] as? String }
  }
}
