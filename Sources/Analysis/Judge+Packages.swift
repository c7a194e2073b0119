import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// Judges what is expected of application packages and of mails.
extension Simulation {
  func packageFinding(
    _ place: PackagePlace, _ state: PackageState, _ time: Instant, _ phrases: Phrases
  ) -> Finding {
    stateFinding(
      phrases.name(place), "\(state.name)", "\(self.state(of: place, at: time).name)", time, phrases
    )
  }

  func mailFinding(
    _ recipient: UserID, _ isSent: Bool, _ time: Instant?, _ text: String, _ phrases: Phrases
  ) -> Finding {
    let end = time ?? trace.until
    let mails = mails(to: recipient, by: end)
    let fitting = mails.first { $0.contains(text) }
    let what = isSent ? "a mail" : "no mail"
    let words = text.isEmpty ? "" : " containing \"\(phrases.oneLine(text))\""
    let by = time.map { " by \(phrases.time($0))" } ?? ""
    return Finding(
      isMet: (fitting != nil) == isSent,
      expected: "\(what) to \(phrases.name(recipient))\(by)\(words)",
      got: phrases.summary(isSent ? mails : fitting.map { [$0] } ?? []),
      firstDifference: isSent ? end : fitting?.time)
  }
}

extension Phrases {
  func name(_ place: PackagePlace) -> String {
    "package \(name(place.package)) in \(name(place.environment))"
  }

  /// `2 mails: "Succeeded" at 10:26, …`.
  fileprivate func summary(_ mails: [Mail]) -> String {
    guard !mails.isEmpty else { return "no mail" }
    let told = mails.prefix(8).map { "\"\(oneLine($0.subject))\" at \(time($0.time))" }
    let rest = mails.count - told.count
    return "\(counted(mails.count, "mail")): " + told.joined(separator: ", ")
      + (rest > 0 ? " and \(rest) more" : "")
  }
}

extension Explanation {
  /// The last thing that was said of a package.
  func why(_ place: PackagePlace, at time: Instant) -> [Reason] {
    said(
      simulation.trace.events.last {
        $0.kind == .packageChanged && $0.package?.place == place && $0.time <= time
      })
  }
}
