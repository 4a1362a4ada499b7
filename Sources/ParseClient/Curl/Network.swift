import Glibc
import Synchronization

/// Where a socket should lead: `http` for plain TCP, `https` for TLS.
struct SocketRequest: Sendable {
  let url: String
  let limits: HTTPRequest.Limits
}

enum SocketEvent: Sendable {
  case connected
  case received([UInt8])
  /// The last event. Nil when the other side, or this one, closed it in order.
  case closed(TransferFailure?)
}

/// What other threads ask of the network thread.
enum NetworkCommand: Sendable {
  typealias Finish = @Sendable (Result<HTTPAnswer, TransferFailure>) -> Void

  case start(UInt64, HTTPRequest, CancellationFlag, Finish)
  case cancel(UInt64)
  case open(UInt64, SocketRequest, AsyncStream<SocketEvent>.Continuation)
  case send(UInt64, [UInt8])
  case close(UInt64)
  case stop
}

/// Set before a cancel is posted, so that a cancel which overtakes its start is not lost.
final class CancellationFlag: Sendable {
  private let flag = Atomic(false)

  var isSet: Bool { flag.load(ordering: .acquiring) }

  func set() { flag.store(true, ordering: .releasing) }
}

/// The network thread as seen from outside. The thread ends when this is let go.
final class Network: Sendable {
  typealias Answers = @Sendable (HTTPRequest) async -> Result<HTTPAnswer, TransferFailure>

  private let mailbox: NetworkMailbox
  private let nextId = Atomic<UInt64>(1)
  private let answers: Answers?

  /// - Parameter answers: Gives every request its answer in place of a network, which then has no
  ///   thread and no sockets: a server in the same process.
  init(answers: Answers? = nil) throws(TransferFailure) {
    self.answers = answers
    mailbox = try NetworkMailbox()
    if answers == nil { try NetworkThread.start(mailbox) }
  }

  deinit { mailbox.post(.stop) }

  /// Sends a request and waits for its answer. A cancelled task gets `.cancelled` at once.
  func perform(_ request: HTTPRequest) async -> Result<HTTPAnswer, TransferFailure> {
    if let answers { return await answers(request) }
    let id = newId()
    let flag = CancellationFlag()
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        mailbox.post(.start(id, request, flag) { continuation.resume(returning: $0) })
      }
    } onCancel: {
      flag.set()
      mailbox.post(.cancel(id))
    }
  }

  /// Opens a socket. Its events end after `.closed`; to drop the stream closes the socket.
  func open(_ request: SocketRequest) -> Socket {
    let id = newId()
    let (events, continuation) = AsyncStream.makeStream(of: SocketEvent.self)
    continuation.onTermination = { [mailbox] _ in mailbox.post(.close(id)) }
    mailbox.post(.open(id, request, continuation))
    return Socket(id: id, events: events, mailbox: mailbox)
  }

  struct Socket: Sendable {
    fileprivate let id: UInt64
    let events: AsyncStream<SocketEvent>
    fileprivate let mailbox: NetworkMailbox

    /// Queues bytes; they go out in order.
    func send(_ bytes: [UInt8]) { mailbox.post(.send(id, bytes)) }

    /// Closes the socket; bytes not sent yet are lost.
    func close() { mailbox.post(.close(id)) }
  }

  private func newId() -> UInt64 { nextId.add(1, ordering: .relaxed).oldValue }
}

/// The commands on their way to the network thread.
final class NetworkMailbox: Sendable {
  let multi: MultiHandle
  private let commands = Mutex<[NetworkCommand]>([])

  init() throws(TransferFailure) { multi = try MultiHandle() }

  func post(_ command: NetworkCommand) {
    commands.withLock { $0.append(command) }
    multi.wakeUp()
  }

  /// Empties the box.
  func take() -> [NetworkCommand] {
    commands.withLock { commands in
      defer { commands = [] }
      return commands
    }
  }
}

enum NetworkThread {
  /// Starts the thread that runs the loop until a `.stop` comes.
  static func start(_ mailbox: NetworkMailbox) throws(TransferFailure) {
    var all = sigset_t()
    var before = sigset_t()
    // The new thread inherits the mask: signals go to the main thread, and a write to a closed
    // socket gives an error in place of SIGPIPE. Both sets live for the calls.
    unsafe sigfillset(&all)
    unsafe pthread_sigmask(SIG_SETMASK, &all, &before)
    // As above: the caller's own mask comes back.
    defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
    var thread = pthread_t()
    // The thread takes over this reference.
    let context = unsafe Unmanaged.passRetained(mailbox).toOpaque()
    let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
      guard let context = unsafe context else { return nil }
      // The reference made above, taken once.
      let mailbox = unsafe Unmanaged<NetworkMailbox>.fromOpaque(context).takeRetainedValue()
      var loop = NetworkLoop(mailbox)
      loop.run()
      return nil
    }
    // The thread owns its context from here on.
    guard unsafe pthread_create(&thread, nil, main, context) == 0 else {
      // No thread started, so its reference is given back here.
      unsafe Unmanaged<NetworkMailbox>.fromOpaque(context).release()
      throw .other(code: Int(EAGAIN))
    }
    pthread_detach(thread)
  }
}
