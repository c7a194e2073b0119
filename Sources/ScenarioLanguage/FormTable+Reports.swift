/// Cross-tenant connection reports.
extension FormTable {
  static let reportSettings = [
    Form(
      .setReportStart, .header, "set report-start <value:duration>",
      "How long a report that was asked for is merely received (assumed).",
      example: "set report-start 30m", standard: "5m"),
    Form(
      .setReportDuration, .header, "set report-duration <value:duration>",
      "How long a report is in progress before it is completed, or fails (assumed).",
      example: "set report-duration 2h", standard: "10m"),
    Form(
      .setReportWindow, .header, "set report-window <value:duration>",
      "How far a report goes back from its day, in whole days (seen once, in 2026).",
      example: "set report-window 14d", standard: "7d"),
    Form(
      .setReportEnding, .header, "set report-ending <value:completed|failed>",
      "How reports end; why one would fail is documented nowhere.",
      example: "set report-ending failed", standard: "completed"),
    Form(
      .setReportRepeat, .header, "set report-repeat <value:returned|refused>",
      "What who asks again in one calendar day gets: the report of the day, or a refusal.",
      example: "set report-repeat refused", standard: "returned"),
  ]

  static let reports = [
    Form(
      .requestReport, .timeline,
      "at <time> <actor:user> requests cross-tenant report as <name:new report> [for <tenant>]",
      "Asks for the tenant's report of the day; the name stands for the report that comes back. It has "
        + "succeeded, or is refused.",
      example: "at 10:00 ada requests cross-tenant report as may-report")
  ]

  static let reportExpectations = [
    Form(
      .expectReturned, .expectation,
      "expect [<possibly:possibly>] returned <report> [<message:text>]",
      "Which report the request above gives back: a new one, or the one of the same calendar day.",
      example: "expect returned may-report"),
    Form(
      .expectReport, .expectation,
      "expect [<possibly:possibly>] report <report> "
        + "is <state:received|in-progress|completed|failed> at <time> [<message:text>]",
      "How far a report has come.", example: "expect report may-report is completed at 10:30"),
    Form(
      .expectReportCount, .expectation,
      "expect [<possibly:possibly>] report <report> lists <count:number> connection [at <time>] "
        + "[<message:text>]",
      "As with `connections`.", example: "expect report may-report lists 1 connection"),
    Form(
      .expectReportCount, .expectation,
      "expect [<possibly:possibly>] report <report> lists <count:number> connections [at <time>] "
        + "[<message:text>]",
      "So many connections are in the report, which has to be completed: by the end if not before.",
      example: "expect report may-report lists 3 connections"),
    Form(
      .expectReportNames, .expectation,
      "expect [<possibly:possibly>] report <report> <has:lists|does not list> "
        + "connection <connection> [at <time>] [<message:text>]",
      "Whether a report names a connection; those of the edition of 2023 name none.",
      example: "expect report may-report lists connection fab-mail"),
    Form(
      .expectReportLists, .expectation,
      "expect [<possibly:possibly>] report <report> <has:lists|does not list> "
        + "<directions:inbound|outbound> <tenant> [at <time>] [<message:text>]",
      "Whether some connection with a tenant is in the report, seen from the report's own tenant.",
      example: "expect report may-report lists outbound fabrikam"),
  ]
}
