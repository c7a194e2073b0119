import DiscreteEvents
import SimulationTrace
import TenantIsolation

/// The subscriptions of the Management Activity API, and the content that they were given.
///
/// Content is made while its subscription is enabled. All questions can be asked of any instant.
struct FeedBook: Sendable {
  /// The subscription of a registration to a type of content.
  struct Key: Equatable {
    var registration: RegistrationID
    var type: ContentType

    fileprivate var row: Int {
      registration.row * ContentType.allCases.count + Int(type.rawValue)
    }
  }

  /// Each subscription's starts and stops.
  private var subscriptions: ChangeLog<Bool>
  /// Content in the order in which it was made.
  private(set) var blobs: [ContentBlob] = []
  /// Its rows in the order of their creation times.
  private var order: [Int] = []
  private(set) var calls: [FeedCall] = []
  /// Which of the calls each page's name stands for.
  private var pages: ChangeLog<Int>
  /// Which calls are still admitted.
  var quota: CallQuota
  private var duplicates: SeededGenerator
  private var disorder: SeededGenerator
  private let settings: AuditSettings
  private let cast: Cast
  private let start: CivilTime

  init(_ scenario: Scenario, seed: UInt64) {
    subscriptions = ChangeLog(
      subjects: scenario.cast.registrations.count * ContentType.allCases.count)
    pages = ChangeLog(subjects: scenario.cast.contentPages.count)
    duplicates = SeededGenerator(seed: seed, stream: "feed-duplicates")
    disorder = SeededGenerator(seed: seed, stream: "feed-disorder")
    settings = scenario.settings.audit
    quota = CallQuota(limit: settings.requestLimit)
    cast = scenario.cast
    start = scenario.start
  }
}

// MARK: - Content

extension FeedBook {
  /// Makes content of an audit record that has just become available, for each subscription to it.
  mutating func add(_ record: Int, of tenant: TenantID, at time: Instant) {
    for row in cast.registrations.indices where cast.registrations[row].tenant == tenant {
      // Everything about the Power Platform is of this type.
      let key = Key(registration: RegistrationID(row), type: .general)
      guard let first = subscriptions.nextChange(of: key.row, after: .past) else { continue }
      let created = max(time, first + settings.firstContent)
      add(record, key, at: created + draw(upTo: settings.disorder))
      let isTwice = settings.duplicates > 0 && duplicates.next(in: 1...100) <= settings.duplicates
      if isTwice { add(record, key, at: created + duplicates.next(in: 1...1800) * 1000) }
    }
  }

  private mutating func draw(upTo most: Milliseconds) -> Milliseconds {
    most > 0 ? disorder.next(in: 0...most) : 0
  }

  private mutating func add(_ record: Int, _ key: Key, at created: Instant) {
    let row = blobs.count
    blobs.append(
      ContentBlob(
        identifier: cast.contentIdentifier(key.registration, row), registration: key.registration,
        contentType: key.type, createdAt: created, records: [record]))
    order.insert(row, at: place(of: created, isAfterEqual: true))
  }

  /// Where in the order a creation time belongs.
  private func place(of created: Instant, isAfterEqual: Bool = false) -> Int {
    order.partitionPoint {
      let time = blobs[$0].createdAt
      return isAfterEqual ? time > created : time >= created
    }
  }

  /// The content of a window that a subscription was given by an instant, by its creation: what was
  /// made while it was stopped is lost.
  func content(_ key: Key, in window: Range<Instant>, at time: Instant) -> [Int] {
    let end = max(window.lowerBound, min(window.upperBound, time + 1))
    return order[place(of: window.lowerBound)..<place(of: end)].filter {
      blobs[$0].key == key && isEnabled(key, at: blobs[$0].createdAt)
    }
  }

  /// Content by its id, if its subscription was given it by an instant.
  func blob(_ identifier: String, of registration: RegistrationID, at time: Instant) -> Int? {
    blobs.firstIndex {
      $0.identifier == identifier && $0.registration == registration && $0.createdAt <= time
        && isEnabled($0.key, at: $0.createdAt)
    }
  }
}

// MARK: - Subscriptions

extension FeedBook {
  /// Whether a subscription is enabled at an instant, after everything that happens at it; nil
  /// where it was never started.
  func state(_ key: Key, at time: Instant) -> Bool? {
    subscriptions.value(of: key.row, at: time)
  }

