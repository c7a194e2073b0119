import Foundation
import ScenarioLanguage

@testable import gateway_sim

/// All that a call of the program brings about.
struct Consequence: Equatable {
  var output: String
  var errors: String
  var status: gateway_sim.ExitStatus

  init(_ arguments: String..., input: String = "", environment: [String: String] = [:]) {
    self.init(arguments, input: input, environment: environment)
  }

  init(_ arguments: [String], input: String = "", environment: [String: String] = [:]) {
    var output: [UInt8] = []
    var errors: [UInt8] = []
    let console = Console(
      output: Channel(isTerminal: false) { output += $0 },
      errors: Channel(isTerminal: false) { errors += $0 },
      input: { .success(Array(input.utf8)) }, environment: { environment[$0] },
      lines: LineReader(text: input))
    status = gatewaySim(arguments, console)
    self.output = String(decoding: output, as: UTF8.self)
    self.errors = String(decoding: errors, as: UTF8.self)
  }
}

extension LineReader {
  /// A text, line by line.
  convenience init(text: String) {
    var rest = Array(text.utf8)
    self.init {
      defer { rest = [] }
      return rest
    }
  }
}

/// Scenarios for tests, as text.
enum Sample {
  static let world = """
    tenant contoso "Contoso" id 11111111-1111-4111-8111-111111111111
    tenant fabrikam "Fabrikam" id 22222222-2222-4222-8222-222222222222
    admin ada of contoso
    maker maya of contoso

    """
  static let demonstration = world + "at 09:00 ada turns isolation on\n"
  static let met = demonstration + "  expect saved\n"
  static let failing = demonstration + "  expect refused \"nobody may\"\n"
  static let invalid = world + "at 09:00 adda turns isolation on\n"
}

/// A folder that lives as long as a test.
final class Folder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "gateway-sim-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func add(_ name: String, _ text: String) throws -> String {
    let file = "\(path)/\(name)"
    let folder = URL(filePath: file).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try text.write(toFile: file, atomically: false, encoding: .utf8)
    return file
  }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
  }

  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }
}
