import Testing

@testable import gateway_sim

/// What a story and a failed expectation say of reasons, refusals and lost updates is true.
@Suite struct ToldReasonsTests {
  private static let world = """
    start 2025-03-03 08:00
    tenant contoso "Contoso"
    tenant fabrikam "Fabrikam"
    tenant northwind "Northwind"
    admin ada of contoso
    admin eve of contoso
    maker maya of contoso

    """

  private func told(_ text: String) -> String {
    let consequence = Consequence("run", "-", "--width", "120", input: Self.world + text)
    #expect(consequence.errors == "")
    return consequence.output
  }

  // MARK: Reasons

  private static let twoWays = """
    isolation on for contoso
    rule for contoso allows fabrikam outbound
    connection own of maya using sharepoint signed in to northwind
    connection fab of maya using office365-outlook signed in to fabrikam
    flow w of maya manually using own, fab
    app a of maya using own, fab

    """

  @Test func `Each connection's grounds are told of that connection`() {
    let story = told(
      Self.twoWays + """
        at 08:01 maya deletes connection own
        at 08:05 maya runs flow w
        """)
    #expect(story.contains("the connection does not exist (connection-absent)"))
    #expect(story.contains("a rule of Contoso allows going out to Fabrikam (outbound-rule)"))
    #expect(story.contains("Fabrikam's isolation is off, so everybody may come in"))
    #expect(!story.contains("going out to Northwind") && !story.contains("Northwind's isolation"))
  }

  @Test(arguments: [
    "maya opens app a", "maya saves flow w", "maya creates app b using own, fab",
  ])
  func `A blocked connection and an allowed one are told apart`(act: String) {
    let story = told(Self.twoWays + "at 08:05 \(act)\n")
    #expect(story.contains("no rule allows going out to Northwind (outbound-blocked)"))
    #expect(story.contains("a rule of Contoso allows going out to Fabrikam (outbound-rule)"))
  }

  @Test func `A flow that is suspended as it is turned on was not saved`() {
    let story = told(
      Self.twoWays + """
        at 08:06 maya turns off flow w
        at 08:07 maya turns on flow w
          expect suspended
        at 08:08 maya saves flow w
          expect suspended
        """)
    #expect(story.contains(/08:07 .*maya turns on flow w .*suspended/))
    #expect(story.contains(/08:08 .*maya saves flow w .*suspended/))
  }

  // MARK: Expectations that fail

  private func because(_ text: String) -> String {
    Consequence("test", "-", input: Self.world + text).output
  }

