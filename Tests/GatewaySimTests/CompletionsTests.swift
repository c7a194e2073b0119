import Foundation
import Testing

@testable import gateway_sim

@Suite struct CompletionsTests {
  /// A folder with the three scripts and a few files to complete.
  private func prepared() throws -> Folder {
    let folder = try Folder()
    for shell in CompletedShell.allCases {
      _ = try folder.add("script.\(shell.rawValue)", script(shell.rawValue))
    }
    _ = try folder.add("one.scenario", Sample.met)
    _ = try folder.add("two words.scenario", Sample.met)
    _ = try folder.add("other.txt", "")
    _ = try folder.add("folder/three.scenario", Sample.met)
    return folder
  }

  private func script(_ shell: String) -> String {
    let result = Consequence("completions", shell)
    #expect(result.status == .met && result.errors.isEmpty)
    return result.output
  }

  /// What is offered behind the words typed; bash takes an equals sign for a word of its own.
  static let examples: [(words: [String], offers: [String])] = [
    (["ru"], ["run"]),
    (["--v"], ["--version"]),
    (["test", "--rep"], ["--report"]),
    (["test", "--report", ""], ["junit=", "json=", "tap="]),
    (["test", "--report", "=", "ju"], ["junit="]),
    (["test", "--report", "junit", "=", "oth"], ["other.txt"]),
    (["check", "--error-format", "=", "h"], ["human"]),
    (["run", "--seed", ""], []),
    (["run", "--trace", "oth"], ["other.txt"]),
    (["run", ""], ["folder", "one.scenario", "two words.scenario"]),
    (["decide", "o"], ["one.scenario"]),
    (["decide", "--connector", "office365-u"], ["office365-users"]),
    (["explain-code", "R00"], ["R001", "R002", "R003", "R004", "R005"]),
    (["completions", "z"], ["zsh"]),
    (["syntax", ""], []),
    (["syntax", "-"], ["--help"]),
  ]

  @Test(arguments: examples.indices)
  func `Bash completes`(row: Int) throws {
    let (words, offers) = Self.examples[row]
    let folder = try prepared()
    let script = """
      cd "$2"; source script.bash; shift 2
      COMP_WORDS=(gateway-sim "$@"); COMP_CWORD=$#; _gateway_sim
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    // Bash is given each word for itself.
    let quoted = words.map { "'\($0)'" }.joined(separator: " ")
    let result = try Shell.bash("set -- \"$1\" \"$2\" \(quoted)\n\(script)", folder.path)
    #expect(result.output.split(separator: "\n").map(String.init).sorted() == offers.sorted())
  }

  @Test func `Bash knows whose completion it is, and accepts the script`() throws {
    let folder = try prepared()
    #expect(try Shell.bash("bash -n \"$2/script.bash\"", folder.path).status == 0)
    let result = try Shell.bash("source \"$2/script.bash\"; complete -p gateway-sim", folder.path)
    #expect(result.output == "complete -F _gateway_sim gateway-sim\n")
  }

  @Test(.enabled(if: Shell.has("zsh"), "skipped: there is no zsh"))
  func `Zsh accepts the script`() throws {
    let folder = try prepared()
    #expect(try Shell.bash("zsh -n \"$2/script.zsh\"", folder.path).status == 0)
    let load =
      "autoload -Uz compinit; compinit -u -D; source script.zsh; print $_comps[gateway-sim]"
    let result = try Shell.bash("cd \"$2\"; zsh -f -c '\(load)'", folder.path)
    #expect(result.output == "_gateway_sim\n")
  }

  @Test(
    .enabled(if: Shell.has("fish"), "skipped: there is no fish"),
    arguments: [
      ("ru", ["run"]), ("test --report j", ["json=", "junit="]),
      ("test --report junit=oth", ["junit=other.txt"]), ("check --error-format h", ["human"]),
      ("run ", ["folder/", "one.scenario", "two words.scenario"]), ("completions z", ["zsh"]),
      ("run test --rep", []),
    ])
  func `Fish completes`(typed: String, offers: [String]) throws {
    let folder = try prepared()
    #expect(try Shell.bash("fish -n \"$2/script.fish\"", folder.path).status == 0)
    let complete = "fish -c \"source script.fish; complete -C'gateway-sim \(typed)'\""
    let result = try Shell.bash("cd \"$2\"; HOME=\"$2\" \(complete)", folder.path)
    let offered = result.output.split(separator: "\n").map {
      String($0.prefix { $0 != "\t" })
    }
    #expect(offered == offers)
  }

  @Test(arguments: CompletedShell.allCases)
  func `Every command and flag of the table is completed`(shell: CompletedShell) {
    let script = script(shell.rawValue)
    for command in CommandTable.all {
      #expect(script.contains(command.name))
      for flag in command.flags {
        #expect(script.contains(shell == .fish ? "-l \(flag.word)" : flag.name))
      }
    }
  }

  @Test func `Other shells are wrong usage`() {
    let result = Consequence("completions", "fihs")
    #expect(result.status == .usage)
    #expect(result.errors.hasSuffix("did you mean \"fish\"?\n"))
    #expect(Consequence("completions").status == .usage)
  }
}

@Suite struct ManualTests {
  private let page = Consequence("manual")

  @Test func `The manual names every command, flag and status`() {
    #expect(page.status == .met && page.errors.isEmpty)
    for command in CommandTable.all {
      #expect(page.output.contains("\n.SS \(ManualPage.roff(command.name))\n"))
      for flag in command.flags { #expect(page.output.contains(ManualPage.roff(flag.name))) }
    }
    for status in gateway_sim.ExitStatus.allCases {
      #expect(page.output.contains("\n\\fB\(status.rawValue)\\fR\n"))
    }
    #expect(page.output.utf8.count == page.output.unicodeScalars.count)
  }

  @Test(.enabled(if: Shell.has("groff"), "skipped: there is no groff"))
  func `Groff sets it without a warning`() throws {
    let result = try Shell.bash("groff -man -Tutf8 -ww -z 2>&1", input: page.output)
    #expect(result.output.isEmpty && result.status == 0)
  }

  @Test(.enabled(if: showsManuals, "skipped: man is missing, or shows nothing"))
  func `Man shows it as it is meant`() throws {
    let script = "MANWIDTH=80 man --warnings -P cat -l - 2>&1 | sed 's/.\\x08//g'"
    let text = try Shell.bash(script, input: page.output).output
    #expect(text.contains("GATEWAY-SIM(1)"))
    #expect(text.contains("--report FORMAT=FILE"))
    #expect(text.contains("gateway-sim test Scenarios --report junit=report.xml"))
    #expect(!text.contains("warning"))
  }

  /// Images for containers have a man that only excuses itself.
  private static let showsManuals =
    (try? Shell.bash("man -P cat -l -", input: ".TH A 1\n").output.contains("A(1)")) ?? false

  @Test func `No text is taken for a request`() {
    #expect(ManualPage.roff(".TH 'x' \\fB-…é") == "\\&.TH \\(aqx\\(aq \\efB\\-...\\[u00E9]")
  }
}
