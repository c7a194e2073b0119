import DiscreteEvents
import Foundation
import SimulationTrace
import TenantIsolation
import Testing

@testable import Reports

/// A player's page as browsers and readers of JSON get it.
@Suite struct PlayerFileTests {
  @Test func `The page holds its data, which reads as it was written`() throws {
    let data = try self.data(in: String(decoding: PlayerFile(.small).html(), as: UTF8.self))
    #expect(data["page"] as? String == "gateway-sim")
    #expect(data["format"] as? Int == 1)
    #expect(data["title"] as? String == "Small \"one\"")
    #expect(data["seed"] as? String == "7")
    #expect(data["start"] as? Int == 1_740_988_800_000)
  }

  @Test(arguments: [
    "</script><script>alert(1)</script>", "<!-- <script>", "]]>", "\u{202e}drawkcab",
    "a\u{2028}b\u{2029}c",
    "👩‍👩‍👧‍👦 \u{0}\u{1b}[31m", String(repeating: "long ", count: 60), "&lt;b&gt; \"'",
  ])
  func `A name of any kind stays text`(name: String) throws {
    let html = String(decoding: try PlayerFile(.small.named(name)).html(), as: UTF8.self)
    let data = try data(in: html)
    #expect(data["title"] as? String == withoutDirections(name))
    let cast = (data["casts"] as? [[String: Any]])?.first
    let tenants = cast?["tenants"] as? [[String: Any]]
    #expect(tenants?.first?["title"] as? String == name)
    let plain = String(decoding: try PlayerFile(.small).html(), as: UTF8.self)
    for markup in ["<script", "</script", "<!--", "<b>", "\u{2028}", "\u{1b}"] {
      #expect(
        html.components(separatedBy: markup).count == plain.components(separatedBy: markup).count)
    }
    #expect(!html.prefix { $0 != "{" }.contains("\u{202e}"))
  }

  @Test func `Nothing but the page's own script and style is allowed`() throws {
    let html = String(decoding: try PlayerFile(.small).html(), as: UTF8.self)
    let policy = try #require(
      html.components(separatedBy: "Content-Security-Policy").dropFirst().first)
    #expect(policy.hasPrefix("\" content=\"default-src 'none'; script-src 'sha256-"))
    #expect(!html.contains("unsafe-inline") && !html.contains("unsafe-eval"))
    #expect(!html.contains(" onload=") && !html.contains(" onclick="))
    #expect(!html.contains("src=\"") && !html.contains("<link"))
  }

  @Test func `The same play gives the same bytes`() throws {
    #expect(try PlayerFile(.small).html() == PlayerFile(.small).html())
  }

  @Test func `What no browser plays with pleasure is refused`() throws {
    var play = Play.small
    play.trace.title = String(repeating: "x", count: PlayerFile.limit)
    #expect(throws: PlayerFile.TooLarge.self) { try PlayerFile(play).html() }
  }

  @Test func `Without scripts the page tells title, expectations and events`() throws {
    var play = Play.small
    play.verdicts = [
      Verdict(
        isMet: false, source: "expect saved", expected: "saved", got: "<refused>", line: 9,
        column: 1)
    ]
    let html = String(decoding: try PlayerFile(play).html(), as: UTF8.self)
    let summary = try #require(html.components(separatedBy: "<noscript>").dropFirst().first)
    #expect(summary.contains("<h1>Small &quot;one&quot;</h1>"))
    #expect(summary.contains("not met, line 9: expect saved: &lt;refused&gt;"))
    #expect(summary.contains("<tr><td>09:00</td><td>ada turns isolation on and"))
  }

  @Test func `A difference names the events that tell of it`() throws {
    var (a, b) = (Play.small, Play.small)
    b.name = "other"
    let saved = a.trace.events.firstIndex { $0.kind == .policySaved } ?? 0
    b.comparison = Comparison(
      first: nil,
      runs: [
        .init(
          flow: "sync", first: .at(10, 10), last: .at(10, 25), count: 2,
          a: .init(a.trace.verdicts[1], in: a.trace), b: nil)
      ],
      others: [.init(time: .at(9, 0), a: .init("saved", row: saved), b: nil)],
      onlyInA: .init(flows: [], connections: [], apps: []),
      onlyInB: .init(flows: [], connections: [], apps: []), countsOfA: Counts(a.trace),
      countsOfB: Counts(b.trace))
    a.name = nil
    let file = PlayerFile(a, variants: [b], file: "f", generator: "g")
    let data = try #require(
      JSONSerialization.jsonObject(with: Data(file.json)) as? [String: Any])
    let plays = try #require(data["plays"] as? [[String: Any]])
    let differences = try #require(plays[1]["differences"] as? [[String: Any]])
    #expect(plays[1]["divergesAt"] as? Int == 3_600_000)
    #expect(differences.map { $0["kind"] as? String } == ["event", "run"])
    let events = try #require(plays[0]["events"] as? [String: Any])
    let times = try #require(events["time"] as? [Int])
    #expect(differences.map { times[$0["eventA"] as? Int ?? 0] } == [3_600_000, 7_800_000])
    #expect((data["casts"] as? [Any])?.count == 1)
  }

  private func data(in html: String) throws -> [String: Any] {
    let parts = html.components(separatedBy: "id=\"play\">")
    #expect(parts.count == 2)
    let json = try #require(parts.last?.components(separatedBy: "</script>").first)
    return try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
  }
}

