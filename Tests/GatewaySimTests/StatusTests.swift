import Foundation
import Testing

@testable import gateway_sim

/// What the program ends with where several things go wrong at once.
@Suite struct StatusTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var files: [String]
    var flags: [String]
    var status: gateway_sim.ExitStatus

    init(_ files: String, _ flags: String, _ status: gateway_sim.ExitStatus) {
      self.files = files.split(separator: " ").map(String.init)
      self.flags = flags.split(separator: " ").map(String.init)
      self.status = status
    }

    var testDescription: String { (files + flags).joined(separator: " ") }
  }

  static let cases = [
    Case("met", "", .met),
    Case("met demonstration", "", .met),
    Case("failing met", "", .failed),
    Case("demonstration", "", .invalid),
    Case("failing invalid", "", .invalid),
    Case("invalid failing", "", .invalid),
    Case("met", "--report tap=/dev/full", .unwritten),
    Case("failing invalid", "--report tap=/dev/full", .unwritten),
    Case("demonstration", "--report tap=/none/x", .unwritten),
    Case("failing invalid", "--report tap=/dev/full --report tap=/dev/full", .usage),
    Case("invalid", "--seed x --report tap=/dev/full", .usage),
    Case("invalid", "--bogus", .usage),
  ]

  @Test(arguments: cases)
  func `The first of 64, 70, 74, 2, 1, 4, 3 that applies`(example: Case) throws {
    let folder = try Folder()
    let texts = [
      "met": Sample.met, "failing": Sample.failing, "invalid": Sample.invalid,
      "demonstration": Sample.demonstration,
    ]
    let files = try example.files.map { try folder.add("\($0).scenario", texts[$0] ?? "") }
    #expect(Consequence(["test"] + files + example.flags).status == example.status)
  }

  @Test func `The order is the documented one`() {
    #expect(gateway_sim.ExitStatus.order == "64, 70, 74, 2, 1, 4, 3")
  }

  @Test func `Whatever is noted, in any order, the same one counts`() {
    for first in gateway_sim.ExitStatus.allCases {
      for second in gateway_sim.ExitStatus.allCases {
        let console = Console(
          output: Channel(isTerminal: false) { _ in }, errors: Channel(isTerminal: false) { _ in },
          input: { .success([]) }, environment: { _ in nil })
        console.note(first)
        console.note(second)
        #expect(console.status == second.or(first))
      }
    }
  }
}
