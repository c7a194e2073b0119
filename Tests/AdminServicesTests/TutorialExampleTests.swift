import AdminServices
import DiscreteEvents
import Foundation
import PowerPlatform
import Testing

/// The three bodies that the tutorial on application packages prints, whole: every key in its order,
/// every value of its type, and the values that are facts as they are there.
///
/// Three things are ours. The description of a package says the same in other words. Ids of instances
/// and operations and the address of the terms are made here; what is tested of them is that they are
/// GUIDs and a link, the same wherever one body says them twice. And simulated time has milliseconds,
/// so that the tutorial's further digits are zeros.
@Suite struct TutorialExampleTests {
  /// The tutorial's day.
  private static let world = packageWorld.replacing("2025-03-0", with: "2022-03-2")
    .replacing("2022-03-23", with: "2022-03-22").replacing("2022-03-24", with: "2022-03-23")

  private static let description =
    PackageCatalogue.package(named: "Office365Groups")
    .details.map(\.localizedDescription) ?? ""

  @Test func `An entry of the list is the tutorial's`() throws {
    var services = try services(Self.world)
    let response = services.call("GET", packages, as: installer, at: at(19, 30))
    let entry = """
      {"id":"ce3bab3c-ada1-40cf-b84b-49b26603a281","uniqueName":"Office365Groups",\
      "version":"2.9.0.3","localizedDescription":"\(Self.description)",\
      "localizedName":"Office 365 Groups",\
      "applicationId":"2f17f077-4175-4d82-b82b-17cd8950b74f","applicationName":"Office365Groups",\
      "applicationDescription":"","singlePageApplicationUrl":"",\
      "publisherName":"Microsoft CRM Package",\
      "publisherId":"255953fd-9ab8-4146-bfa1-859aae326ae9",\
      "learnMoreUrl":"http://go.microsoft.com/fwlink/?LinkID=525719","crmMinversion":"8.0",\
      "crmMaxVersion":null,"customHandleUpgrade":false,"instancePackageId":null,"state":"None",\
      "catalogVisibility":"None","applicationVisibility":"All","errorDetails":null,\
      "startDateUtc":"2016-01-01T00:00:00Z","endDateUtc":"2050-01-01T00:00:00Z",\
      "supportedCountries":["AE","AL","AM","AO","VN","ZA","ZW"]}
      """
    #expect(response.text.hasPrefix("{\"value\":[" + entry + ","), "\(response.text)")
  }

  @Test func `The answer to an installation is the tutorial's`() throws {
    var services = try services(Self.world)
    let requested = at(19, 35) + 59_742
    let response = services.call("POST", installation, as: installer, at: requested)
    let instance = try #require(response.json["id"] as? String)
    let last = try #require(response.json["lastOperation"] as? [String: Any])
    let operation = try #require(last["operationId"] as? String)
    let terms = try #require((response.json["termsOfServiceBlobUris"] as? [String])?.first)
    #expect(
      response.text == """
        {"id":"\(instance)","packageId":"ce3bab3c-ada1-40cf-b84b-49b26603a281",\
        "applicationId":"2f17f077-4175-4d82-b82b-17cd8950b74f",\
        "applicationName":"Office365Groups","applicationDescription":"",\
        "singlePageApplicationUrl":"","publisherName":"Microsoft CRM Package",\
        "publisherId":"255953fd-9ab8-4146-bfa1-859aae326ae9",\
        "packageUniqueName":"Office365Groups","packageVersion":"2.9.0.3",\
        "localizedDescription":"\(Self.description)","localizedName":"Office 365 Groups",\
        "learnMoreUrl":"http://go.microsoft.com/fwlink/?LinkID=525719",\
        "termsOfServiceBlobUris":["\(terms)"],"applicationVisibility":"All",\
        "lastOperation":{"state":"InstallRequested","createdOn":"2022-03-22T19:35:59.7420000Z",\
        "modifiedOn":null,"errorDetails":null,"statusMessage":null,\
        "instancePackageId":"\(instance)","operationId":"\(operation)"},\
        "customHandleUpgrade":false}
        """)
    #expect(isGUID(instance) && isGUID(operation) && instance != operation)
    #expect(terms.hasPrefix("https://"))
  }

  @Test func `What a poll says of an operation that has not started is the tutorial's`() throws {
    var services = try services(Self.world)
    let requested = at(20, 5) + 58_941
    let accepted = services.call("POST", installation, as: installer, at: requested)
    let last = try #require(accepted.json["lastOperation"] as? [String: Any])
    let id = try #require(last["operationId"] as? String)
    let place = "/appmanagement/environments/\(production)/operations/\(id)"
    #expect(
      services.call("GET", place, as: installer, at: requested).text == """
        {"status":"NotStarted","createdDateTime":"2022-03-22T20:05:58.9410000Z",\
        "lastActionDateTime":null,"error":null,"statusMessage":null,"operationId":"\(id)"}
        """)
  }

  private func isGUID(_ text: String) -> Bool {
    text.wholeMatch(of: /[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}/) != nil
  }
}
