import Analysis
import Testing

@Suite struct MinimizationTests {
  /// Leaves those pieces with which all the needed ones are there.
  private func shrunk(_ count: Int, needing needed: Set<Int>) -> [Int] {
    minimized(Array(0..<count)) { needed.isSubset(of: $0) ? $0 : nil }
  }

  @Test(arguments: [1, 2, 3, 7, 8, 64, 100])
  func `What is needed is left, in its order, and nothing else`(count: Int) {
    #expect(shrunk(count, needing: [count - 1]) == [count - 1])
    #expect(shrunk(count, needing: [0]) == [0])
    #expect(
      shrunk(count, needing: [0, count / 2, count - 1]) == Set([0, count / 2, count - 1]).sorted())
    #expect(shrunk(count, needing: Set(0..<count)) == Array(0..<count))
  }

  @Test func `No single piece can go, whatever is needed with what`() {
    // Holds while the sum is odd and at least 7: no monotone question.
    func holds(_ pieces: [Int]) -> Bool {
      let sum = pieces.reduce(0, +)
      return sum % 2 == 1 && sum >= 7
    }
    let left = minimized(Array(1...30).filter { $0 != 15 } + [16]) { holds($0) ? $0 : nil }
    #expect(holds(left))
    for row in left.indices {
      var fewer = left
      fewer.remove(at: row)
      #expect(!holds(fewer))
    }
  }

  @Test func `An attempt may take more away than it was asked to`() {
    var tries = 0
    let left = minimized(Array(0..<1000)) { pieces in
      tries += 1
      return pieces.contains(500) ? pieces.filter { $0 >= 500 } : nil
    }
    #expect(left == [500])
    #expect(tries < 30)
  }

  @Test func `Nothing is tried where there is nothing to take away`() {
    #expect(
      minimized([1]) { _ in
        Issue.record("tried"); return nil
      } == [1])
    #expect(
      minimized([Int]()) { _ in
        Issue.record("tried"); return nil
      } == [])
  }
}