  func isEnabled(_ key: Key, at time: Instant) -> Bool { state(key, at: time) ?? false }

  /// The types that a registration has an enabled subscription to.
  func enabledTypes(_ registration: RegistrationID, at time: Instant) -> [ContentType] {
    ContentType.allCases.filter {
      isEnabled(Key(registration: registration, type: $0), at: time)
    }
  }

  /// What stands against a start; nil where nothing does.
  func startError(_ key: Key, at time: Instant) -> FeedError? {
    if isEnabled(key, at: time) { return .alreadyEnabled }
    var latest: Instant?
    subscriptions.forEachBackwards(key.row) { change in
      if change.value { latest = change.time }
      return latest == nil
    }
    return latest.map { time < $0 + settings.restart } ?? false ? .tooManyRequests : nil
  }

  mutating func set(_ key: Key, isEnabled: Bool, at time: Instant) {
    subscriptions.append(isEnabled, of: key.row, at: time)
  }
}

// MARK: - Calls

extension FeedBook {
  /// Keeps a call that was answered, and returns its row.
  mutating func add(_ call: FeedCall, at time: Instant) -> Int {
    calls.append(call)
    if let page = call.page { pages.append(calls.count - 1, of: page.row, at: time) }
    return calls.count - 1
  }

  /// The list that a page's name stands for.
  func page(_ name: ContentPageID, at time: Instant) -> FeedCall? {
    pages.value(of: name.row, at: time).map { calls[$0] }
  }

  /// A window as the API takes it, or why it does not: both ends or none, the first not behind the
  /// last, at most 24 hours, at most seven days back.
  func window(_ asked: FeedWindow, at time: Instant) -> Result<Range<Instant>, FeedFault> {
    guard asked != FeedWindow() else { return .success(time + -CivilTime.day..<time) }
    guard let start = asked.start, let end = asked.end, start <= end else {
      return .failure(FeedFault(.timeRange))
    }
    var window = start..<end
    if window.upperBound - window.lowerBound > CivilTime.day {
      guard settings.longWindow == .partial else { return .failure(FeedFault(.timeRange)) }
      window = window.lowerBound..<window.lowerBound + CivilTime.day
    }
    if window.lowerBound < time + -7 * CivilTime.day { return .failure(FeedFault(.timeRange)) }
    return .success(window)
  }

  /// What a subscription lists of a window at an instant.
  func listing(_ key: Key, _ window: Range<Instant>, at time: Instant) -> Listing {
    let content = content(key, in: window, at: time)
    return Listing(
      key: key, window: window, content: content,
      expired: content.prefix { blobs[$0].expiresAt <= time }.count, pageSize: settings.pageSize)
  }

  /// The content of a window, which is given page by page.
  struct Listing {
    fileprivate var key: Key
    fileprivate var window: Range<Instant>
    fileprivate var content: [Int]
    /// How many of the oldest pieces are passed over.
    fileprivate var expired: Int
    fileprivate var pageSize: Int

    /// A page, some pieces from the start of the window on.
    func page(from offset: Int) -> FeedCall {
      let first = min(max(expired, offset), content.count)
      let page = content[first..<min(content.count, first + min(pageSize, content.count))]
      var call = FeedCall(.listContent, key.registration, key.type)
      call.window = window
      call.blobs = Array(page)
      call.offset = first
      call.hasMore = page.endIndex < content.count
      return call
    }
  }
}

extension ContentBlob {
  fileprivate var key: FeedBook.Key { FeedBook.Key(registration: registration, type: contentType) }
}

/// An error of the Activity API, and what it is about.
public struct FeedFault: Error {
  /// The error.
  public var error: FeedError
  /// The content that is expired or not there; nil where no single one is meant.
  public var content: FeedContent?
  /// The page that was to lead on.
  public var page: ContentPageID?

  init(_ error: FeedError, content: FeedContent? = nil, of page: ContentPageID? = nil) {
    self.error = error
    self.content = content
    self.page = page
  }

  /// The error as what somebody called for is answered.
  func failure(of call: FeedCall) -> FeedFailure {
    FeedFailure(error, call.kind, call.contentType, content: content, of: page)
  }
}
