/// Flows that read the Activity API: the sharing digest, and the guard against wide shares.
extension FormTable {
  static let registeredApps = [
    Form(
      .registeredApp, .world, "registered app <app>",
      "An app that may be shared widely: a guard lets it be.", example: "registered app expenses")
  ]

  static let feedFlows = [
    Form(
      .createDigestFlow, .timeline,
      creation + "digests <registration> [on <activities:\(activity)>, …] "
        + "[<followingPages:following pages>] [<keepingDuplicates:keeping duplicates>] "
        + "and mails <recipients:user>, …",
      "Makes a flow whose runs read what content was created in the period before and mail it; of "
        + "shares unless said, of the first page unless said, and each record once unless said.",
      example: "at 08:10 ada creates flow digest every 1d using con-sp digests feed and mails ada"),
    Form(
      .createGuardFlow, .timeline,
      creation + "guards <registration> and asks <recipients:user>, …",
      "Makes a flow whose runs read likewise and ask by mail whether wide shares of apps that are "
        + "not registered may stay.",
      example: "at 08:10 ada creates flow guard every 15m using con-sp guards feed and asks ada"),
    Form(
      .approveRemoval, .timeline,
      "at <time> <actor:user> approves removal of <recipient> from app <app>",
      "Says yes to a guard that asked: it takes the share away, if its connections let it.",
      example: "at 11:00 ada approves removal of everyone from app expenses"),
    Form(
      .rejectRemoval, .timeline,
      "at <time> <actor:user> rejects removal of <recipient> from app <app>",
      "Says no to a guard that asked: the share stays.",
      example: "at 11:00 ada rejects removal of everyone from app expenses"),
    Form(
      .registerApp, .timeline, "at <time> <actor:user> registers app <app>",
      "Enters an app among those that may be shared widely.",
      example: "at 08:20 ada registers app expenses"),
  ]

  private static let creation =
    newFlow + "every <period:duration> \(uses) "

  static let feedFlowExpectations = [
    Form(
      .expectRemoval, .expectation,
      "expect [<possibly:possibly>] removal of <recipient> from app <app> "
        + "is <state:pending|approved|rejected|absent> at <time> [<message:text>]",
      "How far the question has come that a guard asked last about a share.",
      example: "expect removal of everyone from app expenses is absent at 08:30")
  ]
}
