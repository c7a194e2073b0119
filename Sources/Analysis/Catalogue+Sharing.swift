import PowerPlatform
import SimulationTrace
import TenantIsolation

// The first part of the page on sharing alerts, about what is shared with whom, and what the page on
// team flows adds to it.

extension Catalogue {
  static let sharing = sharedApps + teamFlows + beyondSharing

  private static let sharedApps = [
    Behaviour(
      "sharing.widely-shared-everyone", Source(.widelyShared, 1, 2),
      sentence: "What is shared with the entire tenant is found among the widely shared.",
      seenAs: seen(.wideByEveryone)),
    Behaviour(
      "sharing.widely-shared-many", Source(.widelyShared, 1, 2),
      sentence: "What is shared with many people one by one is found among the widely shared.",
      seenAs: seen(.wideByMany)),
    Behaviour(
      "sharing.group", Source(.widelyShared, 4, 7),
      sentence: "An app is shared with a group, whose members use it.",
      seenAs: seen(.seenByGroup)),
    Behaviour(
      "sharing.everyone-sees", Source(.widelyShared, 5),
      sentence: "Everyone sees an app that is shared with the entire tenant.",
      seenAs: seen(.seenByEveryone)),
    Behaviour(
      "sharing.no-data-access", Source(.widelyShared, 5),
      sentence: "Who has no access to an app's data source gets an error on opening it.",
      needs: .anyText, seenAs: seen(.noData)),
    Behaviour(
      "sharing.individual-stays", Source(.widelyShared, 6),
      sentence: "Who moves to another department still sees what is shared with them by name.",
      seenAs: seen(.leaverStays)),
    Behaviour(
      "sharing.leaver-drops-out", Source(.widelyShared, 6, 7),
      sentence: "Who leaves a group no longer sees what is shared with the group.",
      seenAs: seen(.leaverDropsOut)),
    Behaviour(
      "sharing.closed-to-others", Source(.widelyShared, 4), basis: .assumed,
      sentence: "An app that is shared with some is closed to all others but its owner.",
      seenAs: seen(.closed)),
  ]

  private static let teamFlows = [
    Behaviour(
      "sharing.co-owner-edits", Source(.widelyShared, 8, 9), Source(.teamFlows, 1),
      sentence: "A co-owner of a team flow edits its definition.",
      seenAs: seen(.coOwnerEdits)),
    Behaviour(
      "sharing.co-owner-switches", Source(.teamFlows, 1),
      sentence: "A co-owner of a team flow turns it on and off.",
      seenAs: seen(.coOwnerSwitches)),
    Behaviour(
      "sharing.co-owner-shares", Source(.teamFlows, 1),
      sentence: "A co-owner of a team flow adds another one.",
      seenAs: seen(.coOwnerShares)),
    Behaviour(
      "sharing.connections-shared", Source(.widelyShared, 10), Source(.teamFlows, 2),
      sentence: "A co-owner saves a team flow that goes on with another owner's connection.",
      seenAs: seen(.connectionKept)),
    Behaviour(
      "sharing.in-that-flow-alone", Source(.widelyShared, 10), Source(.teamFlows, 2),
      sentence: "A co-owner can't use another owner's connection in a flow of their own.",
      seenAs: seen(.connectionElsewhere)),
    Behaviour(
      "sharing.run-only", Source(.teamFlows, 3), sentence: "A run-only user starts a flow.",
      seenAs: seen(.runOnlyRuns)),
    Behaviour(
      "sharing.run-only-edits-nothing", Source(.teamFlows, 3),
      sentence: "A run-only user is refused to save the flow.",
      seenAs: seen(.runOnlyEditsNothing)),
    Behaviour(
      "sharing.copy", Source(.widelyShared, 11),
      sentence: "A flow is sent as a copy to show how something was done.",
      seenAs: seen(.copied)),
    Behaviour(
      "sharing.copy-unconnected", Source(.widelyShared, 11), basis: .assumed,
      sentence: "A copy does not run before it is saved with connections of its owner's.",
      seenAs: seen(.copyUnconnected)),
    Behaviour(
      "sharing.copy-connected", Source(.widelyShared, 11), basis: .assumed,
      sentence: "A copy is saved with connections of its owner's.",
      seenAs: seen(.copyConnected)),
    Behaviour(
      "sharing.service-account", Source(.widelyShared, 12),
      sentence: "A flow is moved from personal connections to those of a service account.",
      seenAs: seen(.moved)),
  ]

  private static let beyondSharing = [
    Behaviour(
      "sharing.easy-option", Source(.widelyShared, 3),
      sentence: "Why apps are often shared with the entire tenant: it is easily done.",
      leftOutBecause: "it states no behaviour")
  ]

  private static func seen(_ kind: ShareSight.Kind) -> Sight { .share { $0.kind == kind } }
}
