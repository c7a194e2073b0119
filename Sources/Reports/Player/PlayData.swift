import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// The data of a player's page: one JSON object.
///
/// It is no trace for programs, that is what ``TraceWriter`` writes: runs are folded, texts have
/// their place in tables, and every row knows what it changes, so that a page can show any instant
/// without knowing a rule. Keys are explained in `Sources/PlayerPage/Format.md`.
struct PlayData {
  /// The version of this form; raised when a key that players read changes its meaning or goes.
  static let format = 1

  private let plays: [Play]
  private let file: String
  private let generator: String
  private(set) var tellings: [PlayTelling] = []
  private var words = PlayWords()

  /// - Parameters:
  ///   - plays: at least one; the first is the scenario itself.
  ///   - file: the scenario's file name, for people.
  init(_ plays: [Play], file: String, generator: String) {
    self.plays = plays
    self.file = file
    self.generator = generator
    for play in plays {
      let telling = PlayTelling(play, words)
      words = telling.words
      tellings.append(telling)
    }
  }

  /// The object, safe inside an HTML element.
  var bytes: [UInt8] {
    guard let play = plays.first else { return [] }
    var buffer = ByteBuffer()
    var words = words
    for note in play.trace.script.notes { words.mention(note.section) }
    buffer.append("{\"page\":\"gateway-sim\",\"format\":\(Self.format)")
    buffer.append(key: "generator", generator)
    buffer.append(key: "file", file)
    append(play, to: &buffer)
    appendPlays(to: &buffer, &words)
    buffer.append(play.trace.script, tellings[0])
    buffer.appendSurfaces(edition: play.stage.edition)
    buffer.append(key: "systems", PlaySystem.titles)
    buffer.append(words, play.trace.cast)
    buffer.append("}")
    return buffer.bytes.safeInHTML
  }

  private func append(_ play: Play, to buffer: inout ByteBuffer) {
    let (trace, stage) = (play.trace, play.stage)
    buffer.append(key: "title", withoutDirections(trace.title))
    buffer.append(key: "about", stage.about)
    buffer.append(key: "seed", "\(trace.seed)")
    buffer.append(key: "edition", stage.edition)
    buffer.append(key: "start", decimal: trace.start.milliseconds)
    buffer.append(key: "until", decimal: trace.until.milliseconds)
    buffer.append(key: "propagation")
    buffer.append("{\"text\":")
    buffer.append(json: trace.propagation)
    buffer.append("}")
  }

  private func appendPlays(to buffer: inout ByteBuffer, _ words: inout PlayWords) {
    var casts = Interner<[UInt8]>()
    let places = plays.map { casts.place(of: PlayCast($0).json) }
    buffer.append(key: "casts")
    buffer.appendList(casts.rows) { $0.append($1) }
    buffer.append(key: "plays")
    buffer.append("[")
    for (row, play) in plays.enumerated() {
      if row > 0 { buffer.append(",") }
      buffer.append("{\"name\":")
      if let name = play.name { buffer.append(json: name) } else { buffer.append("null") }
      buffer.append(key: "title", withoutDirections(play.title))
      buffer.append(key: "cast", decimal: places[row])
      append(play, tellings[row], to: &buffer, &words)
      buffer.append("}")
    }
    buffer.append("]")
  }

  private func append(
    _ play: Play, _ telling: PlayTelling, to buffer: inout ByteBuffer, _ words: inout PlayWords
  ) {
    var telling = telling
    telling.words = words
    telling.appendPolicies(to: &buffer)
    telling.appendDataPolicies(to: &buffer)
    buffer.append(telling.state)
    buffer.append(telling.events)
    buffer.append(telling.runs)
    telling.appendVerdicts(to: &buffer)
    telling.appendErrors(to: &buffer)
    buffer.append(key: "decisions")
    buffer.appendList(telling.decisions.all) { $0.append($1) }
    buffer.append(telling.seen)
    telling.append(play.verdicts, to: &buffer)
    buffer.append(key: "settings", play.trace.settings)
    buffer.append(key: "assumptions", play.trace.assumptions)
    buffer.append(key: "fingerprint")
    buffer.append("\"")
    buffer.append(hex: play.trace.fingerprint)
    buffer.append("\"")
    buffer.append(play.comparison?.differences(tellings[0], telling) ?? [])
    words = telling.words
  }
}

extension ByteBuffer {
  fileprivate mutating func append(_ script: Script, _ telling: PlayTelling) {
    append(key: "script")
    append("{\"chapters\":")
    appendList(script.chapters) { buffer, chapter in
      buffer.append("{\"time\":\(chapter.time.milliseconds)")
      buffer.append(key: "title", withoutDirections(chapter.title))
      buffer.append(key: "event", decimal: telling.event(opening: chapter) ?? -1)
      buffer.append(key: "line", decimal: chapter.line)
      buffer.append("}")
    }
    append(key: "notes")
    appendList(script.notes) { buffer, note in
      buffer.append("{\"time\":\(note.time.milliseconds)")
      buffer.append(key: "text", note.text)
      buffer.append(key: "section", orNull: note.section)
      buffer.append(key: "line", decimal: note.line)
      buffer.append("}")
    }
    append(key: "questions")
    appendList(script.questions) { buffer, question in
      buffer.append("{\"time\":\(question.time.milliseconds)")
      buffer.append(key: "text", question.text)
      buffer.append(key: "until", decimal: question.until.milliseconds)
      buffer.append(key: "options", question.options)
      buffer.append(key: "answer", decimal: question.answer)
      buffer.append(key: "because", orNull: question.because)
      buffer.append(key: "hint", telling.hint(for: question).rawValue)
      buffer.append(key: "event", decimal: telling.event(answering: question) ?? -1)
      buffer.append(key: "line", decimal: question.line)
      buffer.append("}")
    }
    append("}")
  }
}

extension [UInt8] {
  /// JSON without what could end an element of HTML or a line of a script.
  fileprivate var safeInHTML: [UInt8] {
    var safe: [UInt8] = []
    safe.reserveCapacity(count + count / 64)
    var row = 0
    while row < count {
      if self[row] == UInt8(ascii: "<") {
        safe += Array("\\u003c".utf8)
      } else if self[row] == 0xe2, row + 2 < count, self[row + 1] == 0x80,
        self[row + 2] == 0xa8 || self[row + 2] == 0xa9
      {
        safe += Array((self[row + 2] == 0xa8 ? "\\u2028" : "\\u2029").utf8)
        row += 2
      } else {
        safe.append(self[row])
      }
      row += 1
    }
    return safe
  }
}
