import DiscreteEvents
import SimulationTrace
import TenantIsolation

// The sharing digest: a mail of what the Activity API has new.

extension Simulator {
  /// Mails what was read; where that is nothing, nobody (assumed).
  mutating func mail(
    _ digest: FeedDigest, to recipients: [UserID], _ id: FlowID, _ flow: World.Flow
  ) -> WorkResult {
    let read = read(
      digest.registration, followingPages: digest.followsPages, by: id, flow.definition)
    switch read {
    case .failure(let failure): return .failed(failure)
    case .records(let rows):
      let told = rows.filter { digest.operations.contains(audit.records[$0].operation) }
      let lines = digest.keepsDuplicates ? told : feedFlows.unknown(told, to: id)
      if !lines.isEmpty {
        send(
          "\(world.cast.flows[id.row].displayName): \(counted(lines.count, "record"))",
          lines.map { line(audit.records[$0]) }.joined(separator: "\n"), to: recipients, by: id,
          flow)
      }
      return .goesOn
    }
  }

  /// `2025-03-03 09:05 Edited app permission: expenses, everyone; by maya`.
  private func line(_ record: AuditRecord) -> String {
    let time = scenario.civil(record.createdAt)
    let cast = world.cast
    let thing =
      record.app.map { cast.apps[$0.row].displayName }
      ?? record.flow.map { cast.flows[$0.row].displayName }
      ?? record.connection.map { cast.connections[$0.row].displayName }
    let what = [thing, record.share.map { cast.name(of: $0.recipient) }].compactMap(\.self)
    return "\(time.dateText) \(time.clockText) \(record.operation.friendlyName): "
      + (what + ["by \(cast.users[record.actor.row].name)"]).joined(separator: ", ")
  }
}
