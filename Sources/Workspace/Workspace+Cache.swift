internal import CRM
internal import JSONCache
internal import ParseCore

extension Workspace {
  /// Tells how much is on this machine. Looks at every row's index entry and every pinned row.
  package func measureCache() {
    let path = Self.cachePath(profile, options.environment)
    beside { [deliver, viewpoint] store throws(CacheError) in
      let free = path.flatMap(Self.freeBytes)
      deliver(
        .cache(try CacheFacts(store, free: free, today: CacheFacts.Today(store, viewpoint))))
      store.releaseReaders()
      FreeMemory.giveBack()
    }
  }

  /// Works on the cache beside the answers, one such work after another.
  func beside(_ work: @escaping @Sendable (CacheStore) throws(CacheError) -> Void) {
    guard !isClosed else { return }
    let (store, deliver, before) = (store, deliver, besides)
    besides = Task.detached {
      await before?.value
      do throws(CacheError) { try work(store) } catch { deliver(.refused(error.words)) }
    }
  }
}

extension CacheFacts {
  fileprivate init(_ store: CacheStore, free: Int?, today: Today) throws(CacheError) {
    self.init(
      bytes: store.sizeInBytes(),
      rows: try store.rowCounts().map { Rows(className: $0.key, count: $0.value) }
        .sorted { ($1.count, $0.className) < ($0.count, $1.className) },
      pins: try store.pins().map { Pin(name: $0.name, rows: $0.count, since: $0.first) },
      free: free, today: today)
  }
}
