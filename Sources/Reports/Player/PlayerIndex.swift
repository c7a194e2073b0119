import PlayerPage
import SimulationTrace

/// The page that leads to several players.
public struct PlayerIndex {
  /// A player's page.
  public struct Entry: Hashable, Sendable {
    /// Its address, relative to the index.
    public var address: String
    /// The scenario's title.
    public var title: String
    /// What it says about itself.
    public var about: String
    /// How many expectations are met.
    public var met: Int
    /// How many are not.
    public var notMet: Int

    /// A page at an address.
    public init(_ address: String, _ play: Play) {
      self.address = address
      title = play.trace.title
      about = play.stage.about
      met = play.verdicts.count { $0.isMet }
      notMet = play.verdicts.count - met
    }
  }

  private let entries: [Entry]

  /// An index of pages in this order.
  public init(_ entries: [Entry]) { self.entries = entries }

  /// The whole page.
  public var html: [UInt8] {
    var page = ByteBuffer()
    for piece in PlayerPage.index {
      switch piece {
      case .text(let text): page.append(text)
      case .slot(.title): page.append("Scenarios of tenant isolation")
      case .slot(.list): page.append(list)
      case .slot(.data), .slot(.noscript): break
      }
    }
    return page.bytes
  }

  private var list: String {
    let items = entries.map { entry in
      """
      <li>
      <a href="\(inHTML(addressed(entry.address)))"><bdi>\(inHTML(entry.title))</bdi></a>
      \(entry.about.isEmpty ? "" : "<p><bdi>\(inHTML(entry.about))</bdi></p>\n")\
      <p class="\(entry.notMet > 0 ? "failed" : "count")">\(entry.counts)</p>
      </li>

      """
    }
    return "<ul>\n\(items.joined())</ul>"
  }
}

extension PlayerIndex.Entry {
  /// `4 of 5 expectations met`.
  fileprivate var counts: String {
    let all = met + notMet
    let sign = notMet > 0 ? "✕" : "✓"
    return all == 0 ? "a demonstration" : "\(sign) \(met) of \(counted(all, "expectation")) met"
  }
}

/// A path as an address: everything but letters, digits and a few signs in bytes.
private func addressed(_ path: String) -> String {
  var buffer = ByteBuffer()
  for byte in path.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "."), UInt8(ascii: "/"):
      buffer.append(byte)
    default:
      buffer.append("%")
      for half in [byte >> 4, byte & 15] {
        buffer.append(half < 10 ? UInt8(ascii: "0") + half : UInt8(ascii: "A") - 10 + half)
      }
    }
  }
  return buffer.text
}
