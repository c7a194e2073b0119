/// The audit log, alerts about it, and the Office 365 Management Activity API.
extension FormTable {
  static let auditSettings = [
    Form(
      .setAuditDelay, .header, "set audit-delay <value:range>",
      "How long after its making an audit record can be found; drawn by the seed for each.",
      example: "set audit-delay 75m", standard: "60m..90m"),
    Form(
      .setAuditIsolation, .header, "set audit-isolation <value:off|on>",
      "Whether changes of isolation and blocked connections are recorded too (assumed).",
      example: "set audit-isolation on", standard: "off"),
    Form(
      .setFeedFirstContent, .header, "set feed-first-content <value:duration>",
      "How long after its first start a subscription has no content: up to 12 hours, it is said.",
      example: "set feed-first-content 12h", standard: "0s"),
    Form(
      .setFeedRestart, .header, "set feed-restart <value:duration>",
      "How long after a start a subscription that was stopped can't be started anew.",
      example: "set feed-restart 0s", standard: "15m"),
    Form(
      .setFeedDuplicates, .header, "set feed-duplicates <number:number>",
      "How many hundredths of the records come twice; drawn by the seed.",
      example: "set feed-duplicates 20", standard: "0"),
    Form(
      .setFeedDisorder, .header, "set feed-disorder <value:duration>",
      "How much later than its record content comes at most, so that order is lost; drawn by the seed.",
      example: "set feed-disorder 30m", standard: "0s"),
    Form(
      .setFeedPageSize, .header, "set feed-page-size <number:number>",
      "The most pieces of content that a list gives at once (assumed).",
      example: "set feed-page-size 20", standard: "100"),
    Form(
      .setFeedRequestLimit, .header, "set feed-request-limit <number:number>",
      "The most calls that a tenant makes in a minute.",
      example: "set feed-request-limit 10", standard: "2000"),
    Form(
      .setFeedLongWindow, .header, "set feed-long-window <value:refused|partial>",
      "What more than 24 hours of content at once get: an error, or their first 24 hours.",
      example: "set feed-long-window partial", standard: "refused"),
    Form(
      .setFeedLicences, .header, "set feed-licences <value:unchecked|checked>",
      "Whether the premium licence is asked for that custom connectors need.",
      example: "set feed-licences checked", standard: "unchecked"),
  ]

  static let auditWorld = [
    Form(
      .premiumLicence, .world, "licence premium for <user>",
      "A person has a premium licence, which custom connectors need.",
      example: "licence premium for ada"),
    Form(
      .licence, .world, "licence <level:standard|e5> for <tenant>",
      "Which licence a tenant's people have: with E5 audit records are kept a year.",
      example: "licence e5 for contoso"),
    Form(
      .appRegistration, .world,
      "app-registration <name:new registration> of <tenant> with <permissions:\(permission)>, … "
        + "[<consented:consented>] [secret until <until:date>] [resource <resource:text>] "
        + "[redirect <redirect:text>]",
      "An application that may call the Activity API; what is left out is missing, the two "
        + "addresses are right.",
      example: "app-registration hub of contoso with delegated activity-feed-read consented "
        + "secret until 2026-01-01"),
  ]

  private static let permission =
    "delegated activity-feed-read|application activity-feed-read"
    + "|delegated activity-feed-read-dlp|application activity-feed-read-dlp"
    + "|delegated service-health-read|application service-health-read"

  static let activity =
    "app-created|app-edited|app-launched|app-deleted|app-permission-edited|app-permission-deleted"
    + "|flow-created|flow-edited|flow-deleted|flow-permission-edited|flow-permission-deleted"
    + "|connection-created|isolation-changed|connection-blocked"

  private static let contentType =
    "<contentType:audit-general|audit-azure-active-directory|audit-exchange|audit-sharepoint"
    + "|dlp-all>"

