import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// The answer of `why`, for people and for programs.
public struct WhyReport: Sendable {
  private let account: Account
  private let trace: Trace

  /// The version of the JSON form.
  public static let format = 1

  /// A report on an account of something in a trace.
  public init(_ account: Account, in trace: Trace) {
    self.account = account
    self.trace = trace
  }

  private var kind: StaticString {
    switch account.subject {
    case .run: "run"
    case .connection: "connection"
    case .app: "app"
    }
  }

  private var name: String {
    switch account.subject {
    case .run(let flow): trace.cast.flows[flow.row].name
    case .connection(let connection): trace.cast.connections[connection.row].name
    case .app(let app): trace.cast.apps[app.row].name
    }
  }

  private func tenant(_ id: TenantID) -> String { trace.cast.tenants[id.row].name }
}

// MARK: - For people

extension WhyReport {
  /// The answer as a tree, and below it what comes and what would change it.
  public func text(_ style: Style) -> String {
    var page = Page(style)
    let of: StaticString = if case .run = account.subject { "run of" } else { kind }
    // A flow that does not run then is asked what a run of it would meet.
    let isSupposed = if case .run = account.subject { !account.happens } else { false }
    page.line([
      Span(
        "\(of) \(name) at \(trace.timeText(account.time))\(isSupposed ? ", if there were one" : ""): "
      ), outcome(account.answer),
      Span(account.answer.grounds.inBrackets),
    ])
    page.tree(account.reasons)
    writeTies(on: &page)
    writePending(on: &page)
    writePendingDataPolicies(on: &page)
    writeNextChange(on: &page)
    writeFlip(on: &page)
    page.text(trace.basis, .faint)
    return page.text
  }

  private func outcome(_ answer: Account.Answer) -> Span {
    Span(answer.outcome?.words ?? "nothing to judge", answer.outcome?.mark.color)
  }

  private func words(_ answer: Account.Answer) -> String {
    (answer.outcome?.words ?? "nothing to judge") + answer.grounds.inBrackets
  }

  private func writeTies(on page: inout Page) {
    for tie in account.ties {
      page.text(
        "\(tenant(tie.version.tenant))'s policy of line \(tie.version.line) came into force at this "
          + "very instant; a moment earlier it would have been \(words(tie.answer))",
        label: Span("tie           ", .waiting))
    }
  }

  private func writePending(on page: inout Page) {
    for pending in account.pending {
      let version = pending.version
      page.text(
        "\(tenant(version.tenant)), line \(version.line), in force at "
          + "\(trace.timeText(version.inForceAt))\(version.isLast ? ", last" : ""); by itself it would "
          + "make it \(words(pending.answer))", label: Span("pending       ", .waiting))
    }
  }

  private func writePendingDataPolicies(on page: inout Page) {
    for pending in account.pendingDataPolicies {
      let change = pending.change
      let name = trace.cast.dataPolicies[change.policy.row].name
      page.text(
        "\(tenant(change.tenant)), data policy \(name): \(change.content ?? "deleted"), line "
          + "\(change.line), in force at \(trace.timeText(change.inForceAt)); by itself it would "
          + "make it \(words(pending.answer))", label: Span("pending       ", .waiting))
    }
  }

  private func writeNextChange(on page: inout Page) {
    let text =
      account.nextChange.map { "at \(trace.timeText($0.time)): \(words($0.answer))" }
      ?? "none that is known"
    page.text(text, label: Span("next change   ", .strong))
  }

  private func writeFlip(on page: inout Page) {
    let label = Span("nearest edit  ", .strong)
    guard let flip = account.flip else {
      return page.text("no single change of a policy turns it round", label: label)
    }
    page.text("\(flip.edit), and it is \(words(flip.answer))", label: label)
    page.text(list(flip.alsoAllows), label: Span("  also allows "))
    page.text(list(flip.alsoBlocks), label: Span("  also blocks "))
  }

  private func list(_ names: [String]) -> String {
    names.isEmpty ? "nothing else" : names.joined(separator: ", ")
  }
}

// MARK: - For programs

extension WhyReport {
  /// The answer as one JSON object in a line.
  public var json: String {
    var buffer = ByteBuffer()
    buffer.append("{\"format\":\(Self.format)")
    buffer.append(",\"subject\":{\"kind\":\"")
    buffer.append(kind)
    buffer.append("\"")
    buffer.append(key: "name", name)
    buffer.append(key: "happens", account.happens)
    buffer.append("}")
    buffer.append(basisOf: trace)
    buffer.append(key: "time", time: account.time, in: trace)
    append(account.answer, to: &buffer)
    buffer.append(key: "reasons")
    buffer.appendList(account.reasons) { $0.append($1) }
    buffer.append(key: "ties")
    buffer.appendList(account.ties) { append($1, to: &$0) }
    buffer.append(key: "pending")
    buffer.appendList(account.pending) { append($1, to: &$0) }
    buffer.append(key: "pendingDataPolicies")
    buffer.appendList(account.pendingDataPolicies) { append($1, to: &$0) }
    appendNextChange(to: &buffer)
    appendFlip(to: &buffer)
    buffer.append("}\n")
    return buffer.text
  }

  private func append(_ answer: Account.Answer, to buffer: inout ByteBuffer) {
    buffer.append(key: "outcome")
    if let outcome = answer.outcome {
      buffer.append(json: "\(outcome.name)")
    } else {
      buffer.append("null")
    }
    buffer.append(grounds: answer.grounds)
  }

  private func append(_ pending: Account.Pending, to buffer: inout ByteBuffer) {
    buffer.append("{\"tenant\":")
    buffer.append(json: tenant(pending.version.tenant))
    if let saved = pending.version.savedAt { buffer.append(key: "savedAt", time: saved, in: trace) }
    buffer.append(key: "inForceAt", time: pending.version.inForceAt, in: trace)
    buffer.append(key: "last", pending.version.isLast)
    buffer.append(key: "line", decimal: pending.version.line)
    append(pending.answer, to: &buffer)
    buffer.append("}")
  }

  private func append(_ pending: Account.PendingDataPolicy, to buffer: inout ByteBuffer) {
    let change = pending.change
    buffer.append("{\"tenant\":")
    buffer.append(json: tenant(change.tenant))
    buffer.append(key: "dataPolicy", trace.cast.dataPolicies[change.policy.row].name)
    buffer.append(key: "content", orNull: change.content)
    buffer.append(key: "savedAt", time: change.savedAt, in: trace)
    buffer.append(key: "inForceAt", time: change.inForceAt, in: trace)
    buffer.append(key: "line", decimal: change.line)
    append(pending.answer, to: &buffer)
    buffer.append("}")
  }

  private func appendNextChange(to buffer: inout ByteBuffer) {
    buffer.append(key: "nextChange")
    guard let next = account.nextChange else { return buffer.append("null") }
    buffer.append("{\"time\":\"")
    buffer.append(iso: trace.start + next.time.milliseconds)
    buffer.append("\"")
    append(next.answer, to: &buffer)
    buffer.append("}")
  }

  private func appendFlip(to buffer: inout ByteBuffer) {
    buffer.append(key: "flip")
    guard let flip = account.flip else { return buffer.append("null") }
    buffer.append("{\"edit\":")
    buffer.append(json: flip.edit)
    buffer.append(key: "tenant", tenant(flip.tenant))
    append(flip.answer, to: &buffer)
    buffer.append(key: "alsoAllows", flip.alsoAllows)
    buffer.append(key: "alsoBlocks", flip.alsoBlocks)
    buffer.append("}")
  }
}
