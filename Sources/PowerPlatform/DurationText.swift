import DiscreteEvents

/// A duration as scenarios write it: `45s`, `60m`, `90m`, `3h`, `2d`, `1h30m5s`. Whole minutes up to
/// two hours stay minutes, because an hour's delay is written `60m` everywhere.
public func durationText(_ length: Milliseconds) -> String {
  if length == 0 { return "0s" }
  if length % 60_000 == 0, length < 7_200_000 { return "\(length / 60_000)m" }
  var rest = length
  var text = ""
  for (unit, size) in [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)] {
    let size = Milliseconds(size)
    if rest >= size { text += "\(rest / size)\(unit)" }
    rest %= size
  }
  return text
}

/// A range of durations as scenarios write it: `45m..75m`, or `60m` where it is one.
public func rangeText(_ range: ClosedRange<Milliseconds>) -> String {
  let (least, most) = (durationText(range.lowerBound), durationText(range.upperBound))
  return range.lowerBound == range.upperBound ? least : "\(least)..\(most)"
}
