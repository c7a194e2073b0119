/// The isolation policy as one object, and the operations that administrators wait for.
extension FormTable {
  static let policySettings = [
    Form(
      .setPolicyOperation, .header, "set policy-operation <value:synchronous|asynchronous>",
      "Whether a policy is replaced with the answer, or by an operation after it (assumed).",
      example: "set policy-operation asynchronous", standard: "synchronous"),
    Form(
      .setPolicyOperationStart, .header, "set policy-operation-start <value:duration>",
      "How long such an operation is not started (assumed).",
      example: "set policy-operation-start 1m", standard: "10s"),
    Form(
      .setPolicyOperationDuration, .header, "set policy-operation-duration <value:duration>",
      "How long such an operation is running before it succeeds, or fails (assumed).",
      example: "set policy-operation-duration 5m", standard: "60s"),
    Form(
      .setPolicyOperationEnding, .header, "set policy-operation-ending <value:succeeded|failed>",
      "How such operations end; why one would fail is documented nowhere.",
      example: "set policy-operation-ending failed", standard: "succeeded"),
  ]

  static let policyObject = [
    Form(
      .readPolicy, .timeline, "at <time> <actor:user> reads isolation policy [for <tenant>]",
      "Looks at the policy as saved; of the actor's own tenant where none is named. It has succeeded, or is "
        + "refused.",
      example: "at 10:05 ada reads isolation policy"),
    Form(
      .replacePolicy, .timeline,
      "at <time> <actor:user> replaces isolation policy [for <tenant>] with <state:on|off> "
        + "[, (<rules:tenant or *> <directions:inbound|outbound|both|neither>), …] "
        + "[as <name:new operation>] [in force after <delay>]",
      "Puts another policy in the place of the whole one: nothing is merged. It is saved, allowed where "
        + "an operation follows, or refused.",
      example:
        "at 10:06 ada replaces isolation policy with on, fabrikam outbound, * inbound as op-1"),
  ]

  static let policyExpectations = [
    Form(
      .expectRule, .expectation,
      "expect [<possibly:possibly>] rule of <tenant> for <other:tenant or *> "
        + "is <directions:inbound|outbound|both|absent> at <time> [<message:text>]",
      "The rule that names just this tenant, or every tenant, in the policy as saved.",
      example: "expect rule of contoso for fabrikam is outbound at 10:10")
  ]

  static let operationExpectations = [
    Form(
      .expectOperation, .expectation,
      "expect [<possibly:possibly>] operation <operation:admin operation> "
        + "is <state:not-started|running|succeeded|failed|canceled> at <time> [<message:text>]",
      "How far an operation has come.", example: "expect operation op-1 is succeeded at 10:10")
  ]
}
