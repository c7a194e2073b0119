import PowerPlatform
import SimulationTrace
import TenantIsolation

// The blog, the pictures of 2021 that it leads to, and what later pages add.

extension Catalogue {
  static let blog = [
    Behaviour(
      "blog.flow-crosses", Source(.switchFound, 8), basis: .observed,
      sentence: "Credentials of another tenant are enough to make a flow that connects to it.",
      seenAs: .connection {
        $0.moment == .flowCreation && $0.outcome == .saved && $0.isFree
      }),
    Behaviour(
      "blog.no-access-needed", Source(.demonstration, 5, 7, 8, 9), basis: .observed,
      sentence:
        "A maker connects to a tenant whose Power Platform they have no access to, by signing in.",
      seenAs: .connection {
        $0.moment == .creation && $0.isFree && !$0.owner.works(in: $0.definition.signIn)
      }),
    Behaviour(
      "blog.file-to-message", Source(.demonstration, 4, 6, 10, 11, 12), basis: .observed,
      sentence:
        "A new file in one tenant's OneDrive starts a flow that posts a message in another tenant.",
      seenAs: .connection {
        $0.moment == .run && $0.isBySignal && $0.isFree && $0.steps.count > 1
          && $0.connector.name == "onedrive-for-business"
      }),
    Behaviour(
      "blog.run-succeeds", Source(.demonstration, 13), basis: .observed,
      sentence: "A run that crosses between tenants succeeds as long as isolation is off.",
      needs: .because(.outboundIsolationOff, .inboundIsolationOff),
      seenAs: .connection { $0.moment == .run && $0.outcome == .succeeded && $0.isFree }),
  ]

  static let beyond = laterEdition + pictures + history

  private static let laterEdition = [
    Behaviour(
      "edition-2025.administrator", Source(.laterEdition, 1),
      sentence: "By the edition of 2025 a Power Platform administrator sets the policy.",
      seenAs: .policyChange {
        $0.edition == .of2025 && $0.isSaved && $0.actor?.role == .administrator
      }),
    Behaviour(
      "edition-2025.no-global-administrator", Source(.laterEdition, 1),
      sentence: "By the edition of 2025 a Global administrator does not set the policy.",
      seenAs: .policyChange {
        $0.edition == .of2025 && $0.isRefused(for: .notAdministrator)
          && $0.actor?.role == .globalAdministrator
      }),
    Behaviour(
      "rule-limit.2025", Source(.laterEdition, 2),
      sentence: "By the edition of 2025 an allowlist holds 500 rules.",
      seenAs: .policyChange { $0.isRefused(atLimit: 500) && $0.edition == .of2025 }),
  ]

  private static let pictures = [
    Behaviour(
      "pictures.connection-refused", Source(.pictures, 1), basis: .observed,
      sentence:
        "The card of a refused connection names the owner's tenant, the sign-in tenant and the "
        + "connector.",
      needs: .text("Details: Connection Owner Tenant: "),
      seenAs: .connection { $0.moment == .creation && $0.failure?.cause == .isolation }),
    Behaviour(
      "pictures.failed-action", Source(.pictures, 2), basis: .observed,
      sentence: "A failed run names the action, or the trigger, that failed.",
      needs: .text("Action '"),
      seenAs: .connection { $0.moment == .run && $0.failure?.cause == .isolation }),
    Behaviour(
      "pictures.token-exchange", Source(.pictures, 3), basis: .observed,
      sentence: "A failed run's details speak of the token exchange.",
      needs: .text("Error from token exchange: "),
      seenAs: .connection { $0.moment == .run && $0.failure?.cause == .isolation }),
    Behaviour(
      "pictures.flow-stays-on", Source(.pictures, 4), basis: .observed,
      sentence: "A flow whose runs fail stays on.",
      seenAs: .flow { $0.kind == .failing }),
    Behaviour(
      "pictures.flow-page-warns", Source(.pictures, 5), basis: .observed,
      sentence: "Its page says that something needs to be fixed, and leads to the flow checker.",
      needs: .text(Cast.flowPageWarning), seenAs: .flow { $0.kind == .failing }),
  ]

  private static let history = [
    Behaviour(
      "run-history.28-days", Source(.runHistory, 1),
      sentence: "The run history goes back 28 days.",
      seenAs: .flow { $0.kind == .forgetting })
  ]
}

extension ConnectionSight {
  /// Whether it crosses because no tenant on its way isolates itself.
  fileprivate var isFree: Bool {
    isAllowed && has(.outboundIsolationOff) && has(.inboundIsolationOff)
  }
}
