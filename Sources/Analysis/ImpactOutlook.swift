import DiscreteEvents
import PowerPlatform

extension Impact.Outlook {
  /// Asks worlds at the instants at which their answers may change, by the policies in force; what
  /// lasts, at the last of them by the saved ones too.
  init(
    _ worlds: [(world: ChangedWorld, instants: [Instant])],
    where isSo: (ChangedWorld, PolicyView, Instant) -> Bool
  ) {
    stretches =
      worlds.flatMap { world, instants in
        zip(instants, instants.dropFirst() + [world.scenario.until])
          .filter { isSo(world, .inForce, $0.0) }.map { $0.0..<$0.1 }
      }
      .united
    lasts = worlds.contains { world, instants in
      guard let last = instants.last else { return false }
      return isSo(world, .inForce, last) && isSo(world, .saved, last)
    }
  }
}

extension [Range<Instant>] {
  /// The stretches in order, those that overlap or touch as one.
  fileprivate var united: [Range<Instant>] {
    sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { united, next in
      guard let last = united.last, next.lowerBound <= last.upperBound else {
        return united.append(next)
      }
      united[united.count - 1] =
        last.lowerBound..<Swift.max(last.upperBound, next.upperBound)
    }
  }
}
