import SimulationTrace

extension Action {
  /// What a record of its refusal has to say; nil where that follows from what it is about.
  var attempt: Attempt? {
    switch self {
    case .openApp: .open
    case .runFlow: .run
    case .createConnection, .createApp, .createFlow: .create
    case .saveFlow: .save
    case .turnFlow(_, let on): on ? .turnOn : .turnOff
    case .deleteConnection, .deleteApp, .deleteFlow: .delete
    case .addConnection(let use, _): .add(use.connection)
    case .share(_, let share): .share(share)
    case .unshare(_, let recipient, let role): .unshare(recipient, role)
    case .moveFlow(_, let user, _): .move(user)
    case .sendCopy(_, let user, let copy): .send(user, as: copy)
    case .changeGroup(let group, let user, let isMember):
      .changeGroup(group, user, isMember: isMember)
    default: nil
    }
  }
}
