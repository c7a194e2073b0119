import Testing

@testable import gateway_sim

@Suite struct ArgumentTests {
  @Test func `Without a command it says what there is, and fails`() {
    let result = Consequence()
    #expect(result.status == .usage)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("usage: gateway-sim COMMAND"))
  }

  @Test func `Help and version are answers`() {
    #expect(Consequence("--version") == Consequence(output: "gateway-sim 0.1.0\n"))
    #expect(Consequence("-h") == Consequence("--help"))
    #expect(Consequence("--help").status == .met)
  }

  @Test(arguments: CommandTable.all.map(\.name))
  func `Each command has help that names its flags`(name: String) throws {
    let command = try #require(CommandTable.all.first { $0.name == name })
    let result = Consequence(name, "--help")
    #expect(result.status == .met && result.errors.isEmpty)
    #expect(result.output.hasPrefix("usage: gateway-sim \(name)"))
    for flag in command.flags { #expect(result.output.contains("\n  \(flag.notation) ")) }
    #expect(Consequence(name, "-h") == result)
    #expect(Consequence("--help").output.contains("  \(name) "))
  }

  @Test(arguments: WrongUsage.all)
  func `Wrong usage is named and never ends well`(wrong: WrongUsage) {
    let result = Consequence(wrong.arguments)
    #expect(result.status == .usage)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("gateway-sim: \(wrong.message)"))
    if let near = wrong.near { #expect(result.errors.hasSuffix("did you mean \"\(near)\"?\n")) }
  }

  @Test func `Values come behind an equals sign or a space, and flags end at --`() {
    let spaced = Consequence("run", "-", "--seed", "9", input: Sample.met)
    #expect(spaced.output.contains("seed 9"))
    #expect(Consequence("run", "--seed=9", "--", "-", input: Sample.met) == spaced)
    #expect(Consequence("run", "--", "--quiet").errors.contains("--quiet:1:1: error["))
  }

  @Test func `The status that counts is the one that comes first`() {
    let order: [gateway_sim.ExitStatus] = [
      .usage, .fault, .unwritten, .invalid, .failed, .undecided, .missed, .met,
    ]
    for (row, first) in order.enumerated() {
      for second in order[row...] {
        #expect(first.or(second) == first && second.or(first) == first)
      }
    }
  }
}

extension Consequence {
  init(output: String) {
    self.init("syntax")
    (self.output, errors, status) = (output, "", .met)
  }
}

/// Arguments that mean nothing, and what is said of them.
struct WrongUsage: CustomTestStringConvertible, Sendable {
  var arguments: [String]
  var message: String
  var near: String?

  var testDescription: String { arguments.joined(separator: " ") }

  init(_ arguments: String, _ message: String, near: String? = nil) {
    self.arguments = arguments.split(separator: " ").map(String.init)
    self.message = message
    self.near = near
  }

  static let all = [
    WrongUsage("tset x", "there is no command \"tset\"", near: "test"),
    WrongUsage("--versoin", "there is no flag \"--versoin\"", near: "--version"),
    WrongUsage("run --sed 3 x", "run has no flag \"--sed\"", near: "--seed"),
    WrongUsage("run x --help --bogus", "run has no flag \"--bogus\""),
    WrongUsage("run x --seed", "--seed needs a value"),
    WrongUsage("run x --seed --quiet", "--seed needs a value"),
    WrongUsage("run x --seed=", "--seed needs a value"),
    WrongUsage("run x --quiet=yes", "--quiet takes no value"),
    WrongUsage("run x --seed 1 --seed=2", "--seed is given twice"),
    WrongUsage("run x --seed one", "--seed is a whole number"),
    WrongUsage("run", "run needs FILE…"),
    WrongUsage("check --error-format jsn x", "--error-format is human, short, json", near: "json"),
    WrongUsage("decide x --creator a", "decide needs --sign-in TENANT"),
    WrongUsage("decide x y", "unexpected argument \"y\""),
    WrongUsage("syntax x", "unexpected argument \"x\""),
    WrongUsage("--version x", "unexpected argument \"x\""),
    WrongUsage("explain-code S999", "there is no code \"S999\""),
  ]
}
