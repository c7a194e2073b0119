import DiscreteEvents
import Testing

/// Occurrences that two recurrences have in common, against listing both.
@Suite struct MeetingTests {
  @Test(arguments: UInt64(0)..<400)
  func `What two recurrences share is what both lists hold`(seed: UInt64) {
    var chance = SeededGenerator(seed: seed, stream: "meetings")
    func draw() -> Recurrence {
      Recurrence(anchor: Instant(chance.next(in: -50...50)), period: chance.next(in: 1...24))
    }
    let (left, right) = (draw(), draw())
    let start = chance.next(in: -30...60)
    let interval = Instant(start)..<Instant(start + chance.next(in: 0...400))
    func list(_ recurrence: Recurrence) -> [Instant] {
      (0..<recurrence.count(in: interval)).compactMap { recurrence.occurrence($0, in: interval) }
    }
    let expected = list(left).filter { list(right).contains($0) }
    #expect(left.meeting(right, in: interval).map(list) ?? [] == expected)
    #expect(list(left).allSatisfy { left.contains($0) })
  }

  @Test func `Periods that hardly ever meet don't overflow`() {
    let left = Recurrence(anchor: Instant(1), period: 43_199_999_999)
    let right = Recurrence(anchor: Instant(1), period: 43_199_999_998)
    let meeting = left.meeting(right, in: Instant(0)..<Instant(400_000_000_000))
    #expect(meeting?.count(in: Instant(0)..<Instant(400_000_000_000)) == 1)
    let off = Recurrence(anchor: Instant(40), period: 43_199_999_998)
    #expect(left.meeting(off, in: Instant(0)..<Instant(400_000_000_000)) == nil)
  }
}
