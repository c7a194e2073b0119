import Analysis
import DiscreteEvents
import Reports
import ScenarioLanguage
import SimulationTrace

/// `step FILE`: go through a scenario at a prompt, ask, try, and keep what was tried.
@Sendable func stepCommand(_ invocation: Invocation, _ console: Console) throws {
  let path = invocation.operands[0]
  guard path != "-" else {
    throw UsageError("step reads its orders from standard input, so the scenario is a file")
  }
  var reader = Reader(invocation, console)
  let style = try console.storyStyle(invocation)
  guard let scenario = try reader.scenario(path), case .success(let bytes) = console.read(path)
  else { return }
  let session = StepSession(path, bytes, scenario, seed: try invocation.seed()) { console.read($0) }
  var prompt = StepPrompt(session, console, reader, style)
  try prompt.open()
  while let line = try prompt.line(), try prompt.obeys(line) {}
  try prompt.close()
}

/// Reads orders, has them done, and says what came of it.
struct StepPrompt {
  private var session: StepSession
  private var question: StepQuestion?
  private let console: Console
  private var reader: Reader
  private let style: Style

  init(_ session: StepSession, _ console: Console, _ reader: Reader, _ style: Style) {
    self.session = session
    self.console = console
    self.reader = reader
    self.style = style
  }

  func open() throws {
    try console.say(passage.heading + passage.text(.start..<session.now + 1))
    if console.isInteractive { try console.say("help lists what can be typed\n") }
  }

  /// The next line; nil at the end of the input.
  func line() throws -> String? {
    if console.isInteractive { try console.say("\(session.clock)> ") }
    let line = console.lines.next()
    if line == nil, console.isInteractive { try console.say("\n") }
    return line
  }

  /// Does what a line asks for; false where it asks to end.
  mutating func obeys(_ line: String) throws -> Bool {
    do {
      if let question, let answer = question.answer(line) {
        switch answer {
        case .outcome(let outcome): try tellAnswer(to: question, outcome)
        case .mistaken(let problem): try console.warn(problem + "\n")
        }
        return true
      }
      let order = try StepOrder(line)
      try perform(order)
      return order != .quit
    } catch let error as UsageError {
      try complain(error)
    } catch WriteProblem.refused(let name, let reason) {
      try complain(UsageError("\(name) can't be written: \(reason)"), .unwritten)
    }
    return true
  }

  /// Says what became of the expectations that were typed.
  func close() throws {
    let verdicts = session.typedVerdicts
    console.note(verdicts)
    guard !verdicts.isEmpty else { return }
    let met = verdicts.count { $0.isMet }
    try console.say("\(met) of \(counted(verdicts.count, "typed expectation")) met\n")
  }

  /// Says what is wrong. A person at a terminal types again; a script has failed.
  private func complain(_ error: UsageError, _ status: ExitStatus = .usage) throws {
    if !console.isInteractive { console.note(status) }
    try console.warn(error.text)
  }

  private var passage: Passage { Passage(session.simulation.trace, style) }
}

// MARK: - Orders

extension StepPrompt {
  private mutating func perform(_ order: StepOrder) throws {
    switch order {
    case .next(let count): try next(count)
    case .reveal:
      guard let time = question?.time ?? session.answer else {
        throw UsageError("nothing was asked: predict asks")
      }
      try go(to: time)
    case .back: try go(to: session.before)
    case .to(let text): try go(to: session.time(text))
    case .predict: try predict()
    case .why(let text): try console.say(session.why(text).text(style))
    case .show(let name):
      try console.say(session.facts(about: name).map { $0.text(style) }.joined())
    case .events: try console.say(passage.text(.start..<session.now + 1))
    case .list: try console.say(session.listing)
    case .undo:
      question = nil
      try console.say("taken back: \(session.undo().shortened)\n")
    case .save(let path, let insists):
      try session.save(path, insists: insists)
      try console.say("saved \(path.shortened)\n")
    case .help: try console.say(Self.help)
    case .sentence(let text): try add(text)
    case .quit: break
    }
  }

  private static let help = {
    let width = StepOrder.descriptions.map(\.words.count).max() ?? 0
    return StepOrder.descriptions.map {
      $0.words + String(repeating: " ", count: width + 2 - $0.words.count) + $0.does + "\n"
    }.joined()
  }()

  private mutating func next(_ count: Int) throws {
    for _ in 0..<count {
      guard let time = session.nextTold else {
        question = nil
        return try console.say("nothing more happens before the end, \(session.endClock)\n")
      }
      try go(to: time)
    }
  }

  private mutating func go(to time: Instant) throws {
    question = nil
    let past = session.now
    session.go(to: time)
    if session.now > past {
      let text = passage.text(past + 1..<session.now + 1)
      try console.say(text.isEmpty ? "nothing happens until \(session.clock)\n" : text)
    } else {
      try console.say("it is \(session.clock)\(session.now < past ? " again" : "")\n")
    }
  }

  private mutating func predict() throws {
    guard let question = StepQuestion(session) else {
      return try console.say("nothing more happens before the end, \(session.endClock)\n")
    }
    self.question = question
    try console.say(question.text)
  }

  private mutating func tellAnswer(to question: StepQuestion, _ outcome: Outcome) throws {
    let isRight = question.answers.contains(outcome)
    try console.say(isRight ? "right:\n" : "no:\n")
    try go(to: question.time)
  }

  private mutating func add(_ text: String) throws {
    switch try session.add(text) {
    case .invalid(let loaded):
      if !console.isInteractive { console.note(.invalid) }
      try console.warn(loaded.map { reader.rendered($0) + "\n" }.joined())
    case .judged(let verdict): try console.say(ExpectationList.text(of: verdict, style))
    case .happened(let line):
      question = nil
      let text = passage.text(session.now..<session.now + 1, line: line)
      try console.say(text.isEmpty ? "nothing comes of it\n" : text)
    case .noted(let note): try console.say(note + "\n")
    }
  }
}
