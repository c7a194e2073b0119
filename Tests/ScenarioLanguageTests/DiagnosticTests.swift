import PowerPlatform
import Testing

@testable import ScenarioLanguage

/// A mistake below the usual world, and the diagnostics it gives, lines counted from there.
struct Mistake: Sendable, CustomTestStringConvertible {
  var text: String
  var places: [String]
  var testDescription: String { text }

  init(_ text: String, _ places: String...) {
    self.text = text
    self.places = places
  }
}

private let fiftyOneRules = (1...51).map {
  "rule for contoso allows 00000000-0000-0000-0000-000000000\(100 + $0) inbound\n"
}.joined()

/// 2,300 flows that listen, and 2,300 signals: 5,290,000 runs.
private let tooManySignals = listeners + signals(2_300)

/// 2,300 flows that start together.
private let listeners =
  (1...2_300).map { "flow l\($0) of maya when fab-mail signals using fab-mail\n" }.joined()

private func signals(_ count: Int, in variant: String = "") -> String {
  String(repeating: "\(variant)at 08:00 fab-mail signals\n", count: count)
}

private func question(
  until: String, options: String = #""Yes", "No""#, answer: String = "Yes"
) -> String {
  #"question "It works?" until \#(until) options \#(options) answer "\#(answer)""#
}

private let watch = "at 08:00 ada creates alert policy watch on app-created to ada\n"

