extension FormTable {
  /// What must come out. The first two speak of the `at` line above them.
  static let expectations = [
    Form(
      .expectOutcome, .expectation,
      "expect [<possibly:possibly>] <outcome:allowed|blocked|saved|suspended|added|not added"
        + "|refused|succeeded|failed> [because <because:ground>, …] [<message:text>]",
      "How the statement above ends, and grounds that are among its grounds. Connecting and opening "
        + "an app end as allowed or blocked; adding to an app as added or not added; creating, saving, "
        + "moving or turning a flow as saved or suspended; a run by hand or a signal as succeeded or "
        + "failed; asking and reading as succeeded; packages as allowed; other changes as saved; all "
        + "of them, signals apart, may be refused.",
      example: "expect blocked because outbound-blocked"),
    Form(
      .expectError, .expectation,
      "expect [<possibly:possibly>] error <error:text> [<message:text>]",
      "Part of the text that the person sees after the statement above.",
      example: #"expect error "due to a tenant isolation configuration""#),
    Form(
      .expectNoRuns, .expectation,
      "expect [<possibly:possibly>] no runs of <flow> from <from:time> to <to:time> "
        + described,
      "No run in the interval is so; its end does not belong to it.",
      example: "expect no runs of invoice-sync from 08:00 to 08:30 failed"),
    Form(
      .expectRuns, .expectation,
      "expect [<possibly:possibly>] <count:number> run of <flow> from <from:time> to <to:time> "
        + described,
      "As with `runs`.", example: "expect 1 run of invoice-sync from 08:00 to 08:30"),
    Form(
      .expectRuns, .expectation,
      "expect [<possibly:possibly>] <count:number> runs of <flow> from <from:time> to <to:time> "
        + described,
      "Exactly so many runs in the interval are so; its end does not belong to it.",
      example: "expect 4 runs of invoice-sync from 08:00 to 08:30 succeeded because same-tenant"),
    Form(
      .expectOneRun, .expectation,
      "expect [<possibly:possibly>] run of <flow> from <from:time> to <to:time> " + described,
      "Exactly one run in the interval is so.",
      example: "expect run of invoice-sync from 08:00 to 08:30 failed"),
    Form(
      .expectRunAt, .expectation,
      "expect [<possibly:possibly>] run of <flow> at <time> " + described,
      "The flow runs at this instant, and so.",
      example: #"expect run of invoice-sync at 08:15 failed error "token exchange""#),
    Form(
      .expectHistory, .expectation,
      "expect [<possibly:possibly>] history of <flow> lists <count:number> run at <time> "
        + described,
      "As with `runs`.", example: "expect history of invoice-sync lists 1 run at 08:00"),
    Form(
      .expectHistory, .expectation,
      "expect [<possibly:possibly>] history of <flow> lists <count:number> runs at <time> "
        + described,
      "So many of the runs in the flow's run history, which goes back 28 days, are so.",
      example: "expect history of invoice-sync lists 2 runs at 08:15 succeeded"),
    Form(
      .expectFlow, .expectation,
      "expect [<possibly:possibly>] flow <flow> is <state:on|off|suspended|absent> at <time> "
        + "[<message:text>]",
      "A flow's state.", example: "expect flow invoice-sync is on at 08:30"),
    Form(
      .expectFlowPage, .expectation,
      "expect [<possibly:possibly>] flow <flow> shows <text> at <time> [<message:text>]",
      "Part of a text on the flow's page.",
      example: #"expect flow invoice-sync shows "Flow checker" at 08:30"#),
    Form(
      .expectApp, .expectation,
      "expect [<possibly:possibly>] app <app> <has:uses|does not use> <connection> at <time> "
        + "[<message:text>]",
      "Whether an app has a connection.",
      example: #"expect app expenses does not use fab-mail at 08:30 "It was left out""#),
    Form(
      .expectConnection, .expectation,
      "expect [<possibly:possibly>] connection <connection> "
        + "is <state:connected|disabled|absent> at <time> [<message:text>]",
      "A connection's state, isolation apart.",
      example: "expect connection fab-mail is connected at 08:30"),
    Form(
      .expectIsolation, .expectation,
      "expect [<possibly:possibly>] isolation of <tenant> is <state:on|off|never-configured> "
        + "at <time> [<message:text>]",
      "The policy as saved; one that was never configured is off, too.",
      example: "expect isolation of contoso is on at 09:00"),
    Form(
      .expectAssessed, .expectation,
      "expect [<possibly:possibly>] isolation of <tenant> is assessed as <state:on|off> at <time> "
        + "[<message:text>]",
      "The policy that active apps and flows are judged by.",
      example: "expect isolation of contoso is assessed as off at 09:30"),
  ]

  private static let described =
    "[<outcome:succeeded|failed>] [because <because:ground>, …] [error <error:text>] "
    + "[<message:text>]"
}
