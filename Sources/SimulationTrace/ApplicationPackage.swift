import DiscreteEvents

/// An application package that administrators install in environments.
public struct ApplicationPackage: Hashable, Sendable {
  /// Its unique name; anything else where the catalogue has no such package.
  public var name: String
  /// What the catalogue says of it; nil where it has no such package.
  public var details: Details?

  /// A package of the catalogue, or a name that it does not have.
  public init(_ name: String, _ details: Details? = nil) {
    self.name = name
    self.details = details
  }

  /// What a catalogue says of a package.
  public struct Details: Hashable, Sendable {
    /// The package's GUID.
    public var identifier: String
    /// Of four numbers.
    public var version: String
    /// What people see.
    public var localizedName: String
    /// What it is for.
    public var localizedDescription: String
    /// The GUID of the application that it belongs to.
    public var applicationIdentifier: String
    /// That application's name.
    public var applicationName: String
    /// What that application is for.
    public var applicationDescription: String
    /// Who publishes it.
    public var publisherName: String
    /// The publisher's GUID.
    public var publisherIdentifier: String
    /// Where people read more.
    public var learnMoreAddress: String
    /// The least version of Dataverse that it needs.
    public var leastVersion: String
    /// The countries in which it is offered, as two letters.
    public var countries: [String]

    /// What a catalogue says of a package.
    public init(
      identifier: String, version: String, localizedName: String, localizedDescription: String,
      applicationIdentifier: String, applicationName: String, applicationDescription: String,
      publisherName: String, publisherIdentifier: String, learnMoreAddress: String,
      leastVersion: String, countries: [String]
    ) {
      self.identifier = identifier
      self.version = version
      self.localizedName = localizedName
      self.localizedDescription = localizedDescription
      self.applicationIdentifier = applicationIdentifier
      self.applicationName = applicationName
      self.applicationDescription = applicationDescription
      self.publisherName = publisherName
      self.publisherIdentifier = publisherIdentifier
      self.learnMoreAddress = learnMoreAddress
      self.leastVersion = leastVersion
      self.countries = countries
    }
  }
}

/// A package, or a name that somebody takes for one.
public typealias PackageID = RowID<ApplicationPackage>

/// How far the installation of a package in an environment has come. The documentation has seven
/// states more, of uninstalling, retrying, scheduling and templates, to which nothing here leads.
public enum PackageState: UInt8, CaseIterable, Sendable {
  case none, installRequested, installing, installed, installFailed

  /// The state as scenarios write it.
  public var name: StaticString {
    switch self {
    case .none: "none"
    case .installRequested: "install-requested"
    case .installing: "installing"
    case .installed: "installed"
    case .installFailed: "install-failed"
    }
  }

  /// The state as the REST interface writes it.
  public var wireName: StaticString {
    switch self {
    case .none: "None"
    case .installRequested: "InstallRequested"
    case .installing: "Installing"
    case .installed: "Installed"
    case .installFailed: "InstallFailed"
    }
  }
}

/// A package in an environment.
public struct PackagePlace: Hashable, Sendable {
  /// The package.
  public var package: PackageID
  /// Where it is, or might be.
  public var environment: EnvironmentID

  /// A package in an environment.
  public init(_ package: PackageID, in environment: EnvironmentID) {
    self.package = package
    self.environment = environment
  }
}

/// What a record says of a package.
public struct PackageMention: Hashable, Sendable {
  /// Which package, and where.
  public var place: PackagePlace
  /// How far it has come.
  public var state: PackageState

  /// A package in a record.
  public init(_ place: PackagePlace, _ state: PackageState) {
    self.place = place
    self.state = state
  }
}

/// What an environment offers, as somebody read it.
public struct PackageList: Hashable, Sendable {
  /// Unique names and states, in the catalogue's order.
  public var entries: [Entry]

  /// A list.
  public init(_ entries: [Entry]) { self.entries = entries }

  /// A package of a list.
  public struct Entry: Hashable, Sendable {
    /// The package's unique name.
    public var name: String
    /// How far it has come.
    public var state: PackageState

    /// A package of a list.
    public init(name: String, state: PackageState) {
      self.name = name
      self.state = state
    }
  }
}

/// A row of ``Trace/packageLists``.
public typealias PackageListID = RowID<PackageList>

// MARK: - Fingerprint

extension PackageList {
  func combine(into hash: inout StableHash) {
    for entry in entries {
      hash.combine(entry.name)
      hash.combine(entry.state.name)
    }
  }
}

extension PackageMention {
  func combine(into hash: inout StableHash) {
    hash.combine(place.package)
    hash.combine(place.environment)
    hash.combine(state.name)
  }
}
