import DiscreteEvents
import SimulationTrace

/// What of a play can be read without scripts.
struct PlaySummary {
  private let play: Play
  private let telling: PlayTelling
  private let verdicts: [Verdict]

  /// - Parameter verdicts: those of its variants included.
  init(_ play: Play, _ telling: PlayTelling, _ verdicts: [Verdict]) {
    self.play = play
    self.telling = telling
    self.verdicts = verdicts
  }

  /// The most events in the table.
  private static let most = 500

  /// An element that browsers show where scripts are off.
  var html: String {
    var html = "<noscript>\n<div class=\"ns\">\n<h1>\(inHTML(play.trace.title))</h1>\n"
    html += "<p>Simulation, seed \(play.trace.seed). "
    html += "Where scripts may run, this page plays it.</p>\n"
    if !play.stage.about.isEmpty { html += "<p>\(inHTML(play.stage.about))</p>\n" }
    html += "<p>\(inHTML(Counts(play.trace).words))</p>\n"
    html += expectations + events
    return html + "</div>\n</noscript>"
  }

  private var expectations: String {
    guard !verdicts.isEmpty else { return "" }
    let items = verdicts.map { verdict in
      let got = verdict.isMet ? "" : ": \(verdict.got)"
      return "<li>\(verdict.isMet ? "met" : "not met"), line \(verdict.line): "
        + "\(inHTML(verdict.statement + got))</li>\n"
    }
    return "<h2>Expectations</h2>\n<ul>\n\(items.joined())</ul>\n"
  }

  private var events: String {
    let strings = telling.words.strings.rows
    let rows = telling.events.prefix(Self.most).map { event in
      let word = event.word < 0 ? "" : strings[event.word]
      return "<tr><td>\(play.trace.timeText(event.time))</td>"
        + "<td>\(inHTML(strings[event.caption]))</td><td>\(inHTML(word))</td></tr>\n"
    }
    let more = telling.events.count - rows.count
    return "<h2>What happens</h2>\n<table>\n"
      + "<tr><th scope=\"col\">Time (UTC)</th><th scope=\"col\">Event</th>"
      + "<th scope=\"col\">Outcome</th></tr>\n\(rows.joined())</table>\n"
      + (more > 0 ? "<p>and \(counted(more, "more event"))</p>\n" : "")
  }
}
