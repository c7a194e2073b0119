import Analysis
import Foundation
import Testing

@testable import gateway_sim

/// What scenarios claim and show, from outside.
@Suite struct CoverageCommandTests {
  private static let shown = "covers roles.power-platform-administrator\n" + Sample.met
  private static let untrue = "covers safe-way\n" + Sample.met
  private static let unknown = "covers on.switched, propogation\n" + Sample.met

  @Test func `The catalogue is listed, what is out of scope apart with its reason`() throws {
    let text = Consequence("behaviours").output
    for behaviour in Catalogue.all {
      #expect(text.contains("\n\(behaviour.id) (\(behaviour.basis.rawValue): "))
    }
    let parts = text.components(separatedBy: "that the simulation leaves out\n")
    #expect(parts.count == 2 && !parts[0].contains("left out: "))
    let json = Consequence("behaviours", "--json").output
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    #expect((object?["behaviours"] as? [[String: Any]])?.count == Catalogue.all.count)
  }

  @Test(arguments: [["test"], ["run", "--quiet"], ["coverage"]])
  func `A claim that is not true fails its file`(command: [String]) {
    #expect(Consequence(command + ["-"], input: Self.shown).status == .met)
    let result = Consequence(command + ["-"], input: Self.untrue)
    #expect(result.status == .failed)
    #expect(
      (result.output + result.errors).contains("-:1:8: covers safe-way is not shown: it does not"))
  }

  /// Isolation is felt between 09:45 and 10:15, or later at 10:15.
  private static let ranged =
    "covers propagation\n" + Sample.world + """
      until 12:00
      set propagation 45m..75m
      connection mail of maya using office365-outlook signed in to fabrikam
      flow sync of maya every 15m using mail
      at 09:00 ada turns isolation on

      """
  private static let undecided = ranged + "expect run of sync at 10:15 failed\n"

  @Test(arguments: [["test"], ["run"], ["run", "--quiet"], ["explore"], ["coverage"]])
  func `A claim is undecided where what says so is`(command: [String]) {
    let result = Consequence(command + ["-"], input: Self.undecided)
    #expect(result.status == .undecided)
    let text = result.output + result.errors
    #expect(text.contains("covers propagation is undecided"))
    #expect(!text.contains("FAIL") && !text.contains("fails"))
    // An expectation that is not met is decided.
    let failing = Self.undecided.replacingOccurrences(of: "10:15 failed", with: "10:30 succeeded")
    #expect(Consequence(command + ["-"], input: failing).status == .failed)
  }

  @Test func `An undecided expectation goes before a threshold that is missed`() {
    let result = Consequence("coverage", "-", "--fail-under", "90", input: Self.undecided)
    #expect(result.status == .undecided)
  }

  @Test func `A file without expectations is a demonstration, whatever it covers`() {
    let demonstration = "covers safe-way\n" + Sample.demonstration
    let told = Consequence("run", "-", input: demonstration)
    #expect(told.status == .met && told.output.contains("no expectations to judge"))
    let tested = Consequence("test", "-", input: demonstration)
    #expect(tested.status == .invalid && tested.errors.hasPrefix("-:1:1: "))
    #expect(tested.output.contains("1 demonstration without expectations"))
  }

  @Test func `Each seed that files ran with is said once`() throws {
    let folder = try Folder()
    let files = try [7, 1, 7].enumerated().map { row, seed in
      try folder.add("\(row).scenario", "seed \(seed)\n" + Sample.met)
    }
    #expect(Consequence(["coverage"] + files).output.hasSuffix("; seeds 1, 7\n"))
    #expect(Consequence("coverage", files[0]).output.hasSuffix("; seed 7\n"))
    let json = Consequence("coverage", "--json", files[0]).output
    #expect(json.hasSuffix(#","seeds":[{"file":"\#(files[0])","seed":7}]}"# + "\n"))
  }

  @Test(arguments: ["test", "run", "coverage", "check"])
  func `An id that the catalogue does not have is a mistake of the file`(command: String) {
    let result = Consequence(command, "-", input: Self.unknown)
    #expect(result.status == .invalid)
    #expect(result.errors.contains("-:1:21: error[N015]: "))
    #expect(result.errors.contains("did you mean \"propagation\"?"))
  }

  @Test func `Below the threshold the status is 3`() {
    #expect(Consequence("coverage", "-", input: Self.shown).status == .met)
    #expect(Consequence("coverage", "--fail-under", "0.5", "-", input: Self.shown).status == .met)
    let missed = Consequence("coverage", "--fail-under=50", "-", input: Self.shown)
    #expect(missed.status == .missed && missed.errors.isEmpty)
    #expect(Consequence("coverage", "--fail-under=50", "-", input: Self.untrue).status == .failed)
    for wrong in ["101", "-1", "many", "nan"] {
      #expect(Consequence("coverage", "--fail-under=\(wrong)", "-").status == .usage)
    }
  }

  @Test func `Each behaviour is asserted, hit only, or never`() throws {
    let input = Sample.met + "at 09:30 maya turns isolation off\n"
    let text = Consequence("coverage", "-", input: input).output
    #expect(text.contains("asserted  on.switched: -\n"))
    #expect(text.contains("hit only  roles.nobody-else: -\n"))
    #expect(text.contains("never     safe-way: "))
    let json = Consequence("coverage", "--json", "-", input: input).output
    let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    #expect(object?["simulated"] as? Int == Catalogue.simulated.count)
    let rows = object?["behaviours"] as? [[String: Any]] ?? []
    #expect(Set(rows.compactMap { $0["state"] as? String }) == ["asserted", "hit-only", "never"])
  }

  @Test func `With --until nothing is claimed`() {
    #expect(Consequence("run", "--until", "08:30", "-", input: Self.untrue).status == .met)
  }
}
