import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// A play as Mermaid sequence diagrams: one a chapter in a Markdown document, or a single one.
///
/// Tenants and the services that connections lead to stand side by side; while a saved policy is not in
/// force yet, what happens has a coloured ground, and the first of a diagram says so.
public struct SequenceDiagrams {
  private let telling: PlayTelling

  /// The most messages of a diagram: nobody reads more, and renderers get slow.
  private static let most = 60

  /// Diagrams of a play.
  public init(_ play: Play) { telling = PlayTelling(play, PlayWords()) }

  /// The document: each diagram in a block of its own.
  public var markdown: String {
    var text = "# \(inMarkdown(telling.trace.title))\n"
    var pending: Set<Int> = []
    for chapter in telling.chapters {
      text += "\n## \(inMarkdown(chapter.title))\n\n"
      var diagram = SequenceDiagram(telling, pending)
      tell(chapter, in: &diagram)
      text += "```mermaid\n\(diagram.finished)```\n"
      pending = diagram.pending
    }
    return text
  }

  /// One diagram and nothing else, as files that end in `.mmd` hold it; chapters are notes in it.
  public var mermaid: String {
    var diagram = SequenceDiagram(telling, [])
    diagram.title = telling.trace.title
    let chapters = telling.chapters
    for chapter in chapters {
      if chapters.count > 1 { diagram.add(heading: chapter.title) }
      tell(chapter, in: &diagram)
    }
    return diagram.finished
  }

  private func tell(_ chapter: PlayChapter, in diagram: inout SequenceDiagram) {
    var notes = chapter.notes[...]
    let last = diagram.count + Self.most
    for row in chapter.events {
      let time = telling.events[row].time
      while notes.first.map({ $0.time < time }) ?? false { diagram.add(notes.removeFirst()) }
      diagram.add(row, isTold: diagram.count < last)
    }
    for note in notes { diagram.add(note) }
    diagram.tellElided()
  }
}

/// One diagram.
private struct SequenceDiagram {
  /// Somebody that messages go to.
  fileprivate enum Participant: Hashable {
    case tenant(Int)
    case service(connector: Int, tenant: Int)
  }

  private let telling: PlayTelling
  /// What stands above it, if anything does.
  var title = ""
  private var participants = Interner<Participant>()
  private var lines: [String] = []
  private var elided = 0
  private var isInWindow = false
  private var isWindowExplained = false
  /// Policies that are saved and not in force.
  private(set) var pending: Set<Int>
  /// The number of messages.
  private(set) var count = 0

  private var cast: Cast { telling.trace.cast }

  init(_ telling: PlayTelling, _ pending: Set<Int>) {
    self.telling = telling
    self.pending = pending
  }

  /// Opens or closes the coloured ground, once something stands on it or beside it.
  private mutating func setWindow() {
    guard isInWindow == pending.isEmpty else { return }
    isInWindow.toggle()
    lines.append(isInWindow ? "  rect rgba(240, 200, 80, 0.25)" : "  end")
    guard isInWindow, !isWindowExplained else { return }
    isWindowExplained = true
    note("on this ground: a policy is saved and not in force yet")
  }

  /// A remark over the first who takes part.
  private mutating func note(_ text: String) {
    lines.append(
      "    Note over \(name(participants.rows.first ?? .tenant(0))): \(inMermaidLines(text))")
  }

  mutating func add(_ row: Int, isTold: Bool) {
    let event = telling.events[row]
    let kind = telling.words.strings.rows[event.kind]
    if kind == "policy.inForce" { pending.remove(event.policy) }
    if !isTold {
      elided += 1
    } else {
      setWindow()
      lines.append("    " + message(event, kind))
      count += 1
    }
    if kind == "policy.saved" { pending.insert(event.policy) }
  }

  /// Says what begins here, over the first who takes part.
  mutating func add(heading: String) {
    guard !cast.tenants.isEmpty else { return }
    setWindow()
    note(heading)
  }

  /// Says how much was left out since this was said last.
  mutating func tellElided() {
    guard elided > 0 else { return }
    note("and \(counted(elided, "more event"))")
    elided = 0
  }

  /// Says what the trainer says, above the first who takes part.
  mutating func add(_ note: Note) {
    guard !cast.tenants.isEmpty else { return }
    setWindow()
    self.note(note.text)
  }

  private mutating func message(_ event: EventRow, _ kind: String) -> String {
    let strings = telling.words.strings.rows
    let word = event.word < 0 ? "" : ": \(strings[event.word])"
    let text = inMermaidLines(
      "\(telling.trace.timeText(event.time)) \(telling.caption(of: event))\(word)")
    guard let (from, to) = way(of: event), from != to else {
      return "Note over \(name(.tenant(max(0, event.tenant)))): \(text)"
    }
    let isBlocked = event.error >= 0 || kind == "connection.blocked"
    return "\(name(from))\(isBlocked ? "-x" : "->>")\(name(to)): \(text)"
  }

  /// From the tenant that a connection lives in to the service that it leads to.
  private func way(of event: EventRow) -> (Participant, Participant)? {
    guard event.connection >= 0, event.tenant >= 0, event.signIn >= 0 else { return nil }
    let definitions = telling.stage.definitions
    let definition = definitions.last {
      $0.connection.row == event.connection && $0.creator.row == event.tenant
        && $0.signIn.row == event.signIn
    }
    guard let definition else { return (.tenant(event.tenant), .tenant(event.signIn)) }
    return (
      .tenant(event.tenant), .service(connector: definition.connector.row, tenant: event.signIn)
    )
  }

  private mutating func name(_ participant: Participant) -> String {
    "p\(participants.place(of: participant))"
  }

  private func title(_ participant: Participant) -> String {
    switch participant {
    case .tenant(let row): cast.tenants[row].displayName
    case .service(let connector, let tenant):
      "\(cast.connectors[connector].displayName) of \(cast.tenants[tenant].displayName)"
    }
  }

  /// The diagram.
  var finished: String {
    let lines = lines + (isInWindow ? ["  end"] : [])
    let order = participants.rows.enumerated().sorted {
      ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
    }
    let declared = order.map {
      "  participant p\($0.offset) as \(Self.heading(title($0.element)))"
    }
    return
      (["sequenceDiagram", "  %% \(telling.trace.basis)"] + declared + heading(order.map(\.offset))
      + lines)
      .map { $0 + "\n" }.joined()
  }

  /// A participant's name, as much of it as finds room in a box.
  private static func heading(_ name: String) -> String {
    inMermaidLines(Style(inColor: false, inUnicode: true, width: 0).cut(name, to: 60), width: 24)
  }

  /// The title as a note across everybody: what Mermaid calls a title is one line, cut at the edge.
  private func heading(_ order: [Int]) -> [String] {
    guard !title.isEmpty, let first = order.first, let last = order.last else { return [] }
    let all = first == last ? "p\(first)" : "p\(first),p\(last)"
    return ["    Note over \(all): \(inMermaidLines(title, width: 72))"]
  }
}

extension SequenceDiagram.Participant {
  /// Tenants stand left of services.
  fileprivate var rank: Int { if case .tenant = self { 0 } else { 1 } }
}
