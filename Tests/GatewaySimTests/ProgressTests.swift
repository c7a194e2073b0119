import Testing

@testable import gateway_sim

@Suite struct ProgressTests {
  /// A terminal with a clock that goes on when it is told to.
  private final class Stage {
    var text = ""
    var time = ContinuousClock.now
    var isTerminal = true

    var channel: Channel {
      Channel(isTerminal: isTerminal) { [unowned self] in
        text += String(decoding: $0, as: UTF8.self)
      }
    }

    func wait(_ milliseconds: Int) { time += .milliseconds(milliseconds) }
  }

  private let cleared = "\r\u{1b}[K"

  @Test func `Silent for half a second, then ten times a second, then gone`() {
    let stage = Stage()
    let progress = Progress(stage.channel) { stage.time }
    stage.wait(499)
    progress.show(1, of: 9)
    progress.clear()
    #expect(stage.text.isEmpty)
    stage.wait(1)
    progress.show(2, of: 9)
    stage.wait(99)
    progress.show(3, of: 9)
    #expect(stage.text == "\(cleared)2 of 9 files")
    stage.wait(1)
    progress.show(4, of: 9)
    #expect(stage.text == "\(cleared)2 of 9 files\(cleared)4 of 9 files")
    progress.clear()
    progress.clear()
    #expect(stage.text.hasSuffix("4 of 9 files\(cleared)"))
    #expect(stage.text.split(separator: cleared).count == 2)
    progress.show(5, of: 9)
    #expect(stage.text.hasSuffix(cleared), "clearing does not shorten the interval")
  }

  @Test func `Nobody watches a file grow`() {
    let stage = Stage()
    stage.isTerminal = false
    let progress = Progress(stage.channel) { stage.time }
    stage.wait(9999)
    progress.show(1, of: 2)
    progress.clear()
    #expect(stage.text.isEmpty)
  }

  @Test(arguments: ["test", "check"], [200, 600])
  func `Long work tells how many files are done, and leaves no trace`(
    command: String, milliseconds: Int
  ) throws {
    let folder = try Folder()
    for name in ["a", "b", "c"] { _ = try folder.add("\(name).scenario", Sample.met) }
    let stage = Stage()
    let console = Console(
      output: Channel(isTerminal: false) { _ in }, errors: stage.channel,
      input: { .success([]) }, environment: { _ in nil },
      clock: {
        stage.wait(milliseconds)
        return stage.time
      })
    #expect(gatewaySim([command, folder.path], console) == .met)
    #expect(stage.text.contains("\(cleared)2 of 3 files"))
    #expect(stage.text.contains("\(cleared)0 of 3 files") == (milliseconds > 500))
    #expect(stage.text.hasSuffix(cleared))
  }

  @Test func `A message takes its place`() throws {
    let stage = Stage()
    let console = Console(
      output: Channel(isTerminal: false) { _ in }, errors: stage.channel,
      input: { .success([]) }, environment: { _ in nil }, clock: { stage.time })
    stage.wait(1000)
    console.progress.show(1, of: 2)
    try console.warn("a problem\n")
    #expect(stage.text == "\(cleared)1 of 2 files\(cleared)a problem\n")
  }
}
