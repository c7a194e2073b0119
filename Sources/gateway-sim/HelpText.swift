/// Help, written from the table.
enum HelpText {
  /// What the program does, and its commands.
  static let overview =
    "gateway-sim shows and checks what Power Platform tenant isolation does to connections,\n"
    + "apps and flows.\n\nusage: gateway-sim COMMAND …\n\n"
    + columns(CommandTable.all.map { ($0.name, $0.summary) })
    + "\n" + columns([(Flag.help.notation, "show this text; behind a command, that command's")])
    + columns([("--version", "show the version")])
    + "\nexit status: 0 all met, 1 an expectation failed, 2 a file is invalid or nothing was "
    + "judged,\n64 wrong usage, 70 internal error, 74 an output could not be written\n"

  /// How a command is used.
  static func text(_ command: Command) -> String {
    var rows = command.operand.map { [($0.notation, $0.help)] } ?? []
    rows += (command.flags + [.help]).map { ($0.notation, $0.help) }
    return "\(usage(command))\n\n\(command.summary)\n\n\(columns(rows))"
  }

  /// `usage: gateway-sim run FILE… [--trace FILE] …`.
  static func usage(_ command: Command) -> String {
    let flags = command.flags.map(\.usage)
    let operand = command.operand.map { [$0.notation] } ?? []
    return "usage: " + (["gateway-sim", command.name] + operand + flags).joined(separator: " ")
  }

  private static func columns(_ rows: [(String, String)]) -> String {
    let width = max(24, rows.map(\.0.count).max() ?? 0)
    return rows.map { left, right in
      "  \(left)\(String(repeating: " ", count: width - left.count))  \(right)\n"
    }
    .joined()
  }
}

extension Flag {
  /// As a line of usage shows it: `[--report FORMAT=FILE]…`.
  var usage: String { isRequired ? notation : "[\(notation)]" + (isRepeatable ? "…" : "") }
}
