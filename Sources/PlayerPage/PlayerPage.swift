/// The pages that are written for a browser, with their styles and scripts inside and slots for what
/// is particular to a scenario.
///
/// The files beside this one are put into the program by a plugin of this package (`Tools/EmbedPage`).
public enum PlayerPage {
  /// A place that is filled when a page is written.
  public enum Slot: Sendable {
    /// The title, escaped.
    case title
    /// What the player plays, an element of its own.
    case data
    /// What is to be read without scripts.
    case noscript
    /// The list of pages, of an index.
    case list
  }

  /// A piece of a page.
  public enum Piece: Sendable {
    case text(String)
    case slot(Slot)
  }

  /// The player of one scenario.
  public static var player: [Piece] { pagePieces }
  /// The index of several pages.
  public static var index: [Piece] { indexPieces }
}
