import Foundation

/// What is wrong with a page's files.
struct TemplateError: Error, CustomStringConvertible {
  let description: String
}

/// A page's template with its styles and scripts put inside it, and the policy that allows nothing
/// else.
///
/// A line `<link rel="stylesheet" href="F">` names a style, `<script src="F"></script>` a script, and
/// `<!--name-->` a slot that is filled when a page is written. All styles become one element at the
/// place of the first, and so do all scripts.
struct Template {
  /// A piece of the page: text, or the name of a slot.
  enum Piece: Equatable {
    case text(String)
    case slot(String)
  }

  private(set) var pieces: [Piece] = []

  /// - Parameters:
  ///   - source: the template's text.
  ///   - read: gives the text of a file that the template names.
  init(_ source: String, read: (String) throws -> String) throws {
    var texts = source.replacing("\r\n", with: "\n").split(
      separator: "\n", omittingEmptySubsequences: false)
    if texts.last == "" { texts.removeLast() }
    let lines = texts.map(Line.init)
    let style = try Self.joined(lines.compactMap(\.style), "style", read)
    let script = try Self.joined(lines.compactMap(\.script), "script", read)
    var (hasStyle, hasScript) = (false, false)
    for line in lines {
      switch line {
      case .text(let text): append(text + "\n")
      case .slot("csp", _, _): append(Self.policy(style: style, script: script) + "\n")
      case .slot(let name, let before, let after):
        append(before)
        pieces.append(.slot(name))
        append(after + "\n")
      case .style:
        if !hasStyle { append("<style>\(style)</style>\n") }
        hasStyle = true
      case .script:
        if !hasScript { append("<script>\(script)</script>\n") }
        hasScript = true
      }
    }
  }

  private mutating func append(_ text: String) {
    if case .text(let last) = pieces.last {
      pieces[pieces.count - 1] = .text(last + text)
    } else {
      pieces.append(.text(text))
    }
  }

  private static func joined(
    _ names: [String], _ element: String, _ read: (String) throws -> String
  ) throws -> String {
    let joined = try names.map { name in
      let source = try read(name).replacing("\r\n", with: "\n")
      return element == "style" ? compactStyle(source) : compactScript(source)
    }.joined(separator: "\n")
    let text = element == "style" ? joined : shortenNames(joined)
    for end in ["</\(element)", "<!--"] where text.lowercased().contains(end) {
      throw TemplateError(description: "a \(element) of the page holds \(end), which would end it")
    }
    return text
  }

  /// Everything is refused but the page's own style and script.
  private static func policy(style: String, script: String) -> String {
    func source(_ text: String) -> String {
      let digest = Data(SHA256.digest(of: Array(text.utf8))).base64EncodedString()
      return text.isEmpty ? "'none'" : "'sha256-\(digest)'"
    }
    return """
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
      script-src \(source(script)); style-src \(source(style)); img-src data:; base-uri 'none'; \
      form-action 'none'">
      """
  }
}

/// A line of a template.
private enum Line {
  case text(String)
  case slot(String, before: String, after: String)
  case style(String)
  case script(String)

  init(_ text: Substring) {
    let bare = text.trimmingCharacters(in: .whitespaces)
    if let name = bare.between("<link rel=\"stylesheet\" href=\"", "\">") {
      self = .style(name)
    } else if let name = bare.between("<script src=\"", "\"></script>") {
      self = .script(name)
    } else if let start = text.range(of: "<!--"), let end = text.range(of: "-->"),
      start.upperBound <= end.lowerBound
    {
      let name = String(text[start.upperBound..<end.lowerBound])
      self = .slot(
        name, before: String(text[..<start.lowerBound]), after: String(text[end.upperBound...]))
    } else {
      self = .text(String(text))
    }
  }

  var style: String? { if case .style(let name) = self { name } else { nil } }
  var script: String? { if case .script(let name) = self { name } else { nil } }
}

extension String {
  /// What stands between a beginning and an end; nil where it has others.
  fileprivate func between(_ start: String, _ end: String) -> String? {
    guard hasPrefix(start), hasSuffix(end), count >= start.count + end.count else { return nil }
    return String(dropFirst(start.count).dropLast(end.count))
  }
}
