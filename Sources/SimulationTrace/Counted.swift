/// A number of things: `1 run`, `2 runs`.
public func counted(_ count: Int, _ word: String) -> String {
  "\(count) \(word)\(count == 1 ? "" : "s")"
}
