import ScenarioLanguage

/// `generate`: write a large world, as much of it as was asked for.
@Sendable func generateCommand(_ invocation: Invocation, _ console: Console) throws {
  let world = try GeneratedWorld(invocation)
  guard world.fits(in: sizeLimit) else {
    throw UsageError(
      "a world of \(world.tenants) tenants and \(world.flows) flows takes more than "
        + "\(sizeLimit >> 20) MiB, the most that is read of a file")
  }
  let output = invocation.output(.output) ?? Output(.output, "-")
  try output.write(console) { sink in
    var written = 0
    try world.write { bytes in
      written += bytes.count
      console.progress.show("writing the world: \(written >> 20) MiB")
      try sink(bytes)
    }
    console.progress.clear()
  }
}

extension GeneratedWorld {
  /// The world whose sizes the command line gives.
  fileprivate init(_ invocation: Invocation) throws {
    self.init()
    tenants = try invocation.number(.tenants, in: 1...Self.mostRows) ?? tenants
    flows = try invocation.number(.flows, in: 1...Self.mostRows) ?? flows
    days = try invocation.number(.days, in: 1...Self.mostDays) ?? days
    changes = try invocation.number(.changes, in: 0...days * Self.mostChangesADay) ?? changes
    seed = try invocation.seed() ?? seed
  }
}

extension Invocation {
  /// A flag's whole number; nil where it was not given.
  fileprivate func number(_ flag: Flag, in range: ClosedRange<Int>) throws -> Int? {
    guard let text = value(of: flag) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw UsageError(
        "\(flag.name) is a whole number from \(range.lowerBound) to \(range.upperBound), "
          + "not \"\(text)\"")
    }
    return number
  }
}
