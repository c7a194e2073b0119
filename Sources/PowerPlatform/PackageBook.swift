import DiscreteEvents
import SimulationTrace

/// The packages that somebody installs, and how far each has come in each environment.
struct PackageBook: Sendable {
  /// Of each place the states that it came to, in order of time.
  private var histories: [PackagePlace: [(time: Instant, state: PackageState)]] = [:]

  /// How far a package has come, after everything that happens at the instant.
  func state(of place: PackagePlace, at time: Instant) -> PackageState {
    histories[place]?.last { $0.time <= time }?.state ?? .none
  }

  /// How far a package has come by now.
  func state(of place: PackagePlace) -> PackageState { histories[place]?.last?.state ?? .none }

  /// All that the catalogue offers to an environment.
  func list(of environment: EnvironmentID, _ cast: Cast, at time: Instant) -> PackageList {
    PackageList(
      PackageCatalogue.builtIn.map { package in
        let row = cast.packages.firstIndex { $0.name == package.name }
        let place = row.map { PackagePlace(PackageID($0), in: environment) }
        return .init(name: package.name, state: place.map { state(of: $0, at: time) } ?? .none)
      })
  }

  mutating func set(_ place: PackagePlace, to state: PackageState, at time: Instant) {
    histories[place, default: []].append((time, state))
  }
}
