//! Steps through the XML of a Word document: names without prefixes, entities resolved, broken XML ends the text.

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};

/// Events read of one part; a plan of 5,000 tasks has some 200,000.
const EVENTS: usize = 20_000_000;

/// One step.
#[derive(Debug)]
pub(super) enum Step<'a> {
    /// A start tag, with its local name.
    Start(&'a str, &'a BytesStart<'a>),
    /// An end tag; an empty element gives both.
    End(&'a str),
    /// Text.
    Text(&'a str),
}

/// The text of a part: UTF-8, or UTF-16 with a byte order mark.
pub(super) fn decode(bytes: &[u8]) -> String {
    match bytes {
        [0xff, 0xfe, ..] => encoding_rs::UTF_16LE.decode_with_bom_removal(bytes).0.into_owned(),
        [0xfe, 0xff, ..] => encoding_rs::UTF_16BE.decode_with_bom_removal(bytes).0.into_owned(),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// Calls `step` for every step of `xml`. False if the XML broke off or was too long.
pub(super) fn walk(xml: &str, mut step: impl FnMut(Step<'_>)) -> bool {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    for _ in 0..EVENTS {
        match reader.read_event() {
            Ok(Event::Start(tag)) => step(Step::Start(local(tag.name().as_ref()), &tag)),
            Ok(Event::Empty(tag)) => {
                let name = tag.name();
                let name = local(name.as_ref());
                step(Step::Start(name, &tag));
                step(Step::End(name));
            }
            Ok(Event::End(tag)) => step(Step::End(local(tag.name().as_ref()))),
            Ok(Event::Text(text)) => step(Step::Text(&text.into_inner())),
            Ok(Event::CData(text)) => step(Step::Text(&text.into_inner())),
            Ok(Event::GeneralRef(reference)) => {
                let name = reference.clone().into_inner();
                let sign = match &*name {
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "amp" => Some('&'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => reference.resolve_char_ref().ok().flatten(),
                };
                if let Some(sign) = sign {
                    step(Step::Text(sign.encode_utf8(&mut [0; 4])));
                }
            }
            Ok(Event::Eof) => return true,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
    false
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The value of an attribute by local name.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes().with_checks(false).flatten().find(|a| local(a.key.as_ref()) == name).map(|a| {
        a.normalized_value(XmlVersion::Implicit1_0)
            .map_or_else(|_| String::new(), std::borrow::Cow::into_owned)
    })
}

/// The value of `val` as a number.
pub(super) fn number(tag: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(tag, name)?.parse().ok()
}

/// Whether an on/off property is on: `<w:vanish/>` is, `<w:vanish w:val="0"/>` is not.
pub(super) fn is_on(tag: &BytesStart<'_>) -> bool {
    !matches!(attribute(tag, "val").as_deref(), Some("0" | "false" | "off"))
}
