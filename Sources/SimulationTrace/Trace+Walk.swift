import DiscreteEvents

extension Trace {
  /// The first instant after another at which something happens; nil where nothing more does.
  public func nextTime(after time: Instant) -> Instant? {
    let event = events.first { $0.time > time }?.time
    let runs = segments.lazy.compactMap { segment -> Instant? in
      let rest = segment.interval.clamped(to: (time + 1)..<max(time + 1, self.until))
      return segment.recurrence.occurrence(0, in: rest)
    }
    return [event, runs.min()].compactMap(\.self).min()
  }

  /// The last instant before another at which something happens; nil where nothing did.
  public func previousTime(before time: Instant) -> Instant? {
    let event = events.last { $0.time < time }?.time
    let runs = segments.lazy.compactMap { segment -> Instant? in
      let past = segment.interval.clamped(to: .start..<max(.start, time))
      return segment.recurrence.last(in: past)
    }
    return [event, runs.max()].compactMap(\.self).max()
  }
}
