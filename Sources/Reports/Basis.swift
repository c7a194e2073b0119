import SimulationTrace

// On what an answer rests that somebody may want to repeat: the seed, and the delay.

extension Trace {
  /// `seed 1, propagation 60m`; with a range, what that means for the answer.
  var basis: String {
    "seed \(seed), "
      + (propagation.contains("..")
        ? "each delay a draw of \(propagation): explore judges them all"
        : "propagation \(propagation)")
  }
}

extension ByteBuffer {
  /// Appends a trace's seed and its propagation setting as two keys.
  mutating func append(basisOf trace: Trace) {
    append(key: "seed", decimal: trace.seed)
    append(key: "propagation", trace.propagation)
  }
}
