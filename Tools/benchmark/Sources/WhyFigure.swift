import Analysis
import DiscreteEvents
import PowerPlatform
import SimulationTrace

extension Figure {
  /// One answer of `why` after loading.
  static let why = Figure(
    name: "why", summary: "one answer of why, after loading: flows, horizon and changes double"
  ) {
    func doubling(
      _ size: WritableKeyPath<PairedTenants, Int>, _ unit: String
    ) -> [Finding] {
      Growth.doubling(PairedTenants()[keyPath: size]) {
        var world = PairedTenants()
        world[keyPath: size] = $0
        return timeOfAnswers(in: world)
      }.findings("an answer", of: unit)
    }
    return doubling(\.flows, "flows") + doubling(\.days, "days") + doubling(\.changes, "changes")
      + doubling(\.flowsOfOnePair, "flows of the same two tenants")
  }

  /// Questions about the runs of the busiest tenant's flows, all over the horizon.
  private static func timeOfAnswers(in world: PairedTenants) -> Measurement {
    let scenario = world.scenario
    let simulation = simulate(scenario)
    let questions = (0..<64).map { number in
      let flow = FlowID(number % world.flowsOfOnePair)
      return (flow, Instant(scenario.until.milliseconds / 65 * Int64(number + 1)))
    }
    return Measurement(batch: questions.count) {
      questions.reduce(0) { sum, question in
        let account = Analysis.why(.run(question.0), at: question.1, scenario, simulation)
        return sum + account.reasons.count + account.pending.count
      }
    }
  }
}
