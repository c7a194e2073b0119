/// What kind of mistake a diagnostic is about. Codes stay what they are: people look them up.
public enum DiagnosticCode: String, CaseIterable, Sendable {
  /// The file cannot be read.
  case unreadableFile = "S001"
  /// The file is larger than ``sizeLimit``, or all files together are larger than 2 GiB.
  case fileTooLarge = "S002"
  /// The file is not text.
  case notText = "S003"
  /// The file says nothing.
  case emptyFile = "S004"
  /// A statement is too long.
  case statementTooLong = "S005"
  /// A quoted text does not end.
  case unclosedText = "S006"
  /// A backslash before something that needs none.
  case unknownEscape = "S007"
  /// A control character.
  case controlCharacter = "S008"
  /// A character that belongs in no statement.
  case oddCharacter = "S009"
  /// No statement begins with this word.
  case unknownStatement = "S010"
  /// Something else is expected in this place.
  case unexpected = "S011"
  /// The statement is not complete.
  case incomplete = "S012"
  /// The statement goes on where it should end.
  case trailing = "S013"
  /// A header or world statement below the first `at` line.
  case tooLate = "S014"
  /// Something is set twice.
  case repeatedKey = "S015"
  /// Not a whole number, or one out of range.
  case badNumber = "S016"

  /// Not JSON here.
  case badJSON = "S020"
  /// An escape that JSON does not have, or half a character.
  case badEscape = "S021"
  /// A key that the form does not have.
  case unknownKey = "S022"
  /// A key that stands twice in one object.
  case repeatedMember = "S023"
  /// A key that the form needs is missing.
  case missingKey = "S024"
  /// A value of another kind is expected under this key.
  case wrongKind = "S025"
  /// No such form.
  case unknownForm = "S026"
  /// Arrays or objects nested too deeply.
  case nestedTooDeeply = "S027"
  /// An image of another format.
  case unknownFormat = "S028"

  /// No such tenant.
  case unknownTenant = "N001"
  /// No such person.
  case unknownPerson = "N002"
  /// No such connector.
  case unknownConnector = "N003"
  /// No such connection.
  case unknownConnection = "N004"
  /// No such app.
  case unknownApp = "N005"
  /// No such flow.
  case unknownFlow = "N006"
  /// No such data policy.
  case unknownDataPolicy = "N007"
  /// A name is given twice.
  case repeatedName = "N008"
  /// Two tenants share a name, a domain or an id.
  case sharedTenantKey = "N009"
  /// A used file cannot be read.
  case unreadableUse = "N010"
  /// Files use each other in a circle.
  case cyclicUse = "N011"
  /// An id that is no GUID, or a domain that is none.
  case badIdentifier = "N012"
  /// A group where a person is asked for.
  case groupForPerson = "N013"
  /// A rule is given something that is neither directions nor a tenant.
  case unknownRuleTarget = "N014"
  /// No such behaviour in the catalogue.
  case unknownBehaviour = "N015"
  /// No such variant.
  case unknownVariant = "N016"
  /// No such section of the documentation.
  case unknownSection = "N017"
  /// No such report.
  case unknownReport = "N018"
  /// A person where a group is asked for.
  case personForGroup = "N025"
  /// Something is shared with a group of another tenant.
  case groupElsewhere = "N026"
  /// Something is shared with its owner.
  case sharedWithOwner = "N027"
  /// No such operation.
  case unknownOperation = "N019"
  /// No such environment.
  case unknownEnvironment = "N021"
  /// No such application package.
  case unknownPackage = "N022"
  /// No such alert policy.
  case unknownAlertPolicy = "N028"
  /// No such app registration.
  case unknownRegistration = "N029"
  /// No such page of content.
  case unknownContentPage = "N030"
  /// Neither app nor flow nor connection.
  case unknownAuditSubject = "N031"

  /// Not a time of day.
  case badTime = "T001"
  /// Not a day of the calendar.
  case badDate = "T002"
  /// Not a duration.
  case badDuration = "T003"
  /// A range that ends before it begins.
  case reversedRange = "T004"
  /// An `at` line or a chapter that goes back in time.
  case backInTime = "T005"
  /// A time before the start.
  case beforeStart = "T006"
  /// An `at` line at or after the end.
  case afterUntil = "T007"
  /// An expectation about a time beyond the end.
  case beyondUntil = "T008"
  /// A scenario that ends before it begins.
  case emptyHorizon = "T009"
  /// A scenario longer than ten years.
  case longHorizon = "T010"
  /// A recurrence too short or too long.
  case badPeriod = "T011"
  /// A question that is answered before it is asked.
  case answeredTooSoon = "T012"
  /// A report's window that is no number of whole days.
  case badWindow = "T013"
  /// A question that is asked while another is open.
  case overlappingQuestions = "T014"

  /// Somebody acts in a tenant where they are neither member nor guest.
  case strangerInTenant = "R001"
  /// A guest in their own tenant.
  case guestAtHome = "R002"
  /// More rules than the edition allows.
  case tooManyRules = "R003"
  /// More runs started one by one than ``Scenario/mostStartedRuns``.
  case tooManyRuns = "R004"
  /// More statements in all variants than ``VariantDraft/mostStatements``.
  case tooManyVariants = "R005"

  /// An outcome is expected of nothing.
  case withoutStatement = "E001"
  /// No such ground.
  case unknownGround = "E002"
  /// An outcome of a statement that happens in another variant alone.
  case otherVariant = "E003"
  /// An answer that is no option of its question.
  case unknownAnswer = "E004"
  /// Fewer than two options or more than nine, an empty one, or one twice.
  case badOptions = "E005"
}
