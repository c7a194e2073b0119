import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

/// Delays of one change between which nobody who looks can tell a difference.
struct DelayClass: Hashable {
  /// The one of them that is nearest to the middle of the range.
  var delay: Delay
  /// From when to when the change is first felt.
  var felt: ClosedRange<Instant>
}

/// A change whose delay is open.
struct OpenChange {
  /// Its row in the timeline.
  var row: Int
  var tenant: TenantID
  var savedAt: Instant

  /// The classes of its delay, the one with the middle first, then by their distance from it.
  ///
  /// A policy is felt by a look at its own instant, as it comes first there; felt by the next look
  /// only, it came last or later, which no look tells apart. So classes end with a look, and only
  /// one at the very end of the range makes its last order a class of its own.
  func classes(
    _ looks: Looks, range: ClosedRange<Milliseconds>, middle: Milliseconds, limit: Int
  ) -> [DelayClass] {
    let (first, last) = (savedAt + range.lowerBound, savedAt + range.upperBound)
    var classes: [DelayClass] = []
    var start = first
    for point in looks.points(in: first...last, limit: limit) {
      classes.append(between(start, point, middle))
      start = point + 1
    }
    if start <= last {
      classes.append(between(start, last, middle))
    } else if !looks.isState {
      classes.append(DelayClass(delay: Delay(last - savedAt, isLast: true), felt: start...start))
    }
    return classes.sorted { distance($0, middle) < distance($1, middle) }
  }

  private func distance(_ one: DelayClass, _ middle: Milliseconds) -> Milliseconds {
    2 * abs(one.delay.length - middle) + (one.delay.isLast ? 1 : 0)
  }

  private func between(_ start: Instant, _ end: Instant, _ middle: Milliseconds) -> DelayClass {
    let range = (start - savedAt)...(end - savedAt)
    return DelayClass(delay: Delay(nearest(to: middle, in: range)), felt: start...end)
  }

  /// The nearest whole minute, else second, else millisecond.
  private func nearest(
    to middle: Milliseconds, in range: ClosedRange<Milliseconds>
  ) -> Milliseconds {
    if range.contains(middle) { return middle }
    for unit: Milliseconds in [60_000, 1000] {
      let near =
        middle < range.lowerBound
        ? (range.lowerBound + unit - 1) / unit * unit : range.upperBound / unit * unit
      if range.contains(near) { return near }
    }
    return middle < range.lowerBound ? range.lowerBound : range.upperBound
  }
}

/// All ways to choose a class for each of some changes.
struct Choices: Hashable {
  /// The changes' rows in the timeline.
  var rows: [Int]
  /// Whose they are.
  var tenants: [TenantID]
  var classes: [[DelayClass]]

  /// The number of choices, some of which may be impossible.
  var most: Int {
    classes.reduce(1) {
      let (product, overflows) = $0.multipliedReportingOverflow(by: $1.count)
      return overflows ? .max : product
    }
  }

  /// Calls `body` with each possible choice, those with the fewest delays off the middle first,
  /// until it returns false.
  func forEach(_ body: (_ delays: [Delay], _ changed: Int) -> Bool) {
    for changed in 0...rows.count where !visit([], changed, { body($0, changed) }) { return }
  }

  private func visit(_ chosen: [DelayClass], _ changed: Int, _ body: ([Delay]) -> Bool) -> Bool {
    let next = chosen.count
    guard next < rows.count else { return changed > 0 || body(chosen.map(\.delay)) }
    let isForced = changed == rows.count - next
    for (option, isMiddle) in options(behind: chosen) {
      if isMiddle ? isForced && changed > 0 : changed == 0 { continue }
      guard visit(chosen + [option], isMiddle ? changed : changed - 1, body) else { return false }
    }
    return true
  }

  /// The ways to choose the next change's class, each once, and which one has the delay of the
  /// middle.
  ///
  /// A change that would come into force before an earlier one of its tenant waits for it, as it
  /// also does with a longer delay. Of those that only wait, the one with the middle is a choice if
  /// it is among them.
  private func options(
    behind chosen: [DelayClass]
  ) -> [(option: DelayClass, isMiddle: Bool)] {
    let all = classes[chosen.count]
    let plain = all.enumerated().map { (option: $1, isMiddle: $0 == 0) }
    guard let row = tenants[..<chosen.count].lastIndex(of: tenants[chosen.count]) else {
      return plain
    }
    let before = chosen[row].felt
    let free = plain.filter { $0.option.felt.upperBound >= before.lowerBound }
    guard all[0].felt.upperBound < before.lowerBound else { return free }
    let waiting = DelayClass(delay: all[0].delay, felt: before)
    return [(waiting, true)] + free.filter { $0.option.felt.lowerBound > before.lowerBound }
  }
}
