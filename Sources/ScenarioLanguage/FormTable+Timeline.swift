extension FormTable {
  /// What administrators do.
  static let changes = [
    Form(
      .turnIsolation, .timeline,
      "at <time> <actor:user> turns isolation <state:on|off> " + ofTenantAndDelay,
      "Switches isolation; of the actor's own tenant where none is named.",
      example: "at 09:00 ada turns isolation on in force after 47m"),
    Form(
      .allow, .timeline,
      "at <time> <actor:user> allows <other:tenant or *> <directions:inbound|outbound|both> "
        + ofTenantAndDelay,
      "Adds an exception, or widens the one that is there.",
      example: "at 09:00 ada allows fabrikam outbound"),
    Form(
      .changeRule, .timeline,
      "at <time> <actor:user> changes rule <other:tenant or *> to <to:directions or tenant> "
        + ofTenantAndDelay,
      "Gives an exception other directions. Another tenant can't be given: it has to be removed.",
      example: "at 09:10 ada changes rule fabrikam to both"),
    Form(
      .removeRule, .timeline,
      "at <time> <actor:user> removes rule <other:tenant or *> " + ofTenantAndDelay,
      "Takes an exception away.", example: "at 09:20 ada removes rule fabrikam"),
    Form(
      .createDataPolicy, .timeline,
      "at <time> <actor:user> creates data policy <name:new data policy> "
        + "blocking action <actions:operation>, … of <of:connector> "
        + "[business <business:connector>, …] [for <tenant>]",
      "A data policy that forbids single actions of a connector.",
      example:
        "at 10:00 ada creates data policy read-only blocking action Create_item of sharepoint"
    ),
    Form(
      .createDataPolicy, .timeline,
      "at <time> <actor:user> creates data policy <name:new data policy> "
        + "blocking <blocked:connector>, … [business <business:connector>, …] [for <tenant>]",
      "A data policy that forbids connectors.",
      example: "at 10:00 ada creates data policy no-devops blocking azure-devops"),
    Form(
      .createDataPolicy, .timeline,
      "at <time> <actor:user> creates data policy <name:new data policy> "
        + "business <business:connector>, … [for <tenant>]",
      "A data policy that keeps its business connectors apart from all others.",
      example: "at 10:00 ada creates data policy apart business sharepoint, office365-outlook"),
    Form(
      .deleteDataPolicy, .timeline,
      "at <time> <actor:user> deletes data policy <policy:data policy>",
      "Takes a data policy away.", example: "at 10:30 ada deletes data policy guard"),
  ]

  /// Of one tenant a later change waits for an earlier one, whatever its own delay is.
  private static let ofTenantAndDelay = "[for <tenant>] " + delay
  static let delay = "[in force after <delay>]"
  /// What every sentence of the timeline begins with.
  static let time = "at <time> "

  /// What makers make.
  static let design = [
    Form(
      .createConnection, .timeline,
      "at <time> <actor:user> creates connection <name:new connection> [<display:text>] "
        + "using <connector> [in <in:tenant>] signed in to <signIn:tenant> "
        + "[<withoutCredentials:without valid credentials>]",
      "Connects; `in` names the tenant in whose Power Platform a guest is working.",
      example: "at 08:05 maya creates connection mail using office365-outlook signed in to fabrikam"
    ),
    Form(
      .deleteConnection, .timeline, "at <time> <actor:user> deletes connection <connection>",
      "Takes a connection away.", example: "at 08:06 maya deletes connection fab-mail"),
    Form(
      .createApp, .timeline,
      "at <time> <actor:user> creates app <name:new app> [<display:text>] "
        + "[\(uses)]",
      "Makes a canvas app; connections that are blocked are left out.",
      example: "at 08:10 maya creates app costs using con-sp, fab-mail"),
    Form(
      .addConnection, .timeline, "at <time> <actor:user> adds <connection> to app <app>",
      "Adds a connection to an app.", example: "at 08:11 maya adds fab-mail to app expenses"),
    Form(
      .deleteApp, .timeline, "at <time> <actor:user> deletes app <app>", "Takes an app away.",
      example: "at 08:30 maya deletes app expenses"),
    Form(
      .createRecurringFlow, .timeline,
      newFlow + "every <period:duration> [\(uses)]",
      "Makes a flow that runs at once and then again after every period.",
      example: "at 08:10 maya creates flow sync every 15m using fab-mail to Send_an_email"),
    Form(
      .createSignalledFlow, .timeline,
      newFlow + "when <signal:connection> signals [\(uses)]",
      "Makes a flow that runs when something happens at a data source.",
      example: "at 08:10 maya creates flow copy when fab-mail signals using fab-mail, con-sp"),
    Form(
      .createManualFlow, .timeline,
      newFlow + "manually [\(uses)]",
      "Makes a flow that runs when somebody starts it.",
      example: "at 08:10 maya creates flow ask manually using fab-mail"),
    Form(
      .saveFlow, .timeline,
      "at <time> <actor:user> saves flow <flow> [\(uses)]",
      "Saves a flow, with other connections if any are named; it is judged anew.",
      example: "at 08:30 maya saves flow invoice-sync using con-sp"),
    Form(
      .turnFlow, .timeline, "at <time> <actor:user> turns <state:on|off> flow <flow>",
      "Switches a flow.", example: "at 08:30 maya turns off flow invoice-sync"),
    Form(
      .deleteFlow, .timeline, "at <time> <actor:user> deletes flow <flow>", "Takes a flow away.",
      example: "at 08:30 maya deletes flow invoice-sync"),
  ]

  /// What happens to what was made.
  static let operation = [
    Form(
      .openApp, .timeline, "at <time> <actor:user> opens app <app>", "Somebody uses an app.",
      example: "at 08:12 uma opens app expenses"),
    Form(
      .runFlow, .timeline, "at <time> <actor:user> runs flow <flow>", "Starts a flow by hand.",
      example: "at 08:30 maya runs flow adhoc"),
    Form(
      .signal, .timeline, "at <time> <connection> signals",
      "Something happens at a connection's data source: the flows that wait for it run.",
      example: "at 08:20 fab-mail signals"),
  ]
}