/// The page that leads to others.
@Suite struct PlayerIndexTests {
  @Test func `It names each page with its title and what became of it`() {
    var play = Play.small.named("<b>&")
    play.stage.about = "what to learn,\nin two lines"
    play.verdicts = [
      Verdict(isMet: true, source: "", expected: "", got: "", line: 1, column: 1),
      Verdict(isMet: false, source: "", expected: "", got: "", line: 2, column: 1),
    ]
    let html = String(
      decoding: PlayerIndex([.init("a b\"<.html", play), .init("c.html", .small)]).html,
      as: UTF8.self)
    #expect(html.contains("<a href=\"a%20b%22%3C.html\"><bdi>&lt;b&gt;&amp;</bdi></a>"))
    #expect(html.contains("what to learn,\nin two lines"))
    #expect(html.contains("1 of 2 expectations met"))
    #expect(html.contains("a demonstration"))
    #expect(html.contains("default-src 'none'; script-src 'sha256-"))
    #expect(html.components(separatedBy: "<script").count == 2)
    #expect(!html.contains("<h2>") && !html.contains("<nav"))
  }

  @Test func `A folder has its heading and its place in the contents, and a page its name`() {
    var told = Play.small
    told.trace.script.chapters = [Chapter(time: .start, title: "One", line: 1)]
    let index = PlayerIndex([
      .init("a.html", folder: "sharepoint", .small), .init("b.html", folder: "run-time", told),
    ])
    let html = String(decoding: index.html, as: UTF8.self)
    #expect(html.contains("<a href=\"#part-1\">SharePoint</a> 1</nav>"))
    #expect(html.contains("<section id=\"part-1\">\n<h2>SharePoint</h2>"))
    #expect(html.contains("<bdi>sharepoint/a</bdi>") && html.contains("<bdi>run-time/b</bdi>"))
  }

  @Test func `What is told in chapters comes first, the others folder by folder`() {
    var told = Play.small
    told.trace.script.chapters = [Chapter(time: .start, title: "One", line: 1)]
    let index = PlayerIndex([
      .init("a.html", folder: "audit", .small), .init("b.html", folder: "run-time", .small),
      .init("c.html", folder: "rules", told), .init("d.html", folder: "audit", .small),
    ])
    let html = String(decoding: index.html, as: UTF8.self)
    let order = [
      "<h2>Told in chapters", "c.html", "1 chapter<", "<h2>Audit</h2>", "a.html", "d.html",
      "<h2>Run time</h2>", "b.html",
    ].map { html.range(of: $0)?.lowerBound }
    #expect(!order.contains(nil))
    #expect(order.compactMap { $0 } == order.compactMap { $0 }.sorted())
  }
}

extension Play {
  fileprivate static var small: Play {
    var stage = Stage()
    stage.initial = [(.init(.tenant(Trace.contoso), .saved), .row(0))]
    stage.changes = [.init(0, .init(.tenant(Trace.contoso), .saved), .row(1))]
    return Play(title: Trace.small.title, trace: .small, stage: stage, verdicts: [])
  }

  /// The play with this title, and a tenant and a flow of this name.
  fileprivate func named(_ name: String) -> Play {
    var play = self
    play.trace.title = name
    play.trace.cast.tenants[0].displayName = name
    play.trace.cast.flows[0] = Title(name: name)
    return play
  }
}

extension PlayerFile {
  fileprivate init(_ play: Play) { self.init(play, file: "small.scenario", generator: "test") }
}
