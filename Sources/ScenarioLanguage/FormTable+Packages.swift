/// Application packages, and the environments that they are installed in.
extension FormTable {
  static let installSettings = [
    Form(
      .setInstallStart, .header, "set install-start <value:duration>",
      "How long an installation that was asked for has not started (assumed).",
      example: "set install-start 5m", standard: "1m"),
    Form(
      .setInstallDuration, .header, "set install-duration <value:duration>",
      "How long an installation runs before it succeeds, or fails (assumed).",
      example: "set install-duration 30m", standard: "10m"),
    Form(
      .setInstallEnding, .header, "set install-ending <value:succeeded|failed>",
      "How installations end; why one would fail is documented nowhere.",
      example: "set install-ending failed", standard: "succeeded"),
  ]

  static let environments = [
    Form(
      .environment, .world,
      "environment <name:new environment> [<display:text>] of <tenant> "
        + "[<withDataverse:with dataverse>]",
      "An environment of a tenant; packages are only installed in one that has Dataverse.",
      example: "environment sandbox of contoso with dataverse")
  ]

  static let packages = [
    Form(
      .installPackage, .timeline,
      "at <time> <actor:user> installs package <package> in <environment> "
        + "as <name:new operation>",
      "Asks for a package by its unique name; the operation says how far that has come. It is allowed, or refused.",
      example: "at 10:10 ada installs package Office365Groups in production as op-2"),
    Form(
      .cancelOperation, .timeline,
      "at <time> <actor:user> cancels operation <operation:admin operation>",
      "Stops an installation that has not ended yet (assumed: no page tells how). It is saved, or refused.",
      example: "at 10:12 ada cancels operation op-2"),
    Form(
      .listPackages, .timeline, "at <time> <actor:user> lists packages in <environment>",
      "Reads what can be installed in an environment, and how far each package has come. It is allowed, or refused.",
      example: "at 10:00 ada lists packages in production"),
    Form(
      .createPollingFlow, .timeline,
      newFlow + "every <period:duration> [\(uses)] "
        + "polls <polled:admin operation> and mails <recipients:user>, …",
      "Makes a flow whose runs ask, as its connection's account, how far an operation has come; it mails its end and "
        + "turns off. It needs connections to ask with and to mail with.",
      example: "at 10:11 ada creates flow watch every 5m using ppapi, mail polls op-2 and mails ada"
    ),
  ]

  static let packageExpectations = [
    Form(
      .expectPackage, .expectation,
      "expect [<possibly:possibly>] package <package> in <environment> "
        + "is <state:none|install-requested|installing|installed|install-failed> at <time> "
        + "[<message:text>]",
      "How far a package has come in an environment.",
      example: "expect package Office365Groups in production is installed at 10:30")
  ]
}
