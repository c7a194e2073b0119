import Analysis
import Foundation
import PowerPlatform
import ScenarioLanguage
import Testing

@testable import gateway_sim

/// Every expectation that names a time, at times that nobody thinks of.
@Suite struct ExpectationTimeTests {
  /// All that the examples of the language speak of, while isolation comes into force.
  private static let world = """
    start 2025-03-03 08:00
    until 2025-03-03 11:00
    set propagation 45m..75m

    tenant contoso domains contoso.com
    tenant fabrikam domains fabrikam.com
    admin ada of contoso
    maker maya of contoso
    user uma of contoso
    environment production of contoso with dataverse
    connection fab-mail of maya using office365-outlook signed in to fabrikam
    connection con-sp of maya using sharepoint signed in to contoso
    connection ada-mail of ada using office365-outlook signed in to fabrikam
    app expenses of maya using con-sp
    flow invoice-sync of maya every 15m using fab-mail
    flow adhoc of maya manually using fab-mail
    app-registration feed of contoso with delegated activity-feed-read consented secret until 2026-01-01

    at 08:00 ada turns auditing on
    at 08:00 ada starts subscription to audit-general using feed
    at 08:00 ada creates alert policy watch on app-permission-edited to ada
    at 08:00 ada creates flow digest every 30m using ada-mail digests feed and mails ada
    at 08:00 ada creates flow guard every 15m using ada-mail guards feed and asks ada
    at 08:05 maya shares app expenses with everyone
    at 08:10 ada turns isolation on
    at 08:20 ada installs package Office365Groups in production as op-2
    at 08:20 ada replaces isolation policy with on as op-1
    at 08:30 ada requests cross-tenant report as may-report
    at 10:00 ada lists content using feed as latest

    """

  /// The first is before the start, the last the end.
  private static let times = ["1:00", "07:59:59", "08:00", "09:20", "10:59:59", "11:00"]

  /// The examples of all forms of expectations that name a time.
  private static let examples: [String] = syntaxReference().split(separator: "\n")
    .compactMap { $0.components(separatedBy: "e.g. ").last }
    .filter { $0.hasPrefix("expect ") && $0.contains(clock) }

  private static var clock: Regex<Substring> { #/\d\d:\d\d/# }

  /// The examples with one time everywhere, and where they have two also from it to the end.
  private static func expectations(at time: String) -> [String] {
    examples.flatMap { example in
      let long = example.replacing(clock, with: "11:00")
      return [
        example.replacing(clock, with: time),
        long.replacing(clock, with: time, maxReplacements: 1),
      ]
    }
  }

  @Test(arguments: times, ["immediate", "propagated"])
  func `No time is too early or too late to be judged, explored and shrunk`(
    time: String, design: String
  ) throws {
    let expectations = Self.expectations(at: time)
    let world = "set design-time \(design)\n" + Self.world
    let folder = try Folder()
    let file = try folder.add("all.scenario", world + expectations.joined(separator: "\n") + "\n")
    for arguments in [["check", file], ["test", file], ["explore", file]] {
      #expect(Consequence(arguments).errors == "", "\(arguments)")
    }
    let scenario = try #require(loaded(file))
    for expectation in scenario.expectations { _ = failureKind(of: expectation, in: scenario) }
    // A whole search takes long.
    guard time == Self.times[0], design == "immediate" else { return }
    let first = world.split(separator: "\n", omittingEmptySubsequences: false).count
    for (row, line) in expectations.enumerated()
    where line.contains("mail to ada") || line.contains("removal") {
      let status = Consequence("shrink", file, "--expectation", "\(first + row)").status
      #expect(status == .met || status == .invalid, "\(line)")
    }
  }

  private func loaded(_ file: String) -> Scenario? {
    load(file) { path in
      (try? Data(contentsOf: URL(filePath: path))).map { .success([UInt8]($0)) }
        ?? .failure(.missing)
    }.scenario
  }

  @Test(arguments: ["run:invoice-sync", "connection:fab-mail", "app:expenses"])
  func `No time is too early or too late to be explained`(thing: String) throws {
    let (kind, name) = (thing.prefix { $0 != ":" }, thing.drop { $0 != ":" }.dropFirst())
    let folder = try Folder()
    let file = try folder.add("world.scenario", Self.world)
    for time in Self.times {
      let explained = Consequence("why", file, "--\(kind)", "\(name)@\(time)")
      #expect(explained.output != "" || explained.errors.contains("start"), "\(thing) at \(time)")
    }
  }

  @Test func `There are many of them`() {
    #expect(Self.examples.count > 25)
  }
}
