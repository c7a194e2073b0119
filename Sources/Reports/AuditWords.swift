import DiscreteEvents
import SimulationTrace
import TenantIsolation

// The audit log, alerts and the Activity API in a story.

extension Trace {
  /// Adds what there is to say beneath a line.
  func addAudit(of record: Record, to line: inout StoryLine) {
    guard let row = record.auditRow?.row else { return }
    switch record.kind {
    case .auditRecorded:
      let isLate = audit.records[row].availableAt < until ? "" : ", after this story's end"
      line.add(.then, "it can be found from \(timeText(audit.records[row].availableAt))\(isLate)")
    case .alertRaised:
      line.add(.then, "about the \(words(audit.records[audit.alerts[row].record]))")
    case .auditAvailable: break
    default: add(audit.calls[row], record, to: &line)
    }
  }

  private func add(_ call: FeedCall, _ record: Record, to line: inout StoryLine) {
    switch call.kind {
    case .start where record.failure?.feed?.error == .alreadyEnabled:
      line.add(
        .then, "status 400 and yet nothing is wrong: the subscription is enabled, as it was")
    case .start:
      if case .application = call.publisher {
        line.add(
          .then,
          "the publisher is the vendor's tenant, not an application: it is taken, and its calls "
            + "share no quota that is the vendor's")
      }
    case .listSubscriptions:
      let types = call.subscriptions.map { "\($0.wireName)" }.joined(separator: ", ")
      line.add(.then, types.isEmpty ? "none is enabled" : "enabled: \(types)")
    case .listContent:
      let more = call.hasMore ? ", and there is a further page" : ""
      line.add(.then, "it lists \(counted(call.blobs.count, "piece")) of content\(more)")
    case .fetchContent:
      let records = call.blobs.flatMap { audit.blobs[$0].records }
      for record in records.prefix(4) { line.add(.then, words(audit.records[record])) }
      if records.count > 4 { line.add(.then, "and \(records.count - 4) more") }
    case .stop: break
    }
  }
}
