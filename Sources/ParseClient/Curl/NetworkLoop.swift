import CCurl

/// What the network thread runs: hands requests to libcurl, at most four at once, and results back.
struct NetworkLoop {
  /// Enough for pages of a sync beside a person's own request, and polite to a small server.
  static let requestsAtOnce = 4
  /// A poll ends earlier for any socket, timer or wake-up; the bound is only a safety net. ms.
  private static let longestPoll: Int32 = 60_000

  private let mailbox: NetworkMailbox
  private var waiting: [Waiting] = []
  private var running: [Transfer] = []
  private var sockets: [SocketTransfer] = []
  private var isStopping = false

  private struct Waiting {
    let id: UInt64
    let request: HTTPRequest
    let finish: NetworkCommand.Finish
  }

  init(_ mailbox: NetworkMailbox) { self.mailbox = mailbox }

  mutating func run() {
    while true {
      for command in mailbox.take() { obey(command) }
      if isStopping { break }
      startWaiting()
      mailbox.multi.perform()
      collectFinished()
      let hasMore = moveSockets()
      let isBusy = hasMore || (!waiting.isEmpty && running.count < Self.requestsAtOnce)
      mailbox.multi.poll(sockets.compactMap(\.polled), timeout: isBusy ? 0 : Self.longestPoll)
    }
    end()
  }

  private mutating func obey(_ command: NetworkCommand) {
    switch command {
    case .start(let id, let request, let flag, let finish):
      if flag.isSet {
        finish(.failure(.cancelled))
      } else {
        waiting.append(Waiting(id: id, request: request, finish: finish))
      }
    case .cancel(let id): cancel(id)
    case .open(let id, let request, let events): open(id, request, events)
    case .send(let id, let bytes):
      if let index = sockets.firstIndex(where: { $0.id == id }) { sockets[index].queue(bytes) }
    case .close(let id):
      if let index = sockets.firstIndex(where: { $0.id == id }) {
        sockets[index].sendLast()
        close(index, nil)
      }
    case .stop: isStopping = true
    }
  }

  private mutating func startWaiting() {
    while running.count < Self.requestsAtOnce, !waiting.isEmpty {
      let next = waiting.removeFirst()
      do {
        let handle = try EasyHandle.request(next.request)
        try mailbox.multi.add(handle)
        running.append(Transfer(id: next.id, handle: handle, finish: next.finish))
      } catch {
        next.finish(.failure(error))
      }
    }
  }

  private mutating func collectFinished() {
    while let (identity, code) = mailbox.multi.nextFinished() {
      if let index = running.firstIndex(where: { $0.handle.identity == identity }) {
        let transfer = running.remove(at: index)
        mailbox.multi.remove(transfer.handle)
        transfer.finish(transfer.handle.answer(code: code))
      } else if let index = sockets.firstIndex(where: { $0.handle.identity == identity }) {
        if let failure = sockets[index].handle.failure(code: code) {
          close(index, failure)
        } else {
          sockets[index].connected()
        }
      }
    }
  }

  private mutating func cancel(_ id: UInt64) {
    if let index = waiting.firstIndex(where: { $0.id == id }) {
      waiting.remove(at: index).finish(.failure(.cancelled))
    } else if let index = running.firstIndex(where: { $0.id == id }) {
      let transfer = running.remove(at: index)
      mailbox.multi.remove(transfer.handle)
      transfer.finish(.failure(.cancelled))
    }
  }

  private mutating func open(
    _ id: UInt64, _ request: SocketRequest, _ events: AsyncStream<SocketEvent>.Continuation
  ) {
    do {
      let handle = try EasyHandle.socket(request)
      try mailbox.multi.add(handle)
      sockets.append(SocketTransfer(id: id, handle: handle, events: events))
    } catch {
      events.yield(.closed(error))
      events.finish()
    }
  }

  /// Sends and reads what the sockets give now. True when one has more to read.
  private mutating func moveSockets() -> Bool {
    var hasMore = false
    for index in sockets.indices.reversed() {
      do throws(TransferFailure) {
        switch try sockets[index].move() {
        case .idle: break
        case .more: hasMore = true
        case .ended: close(index, nil)
        }
      } catch {
        close(index, error)
      }
    }
    return hasMore
  }

  private mutating func close(_ index: Int, _ failure: TransferFailure?) {
    let socket = sockets.remove(at: index)
    mailbox.multi.remove(socket.handle)
    socket.events.yield(.closed(failure))
    socket.events.finish()
  }

  private mutating func end() {
    for next in waiting { next.finish(.failure(.cancelled)) }
    for transfer in running {
      mailbox.multi.remove(transfer.handle)
      transfer.finish(.failure(.cancelled))
    }
    for index in sockets.indices.reversed() { close(index, .cancelled) }
    waiting = []
    running = []
  }
}
