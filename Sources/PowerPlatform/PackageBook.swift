import DiscreteEvents
import SimulationTrace

/// The packages that somebody installs, and how far each has come in each environment.
struct PackageBook: Sendable {
  /// By environment, and there by package.
  private var states: ChangeLog<PackageState>
  private let packages: Int

  init(_ cast: Cast) {
    packages = cast.packages.count
    states = ChangeLog(subjects: cast.environments.count * packages)
  }

  private func row(_ place: PackagePlace) -> Int {
    place.environment.row * packages + place.package.row
  }

  /// How far a package has come, after everything that happens at the instant.
  func state(of place: PackagePlace, at time: Instant) -> PackageState {
    states.value(of: row(place), at: time) ?? .none
  }

  /// How far a package has come by now.
  func state(of place: PackagePlace) -> PackageState { states.current(row(place)) ?? .none }

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
    states.append(state, of: row(place), at: time)
  }
}
