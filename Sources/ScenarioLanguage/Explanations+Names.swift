extension DiagnosticCode {
  /// Explains the codes about names.
  var nameExplanation: Explanation? {
    switch self {
    case .unknownTenant:
      Explanation(
        "A tenant is declared above its first use, and named by name, domain or id. Only rules "
          + "may name an id that is not declared.",
        wrong: "isolation on for contosso", right: "isolation on for contoso")
    case .unknownPerson:
      Explanation(
        "People are declared with admin, global-admin, dynamics-admin, maker or user above their "
          + "first use.",
        wrong: "at 09:00 adda turns isolation on", right: "at 09:00 ada turns isolation on")
    case .unknownConnector:
      Explanation(
        "The connector is neither in the catalogue, which `syntax` lists, nor declared above.",
        wrong: "connection x of maya using share-point signed in to contoso",
        right: "connection x of maya using sharepoint signed in to contoso")
    case .unknownConnection:
      Explanation(
        "No line above declares or creates a connection of this name.",
        wrong: "app x of maya using con-spp", right: "app x of maya using con-sp")
    case .unknownApp:
      Explanation(
        "No line above declares or creates an app of this name.",
        wrong: "at 09:00 uma opens app expense", right: "at 09:00 uma opens app expenses")
    case .unknownFlow:
      Explanation(
        "No line above declares or creates a flow of this name.",
        wrong: "at 09:00 maya runs flow ad-hoc", right: "at 09:00 maya runs flow adhoc")
    case .unknownDataPolicy:
      Explanation(
        "No line above creates a data policy of this name.",
        wrong: "at 09:00 ada deletes data policy strict",
        right: "at 09:00 ada creates data policy strict blocking http\n"
          + "at 10:00 ada deletes data policy strict")
    case .repeatedName:
      Explanation(
        "Two things of a kind cannot have one name at a time. A timeline may create something "
          + "under the name of what is absent: blocked when it was created, or deleted.",
        wrong: "maker uma of contoso", right: "maker ulla of contoso")
    case .sharedTenantKey:
      Explanation(
        "Names, domains and ids lead to one tenant each.",
        wrong: "tenant tailwind domains contoso.com", right: "tenant tailwind domains tailwind.com")
    case .unreadableUse:
      Explanation(
        "A used file is looked for beside the file that uses it.",
        wrong: "use \"missing.scenario\"", right: "use \"shared.scenario\"")
    case .cyclicUse:
      Explanation(
        "A file uses itself, if only by way of others.", wrong: "use \"test.scenario\"",
        right: "use \"shared.scenario\"")
    case .badIdentifier:
      Explanation(
        "An id is a GUID, a domain has parts between dots, a name has a letter or a digit.",
        wrong: "tenant tailwind id 1234",
        right: "tenant tailwind id 12345678-1234-1234-1234-123456789abc")
    case .unknownBehaviour:
      Explanation(
        "Behaviours are named by their ids; \"gateway-sim behaviours\" lists them.",
        wrong: "covers propogation", right: "covers propagation")
    case .unknownVariant:
      Explanation(
        "A variant is declared with `variant` above the first line that begins with `in`.",
        wrong: "in with-rule at 09:00 ada allows fabrikam outbound",
        right: "variant with-rule\nin with-rule at 09:00 ada allows fabrikam outbound")
    case .unknownSection:
      Explanation(
        "A note points to a page and one of its sections; \"gateway-sim behaviours\" names them.",
        wrong: "note \"An hour later\" see cross-tenant-restrictions#run-time",
        right: "note \"An hour later\" see cross-tenant-restrictions#runtime")
    case .unknownAlertPolicy:
      Explanation(
        "No line above creates an alert policy of this name.",
        wrong: "at 08:00 ada deletes alert policy wach",
        right: "at 08:00 ada creates alert policy wach on app-created to ada\n"
          + "at 08:01 ada deletes alert policy wach")
    case .unknownRegistration:
      Explanation(
        "No app-registration of this name is declared above.",
        wrong: "at 08:00 ada lists subscriptions using fed",
        right: "at 08:00 ada lists subscriptions using feed")
    case .unknownContentPage:
      Explanation(
        "No line above lists content under this name.",
        wrong: "at 08:00 ada fetches content of monday using feed",
        right: "at 08:00 ada lists content using feed as monday\n"
          + "at 08:01 ada fetches content of monday using feed")
    case .unknownAuditSubject:
      Explanation(
        "An alert is about an app, a flow or a connection, and nothing above has this name.",
        wrong: "at 08:00 ada creates alert policy watch on app-created to ada\n"
          + "expect alert watch about expense by 08:30",
        right: "at 08:00 ada creates alert policy watch on app-created to ada\n"
          + "expect no alert watch about expenses by 08:30")
    case .unknownReport:
      Explanation(
        "No line above asks for a cross-tenant report under this name.",
        wrong: "expect report weekly is completed at 08:00",
        right: "at 08:00 ada requests cross-tenant report as weekly\n"
          + "expect report weekly is received at 08:00")
    case .personForGroup:
      Explanation(
        "People come and go in groups; a person is in one, and is none.",
        wrong: "at 09:00 uma leaves group maya",
        right: "group sales of contoso with uma\nat 09:00 uma leaves group sales")
    case .groupElsewhere:
      Explanation(
        "Apps and flows are shared with people, guests and groups of their tenant.",
        wrong: "group partners of fabrikam with gus\nshare app expenses with partners",
        right: "group partners of contoso with gus\nshare app expenses with partners")
    case .sharedWithOwner:
      Explanation(
        "Who made an app or a flow owns it and needs no part in it (assumed). It is closed to others "
          + "once it is shared with somebody else.",
        wrong: "share app expenses with maya", right: "share app expenses with uma")
    case .unknownOperation:
      Explanation(
        "No line above begins an operation of this name.",
        wrong: "expect operation change is succeeded at 08:00",
        right: "at 08:00 ada replaces isolation policy with on as change\n"
          + "expect operation change is succeeded at 08:00")
    case .unknownEnvironment:
      Explanation(
        "No line above declares an environment under this name.",
        wrong: "at 10:00 ada lists packages in prod",
        right: "environment prod of contoso with dataverse\nat 10:00 ada lists packages in prod")
    case .unknownPackage:
      Explanation(
        "The catalogue has no package with this unique name, and nobody asked for it above.",
        wrong: "environment sandbox of contoso with dataverse\n"
          + "expect package Office365Group in sandbox is installed at 10:30",
        right: "environment sandbox of contoso with dataverse\n"
          + "expect package Office365Groups in sandbox is none at 10:30")
    case .groupForPerson:
      Explanation(
        "A group is people under one name; only a person acts.",
        wrong: "group sales of contoso with uma\nat 09:00 sales opens app expenses",
        right: "group sales of contoso with uma\nat 09:00 uma opens app expenses")
    case .unknownRuleTarget:
      Explanation(
        "A rule's directions can be changed. (Its tenant cannot: naming another tenant is allowed "
          + "here, and refused in the simulation.)",
        wrong: "at 09:00 ada changes rule fabrikam to bothh",
        right: "at 09:00 ada changes rule fabrikam to both")
    default: nil
    }
  }
}
