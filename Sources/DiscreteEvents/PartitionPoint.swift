extension RandomAccessCollection {
  /// Where the first element stands that is late, in a collection in which none is early behind it;
  /// the end where none is. Found by halving.
  @inlinable
  public func partitionPoint(where isLate: (Element) -> Bool) -> Index {
    var (low, length) = (startIndex, count)
    while length > 0 {
      let middle = index(low, offsetBy: length / 2)
      if isLate(self[middle]) {
        length /= 2
      } else {
        low = index(after: middle)
        length -= length / 2 + 1
      }
    }
    return low
  }
}
