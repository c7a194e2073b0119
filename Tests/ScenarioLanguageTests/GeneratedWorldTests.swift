import ScenarioLanguage
import Testing

/// Worlds of nothing but sizes and a seed.
struct GeneratedWorldTests {
  private var world: GeneratedWorld {
    var world = GeneratedWorld()
    (world.tenants, world.flows, world.days, world.changes) = (20, 50, 2, 10)
    return world
  }

  private var text: [UInt8] {
    var text: [UInt8] = []
    world.write { text += $0 }
    return text
  }

  @Test func `Its file fits in as many bytes as it has, and in no fewer`() {
    let size = text.count
    #expect(world.fits(in: size))
    #expect(!world.fits(in: size - 1))
  }

  @Test func `It is read without a problem and has what was asked for`() throws {
    let loaded = load("world.scenario") { _ in .success(text) }
    #expect(loaded.diagnostics.isEmpty)
    let scenario = try #require(loaded.scenario)
    #expect(scenario.cast.tenants.count == 20 && scenario.cast.flows.count == 50)
    #expect(scenario.timeline.count == 10)
  }

  @Test func `It is in canonical layout`() throws {
    #expect(try formatted(text, path: "world.scenario").get() == text)
  }
}
