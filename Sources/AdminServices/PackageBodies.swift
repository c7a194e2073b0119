import DiscreteEvents
import PowerPlatform
import Reports
import SimulationTrace
import TenantIsolation

// The forms of packages, their installations and operations: fields and their order are those of the
// tutorial's examples.

extension ByteBuffer {
  /// Appends a package as lists have it.
  ///
  /// - Parameter instance: its id in the environment; nil where it has not been asked for.
  mutating func append(
    _ package: ApplicationPackage, _ details: ApplicationPackage.Details, _ state: PackageState,
    instance: String?
  ) {
    append("{\"id\":")
    append(json: details.identifier)
    append(key: "uniqueName", package.name)
    append(key: "version", details.version)
    append(key: "localizedDescription", details.localizedDescription)
    append(key: "localizedName", details.localizedName)
    appendApplication(details)
    append(key: "learnMoreUrl", details.learnMoreAddress)
    append(key: "crmMinversion", details.leastVersion)
    append(",\"crmMaxVersion\":null,\"customHandleUpgrade\":false")
    append(key: "instancePackageId", orNull: instance)
    append(key: "state", word: state.wireName)
    append(key: "catalogVisibility", word: "None")
    append(key: "applicationVisibility", word: "All")
    appendError(state == .installFailed)
    append(key: "startDateUtc", word: "2016-01-01T00:00:00Z")
    append(key: "endDateUtc", word: "2050-01-01T00:00:00Z")
    append(key: "supportedCountries", details.countries)
    append("}")
  }

  /// Appends what an installation that has just been asked for is answered with.
  mutating func append(
    _ package: ApplicationPackage, _ details: ApplicationPackage.Details,
    _ operation: AdminOperation, in scenario: Scenario, origin: String, instance: String
  ) {
    append("{\"id\":")
    append(json: instance)
    append(key: "packageId", details.identifier)
    appendApplication(details)
    append(key: "packageUniqueName", package.name)
    append(key: "packageVersion", details.version)
    append(key: "localizedDescription", details.localizedDescription)
    append(key: "localizedName", details.localizedName)
    append(key: "learnMoreUrl", details.learnMoreAddress)
    append(key: "termsOfServiceBlobUris", ["\(origin)/terms/\(details.identifier)"])
    append(key: "applicationVisibility", word: "All")
    append(",\"lastOperation\":{\"state\":\"InstallRequested\"")
    append(key: "createdOn", precise: scenario.civil(operation.requestedAt))
    append(",\"modifiedOn\":null,\"errorDetails\":null,\"statusMessage\":null")
    append(key: "instancePackageId", instance)
    append(key: "operationId", operation.identifier)
    append("},\"customHandleUpgrade\":false}")
  }

  /// Appends an operation as it stands at an instant.
  mutating func append(_ operation: AdminOperation, at time: Instant, in scenario: Scenario) {
    let status = operation.status(at: time)
    append("{\"status\":\"\(status.wireName)\"")
    append(key: "createdDateTime", precise: scenario.civil(operation.requestedAt))
    let last = [operation.startedAt, operation.endedAt].compactMap(\.self).last { $0 <= time }
    append(key: "lastActionDateTime", precise: last.map { scenario.civil($0) })
    append(key: "error")
    appendDetails(of: status == .failed)
    append(",\"statusMessage\":null")
    append(key: "operationId", operation.identifier)
    append("}")
  }

  private mutating func appendApplication(_ details: ApplicationPackage.Details) {
    append(key: "applicationId", details.applicationIdentifier)
    append(key: "applicationName", details.applicationName)
    append(key: "applicationDescription", details.applicationDescription)
    append(key: "singlePageApplicationUrl", "")
    append(key: "publisherName", details.publisherName)
    append(key: "publisherId", details.publisherIdentifier)
  }

  private mutating func appendError(_ isThere: Bool) {
    append(key: "errorDetails")
    appendDetails(of: isThere)
  }

  /// Why an installation failed: the fields are documented, what they say is this simulator's own.
  private mutating func appendDetails(of failure: Bool) {
    guard failure else { return append("null") }
    append(
      "{\"errorCode\":0,\"errorName\":\"InstallFailed\",\"message\":\"The installation failed.\","
        + "\"source\":\"Simulation\",\"statusCode\":500,\"type\":\"InstallFailed\"}" as String)
  }

  /// Appends `,"key":"2022-03-22T19:35:59.7420000Z"`, or null.
  private mutating func append(key: StaticString, precise time: CivilTime?) {
    append(key: key)
    guard let time else { return append("null") }
    append("\"")
    append(date: time)
    for (mark, part, width) in [
      ("T", time.timeOfDay / 3_600_000, 2), (":", time.timeOfDay / 60_000 % 60, 2),
      (":", time.timeOfDay / 1000 % 60, 2), (".", time.timeOfDay % 1000 * 10_000, 7),
    ] {
      append(mark)
      append(digits: UInt64(part), width: width)
    }
    append("Z\"")
  }
}
