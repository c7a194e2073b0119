/// The behaviours that the documentation states, in its order.
///
/// Three pages are in it sentence by sentence, see ``SimulationTrace/DocumentedSection/sentences``; from elsewhere stands here what
/// adds to them, and what the simulation has to assume where they are silent.
public enum Catalogue {
  /// All of them.
  public static let all: [Behaviour] =
    [
      introduction, tables, configuration, designTime, runtime, blog, beyond, reports, policyObject,
      packages, sharing, audit, feedFlows, outOfScope,
    ]
    .flatMap { $0 }

  /// Those that scenarios can show.
  public static let simulated = all.filter(\.isSimulated)

  /// The ids that scenarios may name.
  public static let ids = all.map(\.id)

  /// The behaviour with an id; nil where there is none.
  public static func behaviour(_ id: String) -> Behaviour? { byID[id] }

  private static let byID = Dictionary(all.map { ($0.id, $0) }) { first, _ in first }
}
