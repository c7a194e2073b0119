import DiscreteEvents
import SimulationTrace

/// Application packages and mails in JSON: the states are those of the public REST interface.
extension ByteBuffer {
  mutating func appendPackage(of record: Record, in trace: Trace) {
    if let environment = record.environment {
      append(key: "environment", trace.cast.environments[environment.row].name)
    }
    if let list = record.packageList {
      append(key: "packages")
      appendList(trace.packageLists[list.row].entries) { buffer, entry in
        buffer.append("{\"uniqueName\":")
        buffer.append(json: entry.name)
        buffer.append(key: "state", word: entry.state.wireName)
        buffer.append("}")
      }
    }
    guard let mention = record.package else { return }
    append(key: "package", trace.cast.packages[mention.place.package.row].name)
    append(key: "packageState", word: mention.state.wireName)
  }

  mutating func appendMail(of record: Record, in trace: Trace) {
    guard let mail = record.mail.map({ trace.mails[$0.row] }) else { return }
    append(key: "to", mail.recipients.lazy.map { trace.cast.users[$0.row].name })
    append(key: "subject", mail.subject)
    append(key: "body", mail.body)
  }
}
