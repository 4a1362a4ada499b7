extension QueryOperator {
  /// Earth's radius in the server's two units.
  private static let miles = 3959.0
  private static let kilometers = 6371.0

  func near(_ value: JSON, _ constraint: QueryConstraint) throws(ParseError) -> QueryCondition {
    guard let point = GeoPoint(value) else { throw ParseError.badJSON("bad $nearSphere value") }
    var limit = Double.infinity
    for (name, unit) in [
      (QueryOperator.maxDistance, 1), (.maxRadians, 1), (.maxMiles, Self.miles),
      (.maxKilometers, Self.kilometers),
    ] {
      guard let distance = constraint.all[name.rawValue] else { continue }
      guard let distance = distance.double, distance >= 0 else {
        throw ParseError.badJSON("bad \(name.rawValue) value")
      }
      limit = min(limit, distance / unit)
    }
    let most = limit
    return .near(constraint.path, point) { values in
      values.points.contains { $0.angle(to: point) <= most }
    }
  }

  func within(_ value: JSON) throws(ParseError) -> QueryTest {
    guard let box = value["$box"]?.array, box.count == 2, let low = GeoPoint(box[0]),
      let high = GeoPoint(box[1])
    else { throw ParseError.badJSON("malformed $within arg") }
    return { values in
      values.points.contains { point in
        point.latitude >= low.latitude && point.latitude <= high.latitude
          && point.longitude >= low.longitude && point.longitude <= high.longitude
      }
    }
  }

  func geoWithin(_ value: JSON) throws(ParseError) -> QueryTest {
    if let shape = value["$polygon"] {
      let polygon = try Self.polygon(shape)
      return { $0.points.contains(where: polygon.contains) }
    }
    guard let circle = value["$centerSphere"]?.array, circle.count >= 2,
      let center = GeoPoint(pairOrPoint: circle[0]), let radius = circle[1].double, radius >= 0
    else { throw ParseError.badJSON("bad $geoWithin value") }
    return { values in values.points.contains { $0.angle(to: center) <= radius } }
  }

  private static func polygon(_ shape: JSON) throws(ParseError) -> GeoPolygon {
    let list = shape["__type"]?.string == "Polygon" ? shape["coordinates"]?.array : shape.array
    guard let list, list.count >= 3 else {
      throw ParseError.badJSON("bad $geoWithin value; $polygon needs at least 3 GeoPoints")
    }
    let corners = list.compactMap(GeoPoint.init(pairOrPoint:))
    guard corners.count == list.count else { throw ParseError.badJSON("bad $geoWithin value") }
    return GeoPolygon(corners: corners)
  }

  func geoIntersects(_ value: JSON) throws(ParseError) -> QueryTest {
    guard let point = value["$point"].flatMap(GeoPoint.init(_:)) else {
      throw ParseError.badJSON("bad $geoIntersect value; $point should be GeoPoint")
    }
    return { values in
      values.contains { value in
        guard case .other(let json) = value, json["__type"]?.string == "Polygon" else {
          return false
        }
        // A stored polygon has latitude first, unlike the pairs of a query.
        let corners = (json["coordinates"]?.array ?? []).compactMap { pair -> GeoPoint? in
          guard let pair = pair.array, pair.count == 2, let latitude = pair[0].double,
            let longitude = pair[1].double
          else { return nil }
          return GeoPoint(latitude: latitude, longitude: longitude)
        }
        return corners.count >= 3 && GeoPolygon(corners: corners).contains(point)
      }
    }
  }
}
