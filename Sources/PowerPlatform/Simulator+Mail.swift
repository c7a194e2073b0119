import DiscreteEvents
import SimulationTrace
import TenantIsolation

// Mails that flows send in runs that succeed.

extension Simulator {
  /// Has a flow send a mail now.
  mutating func send(
    _ subject: String, _ body: String, to recipients: [UserID], by id: FlowID, _ flow: World.Flow
  ) {
    var record = Record(.mailSent, at: clock, line: flow.line)
    record.flow = id
    record.tenant = world.tenant(of: flow, at: clock)
    record.mail = MailID(mails.count)
    mails.append(
      Mail(at: clock, from: id, to: recipients, subject: subject, body: body))
    events.append(record)
  }
}
