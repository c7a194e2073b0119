import DiscreteEvents
import SimulationTrace

// The same rows as a table for a terminal, a spreadsheet or a document.

extension ImpactReport {
  private static let columns = [
    "kind", "name", "blocked by", "last good", "first failing", "lost", "when saved",
  ]

  private func cells(_ affected: Affected) -> [String] {
    [
      affected.kind, affected.name,
      affected.blocked.map(words).reduce(into: [String]()) {
        if !$0.contains($1) { $0.append($1) }
      }.joined(separator: ", "),
      affected.lastSucceeded.map(trace.timeText) ?? "-", firstFailing(affected),
      span(affected.lost), whenSaved(affected),
    ]
  }

  private func words(_ blocked: Blocked) -> String {
    "\(blocked.by) \([blocked.direction].directionsName), \(blocked.tenant)"
  }

  private func firstFailing(_ affected: Affected) -> String {
    if let moments = words(affected.firstFailed) { return moments }
    if let moments = words(affected.suspended) { return "none: Suspended at \(moments)" }
    return affected.isScheduled ? noneBeforeEnd : words(affected.ifUsed)
  }

  private var noneBeforeEnd: String { "none before \(trace.timeText(trace.until))" }

  /// When a use would end otherwise, were there one.
  private func words(_ outlook: Outlook) -> String {
    guard !outlook.lasts else { return "when next used" }
    let stretches = outlook.stretches.map {
      "from \(trace.timeText($0.lowerBound)) to \(trace.timeText($0.upperBound))"
    }
    return stretches.isEmpty
      ? noneBeforeEnd : "if used " + stretches.joined(separator: " or ")
  }

  /// When something comes first; nil where it never does.
  private func words(_ moments: Moments) -> String? {
    guard let earliest = moments.earliest else { return nil }
    return moments.latest.map { span(earliest, $0) } ?? "\(trace.timeText(earliest)) or later"
  }

  private func span(_ first: Instant, _ last: Instant) -> String {
    first == last ? trace.timeText(first) : "\(trace.timeText(first)) to \(trace.timeText(last))"
  }

  private func span(_ counts: ClosedRange<Int>) -> String {
    let (least, most) = (counts.lowerBound, counts.upperBound)
    return least == most ? "\(most)" : "\(least) to \(most)"
  }

  private func whenSaved(_ affected: Affected) -> String {
    guard affected.isBlockedWhenSaved else { return "-" }
    return affected.kind == "flow" ? "Suspended" : "not added"
  }
}

// MARK: - For terminals

extension ImpactReport {
  /// The whole for people: what breaks, what does not, and what avoids it.
  public func text(_ style: Style) -> String {
    var page = Page(style)
    page.text(title, .strong)
    page.heading("Affected: \(affected.count)")
    if affected.isEmpty { page.text("nothing breaks", .good, indent: 2) }
    table(&page)
    page.list(healedTitle, healed.map(sentence))
    page.list("Not affected, though it crosses tenants", unaffected.map(sentence))
    page.list(rulesTitle, rules.flatMap(sentences))
    page.list(boundsTitle, bounds)
    page.gap()
    page.text(basis, .faint)
    return page.text
  }

  /// The delays are all judged, whichever the seed draws.
  private var basis: String { "seed \(trace.seed), propagation \(trace.propagation)" }

  private var healedTitle: String { "Works again" }
  private var boundsTitle: String { "Not all delays" }

  /// What is said where not all combinations of delays were looked at.
  private var bounds: [String] {
    delays.isComplete
      ? []
      : [
        "\(delays.changes) changes have delays of their own; of the combinations of their shortest "
          + "and longest delays \(delays.combinations) were tried, so with others more or less may "
          + "be lost, earlier or later"
      ]
  }

  private var title: String {
    "\(changes.joined(separator: ", ")) at \(trace.timeText(time)), in force at "
      + "\(span(inForce.lowerBound, inForce.upperBound)), until \(trace.timeText(trace.until))"
  }

  private var rulesTitle: String {
    rulesSuffice
      ? "The fewest rules that avoid all of it"
      : "The fewest rules that would avoid it, were no full list or later change in the way"
  }

