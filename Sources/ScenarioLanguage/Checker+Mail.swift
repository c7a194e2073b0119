import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// Mails that flows send.
extension Checker {
  /// The people that a flow sends its mails to, each once; nil where one of them is wrong.
  mutating func recipients() -> [UserID]? {
    let named = captures(.recipients).map { user($0) }
    var recipients: [UserID] = []
    for case let user? in named where !recipients.contains(user) { recipients.append(user) }
    return named.contains(nil) ? nil : recipients
  }

  mutating func mailClaim(_ sentence: Sentence) -> Claim? {
    let recipient = user(.recipient)
    let time = capture(.time) == nil ? nil : watchedInstant(.time)
    guard let recipient, time != nil || capture(.time) == nil else { return nil }
    return .mail(
      to: recipient, isSent: sentence == .expectMail, by: time, containing: text(.text) ?? "")
  }
}
