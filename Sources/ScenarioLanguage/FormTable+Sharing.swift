/// Apps and flows shared with people, groups and everyone.
extension FormTable {
  static let sharingSettings = [
    Form(
      .setWidelyShared, .header, "set widely-shared <count:number>",
      "From how many people on, one by one, something counts as widely shared (assumed); what is "
        + "shared with everyone always does.",
      example: "set widely-shared 50", standard: "20")
  ]

  static let shares = [
    Form(
      .sharedApp, .world, "share app <app> with <recipients:recipient>, …",
      "People, groups or everyone with whom an app was shared before the start; an app that nobody "
        + "shares is open to its whole tenant (assumed).",
      example: "share app expenses with sales, uma"),
    Form(
      .sharedFlow, .world,
      "share flow <flow> with <recipients:recipient>, … [as <role:co-owner|run-only>]",
      "Those who own a flow besides its owner since before the start, or may only run it.",
      example: "share flow adhoc with sales as run-only"),
    Form(
      .dataAccess, .world, "data of <connection> open to <recipients:recipient>, …",
      "Who has access to the data behind a connection besides its owner; everybody unless said. An "
        + "app fails for all others.",
      example: "data of con-sp open to sales, maya"),
  ]

  static let sharing = [
    Form(
      .shareApp, .timeline, "at <time> <actor:user> shares app <app> with <recipient>",
      "Lets a person, a group or everyone open an app; with the first share it is closed to others.",
      example: "at 09:05 maya shares app expenses with everyone"),
    Form(
      .shareFlow, .timeline,
      "at <time> <actor:user> shares flow <flow> with <recipient> "
        + "[as <role:co-owner|run-only>]",
      "Makes somebody a flow's co-owner, who edits it, or a run-only user, who starts it.",
      example: "at 09:05 maya shares flow adhoc with uma as run-only"),
    Form(
      .unshareApp, .timeline, "at <time> <actor:user> unshares app <app> from <recipient>",
      "Takes a share away; a group's goes as a whole.",
      example: "at 09:20 maya unshares app expenses from uma"),
    Form(
      .unshareFlow, .timeline,
      "at <time> <actor:user> unshares flow <flow> from <recipient> "
        + "[as <role:co-owner|run-only>]",
      "Takes every part in a flow away, or the one named.",
      example: "at 09:20 maya unshares flow adhoc from uma"),
    Form(
      .sendCopy, .timeline,
      "at <time> <actor:user> sends flow <flow> to <person:user> as a copy "
        + "[named <name:new flow>]",
      "Gives somebody a flow of their own, FLOW-of-PERSON unless named: off until saved with "
        + "connections of theirs (assumed).",
      example: "at 09:06 maya sends flow invoice-sync to uma as a copy"),
    Form(
      .moveFlow, .timeline,
      "at <time> <actor:user> moves flow <flow> to <person:user> "
        + "[\(uses)]",
      "Gives a flow another owner, mostly a service account, and connections of that one; without them "
        + "it keeps its own, which work in it alone (assumed).",
      example: "at 09:08 maya moves flow invoice-sync to uma"),
    Form(
      .addMember, .timeline, "at <time> <actor:user> adds <person:user> to group <group>",
      "Puts somebody into a group.", example: "at 09:10 ada adds maya to group sales"),
    Form(
      .removeMember, .timeline,
      "at <time> <actor:user> removes <person:user> from group <group>",
      "Takes somebody out of a group, and so out of what is shared with it.",
      example: "at 09:10 ada removes uma from group sales"),
    Form(
      .leaveGroup, .timeline, "at <time> <actor:user> leaves group <group>",
      "Goes to another department: what is shared with the group is no longer theirs.",
      example: "at 09:10 uma leaves group sales"),
  ]

  static let sharingExpectations = [
    Form(
      .expectAppShared, .expectation,
      "expect [<possibly:possibly>] app <app> <has:is shared with|is not shared with> <recipient> "
        + "at <time> [<message:text>]",
      "Whether an app has this very share; who sees the app is another question.",
      example: "expect app expenses is shared with uma at 08:30"),
    Form(
      .expectFlowShared, .expectation,
      "expect [<possibly:possibly>] flow <flow> <has:is shared with|is not shared with> <recipient> "
        + "[as <role:co-owner|run-only>] at <time> [<message:text>]",
      "Whether a flow has this very share, in whatever role unless one is named.",
      example: "expect flow adhoc is shared with uma as run-only at 08:30"),
    Form(
      .expectVisible, .expectation,
      "expect [<possibly:possibly>] app <app> <has:is visible to|is not visible to> <person:user> "
        + "at <time> [<message:text>]",
      "Whether somebody sees an app: by themselves, by a group, or because everyone does.",
      example: "expect app expenses is visible to uma at 08:30"),
    Form(
      .expectWideApp, .expectation,
      "expect [<possibly:possibly>] widely shared at <time> <has:lists|does not list> app <app> "
        + "[<message:text>]",
      "Whether an app is shared with everyone, or with as many people as `set widely-shared` says.",
      example: "expect widely shared at 08:30 does not list app expenses"),
    Form(
      .expectWideFlow, .expectation,
      "expect [<possibly:possibly>] widely shared at <time> <has:lists|does not list> flow <flow> "
        + "[<message:text>]",
      "Whether a flow is, its owners and run-only users counted together.",
      example: "expect widely shared at 08:30 does not list flow adhoc"),
  ]
}
