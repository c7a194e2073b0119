import PowerPlatform
import SimulationTrace

extension Figure {
  /// A whole simulation, recurring runs as segments.
  static let simulation = Figure(
    name: "simulate", summary: "one simulation: flows, horizon and changes double"
  ) {
    func doubling(_ size: WritableKeyPath<PairedTenants, Int>, _ unit: String) -> [Finding] {
      Growth.doubling(PairedTenants()[keyPath: size]) {
        var world = PairedTenants()
        world[keyPath: size] = $0
        let scenario = world.scenario
        return Measurement { PowerPlatform.simulate(scenario).trace.recordCount }
      }.findings("a simulation", of: unit)
    }
    return doubling(\.flows, "flows") + doubling(\.days, "days") + doubling(\.changes, "changes")
  }
}
