extension Cast {
  /// Accounts are no part of scenarios: the user's name at the home tenant's first domain.
  public func account(of user: UserID) -> String {
    let person = users[user.row]
    return "\(person.name)@\(tenants[person.home.row].domains.first ?? "unknown")"
  }

  /// A person's account, or the name of whoever else it is.
  public func account(of recipient: Recipient) -> String {
    if case .user(let user) = recipient { return account(of: user) }
    return name(of: recipient)
  }
}
