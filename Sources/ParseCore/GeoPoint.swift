import Foundation

/// A place in degrees, `{"__type":"GeoPoint",…}`.
package struct GeoPoint: Sendable, Hashable {
  package let latitude: Double
  package let longitude: Double

  /// Nil outside −90…90 and −180…180.
  package init?(latitude: Double, longitude: Double) {
    guard (-90...90).contains(latitude), (-180...180).contains(longitude) else { return nil }
    self.latitude = latitude
    self.longitude = longitude
  }

  package init?(_ json: JSON) {
    guard json["__type"]?.string == "GeoPoint", let latitude = json["latitude"]?.double,
      let longitude = json["longitude"]?.double
    else { return nil }
    self.init(latitude: latitude, longitude: longitude)
  }

  /// Reads a point or a pair, which the server takes as longitude first.
  init?(pairOrPoint json: JSON) {
    guard let pair = json.array else {
      self.init(json)
      return
    }
    guard pair.count == 2, let longitude = pair[0].double, let latitude = pair[1].double else {
      return nil
    }
    self.init(latitude: latitude, longitude: longitude)
  }

  package var json: JSON {
    [
      "__type": "GeoPoint", "latitude": .number(JSONNumber(latitude)),
      "longitude": .number(JSONNumber(longitude)),
    ]
  }

  /// The angle between two places in radians, by the haversine formula.
  package func angle(to other: GeoPoint) -> Double {
    let degree = Double.pi / 180
    let north = sin((other.latitude - latitude) * degree / 2)
    let east = sin((other.longitude - longitude) * degree / 2)
    let square =
      north * north + cos(latitude * degree) * cos(other.latitude * degree) * east * east
    return 2 * asin(min(1, square.squareRoot()))
  }
}

/// A closed line of places. Inside is decided on the flat map, as the server does.
struct GeoPolygon: Sendable {
  let corners: [GeoPoint]

  /// A ray to the east crosses the border an odd number of times; the border itself is inside.
  func contains(_ point: GeoPoint) -> Bool {
    var inside = false
    for (index, corner) in corners.enumerated() {
      let previous = corners[(index + corners.count - 1) % corners.count]
      if Self.isOn(point, from: previous, to: corner) { return true }
      guard (corner.latitude > point.latitude) != (previous.latitude > point.latitude) else {
        continue
      }
      let share = (point.latitude - corner.latitude) / (previous.latitude - corner.latitude)
      let crossing = corner.longitude + share * (previous.longitude - corner.longitude)
      if point.longitude < crossing { inside.toggle() }
    }
    return inside
  }

  private static func isOn(_ point: GeoPoint, from start: GeoPoint, to end: GeoPoint) -> Bool {
    let cross =
      (point.longitude - start.longitude) * (end.latitude - start.latitude)
      - (point.latitude - start.latitude) * (end.longitude - start.longitude)
    guard cross == 0 else { return false }
    return point.longitude >= min(start.longitude, end.longitude)
      && point.longitude <= max(start.longitude, end.longitude)
      && point.latitude >= min(start.latitude, end.latitude)
      && point.latitude <= max(start.latitude, end.latitude)
  }
}
