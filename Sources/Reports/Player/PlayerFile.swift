import PlayerPage
import SimulationTrace

/// A page that plays a scenario in a browser: one file with everything in it.
public struct PlayerFile {
  /// A page that would be too large to be of use.
  public struct TooLarge: Error {
    /// What it would take.
    public var bytes: Int
  }

  /// From this size on, in bytes, browsers take their time to open it.
  public static let large = 5_000_000
  /// Browsers play nothing larger with pleasure, in bytes.
  public static let limit = 25_000_000

  /// The scenario.
  public let play: Play
  private let data: PlayData
  /// What became of its expectations and of its variants', in the order of their lines.
  private let verdicts: [Verdict]

  /// A page.
  ///
  /// - Parameters:
  ///   - play: the scenario.
  ///   - variants: what else happens over the same time, each compared with the scenario.
  ///   - file: the scenario's file name, for people.
  ///   - generator: this program and its version.
  public init(_ play: Play, variants: [Play] = [], file: String, generator: String) {
    self.play = play
    let all = play.verdicts + variants.flatMap(\.verdicts).filter { $0.variant != nil }
    verdicts = all.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    data = PlayData([play] + variants, file: file, generator: generator)
  }

  /// Refuses what is certainly too large before anything is staged or written.
  ///
  /// - Throws: ``TooLarge`` with the least that it would take.
  public static func check(_ trace: Trace) throws(TooLarge) {
    let cast = trace.cast
    let things = cast.connections.count + cast.apps.count + cast.flows.count
    // Less than any row of these takes, with its keys and places in columns shared out.
    let least = things * 100 + trace.events.count * 40 + trace.segments.count * 40
    guard least <= limit else { throw TooLarge(bytes: least) }
  }

  /// The data alone, as the page reads it.
  public var json: [UInt8] { data.bytes }

  /// The whole page. The same plays give the same bytes.
  public func html() throws(TooLarge) -> [UInt8] {
    let json = data.bytes
    guard json.count <= Self.limit else { throw TooLarge(bytes: json.count) }
    var page = ByteBuffer()
    for piece in PlayerPage.player {
      switch piece {
      case .text(let text): page.append(text)
      case .slot(.title): page.append(inHTML(play.trace.title))
      case .slot(.data):
        page.append("<script type=\"application/json\" id=\"play\">")
        page.append(json)
        page.append("</script>")
      case .slot(.noscript): page.append(PlaySummary(play, data.tellings[0], verdicts).html)
      case .slot(.list): break
      }
    }
    return page.bytes
  }
}
