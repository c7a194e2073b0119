import DiscreteEvents
import Testing

@Suite struct RecurrenceTests {
  @Test("Every 15 minutes from 8:00, four runs fall between 9:00 and 10:00")
  func example() {
    let minute: Milliseconds = 60_000
    let recurrence = Recurrence(anchor: Instant(480 * minute), period: 15 * minute)
    let hour = Instant(540 * minute)..<Instant(600 * minute)
    #expect(recurrence.count(in: hour) == 4)
    #expect(recurrence.occurrence(0, in: hour) == Instant(540 * minute))
    #expect(recurrence.occurrence(3, in: hour) == Instant(585 * minute))
    #expect(recurrence.occurrence(4, in: hour) == nil)
    #expect(recurrence.last(in: hour) == Instant(585 * minute))
  }

  @Test("An interval takes in its start and leaves out its end")
  func halfOpen() {
    let recurrence = Recurrence(anchor: Instant(0), period: 10)
    #expect(recurrence.count(in: Instant(0)..<Instant(10)) == 1)
    #expect(recurrence.count(in: Instant(0)..<Instant(11)) == 2)
    #expect(recurrence.count(in: Instant(1)..<Instant(10)) == 0)
    #expect(recurrence.last(in: Instant(1)..<Instant(10)) == nil)
    #expect(recurrence.count(in: Instant(10)..<Instant(10)) == 0)
  }

  @Test("An anchor after the interval reaches back into it")
  func anchorAfter() {
    let recurrence = Recurrence(anchor: Instant(25), period: 10)
    #expect(recurrence.first(atOrAfter: Instant(-20)) == Instant(-15))
    #expect(recurrence.first(atOrAfter: Instant(-15)) == Instant(-15))
    #expect(recurrence.first(atOrAfter: Instant(-14)) == Instant(-5))
  }

  @Test("A period below a millisecond is a millisecond", arguments: [0, -1, -1000])
  func shortestPeriod(period: Milliseconds) {
    let recurrence = Recurrence(anchor: .start, period: period)
    #expect(recurrence.period == 1)
    #expect(recurrence.count(in: Instant(3)..<Instant(8)) == 5)
  }

  @Test("Ten years of runs every minute are counted without making them")
  func longRange() {
    let recurrence = Recurrence(anchor: Instant(30_000), period: 60_000)
    let decade = Instant.start..<Instant(3652 * 86_400_000)
    #expect(recurrence.count(in: decade) == 3652 * 1440)
    #expect(recurrence.last(in: decade) == Instant(3652 * 86_400_000 - 30_000))
  }

  @Test("Arithmetic agrees with stepping, for small numbers of either sign")
  func againstStepping() {
    for period: Milliseconds in 1...7 {
      for anchor: Milliseconds in -9...9 {
        let recurrence = Recurrence(anchor: Instant(anchor), period: period)
        for lower: Milliseconds in -12...12 {
          for length: Milliseconds in 0...16 {
            compare(recurrence, Instant(lower)..<Instant(lower + length))
          }
        }
      }
    }
  }

  @Test("Arithmetic agrees with stepping on random recurrences", arguments: UInt64(0)..<8)
  func againstSteppingAtRandom(seed: UInt64) {
    var random = SeededGenerator(seed: seed, stream: "recurrence")
    for _ in 0..<200 {
      let period = random.next(in: 1...100_000)
      let lower = random.next(in: -10_000_000...10_000_000)
      let length = random.next(in: 0...(50 * period))
      let anchor = random.next(in: (lower - 9 * period)...(lower + 99 * period))
      compare(
        Recurrence(anchor: Instant(anchor), period: period),
        Instant(lower)..<Instant(lower + length))
    }
  }

  /// Walks from far below the interval, one period at a time.
  private func compare(_ recurrence: Recurrence, _ interval: Range<Instant>) {
    let period = recurrence.period
    var time = recurrence.anchor.milliseconds
    while time >= interval.lowerBound.milliseconds { time -= period }
    while time < interval.lowerBound.milliseconds { time += period }
    let first = time
    var inside: [Instant] = []
    while time < interval.upperBound.milliseconds {
      inside.append(Instant(time))
      time += period
    }
    let arithmetic = (0..<inside.count + 2).map { recurrence.occurrence($0 - 1, in: interval) }
    let agrees =
      recurrence.first(atOrAfter: interval.lowerBound).milliseconds == first
      && recurrence.count(in: interval) == inside.count
      && recurrence.last(in: interval) == inside.last
      && arithmetic == [nil] + inside + [nil]
    #expect(agrees, "\(recurrence) in \(interval): stepping gives \(inside)")
  }
}

@Suite struct InstantTests {
  @Test("Instants and lengths of time add up, before the start as after it")
  func arithmetic() {
    #expect(Instant.start == Instant(0))
    #expect(Instant(5) + 7 == Instant(12))
    #expect(Instant(5) + -7 == Instant(-2))
    #expect(Instant(12) - Instant(5) == 7)
    #expect(Instant(-2) - Instant(5) == -7)
    for (left, right) in [(-3, -2), (-1, 0), (0, 1), (Int64.min, Int64.max)] {
      #expect(Instant(left) < Instant(right))
      #expect(!(Instant(right) < Instant(left)))
    }
  }
}
