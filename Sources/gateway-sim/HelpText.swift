/// Help, written from the table.
enum HelpText {
  /// What the program does, and its commands.
  static let overview =
    "gateway-sim shows and checks what Power Platform tenant isolation does to connections,\n"
    + "apps and flows.\n\nusage: gateway-sim COMMAND …\n\n"
    + columns(CommandTable.all.map { ($0.name, $0.summary) })
    + "\n" + columns([(Flag.help.notation, "show this text; behind a command, that command's")])
    + columns([("--version", "show the version")])
    + "\nexit status, the first that applies of \(ExitStatus.order):\n\n"
    + columns(ExitStatus.allCases.map { (String($0.rawValue), $0.meaning) })

  /// How a command is used.
  static func text(_ command: Command) -> String {
    var rows = command.operand.map { [($0.notation, $0.help)] } ?? []
    rows += (command.flags + [.help]).map { ($0.notation, $0.help) }
    return "\(usage(command))\n\n\(command.summary)\n\n\(columns(rows))"
  }

  /// `usage: gateway-sim run FILE… [--trace FILE] …`.
  static func usage(_ command: Command) -> String {
    "usage: " + synopsis(command).joined(separator: " ")
  }

  /// The pieces of `gateway-sim run FILE… [--trace FILE] …`.
  static func synopsis(_ command: Command) -> [String] {
    let operand = command.operand.map { [$0.notation] } ?? []
    return ["gateway-sim", command.name] + operand + command.flags.map(\.usage)
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
