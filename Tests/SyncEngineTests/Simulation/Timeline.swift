/// What is to happen when, in milliseconds; what falls on the same moment keeps its order.
struct Timeline<Event> {
  private struct Entry {
    let time: Int
    let number: Int
    let event: Event
  }

  private var heap: [Entry] = []
  private var last = 0

  mutating func add(_ event: Event, at time: Int) {
    last += 1
    heap.append(Entry(time: time, number: last, event: event))
    var child = heap.count - 1
    while child > 0, isBefore(child, (child - 1) / 2) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func next() -> (time: Int, event: Event)? {
    guard let first = heap.first else { return nil }
    let end = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = end
      var parent = 0
      while true {
        var least = parent
        for child in [2 * parent + 1, 2 * parent + 2]
        where child < heap.count && isBefore(child, least) {
          least = child
        }
        if least == parent { break }
        heap.swapAt(parent, least)
        parent = least
      }
    }
    return (first.time, first.event)
  }

  private func isBefore(_ left: Int, _ right: Int) -> Bool {
    (heap[left].time, heap[left].number) < (heap[right].time, heap[right].number)
  }
}
