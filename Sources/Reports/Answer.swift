import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// The answer to one question about a connection, given twice: for somebody who makes it then, and
/// for active apps and flows that use it then.
public struct Answer: Sendable {
  private let trace: Trace
  private let time: Instant
  private let path: Path
  private let connector: ConnectorID
  private let user: UserID?
  private let grounds: Grounds
  private let failure: Failure?
  private let groundsInForce: Grounds

  /// The version of the JSON form.
  public static let format = 1

  /// An answer; `failure` is what the person who makes the connection sees.
  public init(
    trace: Trace, time: Instant, creator: TenantID, signIn: TenantID, connector: ConnectorID,
    user: UserID?, grounds: Grounds, failure: Failure?, groundsInForce: Grounds
  ) {
    self.trace = trace
    self.time = time
    path = Path(creator: creator, signIn: signIn)
    self.connector = connector
    self.user = user
    self.grounds = grounds
    self.failure = failure
    self.groundsInForce = groundsInForce
  }

  private func outcome(_ grounds: Grounds) -> Outcome { grounds.isBlocking ? .blocked : .allowed }
}

// MARK: - For programs

extension Answer {
  /// The answer as one JSON object in a line.
  public var json: String {
    var buffer = ByteBuffer()
    let cast = trace.cast
    buffer.append("{\"format\":\(Self.format)")
    buffer.append(key: "time", time: time, in: trace)
    buffer.append(basisOf: trace)
    buffer.append(key: "creator", cast.tenants[path.creator.row].name)
    buffer.append(key: "signIn", cast.tenants[path.signIn.row].name)
    buffer.append(key: "connector", cast.connectors[connector.row].name)
    buffer.append(key: "user")
    if let user { buffer.append(json: cast.users[user.row].name) } else { buffer.append("null") }
    buffer.append(key: "outcome", word: outcome(grounds).name)
    buffer.append(grounds: grounds)
    buffer.append(key: "error")
    if let failure { buffer.append(trace.text(of: failure)) } else { buffer.append("null") }
    buffer.append(",\"inForce\":{\"outcome\":\"")
    buffer.append(outcome(groundsInForce).name)
    buffer.append("\"")
    buffer.append(grounds: groundsInForce)
    buffer.append("}}\n")
    return buffer.text
  }
}

// MARK: - For people

extension Answer {
  /// The answer in a few lines.
  public func text(_ style: Style) -> String {
    let connector = printable(trace.cast.connectors[connector.row].displayName)
    let who = user.map { ", by \(trace.cast.users[$0.row].name)" } ?? ""
    return
      "\(trace.timeText(time))  \(connector), \(trace.cast.words(path, style))\(who)\n"
      + part("a new connection", grounds, failure, style)
      + part("active apps and flows", groundsInForce, nil, style) + trace.basis + "\n"
  }

  private func part(
    _ title: String, _ grounds: Grounds, _ failure: Failure?, _ style: Style
  ) -> String {
    let outcome = outcome(grounds)
    var lines = ["\(title): \(style.paint(outcome.words, outcome.mark.color))\(grounds.inBrackets)"]
    lines += trace.cast.sentences(grounds, on: path).map { "  \($0)" }
    if let error = failure.map(trace.text) {
      lines.append("  the connection card says (\(error.basis.rawValue)):")
      lines += error.message.split(separator: "\n").map { "    \(printable(String($0)))" }
    }
    return lines.map { $0 + "\n" }.joined()
  }
}