  @Test func `Too few runs are told with those next to the interval`() {
    let flow = """
      connection own of maya using sharepoint signed in to contoso
      flow w of maya every 15m from 08:00 using own

      """
    let atEnd = because(flow + "expect 5 runs of w from 10:00 to 11:00\n")
    #expect(
      atEnd.contains("the run at 11:00 does not count: an interval's end is no part of it"),
      "\(atEnd)")
    #expect(atEnd.contains("the last run before the interval is at 09:45"), "\(atEnd)")
    let between = because(flow + "expect 5 runs of w from 10:05 to 11:05\n")
    #expect(between.contains("the next run after the interval is at 11:15"), "\(between)")
  }

  @Test func `What a statement never ends as is told with what it may end as`() {
    let text = because(
      """
      at 08:05 maya creates connection own using sharepoint signed in to contoso
        expect failed

      """)
    #expect(
      text.contains(
        "such a statement never ends as failed, but as one of: allowed, blocked, refused"),
      "\(text)")
  }

  // MARK: Lost updates

  @Test(arguments: ["turns isolation on", "allows northwind inbound"])
  func `Whoever changes one thing has not read the rest`(change: String) {
    let story = told(
      """
      isolation on for contoso
      at 09:00 ada reads isolation policy
      at 09:01 eve allows fabrikam outbound
      at 09:02 ada \(change)
      at 09:05 ada replaces isolation policy with on, northwind inbound
      """)
    #expect(story.contains("an update is lost: ada knew the policy of the start"))
    #expect(story.contains("gone, and never seen by ada: fabrikam outbound"))
    #expect(!story.contains("never seen by ada: northwind"), "that is their own")
  }

  @Test func `Own changes are known, and what was read after somebody else's, too`() {
    let story = told(
      """
      isolation on for contoso
      at 09:00 ada allows northwind inbound
      at 09:01 eve allows fabrikam outbound
      at 09:02 ada reads isolation policy
      at 09:03 ada changes rule northwind to both
      at 09:05 ada replaces isolation policy with on
      """)
    #expect(!story.contains("an update is lost"))
  }

  @Test func `A failure says what was not seen, and on what that rests`() {
    let story = told(
      """
      isolation on for contoso
      at 09:00 ada reads isolation policy
      at 09:01 eve allows fabrikam outbound
      at 09:02 ada replaces isolation policy with on
      expect rule of contoso for fabrikam is outbound at 09:05
      """)
    let words = story.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      words.contains(
        "it replaced the whole policy; its author, who knew that of the start (on, no rules), "
          + "had not seen that fabrikam outbound was allowed"))
  }

  @Test func `A switch that nobody had read is one, and was observed`() {
    let why = Consequence(
      ["why", "-", "--connection", "mail@09:05"],
      input: Self.world + """
        isolation on for contoso
        connection mail of maya using sharepoint signed in to fabrikam
        at 09:02 ada replaces isolation policy with off
        """)
    #expect(
      why.output.contains(
        "its author, who had never read it, had not seen that isolation was on"),
      "\(why.output)\(why.errors)")
    #expect(why.output.contains("[observed: tenant-isolation-policy#object]"))
    #expect(why.output.contains("policy in force:"), "it takes nothing else's place")
  }

  @Test func `Of a rule that changed in part, only that part is lost`() {
    let story = told(
      """
      isolation on for contoso
      rule for contoso allows fabrikam outbound
      rule for contoso allows northwind both
      at 09:00 ada reads isolation policy
      at 09:01 eve changes rule fabrikam to both
      at 09:02 eve changes rule northwind to inbound
      at 09:05 ada replaces isolation policy with on, fabrikam outbound, northwind both
      """)
    #expect(story.contains("gone, and never seen by ada: fabrikam inbound\n"))
    #expect(story.contains("back, and its removal never seen by ada: northwind outbound\n"))
  }

  private static let running = """
    set policy-operation asynchronous
    set policy-operation-duration 5m
    isolation on for contoso
    rule for contoso allows fabrikam both
    at 08:50 ada reads isolation policy
    at 09:00 ada replaces isolation policy with on, fabrikam both as op-1

    """

  @Test func `What its author knew of a policy is what they knew when asking for it`() {
    let story = told(
      Self.running + """
        at 09:01 eve allows northwind outbound
        at 09:02 ada reads isolation policy
        at 09:03 eve turns isolation off
        """)
    #expect(
      story.contains("an update is lost: ada knew the policy of the start when asking at 09:00"))
    #expect(story.contains("gone, and not seen by ada before 09:00: northwind outbound"))
    #expect(story.contains("switched back, not seen by ada before 09:00"))
    #expect(!story.contains("did since"))
  }

  @Test func `What its author did since asking is undone, too, and told in other words`() {
    let story = told(
      Self.running + """
        at 09:01 ada allows northwind outbound
        at 09:02 ada changes rule fabrikam to inbound
        at 09:03 ada turns isolation off
        expect isolation of contoso is off at 09:30
        """)
    #expect(!story.contains("an update is lost"))
    #expect(story.contains("what ada asked for at 09:00 undoes what ada did since"))
    #expect(story.contains("gone, though ada allowed it: northwind outbound"))
    #expect(story.contains("back, though ada took it away: fabrikam outbound"))
    #expect(story.contains("switched back, though ada switched it"))
    let words = story.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("asked for at 09:00: since then its author had seen to it that"))
  }

  @Test func `Who asks again before the first is done counts on it`() {
    let story = told(
      Self.running + """
        at 09:02 ada replaces isolation policy with on, northwind inbound
        expect rule of contoso for northwind is inbound at 09:10
        """)
    #expect(!story.contains("an update is lost") && !story.contains("did since"))
  }

  // MARK: Refusals

  @Test func `Whoever is refused is told to have tried what they tried`() {
    let story = told(
      """
      set policy-operation asynchronous
      environment prod of contoso with dataverse
      at 08:04 ada replaces isolation policy with on as op-a
      at 08:05 maya installs package Office365Groups in prod as op
      at 08:06 ada cancels operation op
      at 08:07 maya cancels operation op-a
      at 08:08 maya replaces isolation policy with on
      at 08:09 maya reads isolation policy
      at 08:10 maya turns isolation on
      at 08:11 maya allows fabrikam outbound
      at 08:12 ada changes rule fabrikam to both
      at 08:13 maya creates data policy none blocking sharepoint
      at 08:14 maya requests cross-tenant report as first
      """)
    #expect(story.contains(/08:06 .*ada tries to cancel operation op .*refused/))
    #expect(story.contains(/08:07 .*maya tries to cancel operation op-a .*refused/))
    #expect(story.contains("administrator role that policies of Contoso need"))
    #expect(story.contains(/08:08 .*maya tries to replace the isolation policy of contoso/))
    #expect(story.contains(/08:09 .*maya tries to read the isolation policy of contoso/))
    #expect(story.contains(/08:10 .*maya tries to turn isolation on for contoso/))
    #expect(story.contains(/08:11 .*maya tries to allow fabrikam outbound for contoso/))
    #expect(story.contains(/08:12 .*ada tries to change contoso's rule for fabrikam to both ways/))
    #expect(story.contains(/08:13 .*policy x maya tries to create data policy none for contoso/))
    #expect(story.contains(/08:14 .*maya tries to request contoso's cross-tenant report/))
  }

  @Test func `Another tenant's environment is not there`() {
    let story = told(
      """
      environment north of northwind with dataverse
      at 08:04 ada lists packages in north
        expect error EnvironmentNotFound
        expect error "Contoso has no such environment"
      at 08:05 maya lists packages in north
        expect error AdministratorRoleRequired
      """)
    #expect(story.contains("3 of 3 expectations met"))
  }

  @Test func `A refused end says which of the reasons it is`() {
    let story = told(
      """
      set policy-operation asynchronous
      environment prod of contoso with dataverse
      at 08:04 ada replaces isolation policy with on as op-a
      at 08:05 ada cancels operation op-a
        expect error "this is no installation"
      at 08:06 maya installs package Office365Groups in prod as op-b
      at 08:07 ada cancels operation op-b
        expect error "its request was refused"
      at 08:09 ada installs package Office365Groups in prod as op-c
      at 08:10 ada cancels operation op-c
        expect saved
      at 08:11 ada cancels operation op-c
        expect error "has ended"
      """)
    #expect(story.contains("4 of 4 expectations met"), "\(story)")
  }

  // MARK: Policies

  @Test func `What nobody configured is off, and is told so`() {
    let story = told("expect isolation of contoso is on at 08:05\n")
    #expect(story.contains("never-configured") || story.contains("never configured"))
    #expect(story.contains("saved policy of contoso: off, no rules; never configured"))
    #expect(!story.contains("by default"))
  }

  @Test(arguments: ["replaces isolation policy with off", "turns isolation off"])
  func `What nobody had configured is configured by whoever says off`(act: String) {
    let story = told("at 08:08 ada \(act)\nat 08:10 ada \(act)\n")
    #expect(story.contains("configures isolation as off"))
    #expect(story.contains(/08:10 .*saves the policy unchanged|08:10 .*replaces the whole/))
    #expect(story.split(separator: "configures isolation").count == 2, "once")
  }

  @Test func `Many rules at once are some rules and a number`() {
    let tenants = (1...500).map { "tenant t\($0)\n" }.joined()
    let rules = (1...500).map { "t\($0) inbound" }.joined(separator: ", ")
    let story = told(
      "set edition 2025\n" + tenants + "at 09:00 ada replaces isolation policy with on, \(rules)\n")
    let words = story.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("and sets 498 more rules") && words.contains("allows t1 inbound and"))
    #expect(!story.contains("allows t3 "))
  }
}
