import Testing

@testable import gateway_sim

/// What is said where sharing decides, and not isolation.
@Suite struct SharingTests {
  static let input = """
    start 2025-03-03 08:00
    tenant contoso "Contoso"
    admin ada of contoso
    maker maya of contoso
    maker mo of contoso
    user uma of contoso
    user rex of contoso
    group sales of contoso with uma
    connection con-sp of maya using sharepoint signed in to contoso
    app expenses of maya using con-sp
    flow sync of maya every 1h using con-sp
    data of con-sp open to uma
    app-registration feed of contoso with delegated activity-feed-read consented
    at 08:05 rex opens app expenses
    at 08:10 maya shares app expenses with sales
    at 08:15 rex opens app expenses
    at 08:20 mo creates flow mine every 1h using con-sp
    at 08:25 maya sends flow sync to mo as a copy
    at 08:30 ada turns auditing on
    at 08:31 ada creates alert policy wide on app-permission-edited to ada
    at 08:40 mo unshares app expenses from sales
    at 08:45 rex leaves group sales
    at 08:50 uma sends flow sync to rex as a copy

    """

  private func why(_ arguments: String...) -> String {
    Consequence(["why", "-"] + arguments, input: Self.input).output
  }

  @Test func `What a stranger tried leaves a mark, also where nothing else differs`() throws {
    let traces = ["turns off", "turns on", "deletes"].map { verb in
      let input = Self.input + "at 09:00 rex \(verb) flow sync\n"
      return Consequence(["run", "-", "--trace", "-"], input: input).output
    }
    let fingerprints = try traces.map {
      try #require($0.firstMatch(of: /"fingerprint":"(\w+)"/)?.1)
    }
    #expect(Set(fingerprints).count == 3)
    for (trace, action) in zip(traces, ["turnOff", "turnOn", "delete"]) {
      #expect(trace.contains(#""flow":"sync","attempt":{"action":"\#(action)"},"outcome""#))
    }
    #expect(
      traces[0].contains(
        #""attempt":{"action":"unshare","recipient":"sales","recipientType":"group"}"#))
    #expect(
      traces[0].contains(
        #""attempt":{"action":"removeMember","group":"sales","recipient":"rex","recipientType":"user"}"#
      ))
  }

  private func failure(of expectation: String, below statement: String) -> String {
    let input = Self.input.replacing(statement, with: statement + "\n" + expectation)
    return Consequence("run", "-", input: input).output
  }

  @Test func `Who has no access to data is why an app is blocked, and isolation is not`() {
    let answer = why("--app", "expenses@08:05")
    #expect(answer.hasPrefix("app expenses at 08:05: blocked\n"))
    #expect(answer.contains("rex has no access to the data source"))
    #expect(answer.contains("nobody shared app expenses yet"))
    #expect(answer.contains("the data behind con-sp is open to maya, uma, and to nobody else"))
    let decides = answer.split(separator: "\n").filter { $0.contains("<- decides") }
    #expect(decides.count == 1 && decides[0].contains("rex has no access"), "\(answer)")

    let story = failure(of: "expect allowed", below: "at 08:05 rex opens app expenses")
    #expect(
      story.contains("why   isolation lets it through; the data behind con-sp is not open to rex"))
    #expect(story.contains("got       blocked\n"))
    #expect(story.contains("the data behind con-sp is open to maya, uma, and to nobody else"))
    let reasoned = failure(
      of: "expect blocked because same-tenant", below: "at 08:05 rex opens app expenses")
    #expect(reasoned.contains("FAIL"), "what lets through is no reason to block")
  }

  @Test func `Who meets what an app is shared with is refused, and why says so`() {
    let refused = why("--app", "expenses@08:15")
    #expect(refused.hasPrefix("app expenses at 08:15: refused\n"))
    #expect(refused.contains("rex has no access: it is shared, and not with rex."))
    #expect(refused.contains("app expenses is shared with sales"))
    let later = why("--app", "expenses@08:16")
    #expect(later.hasPrefix("app expenses at 08:16: allowed (same-tenant)\n"))
    #expect(later.contains("app expenses is shared with sales"))
  }

  @Test func `A copy without connections of its owner does nothing yet`() {
    let answer = why("--run", "sync-of-mo@08:26")
    #expect(answer.contains("if there were one: nothing to judge\n"))
    #expect(answer.contains("it is a copy and does nothing yet"))
    #expect(!answer.contains("same-tenant"))
  }

  @Test func `A refusal says what was tried, and whose the connection is`() {
    let story = Consequence("run", "-", input: Self.input).output
    for sentence in [
      "rex tries to open app expenses", "mo tries to create flow mine",
      "mo is not the owner of the connection con-sp.",
      "mo tries to unshare app expenses from sales",
      "rex tries to leave group sales", "rex is not in this group.",
      "uma tries to send rex a copy of flow sync", "flow sync-of-mo: Off",
    ] { #expect(story.contains(sentence), "\(sentence)") }
    #expect(!story.contains("sync-of-rex"), "it never came to be")
    let told = failure(
      of: "expect saved", below: "at 08:20 mo creates flow mine every 1h using con-sp")
    #expect(told.contains("con-sp is maya's"))
  }

  @Test func `What is widely shared is said in English`() {
    let told = failure(
      of: "expect widely shared at 08:10 lists app expenses",
      below: "at 08:10 maya shares app expenses with sales")
    #expect(told.contains("expected  app expenses is widely shared at 08:10\n"))
  }

  @Test func `A session shows what hangs on the audit log, and that a copy does nothing`() throws {
    let folder = try Folder()
    let file = try folder.add("sharing.scenario", Self.input)
    func shown(_ orders: String...) -> String {
      Consequence("step", file, input: orders.map { $0 + "\n" }.joined()).output
    }
    #expect(shown("show contoso").contains("auditing                 off\n"))
    #expect(shown("to 08:35", "show contoso").contains("on since 08:30, line 19\n"))
    #expect(shown("show feed").contains("consented                yes\n"))
    let policy = shown("to 08:35", "show wide")
    #expect(policy.contains("watches        app-permission-edited\n"))
    #expect(shown("show wide").contains("state  absent\n"))
    #expect(shown("show feed").contains("signs in                 no: AADSTS7000218\n"))
    let copy = shown("to 08:26", "show sync-of-mo")
    #expect(copy.contains("it is a copy and does nothing yet"))
    #expect(!copy.contains("a run now"))
  }
}
