import Foundation

/// How a time grows with a size: measured at sizes that double.
struct Growth {
  private(set) var points: [(size: Int, seconds: Double)] = []

  mutating func add(_ size: Int, _ measurement: Measurement) {
    points.append((size, measurement.minimum))
  }

  /// The slope of the line that fits best through the logarithms: 0 where the size does not matter,
  /// 1 where the time doubles with it.
  var exponent: Double {
    let logs = points.map { (x: log(Double($0.size)), y: log($0.seconds)) }
    let count = Double(logs.count)
    let meanX = logs.reduce(0) { $0 + $1.x } / count
    let meanY = logs.reduce(0) { $0 + $1.y } / count
    let covariance = logs.reduce(0) { $0 + ($1.x - meanX) * ($1.y - meanY) }
    let variance = logs.reduce(0) { $0 + ($1.x - meanX) * ($1.x - meanX) }
    return covariance / variance
  }

  /// The times and their exponent.
  func findings(_ what: String, of unit: String) -> [Finding] {
    points.map { Finding("\(what), \($0.size) \(unit)", $0.seconds, .seconds) }
      + [Finding("\(what), growth with \(unit)", exponent, .exponent)]
  }

  /// Measures at a size and at three that double it.
  static func doubling(_ size: Int, _ measure: (Int) -> Measurement) -> Growth {
    var growth = Growth()
    for factor in [1, 2, 4, 8] { growth.add(size * factor, measure(size * factor)) }
    return growth
  }
}
