import DiscreteEvents
import PowerPlatform
import SimulationTrace

// What calls of the Management Activity API give in their address and body.

extension ServiceCall {
  func contentType() throws(ServiceError) -> ContentType {
    guard let text = address["contenttype"], !text.isEmpty else {
      throw ServiceError(.parameterMissing, "contentType")
    }
    guard let type = ContentType(named: text) else { throw ServiceError(.contentTypeInvalid) }
    return type
  }

  /// The creation times of content that are asked for.
  func window(from start: CivilTime) throws(ServiceError) -> FeedWindow {
    FeedWindow(from: try instant("startTime", start), to: try instant("endTime", start))
  }

  private func instant(_ name: String, _ start: CivilTime) throws(ServiceError) -> Instant? {
    guard let text = address[name.lowercased()] else { return nil }
    guard let time = CivilTime(feedTime: text) else {
      throw ServiceError(.parameterInvalid, name, "datetime")
    }
    return Instant(time.milliseconds - start.milliseconds)
  }

  /// How many pieces come before the page that is asked for.
  func offset() throws(ServiceError) -> Int {
    guard let token = address["nextpage"] else { return 0 }
    guard token.hasPrefix("R"), let offset = Int(token.dropFirst()), offset >= 0 else {
      throw ServiceError(.nextPageInvalid, token)
    }
    return offset
  }

  /// The address of a webhook that the body asks for; what else it says is not looked at.
  func webhook() throws(ServiceError) -> String? {
    switch JSONValue(request.body)?["webhook"] {
    case nil, .null: return nil
    case .object(let members):
      guard case .text(let address) = JSONValue.object(members)["address"] else {
        throw ServiceError(.parameterMissing, "webhook.address")
      }
      return address
    default: throw ServiceError(.parameterInvalid, "webhook", "object")
    }
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