  static let audit = [
    Form(
      .turnAuditing, .timeline,
      "at <time> <actor:user> turns auditing <state:on|off> [for <tenant>]",
      "Switches a tenant's audit log: nothing is recorded while it is off.",
      example: "at 08:00 ada turns auditing on"),
    Form(
      .createAlertPolicy, .timeline,
      "at <time> <actor:user> creates alert policy <name:new alert policy> "
        + "on <activities:\(activity)>, … to <recipients:person or group>, … [for <tenant>]",
      "People are told of what the audit log records, once it can be found.",
      example: "at 09:08 ada creates alert policy wide on app-permission-edited to ada, maya"),
    Form(
      .deleteAlertPolicy, .timeline,
      "at <time> <actor:user> deletes alert policy <alertPolicy:alert policy>",
      "Takes an alert policy away.", example: "at 10:00 ada deletes alert policy watch"),
    Form(
      .startSubscription, .timeline,
      "at <time> <actor:user> starts subscription to \(contentType) using <registration> "
        + "[publisher <publisher>]",
      "From now on there is content of this type; the publisher is a vendor's tenant.",
      example: "at 09:10 ada starts subscription to audit-general using feed publisher contoso"),
    Form(
      .stopSubscription, .timeline,
      "at <time> <actor:user> stops subscription to \(contentType) using <registration>",
      "From now on content is lost.",
      example: "at 09:10 ada stops subscription to audit-general using feed"),
    Form(
      .listSubscriptions, .timeline,
      "at <time> <actor:user> lists subscriptions using <registration>",
      "Asks which subscriptions are enabled.",
      example: "at 09:10 ada lists subscriptions using feed"),
    Form(
      .listContent, .timeline,
      "at <time> <actor:user> lists content [of \(contentType)] "
        + "using <registration> as <name:new content page>",
      "Asks for the content that was created in the last 24 hours.",
      example: "at 12:00 ada lists content using feed as latest"),
    Form(
      .listContent, .timeline,
      "at <time> <actor:user> lists content [of \(contentType)] from <from:time> to <to:time> "
        + "using <registration> as <name:new content page>",
      "Asks for the content that was created in a window.",
      example: "at 12:00 ada lists content from 10:00 to 12:00 using feed as noon"),
    Form(
      .listNextPage, .timeline,
      "at <time> <actor:user> lists page after <after:content page> using <registration> "
        + "as <name:new content page>",
      "Asks for what did not find room in a page.",
      example: "at 12:01 ada lists page after latest using feed as more"),
    Form(
      .fetchContent, .timeline,
      "at <time> <actor:user> fetches content of <of:content page> using <registration>",
      "Fetches all content that a page lists.",
      example: "at 12:01 ada fetches content of latest using feed"),
    Form(
      .fetchBlob, .timeline,
      "at <time> <actor:user> fetches blob <number:number> of <of:content page> "
        + "using <registration>",
      "Fetches one piece of content, counted from 1 on its page.",
      example: "at 12:01 ada fetches blob 1 of latest using feed"),
  ]

  static let auditExpectations = [
    Form(
      .expectErrorCode, .expectation,
      "expect [<possibly:possibly>] error <code> [<message:text>]",
      "The code that programs see after the statement above.", example: "expect error AF20022"),
    Form(
      .expectNoAuditRecords, .expectation,
      "expect [<possibly:possibly>] audit of <tenant> has no records [<activity:\(activity)>] "
        + window,
      "As with a number.", example: "expect audit of contoso has no records from 08:00 to 08:30"),
    Form(
      .expectAuditRecords, .expectation,
      "expect [<possibly:possibly>] audit of <tenant> has <count:number> record "
        + "[<activity:\(activity)>] " + window,
      "As with `records`.",
      example: "expect audit of contoso has 1 record app-created from 08:00 to 08:30"),
    Form(
      .expectAuditRecords, .expectation,
      "expect [<possibly:possibly>] audit of <tenant> has <count:number> records "
        + "[<activity:\(activity)>] " + window,
      "So many records of what was done in the interval: all, or those found at an instant.",
      example:
        "expect audit of contoso has 2 records app-created from 08:00 to 08:15 available by 08:30"),
    Form(
      .expectNoAlert, .expectation,
      "expect [<possibly:possibly>] no alert <alertPolicy:alert policy> "
        + "[to <recipient:person or group>] [about <about:app, flow or connection>] by <by:time> "
        + "[<message:text>]",
      "No such alert was sent until then.", example: "expect no alert watch by 08:30"),
    Form(
      .expectAlert, .expectation,
      "expect [<possibly:possibly>] alert <alertPolicy:alert policy> "
        + "[to <recipient:person or group>] [about <about:app, flow or connection>] by <by:time> "
        + "[<message:text>]",
      "Such an alert was sent until then.",
      example: "expect alert watch to ada about expenses by 08:30"),
    Form(
      .expectSubscription, .expectation,
      "expect [<possibly:possibly>] subscription to \(contentType) using <registration> "
        + "is <state:enabled|disabled|absent> at <time> [<message:text>]",
      "Whether there is content from now on.",
      example: "expect subscription to audit-general using feed is enabled at 08:30"),
    Form(
      .expectPageRecords, .expectation,
      "expect [<possibly:possibly>] page <page:content page> holds <count:number> record "
        + "[<activity:\(activity)>] [at <time>] [<message:text>]",
      "As with `records`.", example: "expect page latest holds 1 record app-created"),
    Form(
      .expectPageRecords, .expectation,
      "expect [<possibly:possibly>] page <page:content page> holds <count:number> records "
        + "[<activity:\(activity)>] [at <time>] [<message:text>]",
      "So many records are in the content that a page lists; one that comes twice counts twice.",
      example: "expect page latest holds 2 records"),
    Form(
      .expectPage, .expectation,
      "expect [<possibly:possibly>] page <page:content page> lists <count:number> blob "
        + "[<more:and more follow|and nothing follows>] [at <time>] [<message:text>]",
      "As with `blobs`.", example: "expect page latest lists 1 blob and nothing follows"),
    Form(
      .expectPage, .expectation,
      "expect [<possibly:possibly>] page <page:content page> lists <count:number> blobs "
        + "[<more:and more follow|and nothing follows>] [at <time>] [<message:text>]",
      "So many pieces of content are on a page.",
      example: "expect page latest lists 2 blobs and more follow"),
  ]

  private static let window =
    "from <from:time> to <to:time> [available by <by:time>] [<message:text>]"
}
