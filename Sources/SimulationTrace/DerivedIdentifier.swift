import DiscreteEvents

/// A GUID in lower case that depends on these texts alone, for what real systems number at random.
public func derivedIdentifier(_ texts: String...) -> String {
  var hash = StableHash()
  for text in texts { hash.combine(text) }
  let high = StableHash.mix(hash.value)
  let low = StableHash.mix(high ^ 0x9e37_79b9_7f4a_7c15)
  // Version 8 is for identifiers made in one's own way.
  return [
    hexadecimal(high >> 32, digits: 8),
    hexadecimal((high >> 16) & 0xffff, digits: 4),
    hexadecimal(high & 0x0fff | 0x8000, digits: 4),
    hexadecimal((low >> 48) & 0x3fff | 0x8000, digits: 4),
    hexadecimal(low & 0xffff_ffff_ffff, digits: 12),
  ].joined(separator: "-")
}

/// Whether a text is a GUID, in letters of either case.
public func isGUID(_ text: String) -> Bool {
  text.utf8.count == 36
    && text.utf8.enumerated().allSatisfy { place, byte in
      switch byte {
      case UInt8(ascii: "-"): [8, 13, 18, 23].contains(place)
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
        UInt8(ascii: "A")...UInt8(ascii: "F"):
        ![8, 13, 18, 23].contains(place)
      default: false
      }
    }
}

/// A number with leading zeros.
public func hexadecimal(_ value: some BinaryInteger, digits: Int) -> String {
  let text = String(value, radix: 16)
  return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
}
