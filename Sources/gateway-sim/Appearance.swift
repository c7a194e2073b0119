import Reports

extension Console {
  /// How text on a stream may look when nobody asks for anything: in ASCII, so that bytes in a pipe
  /// or a file never depend on where the program runs.
  func style(of channel: Channel) -> Style { Style(inColor: isColored(channel, nil)) }

  /// How a story on a stream looks: a terminal is used for what it can do. In a pipe it is laid out
  /// in eighty columns, with long texts whole.
  func storyStyle(_ invocation: Invocation) throws -> Style {
    let isPlain = invocation.has(.ascii) || !output.isTerminal
    let width = try invocation.width()
    return Style(
      inColor: isColored(output, invocation.value(of: .color)),
      inUnicode: !isPlain && showsUnicode,
      width: width ?? output.columns ?? Style.usualWidth,
      isWrapped: width != nil || output.isTerminal)
  }

  /// `--color` decides, then `NO_COLOR`, `CLICOLOR_FORCE` and `CLICOLOR=0`, else whether it is a
  /// terminal that can.
  private func isColored(_ channel: Channel, _ choice: String?) -> Bool {
    if choice == "always" || choice == "never" { return choice == "always" }
    if variable("NO_COLOR") != nil { return false }
    if let forced = variable("CLICOLOR_FORCE"), forced != "0" { return true }
    if variable("CLICOLOR") == "0" { return false }
    return channel.isTerminal && variable("TERM") != "dumb"
  }

  /// Whether the locale's characters are those of Unicode. Where ideographs are at home, terminals
  /// may draw lines and arrows two columns wide, so there the plain signs stay.
  private var showsUnicode: Bool {
    let locale = variable("LC_ALL") ?? variable("LC_CTYPE") ?? variable("LANG") ?? ""
    let name = locale.lowercased()
    let isWide = ["zh", "ja", "ko"].contains { name.hasPrefix($0) }
    return !isWide && variable("TERM") != "dumb"
      && (name.hasSuffix("utf-8") || name.hasSuffix("utf8"))
  }

  /// A variable that says something.
  private func variable(_ name: String) -> String? {
    environment(name).flatMap { $0.isEmpty ? nil : $0 }
  }
}

extension Invocation {
  /// The width on the command line; nil where there is none.
  fileprivate func width() throws -> Int? {
    guard let text = value(of: .width) else { return nil }
    guard let width = Int(text), width > 0 else {
      throw UsageError("--width is a number of columns, not \"\(text)\"")
    }
    return width
  }
}

extension Channel {
  /// The columns of the terminal behind a descriptor; nil where none is, or it does not say.
  static func columns(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
