import DiscreteEvents
import PowerPlatform
import SimulationTrace

// What calls of the Management Activity API give in their address and body.

extension FeedRequestCall {
  func contentType() throws(FeedRefusal) -> ContentType {
    guard let text = address["contenttype"], !text.isEmpty else {
      throw FeedRefusal(.parameterMissing, "contentType")
    }
    guard let type = ContentType(named: text) else { throw FeedRefusal(.contentTypeInvalid) }
    return type
  }

  /// The creation times of content that are asked for.
  func window(from start: CivilTime) throws(FeedRefusal) -> FeedWindow {
    FeedWindow(from: try instant("startTime", start), to: try instant("endTime", start))
  }

  private func instant(_ name: String, _ start: CivilTime) throws(FeedRefusal) -> Instant? {
    guard let text = address[name.lowercased()] else { return nil }
    guard let time = CivilTime(feedTime: text) else {
      throw FeedRefusal(.parameterInvalid, name, "datetime")
    }
    return Instant(time.milliseconds - start.milliseconds)
  }

  /// How many pieces come before the page that is asked for.
  func offset() throws(FeedRefusal) -> Int {
    guard let token = address["nextpage"] else { return 0 }
    guard token.hasPrefix("R"), let offset = Int(token.dropFirst()), offset >= 0 else {
      throw FeedRefusal(.nextPageInvalid, token)
    }
    return offset
  }

  /// The address of a webhook that the body asks for.
  func webhook() throws(FeedRefusal) -> String? {
    let text = String(decoding: body, as: UTF8.self).filter { !$0.isWhitespace }
    guard text.contains("\"webhook\":{") else { return nil }
    let parts = text.split(separator: "\"address\":\"", maxSplits: 1)
    guard parts.count == 2, let address = parts[1].split(separator: "\"").first else {
      throw FeedRefusal(.parameterMissing, "webhook.address")
    }
    return String(address)
  }
}

extension ContentType {
  /// The type of a name as addresses give it; nil where there is none such.
  init?(named text: String?) {
    let name = text?.lowercased()
    guard let type = Self.allCases.first(where: { "\($0.wireName)".lowercased() == name }) else {
      return nil
    }
    self = type
  }
}

extension CivilTime {
  /// `2015-10-01`, `2015-10-01T08:05` or `2015-10-01T08:05:30`, with or without parts of a second
  /// and a `Z`; nil for anything else.
  fileprivate init?(feedTime text: String) {
    let plain = text.hasSuffix("Z") ? text.dropLast() : text[...]
    let halves = plain.split(separator: "T", omittingEmptySubsequences: false)
    let date = halves[0].split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard halves.count <= 2, date.count == 3, let year = date[0], let month = date[1],
      let day = date[2], (1...9999).contains(year), (1...12).contains(month),
      (1...CivilTime.days(in: month, of: year)).contains(day)
    else { return nil }
    self.init(year: year, month: month, day: day)
    guard halves.count == 2 else { return }
    guard let clock = Self.clock(halves[1]) else { return nil }
    self = self + clock
  }

  private static func clock(_ text: Substring) -> Milliseconds? {
    let whole = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    if whole.count == 2, whole[1].isEmpty || !whole[1].allSatisfy(\.isNumber) { return nil }
    let parts = whole[0].split(separator: ":", omittingEmptySubsequences: false).map { Int64($0) }
    let limits: [Int64] = [24, 60, 60]
    guard (2...3).contains(parts.count) else { return nil }
    var clock: Int64 = 0
    for (part, limit) in zip(parts + [0], limits) {
      guard let part, (0..<limit).contains(part) else { return nil }
      clock = clock * 60 + part
    }
    return clock * 1000
  }
}

extension String {
  /// Whether it is a GUID in lower case.
  var isIdentifier: Bool {
    let groups = split(separator: "-", omittingEmptySubsequences: false)
    return groups.map(\.utf8.count) == [8, 4, 4, 4, 12]
      && groups.allSatisfy { $0.allSatisfy { $0.isHexDigit && $0.isASCII } }
  }
}
