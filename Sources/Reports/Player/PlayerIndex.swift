import PlayerPage
import SimulationTrace

/// The page that leads to several players: those that are told in chapters first, then folder by
/// folder.
public struct PlayerIndex {
  /// A player's page.
  public struct Entry: Hashable, Sendable {
    /// Its address, relative to the index.
    public var address: String
    /// The scenario's folder, below the one that all are of; empty where it has none.
    public var folder: String
    /// The scenario's title.
    public var title: String
    /// What it says about itself.
    public var about: String
    /// How many expectations are met.
    public var met: Int
    /// How many are not.
    public var notMet: Int
    /// How many claims to cover a behaviour are not true.
    public var claims: Int
    /// How many chapters it is told in.
    public var chapters: Int
    /// How many questions it asks.
    public var questions: Int

    /// A page at an address.
    public init(_ address: String, folder: String = "", _ play: Play) {
      self.address = address
      self.folder = folder
      title = play.trace.title
      about = play.stage.about
      let expectations = play.verdicts.onExpectations
      met = expectations.count { $0.isMet }
      notMet = expectations.count - met
      claims = play.verdicts.onClaims.count
      chapters = play.trace.script.chapters.count
      questions = play.trace.script.questions.count
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
    groups.map { group in
      let heading = group.title.isEmpty ? "" : "<h2>\(inHTML(group.title))</h2>\n"
      return "<section>\n\(heading)<ul>\n\(group.entries.map(\.item).joined())</ul>\n</section>"
    }.joined(separator: "\n")
  }

  /// Pages that were asked for one by one stay in the order of whoever did.
  private var groups: [(title: String, entries: [Entry])] {
    guard entries.contains(where: { !$0.folder.isEmpty }) else { return [("", entries)] }
    let (told, rest) = (entries.filter { $0.chapters > 0 }, entries.filter { $0.chapters == 0 })
    var folders = Interner<String>()
    for entry in rest { _ = folders.place(of: entry.folder) }
    return (told.isEmpty ? [] : [("Told in chapters, for a session", told)])
      + folders.rows.map { folder in (heading(folder), rest.filter { $0.folder == folder }) }
  }

  /// `policy-object` as `Policy object`.
  private func heading(_ folder: String) -> String {
    let words = folder.isEmpty ? "others" : folder.map { $0 == "-" ? " " : String($0) }.joined()
    return words.prefix(1).uppercased() + words.dropFirst()
  }
}

extension PlayerIndex.Entry {
  fileprivate var item: String {
    """
    <li>
    <a href="\(inHTML(addressed(address)))"><bdi>\(inHTML(title))</bdi></a>
    \(about.isEmpty ? "" : "<p><bdi>\(inHTML(about))</bdi></p>\n")\
    <p class="\(fails ? "failed" : "count")">\(counts)</p>
    </li>

    """
  }

  private var fails: Bool { notMet + claims > 0 }

  /// `✓ 4 of 5 expectations met · 3 chapters, 1 question`.
  private var counts: String {
    let all = met + notMet
    let sign = fails ? "✕" : "✓"
    let script = [
      chapters > 0 ? counted(chapters, "chapter") : nil,
      questions > 0 ? counted(questions, "question") : nil,
    ].compactMap { $0 }.joined(separator: ", ")
    return (all == 0 ? "a demonstration" : "\(sign) \(met) of \(counted(all, "expectation")) met")
      + (claims > 0 ? ", \(counted(claims, "covers claim")) not shown" : "")
      + (script.isEmpty ? "" : " · \(script)")
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