  private func table(_ page: inout Page) {
    guard !affected.isEmpty else { return }
    let rows = [Self.columns] + affected.map { cells($0).map(printable) }
    let widths = Self.columns.indices.map { column in
      rows.map { displayWidth($0[column]) }.max() ?? 0
    }
    for (number, row) in rows.enumerated() {
      let cells = zip(row, widths).map { padded($0, $1) }.joined(separator: "  ")
      let end = cells.lastIndex { $0 != " " }.map { cells[...$0] } ?? ""
      page.line([Span(String(end), number == 0 ? .faint : nil)], indent: 2)
    }
  }

  private func sentence(_ healed: Healed) -> String {
    let first =
      words(healed.firstSucceeded).map { "first succeeding \($0)" } ?? words(healed.ifUsed)
    return "\(healed.kind) \(healed.name): \(first), \(span(healed.gained)) gained"
  }

  private func sentence(_ unaffected: Unaffected) -> String {
    "\(unaffected.kind) \(unaffected.name): \(unaffected.because)"
  }

  private func sentences(_ rule: Rule) -> [String] {
    let besides =
      rule.alsoAllows.isEmpty
      ? "" : "; of what is there: \(rule.alsoAllows.joined(separator: ", "))"
    return ["\(rule.sentence): then \(rule.consequences.joined(separator: " and "))\(besides)"]
  }
}

// MARK: - For spreadsheets

extension ImpactReport {
  /// What breaks, then what works again, as RFC 4180 has it: a header, quotes where needed, lines
  /// that end in CR LF.
  public var csv: String {
    let header = [
      "kind", "name", "direction", "tenant", "connection", "lastSucceeded", "firstFailedEarliest",
      "firstFailedLatest", "runsLost", "runsLostLeast", "suspendedWhenSaved", "effect",
      "suspendedEarliest", "suspendedLatest", "firstSucceededEarliest", "firstSucceededLatest",
      "runsGained", "runsGainedLeast", "seed",
    ]
    return ([header] + (affected.map(record) + healed.map(record)).map { $0 + ["\(trace.seed)"] })
      .map { $0.map(inCSV).joined(separator: ",") + "\r\n" }.joined()
  }

  private func record(_ affected: Affected) -> [String] {
    [
      affected.kind, affected.name, affected.directionsName,
      affected.tenants.joined(separator: " "),
      affected.blocked.map(\.connection).reduce(into: [String]()) {
        if !$0.contains($1) { $0.append($1) }
      }.joined(separator: " "),
      iso(affected.lastSucceeded), iso(affected.firstFailed.earliest),
      iso(affected.firstFailed.latest), "\(affected.lost.upperBound)",
      "\(affected.lost.lowerBound)", "\(affected.kind == "flow" && affected.isBlockedWhenSaved)",
      "breaks", iso(affected.suspended.earliest), iso(affected.suspended.latest), "", "", "", "",
    ]
  }

  private func record(_ healed: Healed) -> [String] {
    [healed.kind, healed.name] + Array(repeating: "", count: 9) + [
      "heals", "", "", iso(healed.firstSucceeded.earliest), iso(healed.firstSucceeded.latest),
      "\(healed.gained.upperBound)", "\(healed.gained.lowerBound)",
    ]
  }

  private func iso(_ time: Instant?) -> String {
    guard let time else { return "" }
    var buffer = ByteBuffer()
    buffer.append(iso: trace.start + time.milliseconds)
    return buffer.text
  }
}

// MARK: - For documents

extension ImpactReport {
  /// What breaks as a table, then what does not and what avoids it as lists, in Markdown.
  public var markdown: String {
    var lines = ["# \(inMarkdown(title))", "", row(Self.columns)]
    lines.append(row(Self.columns.map { _ in "---" }))
    lines += affected.map { row(cells($0).map(inMarkdown)) }
    lines += list(healedTitle, healed.map(sentence))
    lines += list("Not affected", unaffected.map(sentence))
    lines += list(rulesTitle, rules.flatMap(sentences))
    lines += list(boundsTitle, bounds)
    lines += ["", basis]
    return lines.map { $0 + "\n" }.joined()
  }

  private func row(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |" }

  private func list(_ title: String, _ entries: [String]) -> [String] {
    entries.isEmpty ? [] : ["", "## \(title)", ""] + entries.map { "- \(inMarkdown($0))" }
  }
}
