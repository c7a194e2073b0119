import DiscreteEvents
import PowerPlatform
import SimulationTrace
import TenantIsolation

// What makers meet while they design, what becomes of active apps and flows, and when.

extension Catalogue {
  static let designTime = [
    designError("app-created", .appCreation, "Whoever makes an app with a blocked connection"),
    designError("app-edited", .appEdit, "Whoever adds a blocked connection to an app"),
    designError("flow-created", .flowCreation, "Whoever makes a flow with a blocked connection"),
    designError(
      "flow-edited", .flowEdit, "Whoever saves a flow again that has a blocked connection"),
    Behaviour(
      "design-time.app-text", Source(.designTime, 2, 4),
      sentence: "Power Apps says that the data didn't load correctly and asks to try again.",
      needs: .text("The data didn't load correctly. Please try again."),
      seenAs: .connection { $0.moment.isAppDesign && $0.failure?.cause == .isolation }),
    Behaviour(
      "design-time.app-leaves-out", Source(.designTime, 3),
      sentence: "The app does not add the connection.",
      seenAs: .connection { $0.moment.isAppDesign && $0.isBlockedByIsolation }),
    Behaviour(
      "design-time.flow-text", Source(.designTime, 5, 7),
      sentence: "Power Automate says that it couldn't retrieve values, and with which error.",
      needs: .text(
        "Couldn't retrieve values. The dynamic invocation request failed with error - "),
      seenAs: .connection { $0.moment.isFlowDesign && $0.failure?.cause == .isolation }),
    Behaviour(
      "design-time.flow-suspended", Source(.designTime, 6),
      sentence: "The flow is saved and marked Suspended.",
      seenAs: .connection {
        $0.moment.isFlowDesign && $0.outcome == .suspended && $0.failure?.cause == .isolation
      }),
    Behaviour(
      "design-time.suspended-does-not-run", Source(.designTime, 6),
      sentence: "A flow that is marked Suspended does not run.",
      seenAs: .flow { $0.kind == .idle }),
    Behaviour(
      "design-time.resolved-runs", Source(.designTime, 6),
      sentence: "A suspended flow runs once its maker has resolved the cause.",
      seenAs: .connection { sight in
        sight.moment == .run && sight.isAllowed
          && sight.flow.map { sight.scene.wasSuspended($0, before: sight.time) } ?? false
      }),
  ]

  private static func designError(
    _ name: String, _ moment: Moment, _ who: String
  ) -> Behaviour {
    Behaviour(
      "design-time-error.\(name)", Source(.designTime, 1),
      sentence: "\(who) is told that something is wrong.",
      needs: .anyText,
      seenAs: .connection { $0.moment == moment && $0.failure?.cause == .isolation })
  }

  static let runtime = [
    Behaviour(
      "runtime.policy-changes-any-time", Source(.runtime, 1),
      sentence: "Policies can be changed while apps and flows are in use.",
      seenAs: .policyChange { $0.isSaved && $0.scene.hasAppsOrFlows(at: $0.statement.time) }),
    Behaviour(
      "runtime.flow-fails", Source(.runtime, 2, 3), Source(.impact, 3),
      sentence: "A flow that complied with an earlier policy and violates the present one fails.",
      needs: .because(blocked),
      seenAs: .connection { sight in
        guard sight.moment == .run, sight.isBlockedByIsolation, let flow = sight.flow else {
          return false
        }
        return sight.scene.firstSuccess[flow.row].map { $0 < sight.time } ?? false
      }),
    Behaviour(
      "runtime.app-fails", Source(.runtime, 2, 3), Source(.impact, 3),
      sentence:
        "An app that complied with an earlier policy and violates the present one does not work.",
      needs: .because(blocked),
      seenAs: .connection { sight in
        sight.moment == .appOpening && sight.isBlockedByIsolation
          && sight.app.map { sight.scene.worked($0, before: sight.time) } ?? false
      }),
    Behaviour(
      "run-history.failed", Source(.runtime, 4, 6),
      sentence: "The run history of such a flow shows failed runs.",
      needs: .history, seenAs: .connection { $0.isFailedRun }),
    Behaviour(
      "run-history.details", Source(.runtime, 5, 7),
      sentence: "A failed run's details show its error.",
      needs: .text("due to a tenant isolation configuration"),
      seenAs: .connection { $0.isFailedRun }),
    Behaviour(
      "propagation", Source(.runtime, 8),
      sentence: "About an hour passes until active apps and flows are judged by a changed policy.",
      seenAs: .any { observation in
        switch observation {
        case .connection(let sight): sight.isAheadOfItsPolicy && sight.waitsAboutAnHour
        case .pending(let sight): sight.isSwitch && aboutAnHour.contains(sight.delay)
        default: false
        }
      }),
    Behaviour(
      "propagation-not-instant", Source(.runtime, 9),
      sentence: "Until then active apps and flows meet the policy before.",
      seenAs: .connection { $0.isAheadOfItsPolicy }),
    Behaviour(
      "propagation-makers-at-once", Source(.designTime, 1), basis: .assumed,
      sentence: "Makers are judged by a changed policy at once.",
      needs: .because(
        .outboundBlocked, .inboundBlocked, .outboundRule, .inboundRule, .outboundWildcard,
        .inboundWildcard, .outboundIsolationOff, .inboundIsolationOff),
      seenAs: .connection {
        !$0.moment.isAtRunTime && $0.scene.designView == .saved && $0.crosses
          && !$0.has(.credentials) && $0.differs(under: .inForce)
      }),
  ]

  /// What may pass as "about an hour", in milliseconds.
  static let aboutAnHour: ClosedRange<Int64> = 45 * 60_000...75 * 60_000
}

extension ConnectionSight {
  fileprivate var isFailedRun: Bool { moment == .run && failure?.cause == .isolation }

  /// Whether an active app or flow meets a policy that is no longer the saved one, and feels it.
  fileprivate var isAheadOfItsPolicy: Bool {
    moment.isAtRunTime && crosses && differs(under: .saved)
  }

  /// Whether what is saved comes into force about an hour after it was.
  fileprivate var waitsAboutAnHour: Bool {
    [definition.creator, definition.signIn].contains { (tenant: TenantID) in
      let version = scene.version(of: tenant, .saved, at: time)
      guard let saved: Instant = version.savedAt, version.inForceAt > time else { return false }
      return Catalogue.aboutAnHour.contains(version.inForceAt - saved)
    }
  }
}
