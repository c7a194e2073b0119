import SimulationTrace

/// The application packages that environments offer.
///
/// Office365Groups is the tutorial's own example, with its countries as far as the older tutorial
/// prints them. Names, applications and publishers of the others were published in a client's test
/// data; their ids, versions, least versions and countries are this simulator's own.
public enum PackageCatalogue {
  /// All of them, in the order in which lists have them.
  public static let builtIn: [ApplicationPackage] = [
    office365Groups,
    seen(
      "msdyn_FlowApprovals", "Microsoft Flow Approvals",
      "Approval requests for data in SharePoint, Dynamics 365 and OneDrive, in one place.",
      "b4b3b295-b5fe-4888-9355-9601c30626b3", "Microsoft Flow Approvals", .dynamics,
      "https://go.microsoft.com/fwlink/p/?linkid=847067"),
    seen(
      "msmwt_MicrosoftCheckins", "Microsoft Check-ins", "Brings Microsoft Check-ins along.",
      "483d32d1-2fc0-42b9-9a5b-e4cdec3009a6", "Microsoft Check-ins", .dynamics,
      "http://go.microsoft.com/fwlink/?LinkID=773454"),
    seen(
      "PowerPages_Core", "Power Pages Core", "Brings what sites of Power Pages are built on.",
      "9595806d-e483-4650-b3ff-7dbc076119cd", "Power Pages Core", .pages,
      "http://go.microsoft.com/fwlink/p/?LinkID=785007"),
  ]

  /// The package with a unique name, or the name alone where there is none.
  public static func package(named name: String) -> ApplicationPackage {
    builtIn.first { $0.name == name } ?? ApplicationPackage(name)
  }

  private static let office365Groups = ApplicationPackage(
    "Office365Groups",
    .init(
      identifier: "ce3bab3c-ada1-40cf-b84b-49b26603a281", version: "2.9.0.3",
      localizedName: "Office 365 Groups",
      localizedDescription:
        "Conversations, meetings and documents in one place for people across the company, "
        + "Dynamics 365 users or not.",
      applicationIdentifier: "2f17f077-4175-4d82-b82b-17cd8950b74f",
      applicationName: "Office365Groups", applicationDescription: "",
      publisherName: "Microsoft CRM Package",
      publisherIdentifier: "255953fd-9ab8-4146-bfa1-859aae326ae9",
      learnMoreAddress: "http://go.microsoft.com/fwlink/?LinkID=525719", leastVersion: "8.0",
      countries: ["AE", "AL", "AM", "AO", "VN", "ZA", "ZW"]))

  private enum Publisher {
    case dynamics, pages

    var name: String { self == .dynamics ? "Microsoft Dynamics 365" : "Microsoft Power Pages" }
    var identifier: String {
      self == .dynamics
        ? "7ea093b9-252b-4557-a8ae-ad4c1932a412" : "c9db2fb0-16d4-4e9d-a4da-de574e1156db"
    }
  }

  private static func seen(
    _ name: String, _ title: String, _ description: String, _ application: String,
    _ applicationName: String, _ publisher: Publisher, _ address: String
  ) -> ApplicationPackage {
    ApplicationPackage(
      name,
      .init(
        identifier: derivedIdentifier("package", name), version: "1.0.0.0", localizedName: title,
        localizedDescription: description, applicationIdentifier: application,
        applicationName: applicationName, applicationDescription: "",
        publisherName: publisher.name, publisherIdentifier: publisher.identifier,
        learnMoreAddress: address, leastVersion: "9.0", countries: ["DE", "GB", "US"]))
  }
}
