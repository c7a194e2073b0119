extension FormTable {
  /// What a trainer tells and asks, and what else there is to play.
  static let script = [
    Form(
      .chapter, .script, "chapter <title:text> [at <time>]", "Where a part of the story begins.",
      example: #"chapter "Before the switch""#),
    Form(
      .note, .script, "note <text> [at <time>] [see <section>]",
      "What to say here, and where the documentation says it.",
      example: #"note "Nothing that runs notices yet." see cross-tenant-restrictions#runtime"#),
    Form(
      .question, .script,
      "question <text> [at <time>] until <until:time> options <options:text>, … "
        + "answer <answer:text> [because <because:text>]",
      "What to ask the audience, when it is answered, and the right one of the options.",
      example:
        #"question "Will it run?" until 10:10 options "Yes", "No" answer "No" because "It is off.""#
    ),
    Form(
      .variant, .script, "variant <name:new variant> [<title:text>]",
      "The same story with something else in it besides; declared above its first `in` line.",
      example: #"variant with-exception "With an exception for Fabrikam""#),
  ]
}
