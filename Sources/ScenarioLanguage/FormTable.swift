/// Every sentence of the language, in the order in which they are tried and explained.
enum FormTable {
  /// All of them.
  static let all = [
    header, settings,
    reportSettings,
    policySettings,
    installSettings,
    sharingSettings,
    auditSettings,
    world,
    environments,
    shares,
    auditWorld,
    registeredApps,
    changes,
    policyObject,
    design, operation,
    reports,
    packages,
    sharing,
    audit,
    feedFlows,
    expectations,
    policyExpectations,
    reportExpectations,
    operationExpectations,
    packageExpectations,
    mailExpectations,
    sharingExpectations,
    auditExpectations,
    feedFlowExpectations,
    script,
  ].flatMap { $0 }
  static let header = [
    Form(
      .scenario, .header, "scenario <title:text>",
      "The title; without one, the file's name is the title.",
      example: #"scenario "Isolation is switched on while a flow runs""#),
    Form(
      .about, .header, "about <text>", "What the audience is to learn.",
      example: #"about "A running flow fails about an hour later.""#),
    Form(
      .covers, .header, "covers <behaviours:behaviour>, …",
      "Documented behaviours that this file claims to show; the line may be repeated.",
      example: "covers propagation, two-way-isolation.contoso-to-fabrikam"),
    Form(
      .start, .header, "start <time>", "When simulated time begins.",
      example: "start 2025-03-03 08:00", standard: "2025-01-06 08:00"),
    Form(
      .until, .header, "until <time>", "When it ends: nothing happens then or later.",
      example: "until +3h", standard: "an hour after the latest time that the file names"),
    Form(
      .seed, .header, "seed <seed:number>", "Where random draws begin.", example: "seed 7",
      standard: "1"),
    Form(
      .use, .header, "use <path>",
      "Takes over the declarations and settings of another file, found relative to this one.",
      example: #"use "shared.scenario""#),
  ]

  static let settings = [
    Form(
      .setPropagation, .header, "set propagation <value:range>",
      "How long active apps and flows go on under the policy before: about an hour, it is said.",
      example: "set propagation 45m..75m", standard: "60m"),
    Form(
      .setDesignTime, .header, "set design-time <value:immediate|propagated>",
      "Whether makers are judged by the policy as saved, or as it is in force (assumed: as saved).",
      example: "set design-time propagated", standard: "immediate"),
    Form(
      .setBlockedTrigger, .header, "set blocked-trigger <value:failed-run|trigger-failure>",
      "What a blocked trigger leaves behind: a failed run, seen in 2021, or no run at all.",
      example: "set blocked-trigger trigger-failure", standard: "failed-run"),
    Form(
      .setDataPolicyPropagation, .header, "set data-policy-propagation <value:duration>",
      "How long existing flows and connections go on under the data policies before.",
      example: "set data-policy-propagation 30m", standard: "60m"),
    Form(
      .setReactivationOff, .header, "set reactivation off",
      "Flows that a data policy suspended stay suspended.",
      example: "set reactivation off", standard: "off"),
    Form(
      .setReactivation, .header, "set reactivation <value:duration>",
      "Flows that a data policy suspended come back if they comply within this time.",
      example: "set reactivation 7d"),
    Form(
      .setAlwaysFailingOff, .header, "set always-failing off",
      "Flows that only fail are left on.", example: "set always-failing off", standard: "off"),
    Form(
      .setAlwaysFailing, .header, "set always-failing <value:duration>",
      "Flows that have done nothing but fail for this time are turned off.",
      example: "set always-failing 14d"),
    Form(
      .setEdition, .header, "set edition <value:2023|2025>",
      "Whose rules hold: 2023 has Global administrators too and 50 rules, 2025 has 500 rules.",
      example: "set edition 2025", standard: "2023"),
  ]

  static let world = [
    Form(
      .tenant, .world,
      "tenant <name:new tenant> [<display:text>] [domains <domains:domain>, …] [id <id:guid>]",
      "An organisation; without domains it has NAME.onmicrosoft.com, and an id made from its name.",
      example: #"tenant tailwind "Tailwind Traders" domains tailwind.com, tailwind.net"#),
    Form(
      .isolation, .world, "isolation <state:on|off> for <tenant>",
      "Whether the tenant's isolation is on at the start; off unless said.",
      example: "isolation on for contoso"),
    Form(
      .rule, .world,
      "rule for <tenant> allows <other:tenant or *> <directions:inbound|outbound|both>",
      "An exception that the tenant's policy has at the start.",
      example: "rule for contoso allows fabrikam outbound"),
    Form(
      .person, .world,
      "<role:admin|global-admin|maker|user|dynamics-admin> <name:new user> of <tenant> "
        + "[guest in <guestIn:tenant>, …]",
      "A person: Power Platform, Global or Dynamics 365 administrator, maker, or mere user.",
      example: "maker gwen of fabrikam guest in contoso"),
    Form(
      .group, .world, "group <name:new group> of <tenant> with <members:user>, …",
      "People under one name.", example: "group sales of contoso with uma, maya"),
    Form(
      .connector, .world,
      "connector <name:new connector> [<display:text>] "
        + "signs in with <token:entra-id|own-token-service|other>",
      "A connector that the catalogue does not have, and who issues its tokens.",
      example: #"connector my-erp "My ERP" signs in with entra-id"#),
    Form(
      .connection, .world,
      "connection <name:new connection> [<display:text>] of <owner:user> using <connector> "
        + "[in <in:tenant>] signed in to <signIn:tenant>",
      "A connection that was there before the start, whatever the policy said then.",
      example: "connection old-mail of maya using office365-outlook signed in to fabrikam"),
    Form(
      .app, .world,
      "app <name:new app> [<display:text>] of <owner:user> "
        + "[\(uses)]",
      "A canvas app that was there before the start.", example: "app ledger of maya using con-sp"),
    Form(
      .recurringFlow, .world,
      "flow <name:new flow> [<display:text>] of <owner:user> every <period:duration> "
        + "[from <from:time>] [\(uses)]",
      "A flow that was on before the start and recurs; `from` is one of its runs' times.",
      example: "flow nightly of maya every 1d from 02:00 using fab-mail"),
    Form(
      .signalledFlow, .world,
      "flow <name:new flow> [<display:text>] of <owner:user> when <signal:connection> signals "
        + "[\(uses)]",
      "A flow that was on before the start and runs when something happens at a data source.",
      example: "flow mirror of maya when fab-mail signals using con-sp"),
    Form(
      .manualFlow, .world,
      "flow <name:new flow> [<display:text>] of <owner:user> manually "
        + "[\(uses)]",
      "A flow that was on before the start and runs when somebody starts it.",
      example: "flow button of maya manually using fab-mail"),
  ]

  /// Who makes a flow, its name, and the one that people see.
  static let newFlow = "at <time> <actor:user> creates flow <name:new flow> [<display:text>] "

  /// The connections that something uses, each with the operation that it is used for.
  static let uses = "using (<uses:connection> [to <operation>]), …"
}
