import SimulationTrace

// The last section of the page on sharing alerts, which ends at the digest's schedule, and what a
// sample of Microsoft's does about wide shares. How a flow is made of it is this simulation's own.

extension Catalogue {
  static let feedFlows = digests + mitigation + beyondFeedFlows

  private static let digests = [
    Behaviour(
      "digest.mailed", Source(.sharingDigest, 1, 6),
      sentence: "A scheduled flow reads what the Activity API has new, and mails it.",
      seenAs: seen(.digest)),
    Behaviour(
      "digest.large-log", Source(.sharingDigest, 3),
      sentence: "With a large log, listing often finds what listing rarely misses.",
      seenAs: seen(.missed)),
    Behaviour(
      "digest.once", Source(.activityAPIMet, 2), basis: .assumed,
      sentence: "What comes twice is told once.",
      seenAs: seen(.told)),
    Behaviour(
      "digest.blocked", Source(.runtime, 1), basis: .assumed,
      sentence: "What a flow would have read in a run that a policy blocks stays missed.",
      seenAs: seen(.blocked)),
    Behaviour(
      "digest.failed", Source(.subscription, 9), basis: .assumed,
      sentence: "A run fails when the Activity API answers it with an error.",
      seenAs: seen(.failed)),
  ]

  private static let mitigation = [
    Behaviour(
      "mitigation.asked", Source(.sharingApproval, 2, 3), Source(.alertFlow, 1),
      sentence: "A flow asks for approval when an app that is not registered is shared widely.",
      seenAs: seen(.asked)),
    Behaviour(
      "mitigation.registered", Source(.sharingApproval, 3),
      sentence: "A flow lets the shares of registered apps be.",
      seenAs: seen(.registered)),
    Behaviour(
      "mitigation.removed", Source(.sharingApproval, 4),
      sentence: "A share is taken away once that is approved.",
      seenAs: seen(.removed)),
    Behaviour(
      "mitigation.recorded", Source(.auditActivities, 1),
      sentence: "That a flow takes a share away is in the audit log.",
      seenAs: seen(.recorded)),
    Behaviour(
      "mitigation.rejected", Source(.sharingApproval, 3), basis: .assumed,
      sentence: "A share stays when its removal is rejected.",
      seenAs: seen(.rejected)),
    Behaviour(
      "mitigation.unanswered", Source(.sharingApproval, 3), basis: .assumed,
      sentence: "A share stays while nobody answers.",
      seenAs: seen(.unanswered)),
    Behaviour(
      "mitigation.blocked", Source(.runtime, 1), basis: .assumed,
      sentence: "A share stays when a policy blocks the flow that would take it away.",
      seenAs: seen(.stuck)),
  ]

  private static let beyondFeedFlows = [
    Behaviour(
      "digest.prose", Source(.sharingDigest, 2, 4, 5),
      sentence: "The flow is a basic sample; where to click, and where to find more.",
      leftOutBecause: "they state no behaviour"),
    Behaviour(
      "mitigation.webhook", Source(.sharingApproval, 1),
      sentence: "Four flows list, start and stop subscriptions, and receive what a webhook sends.",
      leftOutBecause: "statements do the first three, and flows of this simulation ask for content"),
  ]

  private static func seen(_ kind: FeedFlowSight.Kind) -> Sight { .feedFlow { $0.kind == kind } }
}
