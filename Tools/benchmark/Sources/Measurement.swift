/// How long something takes, from repeating it.
struct Measurement {
  /// Seconds, the fastest first.
  private let times: [Double]

  /// The time that noise can only add to; what ratios and exponents are made of.
  var minimum: Double { times.first ?? 0 }
  var median: Double { times.isEmpty ? 0 : times[times.count / 2] }

  /// Repeats `body`, once more to warm up, and keeps the time of a single one of the `batch` things
  /// that it does.
  ///
  /// - Parameter body: gives a number made of its results, so that no work is left out.
  init(repeating repetitions: Int = 7, batch: Int = 1, _ body: () -> Int) {
    let clock = ContinuousClock()
    keep(body())
    times = (0..<repetitions).map { _ in clock.measure { keep(body()) } / .seconds(batch) }
      .sorted()
  }

  /// How many times the peer's time this takes.
  func ratio(to peer: Measurement) -> Double { minimum / peer.minimum }
}

/// Uses a result where the optimizer can't see it.
@inline(never) private func keep(_ result: Int) {}
