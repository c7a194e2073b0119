import PowerPlatform
import SimulationTrace
import TenantIsolation

// The template of a tutorial that installs application packages, and what other pages add to it.

extension Catalogue {
  static let packages = installing + installation + telling + beyondPackages

  private static let installing = [
    Behaviour(
      "packages.listed", Source(.packageList, 2),
      sentence: "An administrator reads what an environment offers, and how far each package is.",
      seenAs: .package { $0.kind == .listing && $0.result?.outcome == .allowed }),
    Behaviour(
      "packages.requested", Source(.packageInstallation, 2, 4), Source(.packageReference, 3),
      sentence: "An installation is asked for by the package's name, and answered by an operation.",
      seenAs: .package { $0.kind == .request && $0.result?.operation != nil }),
    Behaviour(
      "packages.nobody-else", Source(.packageReference, 4), basis: .assumed,
      sentence: "Makers and users are refused the packages of an environment.",
      seenAs: .package { $0.isRefused(for: .notPackageAdministrator) }),
    Behaviour(
      "packages.dataverse", Source(.packageReference, 5),
      sentence: "Packages need an environment that has Dataverse.",
      seenAs: .package { $0.isRefused(for: .noDataverse) }),
    Behaviour(
      "packages.unknown", Source(.packageInstallation, 2), basis: .assumed,
      sentence: "A package that the catalogue does not have is not found.",
      seenAs: .package { $0.isRefused(for: .packageUnknown) }),
    Behaviour(
      "packages.once-at-a-time", Source(.packageReference, 3), basis: .assumed,
      sentence: "A package that is on its way into an environment is not asked for again.",
      seenAs: .package { $0.isRefused(for: .installInProgress) }),
  ]

  private static let installation = [
    status("not-started", .notStarted, "An installation that was asked for has not started first."),
    status("running", .running, "An installation runs for a while."),
    status("succeeded", .succeeded, "An installation ends well."),
    status("failed", .failed, "An installation may fail."),
    status("canceled", .canceled, "An installation may be canceled before it ends."),
    state("installed", .installed, "A package whose installation succeeds is installed."),
    state("install-failed", .installFailed, "A package whose installation fails is marked so."),
  ]

  private static func status(
    _ name: String, _ status: OperationStatus, _ sentence: String
  ) -> Behaviour {
    Behaviour(
      "packages.\(name)", Source(.packagePoll, 5), Source(.packageReference, 1),
      sentence: sentence, seenAs: .package { $0.kind == .status(status) })
  }

  private static func state(
    _ name: String, _ state: PackageState, _ sentence: String
  ) -> Behaviour {
    Behaviour(
      "packages.\(name)", Source(.packageReference, 2), sentence: sentence,
      seenAs: .package { $0.kind == .state(state) })
  }

  private static let telling = [
    Behaviour(
      "packages.polled", Source(.packageAuthentication, 6, 9), Source(.packagePoll, 2, 3, 6),
      sentence: "A recurring flow asks about the operation until its status is a last one.",
      seenAs: .package { $0.kind == .done }),
    Behaviour(
      "packages.mailed", Source(.packageVerification, 2),
      sentence: "The flow that found the end mails it.",
      seenAs: .package { $0.kind == .mail }),
    Behaviour(
      "packages.nobody-mailed", Source(.runtime, 1), basis: .assumed,
      sentence: "A flow whose runs fail mails nobody, however the operation ends.",
      seenAs: .package { $0.kind == .silence }),
  ]

  private static let beyondPackages = [
    Behaviour(
      "packages.sign-in", Source(.packageAuthentication, 14, 15, 16, 17, 18),
      sentence: "A token is asked for with a password, and its answer has four fields.",
      leftOutBecause: "scenarios make no calls; the operations of the admin services do it"),
    Behaviour(
      "packages.list-and-body", Source(.packageList, 3), Source(.packageInstallation, 3, 5),
      Source(.packageAuthentication, 7, 10, 11, 12, 13), Source(.packagePoll, 4),
      sentence: "Calls name an environment and a package, and their answers have a schema.",
      leftOutBecause: "scenarios make no calls; the operations of the admin services answer so"),
    Behaviour(
      "packages.logs", Source(.packageVerification, 1, 3, 4),
      sentence: "The admin center shows the installed package, and the logs of one that failed.",
      leftOutBecause: "screens and logs are not simulated"),
    Behaviour(
      "packages.preview", Source(.packageIntroduction, 9, 10, 11),
      Source(.packageAuthentication, 3, 4),
      sentence: "The interface is a preview, whose host name and data contracts may change.",
      leftOutBecause: "it states no behaviour of the platform"),
    Behaviour(
      "packages.prose", Source(.packageIntroduction, 1, 2, 3, 4, 5, 6, 7, 8),
      Source(.packageAuthentication, 1, 2, 5, 8, 19, 20), Source(.packageList, 1, 4),
      Source(.packageInstallation, 1), Source(.packagePoll, 1), Source(.packageReference, 6),
      sentence: "Sentences of the template that announce, lead on, or wait to be written.",
      leftOutBecause: "they state no behaviour; nothing in the template is about isolation"),
  ]
}
