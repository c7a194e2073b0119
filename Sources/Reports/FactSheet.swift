/// What is known of something at an instant: a heading and labelled lines.
public struct FactSheet {
  /// What it is about, and when.
  public let heading: String
  private var facts: [(label: String, text: String)] = []

  /// A sheet without facts.
  public init(_ heading: String) { self.heading = heading }

  /// Adds a line; several in a row may share a label.
  public mutating func add(_ label: String, _ text: String) { facts.append((label, text)) }

  /// Adds a list in a line; a dash where it is empty.
  public mutating func add(_ label: String, _ list: [String]) {
    add(label, list.isEmpty ? "-" : list.joined(separator: ", "))
  }

  /// The sheet in lines no wider than the style allows.
  public func text(_ style: Style) -> String {
    var page = Page(style)
    page.text(heading, .strong)
    let width = facts.map { displayWidth($0.label) }.max() ?? 0
    var previous = ""
    for fact in facts {
      let label = padded(fact.label == previous ? "" : fact.label, width) + "  "
      previous = fact.label
      page.text(fact.text, label: Span(label, .faint), indent: 2)
    }
    return page.text
  }
}
