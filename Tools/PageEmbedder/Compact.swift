import Foundation

/// A style or script without what only its readers need: indentation, blank lines, comments that
/// have lines of their own, and types in comments.
///
/// Written for the page's own files, which hold no text of several lines; it reads no grammar.
func compact(_ text: String) -> String {
  var lines: [Substring] = []
  var isInComment = false
  for line in text.split(separator: "\n") {
    let bare = line.trimmed
    if isInComment {
      isInComment = !bare.hasSuffix("*/")
    } else if bare.hasPrefix("/*"), !bare.dropLast(2).contains("*/") {
      isInComment = !bare.hasSuffix("*/")
    } else if !bare.hasPrefix("//"), !bare.isEmpty {
      lines.append(bare)
    }
  }
  return withoutComments(lines.joined(separator: "\n"))
}

/// `/** @type {X} */` and its like within a line.
private func withoutComments(_ text: String) -> String {
  text.replacing(#/\/\*\*? (?:[^*\n]|\*(?!\/))*\*\/ ?/#, with: "")
}

extension Substring {
  fileprivate var trimmed: Substring {
    let end = lastIndex { !$0.isWhitespace }.map(index(after:)) ?? startIndex
    return self[..<end].drop { $0.isWhitespace }
  }
}

/// A style, `compact`, without the blanks that separate nothing.
func compactStyle(_ text: String) -> String {
  let shorter = [
    (" {", "{"), ("{\n", "{"), ("{ ", "{"), (";\n", ";"), ("; ", ";"), (": ", ":"), (", ", ","),
    (",\n", ","), (" }", "}"), ("}\n", "}"), (";}", "}"), (" > ", ">"),
  ]
  return shorter.reduce(compact(text)) { $0.replacing($1.0, with: $1.1) }
}
