import TenantIsolation

extension Names {
  /// What somebody tried, as it follows "tries to".
  func words(_ attempt: Attempt) -> String {
    switch attempt {
    case .turnIsolation(let on): "turn isolation \(on ? "on" : "off") for \(tenant)"
    case .allow(let subject, let directions):
      "allow \(name(subject)) \(cast.words(directions)) for \(tenant)"
    case .changeRule(let subject, let directions):
      "change \(tenant)'s rule for \(name(subject)) to \(cast.words(directions))"
    case .retargetRule(let subject, let other):
      "make \(tenant)'s rule for \(name(subject)) one for \(name(other))"
    case .removeRule(let subject): "remove \(tenant)'s rule for \(name(subject))"
    case .readPolicy: "read the isolation policy of \(tenant)"
    case .replacePolicy: "replace the isolation policy of \(tenant)"
    case .create: "create \(thing)"
    case .delete: "delete \(thing)"
    case .open: "open \(thing)"
    case .run: "run \(thing)"
    case .save: "save \(thing)"
    case .turnOn: "turn on \(thing)"
    case .turnOff: "turn off \(thing)"
    case .add(let connection): "add \(short(cast.connections[connection.row].name)) to \(thing)"
    case .share(let share): "share \(thing) with \(name(share.recipient))\(part(share.role))"
    case .unshare(let recipient, let role): "unshare \(thing) from \(name(recipient))\(part(role))"
    case .move(let user): "move \(thing) to \(name(.user(user)))"
    case .send(let user, _): "send \(name(.user(user))) a copy of \(thing)"
    case .changeGroup(let group, let user, let isMember): change(group, user, isMember: isMember)
    case .requestReport: "request \(tenant)'s cross-tenant report"
    case .listPackages: "list the packages of \(environment)"
    case .install: "install package \(record.package.map { place($0.place) } ?? "")"
    case .cancel(let operation):
      "cancel operation \(short(cast.adminOperations[operation.row].name))"
    case .turnAuditing(let on): "turn auditing \(on ? "on" : "off") for \(tenant)"
    case .call: trace.callTried(record)
    case .register: "register \(thing)"
    case .answer(let recipient, let isApproved):
      "\(isApproved ? "approve" : "reject") removing \(name(recipient)) from \(thing)"
    }
  }

  private func name(_ subject: RuleSubject) -> String { short(cast.name(subject)) }

  private func name(_ recipient: Recipient) -> String { short(cast.name(of: recipient)) }

  private func part(_ role: ShareRole?) -> String {
    role.map { $0 == .user ? "" : " as \($0.name)" } ?? ""
  }

  private func change(_ group: GroupID, _ user: UserID, isMember: Bool) -> String {
    let group = "group \(short(cast.groups[group.row].name))"
    if isMember { return "add \(name(.user(user))) to \(group)" }
    return user == record.actor ? "leave \(group)" : "take \(name(.user(user))) out of \(group)"
  }
}
