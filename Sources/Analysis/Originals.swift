import PowerPlatform
import SimulationTrace

extension Scenario {
  /// A flow, and those that it is a copy of, if only by way of others.
  func originals(of flow: FlowID) -> [FlowID] {
    var found = [flow]
    var next = 0
    while next < found.count {
      let copy = found[next]
      next += 1
      for statement in timeline {
        guard case .sendCopy(let original, _, copy) = statement.action,
          !found.contains(original)
        else { continue }
        found.append(original)
      }
    }
    return found
  }
}
