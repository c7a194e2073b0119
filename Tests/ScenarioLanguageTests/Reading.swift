import PowerPlatform
import Testing

@testable import ScenarioLanguage

/// The people and things that most examples speak of.
let world = """
  tenant contoso domains contoso.com, contoso.onmicrosoft.com id 11111111-1111-1111-1111-111111111111
  tenant fabrikam "Fabrikam" domains fabrikam.com
  admin ada of contoso
  maker maya of contoso
  maker gus of fabrikam guest in contoso
  user uma of contoso
  connection fab-mail of maya using office365-outlook signed in to fabrikam
  connection con-sp of maya using sharepoint signed in to contoso
  app expenses of maya using con-sp
  flow invoice-sync of maya every 15m using fab-mail
  flow adhoc of maya manually using fab-mail
  environment production of contoso with dataverse
  app-registration feed of contoso with delegated activity-feed-read consented secret until 2026-01-01

  """

/// The ids that examples name.
private let knownBehaviours = ["propagation", "two-way-isolation.contoso-to-fabrikam", "a", "b"]

/// Loads files from memory; the first one is asked for.
func load(_ files: [(path: String, text: String)]) -> Loaded {
  let contents = Dictionary(uniqueKeysWithValues: files)
  return ScenarioLanguage.load(files[0].path, behaviours: knownBehaviours) { path in
    contents[path].map { .success(Array($0.utf8)) } ?? .failure(.missing)
  }
}

/// Loads one file that uses no other.
func load(_ text: String) -> Loaded { load([("test.scenario", text)]) }

/// Loads what follows the usual world, and expects nothing to be wrong.
func scenario(
  _ text: String, sourceLocation: SourceLocation = #_sourceLocation
) throws -> Scenario {
  let loaded = load(world + text)
  return try #require(
    loaded.scenario, "\(loaded.diagnostics.map(\.short))", sourceLocation: sourceLocation)
}

/// The mistakes after the usual world as `line:column CODE`, lines counted from its end.
func mistakes(_ text: String) -> [String] {
  let above = world.split(separator: "\n", omittingEmptySubsequences: false).count - 1
  return load(world + text).diagnostics.map {
    "\($0.line - above):\($0.column) \($0.code.rawValue)"
  }
}

/// The mistakes of a file of its own as `line:column CODE`.
func mistakes(inFile text: String) -> [String] {
  load(text).diagnostics.map { "\($0.line):\($0.column) \($0.code.rawValue)" }
}

extension Form {
  /// The lines that its example needs above it, behind the world.
  var preparation: String {
    switch sentence {
    case .deleteDataPolicy: "at 08:00 ada creates data policy guard blocking http\n"
    case .expectOutcome, .expectError: "at 08:00 uma opens app expenses\n"
    case .expectReturned, .expectReport, .expectReportCount, .expectReportLists,
      .expectReportNames:
      "at 10:00 ada requests cross-tenant report as may-report\n"
    case .cancelOperation:
      "at 10:10 ada installs package Office365Groups in production as op-2\n"
    case .createPollingFlow:
      "connection ppapi of ada using http-entra-id signed in to contoso\n"
        + "connection mail of ada using office365-outlook signed in to contoso\n"
        + "at 10:10 ada installs package Office365Groups in production as op-2\n"
    case .expectOperation:
      "at 10:06 ada replaces isolation policy with on as op-1\n"
    case .deleteAlertPolicy, .expectAlert, .expectNoAlert:
      "at 08:00 ada creates alert policy watch on app-created to ada\n"
    case .listNextPage, .fetchContent, .fetchBlob, .expectPage, .expectPageRecords:
      "at 08:00 ada lists content using feed as latest\n"
    case .expectErrorCode: "at 08:00 uma opens app expenses\n"
    case .sharedApp, .sharedFlow, .dataAccess, .addMember, .removeMember, .leaveGroup:
      "group sales of contoso with uma\n"
    default: ""
    }
  }
}