/// One mistake gives one diagnostic, at its place.
private let single = [
  Mistake(String(repeating: "w ", count: 600_000), "1:1 S005"),
  Mistake("scenario \"Isolation", "1:10 S006"),
  Mistake(#"about "C:\temp""#, "1:10 S007"),
  Mistake("tenant a\u{1}b", "1:9 S008"),
  Mistake("about \"\u{1b}[2J\"", "1:8 S008"),
  Mistake("scenario “Isolation”", "1:10 S009"),
  Mistake("maker\u{a0}mia of contoso", "1:6 S009"),
  Mistake("maker mia of contoso\n\u{a0}", "2:1 S009"),
  Mistake("maker mia of contoso\n# end\n \u{1}\n\n", "3:2 S008"),
  Mistake("given a tenant", "1:1 S010"),
  Mistake("isolation on fro contoso", "1:14 S011"),
  Mistake("isolation maybe for contoso", "1:11 S011"),
  Mistake("maker mia contoso of", "1:11 S011"),
  Mistake(
    "at 09:00 ada requests cross-tenant report as r\nexpect report r lists connections 3",
    "2:23 S011"),
  Mistake("maker mia", "1:10 S012"),
  Mistake("isolation on for contoso today", "1:26 S013"),
  Mistake("at 08:00 ada turns isolation on\nmaker mia of contoso", "2:1 S014"),
  Mistake("seed 1\nseed 2", "2:1 S015"),
  Mistake("set reactivation off\nset reactivation 7d", "2:1 S015"),
  Mistake("isolation on for contoso\nisolation off for contoso.com", "2:1 S015"),
  Mistake("seed 99999999999999999999999999", "1:6 S016"),
  Mistake("seed -1", "1:6 S016"),

  Mistake("isolation on for contosso", "1:18 N001"),
  Mistake("rule for contoso allows unknown.example outbound", "1:25 N001"),
  Mistake("isolation on for 99999999-9999-9999-9999-999999999999", "1:18 N001"),
  Mistake("at 08:00 adda turns isolation on", "1:10 N002"),
  Mistake("connection x of maya using share-point signed in to contoso", "1:28 N003"),
  Mistake("app x of maya using con-sp, con-spp", "1:29 N004"),
  Mistake("at 08:00 uma opens app expense", "1:24 N005"),
  Mistake("at 08:00 maya runs flow ad-hoc", "1:25 N006"),
  Mistake("at 08:00 ada deletes data policy strict", "1:34 N007"),
  Mistake("maker uma of contoso", "1:7 N008"),
  Mistake("connector sharepoint signs in with other", "1:11 N008"),
  Mistake("tenant tailwind domains contoso.com", "1:25 N009"),
  Mistake("tenant contoso.onmicrosoft.com", "1:8 N009"),
  Mistake("isolation on for contoso.com\ntenant contoso.com", "2:8 N009"),
  Mistake("tenant tailwind id 11111111-1111-1111-1111-111111111111", "1:20 N009"),
  Mistake("tenant contoso domains x.example", "1:8 N008"),
  Mistake("use \"missing.scenario\"", "1:5 N010"),
  Mistake("use \"./test.scenario\"", "1:5 N011"),
  Mistake("tenant tailwind id 1234", "1:20 N012"),
  Mistake("tenant tailwind domains nowhere", "1:25 N012"),
  Mistake("maker * of contoso", "1:7 N012"),
  Mistake("group g of contoso with uma\nat 08:00 g opens app expenses", "2:10 N013"),
  Mistake("at 09:00 ada changes rule fabrikam to bothh", "1:39 N014"),
  Mistake("at 09:00 ada turns isolation on in force after 47", "1:48 T003"),
  Mistake("at 09:00 ada removes rule fabrikam in force after 4000d last", "1:51 T003"),
  Mistake("at 09:00 ada turns isolation on in force after 45m..75m", "1:48 T003"),
  Mistake("at 09:00 ada turns isolation on in forc after 47m", "1:36 S011"),
  Mistake("at 09:00 ada turns isolation on in force after 47m first", "1:52 S013"),
  Mistake("at 09:00 ada turns isolation on in force after", "1:47 S012"),

  Mistake("covers propagation, propogation", "1:21 N015"),

  Mistake("at 09:00 ada turns isolation on\nin b at 09:30 ada turns isolation off", "2:4 N016"),
  Mistake("in b expect flow adhoc is on at 09:30", "1:4 N016"),
  Mistake("in b at 09:30 ada turns isolation off\nvariant b", "1:4 N016"),
  Mistake("variant b\nvariant b", "2:9 N008"),
  Mistake(#"note "x" see cross-tenant-restrictions#run-time"#, "1:14 N017"),
  Mistake(#"note "x" see runtime"#, "1:14 N017"),
  Mistake("expect report weekly is completed at 09:00", "1:15 N018"),
  Mistake("expect operation change is succeeded at 09:00", "1:18 N019"),
  Mistake(
    "at 09:00 ada replaces isolation policy with on as op\n"
      + "at 09:10 ada replaces isolation policy with off as op", "2:52 N008"),
  Mistake("at 09:00 ada replaces isolation policy with on, tailwind.com both", "1:49 N001"),
  Mistake("at 09:00 ada replaces isolation policy with on fabrikam both", "1:48 S013"),
  Mistake("at 09:00 ada replaces isolation policy with on, fabrikam", "1:57 S012"),
  Mistake(
    "until +3640d\nat 10:10 ada installs package Office365Groups in production as op\n"
      + "at 10:11 ada creates flow w every 60s polls op and mails ada", "3:1 R004"),
  Mistake(
    "until +3640d\n"
      + "at 09:00 ada creates flow d every 60s using con-sp digests feed and mails ada", "2:1 R004"),
  Mistake("at 09:00 ada lists packages in prod", "1:32 N021"),
  Mistake("at 09:00 ada installs package x in prod as op", "1:36 N021"),
  Mistake("expect package Office365Group in production is installed at 09:00", "1:16 N022"),
  Mistake("expect mail to nobody by 09:00", "1:16 N002"),
  Mistake("environment production of contoso", "1:13 N008"),
  Mistake("at 08:00 ada deletes alert policy watch", "1:35 N028"),
  Mistake("expect no alert watch by 09:00", "1:17 N028"),
  Mistake("at 08:00 ada lists subscriptions using fed", "1:40 N029"),
  Mistake("at 08:00 ada fetches content of page using feed", "1:33 N030"),
  Mistake("expect page last lists 2 blobs", "1:13 N030"),
  Mistake(
    "at 08:00 ada creates alert policy watch on app-created to ada\n"
      + "expect alert watch about expense by 09:00", "2:26 N031"),
  Mistake("at 08:00 ada creates alert policy watch on app-made to ada", "1:44 S011"),
  Mistake("at 08:00 ada creates alert policy watch on app-created to everyone", "1:59 N002"),
  Mistake(
    "app-registration r of contoso with delegated activity-feed-read secret until 2026-13-01",
    "1:78 T002"),
  Mistake("app-registration feed of contoso with delegated activity-feed-read", "1:18 N008"),
  Mistake(
    "at 08:00 ada starts subscription to audit-general using feed publisher nobody",
    "1:72 N001"),
  Mistake("set feed-duplicates 101", "1:21 S016"),
  Mistake("set feed-page-size 0", "1:20 S016"),
  Mistake("set audit-delay 90m..60m", "1:17 T004"),
  Mistake("licence premium for contoso", "1:21 N002"),
  Mistake("licence e5 for contoso\nlicence standard for contoso", "2:1 S015"),
  Mistake("at 08:00 ada creates alert policy watch on app-created to ada, maya, ada", "1:70 N008"),
  Mistake("registered app expense", "1:16 N005"),
  Mistake(
    "at 08:00 ada creates flow d every 1d using con-sp digests fed and mails ada", "1:59 N029"),
  Mistake(
    "at 08:00 ada creates flow d every 1d using con-sp digests feed on shares and mails ada",
    "1:67 S011"),
  Mistake(
    "at 08:00 ada creates flow g every 1d using con-sp guards feed and asks bob", "1:72 N002"),
  Mistake("at 08:00 ada approves removal of nobody from app expenses", "1:34 N002"),
  Mistake("expect removal of everyone from app expense is pending at 09:00", "1:37 N005"),
  Mistake("at 09:00 uma leaves group maya", "1:27 N025"),
  Mistake("user ulf of fabrikam\nshare app expenses with ulf", "2:25 R001"),
  Mistake(
    "user ulf of fabrikam\ngroup others of fabrikam with ulf\nshare app expenses with others",
    "3:25 N026"),
  Mistake("share app expenses with maya", "1:25 N027"),
  Mistake("data of con-sp open to uma\ndata of con-sp open to maya", "2:1 S015"),
  Mistake("share app expenses with everybody", "1:25 N002"),
  Mistake("at 09:00 maya shares app expenses with nobody", "1:40 N002"),
  Mistake("at 09:00 maya sends flow invoice-sync to everyone as a copy", "1:42 N002"),
  Mistake("set report-window 36h", "1:19 T013"),
  Mistake("set report-window 0s", "1:19 T013"),
  Mistake(
    "variant b\nin b at 09:00 maya creates app draft\nat 09:10 uma opens app draft", "3:24 N005"),
  Mistake(
    "variant b\nin b at 08:00 maya creates app draft\n" + watch
      + "expect alert watch about draft by 09:30", "4:26 N005"),

  Mistake("start 24:00", "1:7 T001"),
  Mistake("at 10:60 ada turns isolation on", "1:4 T001"),
  Mistake("at 10:5 ada turns isolation on", "1:4 T001"),
  Mistake("start 2025-02-30 08:00", "1:7 T002"),
  Mistake("start 2025-13-01 08:00", "1:7 T002"),
  Mistake("at day 0 08:00 ada turns isolation on", "1:4 T002"),
  Mistake("set propagation 60", "1:17 T003"),
  Mistake("set always-failing 99999999999d", "1:20 T003"),
  Mistake("set propagation 75m..45m", "1:17 T004"),
  Mistake("expect no runs of adhoc from 10:00 to 09:00", "1:39 T004"),
  Mistake(
    "at 09:00 ada turns isolation on\nat 08:30 ada turns isolation off\n"
      + "at 08:40 ada turns isolation on", "2:4 T005"),
  Mistake("at 07:00 ada turns isolation on", "1:4 T006"),
  Mistake("until 09:00\nat 09:00 ada turns isolation on", "2:4 T007"),
  Mistake("until 09:00\nexpect flow adhoc is on at 09:30", "2:28 T008"),
  Mistake("until 08:00", "1:7 T009"),
  Mistake("until 2045-01-01 00:00", "1:7 T010"),
  Mistake("at day 3654 09:00 ada turns isolation on", "1:4 T010"),
  Mistake("flow x of maya every 59s", "1:22 T011"),
  Mistake("flow x of maya every 501d", "1:22 T011"),

  Mistake(
    "variant b\nin b at 09:30 ada turns isolation on\nin b at 09:00 ada turns isolation off",
    "3:9 T005"),
  Mistake("chapter \"x\" at 07:00", "1:16 T006"),
  Mistake("until 09:00\nnote \"x\" at 09:00", "2:13 T007"),
  Mistake("until 09:00\n" + question(until: "09:30"), "2:28 T008"),
  Mistake("at 09:00 uma opens app expenses\n" + question(until: "09:00"), "2:28 T012"),
  Mistake(
    "chapter \"x\"\n" + question(until: "08:00") + "\nat 08:00 uma opens app expenses", "2:28 T012"),

  Mistake("connection x of maya using rss in fabrikam signed in to contoso", "1:35 R001"),
  Mistake("group g of contoso with uma, gus, maya\ngroup h of fabrikam with uma", "2:26 R001"),
  Mistake("maker mia of contoso guest in contoso", "1:31 R002"),
  // 1,001,000 statements.
  Mistake(
    (1...1_000).map { "variant v\($0)\n" }.joined()
      + String(repeating: "at 08:00 ada turns isolation on\n", count: 1_001), "1000:1 R005"),
  // 2,174 signals reach 5,000,200 runs.
  Mistake(tooManySignals, "4474:1 R004"),
  Mistake(fiftyOneRules, "51:1 R003"),
  Mistake("expect allowed", "1:1 E001"),
  Mistake("at 08:00 uma opens app expenses\n  expect allowed because same-tenent", "2:26 E002"),
  Mistake(
    "variant a\nvariant b\nin a at 09:00 uma opens app expenses\nin b expect allowed", "4:1 E003"),
  Mistake(question(until: "09:00", answer: "Maybe"), "1:61 E004"),
  Mistake(question(until: "09:00", options: #""Yes""#), "1:42 E005"),
  Mistake(question(until: "09:00", options: #""Yes", "No", "Yes""#), "1:55 E005"),
  Mistake(question(until: "09:00", options: #""Yes", "No", """#), "1:55 E005"),
  Mistake(
    question(
      until: "09:00", options: #""Yes", "2", "3", "4", "5", "6", "7", "8", "9", "X""#), "1:89 E005"),
  Mistake("chapter \"\"", "1:9 S011"),
  Mistake("note \" \"", "1:6 S011"),
  Mistake("chapter \"two\" at 10:00\nchapter \"three\" at 08:30", "2:20 T005"),
  Mistake(question(until: "09:00") + "\n" + question(until: "09:30"), "2:1 T014"),
]

/// Consequences of a mistake are not reported, other mistakes are.
private let several = [
  // What a wrong line introduces is known.
  Mistake("makr mia of contoso\nat 08:00 mia runs flow adhoc", "1:1 S010"),
  Mistake("maker mia on contoso\nat 08:00 mia runs flow adhoc", "1:11 S011"),
  Mistake("wobble mia wobble\nat 08:00 mia runs flow adhoc", "1:1 S010"),
  Mistake("connection x of mya using rss signed in to contoso\napp y of maya using x", "1:17 N002"),
  Mistake("tenant t id 1234\nmaker mia of t", "1:13 N012"),
  Mistake(
    "connector c signs in wiht other\nconnection x of maya using c signed in to contoso",
    "1:22 S011"),
  // Nothing is expected of a wrong statement.
  Mistake("at 10:60 ada turns isolation on\n  expect saved\n  expect error \"x\"", "1:4 T001"),
  Mistake("at 09:00 ada truns isolation on\n  expect saved", "1:14 S011"),
  // Nothing is measured against a wrong start or end.
  Mistake("start 2025-02-30 08:00\nat 2025-03-01 09:00 ada turns isolation on", "1:7 T002"),
  Mistake("start today\nat 07:00 ada turns isolation on", "1:7 S011"),
  Mistake("until 25:00\nat 09:00 ada turns isolation on", "1:7 T001"),
  // The same unknown name again is the same mistake.
  Mistake("at 08:00 bob runs flow adhoc\nat 08:00 bob opens app expenses", "1:10 N002"),
  Mistake(
    watch
      + "expect alert watch about expense by 08:30\nexpect no alert watch about expense by 08:30",
    "2:26 N031"),
  Mistake(
    watch + "wobble draft wobble\nexpect alert watch about draft by 08:30",
    "2:1 S010"),
  Mistake("use \"missing\"\n" + watch + "expect alert watch about draft by 08:30", "1:5 N010"),
  Mistake("use \"missing\"\nat 08:00 ada changes rule fabrikam to tailwind", "1:5 N010"),
  Mistake(
    "at 08:00 ada installs pakage x in production as op\n"
      + "expect package x in production is none at 08:00", "1:23 S011"),
  // A variant that is not known, or a wrong line in one, has no consequences.
  Mistake(
    "in b at 09:30 ada turns isolation off\nexpect saved\nin b expect saved", "1:4 N016"),
  Mistake("vriant b\nin b at 09:30 ada turns isolation off", "1:1 S010"),
  Mistake(
    "variant b\nin b at 09:30 ada turns isolation maybe\nat 09:00 ada turns isolation on",
    "2:35 S011"),
  // Nothing is measured against a line that is wrong.
  Mistake("at 9 uma opens app expenses\n" + question(until: "08:00"), "1:4 S011"),
  // Two mistakes in a line, and in two lines.
  Mistake("at 08:00 adda turns isolation on for contosso", "1:10 N002", "1:38 N001"),
  Mistake("maker mia\nsed 1\nisolation on for contosso", "1:10 S012", "2:1 S010", "3:18 N001"),
]

@Suite struct DiagnosticTests {
  @Test(arguments: single) func oneMistakeGivesOneDiagnostic(_ mistake: Mistake) {
    #expect(mistakes(mistake.text) == mistake.places)
  }

  @Test(arguments: several) func consequencesAreSilent(_ mistake: Mistake) {
    #expect(mistakes(mistake.text) == mistake.places)
  }

  @Test func everyCodeIsProvoked() {
    let provoked = Set(single.flatMap(\.places).compactMap { $0.split(separator: " ").last })
    let elsewhere: Set<Substring> = ["S001", "S002", "S003", "S004"]
    // Those of the JSON image have tests of their own.
    let codes = DiagnosticCode.allCases.map(\.rawValue).filter { !$0.hasPrefix("S02") }
    #expect(provoked.union(elsewhere) == Set(codes.map { $0[...] }))
  }

  @Test func runsOfOneVariantAreNotThoseOfAnother() {
    let variants = "variant a\nvariant b\n" + listeners
    #expect(mistakes(variants + signals(2_000, in: "in a ") + signals(2_000, in: "in b ")) == [])
    #expect(
      mistakes(variants + signals(2_000, in: "in a ") + signals(200)) == ["4476:1 R004"])
  }

  @Test func worksOfOneVariantAreNotThoseOfAnother() {
    func digest(_ name: String, in variant: String = "") -> String {
      "\(variant)at 09:00 ada creates flow \(name) every 60s using con-sp digests feed and mails ada\n"
    }
    let variants = "until +1820d\nvariant a\nvariant b\n"
    let inA = digest("d", in: "in a ")
    #expect(mistakes(variants + inA + digest("e", in: "in b ")) == [])
    #expect(mistakes(variants + inA + digest("e")) == ["5:1 R004"])
    #expect(
      mistakes(variants + listeners + signals(1_200, in: "in a ") + inA) == ["3504:1 R004"])
  }

  @Test func filesTogetherHaveALimit() {
    let files = ["test.scenario": "use \"more.scenario\"", "more.scenario": world]
    func codes(limit: Int) -> [DiagnosticCode] {
      var checker = Checker { .success(Array(files[$0, default: ""].utf8)) }
      checker.bytesLeft = limit
      checker.load("test.scenario")
      return checker.loaded.diagnostics.map(\.code)
    }
    #expect(codes(limit: 19 + world.utf8.count).isEmpty)
    #expect(codes(limit: 18 + world.utf8.count) == [.fileTooLarge])
  }

  @Test func filesThatCannotBeRead() {
    func code(_ problem: ReadProblem) -> DiagnosticCode? {
      ScenarioLanguage.load("a.scenario") { _ in .failure(problem) }.diagnostics.first?.code
    }
    #expect(code(.missing) == .unreadableFile)
    #expect(code(.directory) == .unreadableFile)
    #expect(code(.unreadable(reason: "not permitted")) == .unreadableFile)
    #expect(code(.tooLarge(bytes: sizeLimit + 1)) == .fileTooLarge)
  }

  @Test func filesThatAreNoScenarios() {
    #expect(mistakes(inFile: "") == ["1:1 S004"])
    #expect(mistakes(inFile: "\n  # nothing\n") == ["1:1 S004"])
    #expect(mistakes(inFile: "tenant a\n  \0 ten\nfoo") == ["2:3 S003"])
    let latin = ScenarioLanguage.load("a") { _ in .success([0x74, 0x0a, 0xe9, 0x20]) }
    #expect(
      latin.diagnostics.map(\.short) == [
        "a:2:1: error[S003]: this is not a text file: its bytes are not UTF-8 here"
      ])
  }

  @Test func columnsAreCountedInCharacters() {
    #expect(mistakes("maker Zoë of contosso") == ["1:14 N001"])
    #expect(mistakes("  \tmaker Zoe\u{308} of contosso") == ["1:17 N001"])
    #expect(mistakes(inFile: "\u{feff}wobble") == ["1:1 S010"])
    #expect(mistakes("group g of contoso with uma, \\\n  mya") == ["2:3 N002"])
  }

  @Test func onlyAHundredAreKept() {
    let loaded = load(String(repeating: "wobble\n", count: 250))
    #expect(loaded.diagnostics.count == 100 && loaded.omitted == 150)
    let names = load(world + (0..<250).map { "maker m\($0) of nowhere\($0)\n" }.joined())
    #expect(names.diagnostics.count == 100 && names.omitted == 150)
  }

  @Test(arguments: [
    ("isolation on fro contoso", "for"), ("tennant x", "tenant"), ("At 08:00 x", "at"),
    ("isolation on for contosso", "contoso"), ("isolation on for Contoso", "contoso"),
    ("isolation on for fabrikam.con", "fabrikam.com"),
    ("covers propogation", "propagation"),
    ("set propogation 60m", "propagation"), ("set edition 2024", "2023"),
    ("chaptr \"x\"", "chapter"),
    ("variant with-rule\nin wth-rule expect flow adhoc is on at 09:00", "with-rule"),
    (
      "note \"x\" see cross-tenant-restrictions#run-time", "cross-tenant-restrictions#runtime"
    ),
    ("question \"x\" until 09:00 options \"Yes\", \"No\" answer \"yes\"", "Yes"),
    ("connection x of maya using share-point signed in to contoso", "sharepoint"),
    ("connection x of maya using outlook signed in to contoso", "office365-outlook"),
    ("connection x of maya using SharePoint-Online signed in to contoso", "sharepoint"),
    ("connection x of maya using excel signed in to contoso", "excel-online"),
    ("at 08:00 maya runs flow invoice-snyc", "invoice-sync"),
    ("at 09:00 ada changes rule fabrikam to outbond", "outbound"),
    ("at 08:00 uma opens app expenses\nexpect alowed", "allowed"),
    ("at 08:00 uma opens app expenses\nexpect allowed because same-tenent", "same-tenant"),
  ])
  func didYouMean(_ text: String, _ suggestion: String) {
    #expect(load(world + text).diagnostics.map(\.suggestion) == [suggestion])
  }

  @Test func renderings() throws {
    let diagnostic = try #require(
      load("tenant contoso\n\tisolation on fro contoso").diagnostics.first)
    #expect(
      diagnostic.human() == """
        test.scenario:2:15: error[S011]: expected "for", not "fro"
          \tisolation on fro contoso
          \t             ^^^
          did you mean "for"?
        """)
    #expect(
      diagnostic.json == #"{"file":"test.scenario","line":2,"column":15,"endColumn":18,"#
        + #""severity":"error","code":"S011","message":"expected \"for\", not \"fro\"","#
        + #""suggestion":"for","alsoOnLines":[]}"#)
  }

  @Test func aRepeatedNameStaysTheFirstOnes() {
    let text = "tenant c\ntenant c\nmaker m of c\ngroup m of c with m\nat 08:00 m creates app q"
    #expect(
      load(text).diagnostics.map { "\($0.line) \($0.code.rawValue)" } == ["2 N008", "4 N008"])
  }

  @Test func whatAMissingFileDeclaresIsNotMissed() {
    let text = "use \"gone.scenario\"\nmaker maya of contoso\nat 08:00 ada turns isolation on"
    let loaded = ScenarioLanguage.load("test.scenario") { path in
      path == "test.scenario" ? .success(Array(text.utf8)) : .failure(.missing)
    }
    #expect(loaded.diagnostics.map(\.code) == [.unreadableUse])
  }

  @Test func nobodyOfNoTenantIsSimulated() {
    let twice = "at 08:00 m creates flow x manually\nat 08:01 m creates flow x manually"
    #expect(load("maker m of nowhere\n" + twice).diagnostics.map(\.code) == [.unknownTenant])
  }

  @Test func failingForHowLongHasAFloor() {
    #expect(load("set always-failing 0s").diagnostics.map(\.code) == [.badPeriod])
  }

  @Test func aWrongLineHidesNoOther() {
    let declared = "connection x of m using sharepoint signed in to c\n"
    let text =
      "tenant c\nadmin m of c\n" + declared
      + "at 09:00 m turns isolation maybe\nat 08:30 m turns isolation on\n"
      + "at 09:30 m creates connection x using sharepoint signed in to c"
    let places = load(text).diagnostics.map { "\($0.line) \($0.code.rawValue)" }
    #expect(places == ["4 S011", "5 T005", "6 N008"])
  }

  @Test func anUnknownNameIsReportedOnceWithAllItsLines() throws {
    let text = "isolation on for fabrikm\nrule for fabrikm allows * both\nadmin ada of fabrikm"
    let diagnostics = load("tenant fabrikam\n" + text).diagnostics
    #expect(diagnostics.map(\.line) == [2])
    #expect(diagnostics.first?.alsoOnLines == [3, 4])
    #expect(diagnostics.first?.human().contains("the same on lines 3, 4") == true)
  }

  @Test func longLinesAreShortened() throws {
    let blanks = String(repeating: " ", count: 5000)
    let diagnostic = try #require(
      load("maker\(blanks)mia\(blanks)wobble\(blanks)x").diagnostics.first)
    #expect(diagnostic.column == 5000 * 2 + 9)
    #expect(diagnostic.sourceLine.count < 210)
    #expect(diagnostic.human().contains("\u{2026}"))
  }

  @Test func anIntervalsBeginningIsNamed() throws {
    let text = "tenant c\nmaker m of c\nflow f of m manually\nexpect no runs of f from "
    let diagnostic = try #require(load(text + "day 2 10:00 to 09:00").diagnostics.first)
    #expect(
      diagnostic.message == "this is before the interval begins, at 2025-01-07 10:00")
  }

  @Test func linesAreNamed() throws {
    let text = "at 09:00 ada turns isolation on\nat 08:30 ada turns isolation on"
    let diagnostic = try #require(load("tenant c\nadmin ada of c\n" + text).diagnostics.first)
    #expect(diagnostic.message.contains("line 4") && diagnostic.message.contains("line 3"))
    #expect(diagnostic.related?.line == 3)
  }
}

@Suite struct ExplanationTests {
  private static let told: Set<DiagnosticCode> = [
    .unreadableFile, .fileTooLarge, .notText, .statementTooLong, .tooManyRules, .tooManyRuns,
    .tooManyVariants,
  ]

  @Test(arguments: DiagnosticCode.allCases.filter { !told.contains($0) })
  func examplesAreWrongAndRight(_ code: DiagnosticCode) throws {
    let explanation = try #require(code.explanation)
    let wrong = explanation.wrong
    let isWhole = code == .emptyFile || wrong.hasPrefix("{")
    let found = load(isWhole ? wrong : world + wrong)
    #expect(found.diagnostics.map(\.code) == [code])
    var right = explanation.right
    if code == .emptyFile { right = "tenant tailwind" }
    if code == .emptyFile || right == "tenant contoso" { right = "tenant tailwind" }
    let text = right.hasPrefix("{") ? right : world + right
    let loaded = load([("test.scenario", text), ("shared.scenario", "set edition 2025")])
    #expect(loaded.scenario != nil, "\(loaded.diagnostics.map(\.short))")
  }

  @Test func everyCodeIsExplained() {
    for code in DiagnosticCode.allCases.map(\.rawValue) {
      #expect(explanation(of: code)?.hasPrefix(code) == true, "\(code)")
    }
    #expect(explanation(of: "s011") != nil)
    #expect(explanation(of: "S999") == nil)
  }
}
