/// Mails that flows send.
extension FormTable {
  static let mailExpectations = [
    Form(
      .expectNoMail, .expectation,
      "expect [<possibly:possibly>] no mail to <recipient:user> [by <time>] "
        + "[containing <text>] [<message:text>]",
      "Nothing was sent to somebody until then, with these words where some are given.",
      example: "expect no mail to uma by 10:30"),
    Form(
      .expectMail, .expectation,
      "expect [<possibly:possibly>] mail to <recipient:user> by <time> [containing <text>] "
        + "[<message:text>]",
      "Somebody got a mail by then, with these words in its subject or its text.",
      example: #"expect mail to ada by 10:30 containing "Succeeded""#),
  ]
}
