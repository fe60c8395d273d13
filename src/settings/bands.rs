//! Bands of the lights (亮灯界限): bounds, or pieces that must leave no hole and not overlap.

use serde::Deserialize;

/// One band: at least `green` is 绿, at least `yellow` is 黄, below is 红.
///
/// Written as `{ green = 0, yellow = -10 }`, or as published, piece by piece:
/// `[{ light = "green", from = -10 }, { light = "yellow", from = -30, to = -10 }, { light = "red", to = -30 }]`.
/// A bound belongs to the better light. Pieces with a hole or an overlap are refused.
#[derive(Clone, Copy, PartialEq, Debug, Deserialize)]
#[serde(try_from = "Written")]
pub struct Band {
    /// Lower bound of 绿.
    pub green: f64,
    /// Lower bound of 黄.
    pub yellow: f64,
}

/// How a band may be written.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Bounds(Bounds),
    Pieces(Vec<Piece>),
    Other(toml::Value),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bounds {
    green: f64,
    yellow: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Piece {
    light: PieceLight,
    from: Option<f64>,
    to: Option<f64>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum PieceLight {
    Green,
    Yellow,
    Red,
}

/// What is allowed, as the message says it.
const FORMS: &str = "{ green = 0, yellow = -10 } / [{ light = \"green\", from = -10 }, { light = \"yellow\", from = -30, to = -10 }, { light = \"red\", to = -30 }]";

impl TryFrom<Written> for Band {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        match written {
            Written::Bounds(Bounds { green, yellow }) => Ok(Self { green, yellow }),
            Written::Pieces(pieces) => from_pieces(&pieces),
            Written::Other(value) => Err(format!("no bands: {value}, expected {FORMS}")),
        }
    }
}

/// Three pieces that meet: green above yellow above red, nothing between and nothing twice.
fn from_pieces(pieces: &[Piece]) -> Result<Band, String> {
    let one = |light: PieceLight| {
        let mut of = pieces.iter().filter(|p| p.light == light);
        match (of.next(), of.next()) {
            (Some(piece), None) => Ok(piece),
            _ => Err(format!("each light needs one piece, expected {FORMS}")),
        }
    };
    let (green, yellow, red) =
        (one(PieceLight::Green)?, one(PieceLight::Yellow)?, one(PieceLight::Red)?);
    if green.to.is_some() || red.from.is_some() {
        return Err(format!("green has no upper and red no lower bound, expected {FORMS}"));
    }
    let meet = |upper: Option<f64>, lower: Option<f64>| match (upper, lower) {
        (Some(from), Some(to)) if from > to => {
            Err(format!("a hole between {to} and {from}, expected {FORMS}"))
        }
        (Some(from), Some(to)) if from < to => {
            Err(format!("an overlap between {from} and {to}, expected {FORMS}"))
        }
        (Some(from), Some(_)) => Ok(from),
        _ => Err(format!("a piece without its bound, expected {FORMS}")),
    };
    Ok(Band { green: meet(green.from, yellow.to)?, yellow: meet(yellow.from, red.to)? })
}

/// What a band's bounds are compared with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// The gap, in points.
    #[default]
    Points,
    /// On the schedule 100·P/t, else P: percent of what should be there.
    Ratio,
}

/// Bands of the lights by kind of item.
#[derive(Clone, Copy, PartialEq, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Lights {
    /// Points or ratio.
    pub measure: Measure,
    /// Items on the schedule.
    pub on_schedule: Band,
    /// Growth, and levels in %.
    pub growth: Band,
    /// Other levels, and ceilings.
    pub level: Band,
}

impl Default for Lights {
    fn default() -> Self {
        Self {
            measure: Measure::Points,
            on_schedule: Band { green: 0.0, yellow: -10.0 },
            growth: Band { green: 0.0, yellow: -1.0 },
            level: Band { green: 0.0, yellow: -5.0 },
        }
    }
}
