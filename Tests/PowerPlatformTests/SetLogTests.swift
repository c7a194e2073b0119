import DiscreteEvents
import Testing

@testable import PowerPlatform

/// Sets that change, against arrays that are kept for each instant.
@Suite struct SetLogTests {
  @Test("At any instant a set has what came and has not gone", arguments: UInt64(0)..<50)
  func members(seed: UInt64) {
    var chance = SeededGenerator(seed: seed, stream: "sets")
    var log = SetLog<Int64>(subjects: 3)
    var sets: [[Int64]] = [[], [], []]
    var before: [[[Int64]]] = []
    for step in 0..<200 {
      let (subject, element) = (Int(chance.next(in: 0...2)), chance.next(in: 0...9))
      // Some things happen at one instant.
      let time = Instant(Int64(step / 2))
      if chance.next(in: 0...2) > 0 {
        #expect(log.insert(element, into: subject, at: time) != sets[subject].contains(element))
        if !sets[subject].contains(element) { sets[subject].append(element) }
      } else {
        #expect(log.remove(element, from: subject, at: time) == sets[subject].contains(element))
        sets[subject].removeAll { $0 == element }
      }
      if step % 2 == 1 { before.append(sets) }
    }
    for (time, sets) in before.enumerated() {
      for (subject, set) in sets.enumerated() {
        #expect(log.members(of: subject, at: Instant(Int64(time))) == set)
        for element in Int64(0)..<10 {
          let isIn = log.contains(element, in: subject, at: Instant(Int64(time)))
          #expect(isIn == set.contains(element))
        }
      }
    }
  }

  @Test("A log is as long as what happened, and nobody passes over more than they read")
  func sizes() {
    var log = SetLog<Int>(subjects: 1)
    for element in 0..<1000 { log.insert(element, into: 0, at: Instant(Int64(element))) }
    for element in 0..<990 { log.remove(element, from: 0, at: Instant(Int64(1000 + element))) }
    for turn in 0..<1000 {
      log.insert(1000 + turn, into: 0, at: Instant(Int64(2000 + turn)))
      log.remove(1000 + turn, from: 0, at: Instant(Int64(2000 + turn)))
    }
    let written = log.changes.rows.reduce(0) { $0 + ($1.value.members?.count ?? 0) }
    #expect(written <= 2 * log.changes.rows.count)
    for row in log.changes.rows.indices {
      let passed = log.changes.rows[...row].reversed().prefix { $0.value.members == nil }.count
      #expect(passed <= log.members(of: 0, at: log.changes.rows[row].time).count + 1)
    }
  }
}
