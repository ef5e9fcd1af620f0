//! Letters of embedded fonts whose document brings no map to Unicode: their codes are those of a
//! known character set (GBK-EUC-H, UniGB-UCS2-H, Identity-H over Adobe-GB1), as older programs wrote
//! them. The interpreter knows these maps, and asks them for fonts only that are not embedded.

use std::collections::BTreeMap;
use std::rc::Rc;

use hayro_interpret::hayro_cmap::{CMap, CMapName, CidFamily, load_embedded};
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Stream, String as Written};
use hayro_interpret::hayro_syntax::page::Resources;

use super::letter;

/// How deep drawings within drawings are searched for fonts.
const DEEPEST: u32 = 4;
/// Most fonts of a document; lists have some ten.
const MOST_FONTS: usize = 1_000;

/// The fonts of a document without a map of their own, by the name that is in the document.
#[derive(Default)]
pub struct Codes {
    fonts: BTreeMap<String, Option<Font>>,
    maps: BTreeMap<Vec<u8>, Option<Rc<CMap>>>,
}

struct Font {
    /// From codes to characters of the set.
    encoding: Rc<CMap>,
    /// From characters of the set to Unicode.
    unicode: Rc<CMap>,
}

impl Codes {
    /// Takes in the fonts of a page and of the drawings on it.
    pub fn learn(&mut self, resources: &Resources<'_>, depth: u32) {
        for key in resources.fonts.keys() {
            if self.fonts.len() >= MOST_FONTS {
                return;
            }
            if let Some(font) = resources.fonts.get::<Dict<'_>>(&*key) {
                self.take(&font);
            }
        }
        if depth >= DEEPEST {
            return;
        }
        for key in resources.x_objects.keys() {
            let drawing = resources.x_objects.get::<Stream<'_>>(&*key);
            let within = drawing.and_then(|drawing| drawing.dict().get::<Dict<'_>>("Resources"));
            if let Some(within) = within {
                self.learn(&Resources::new(within), depth + 1);
            }
        }
    }

    /// What a code says in the font of a name; `None` where that is not known.
    pub fn text(&self, font: &str, code: u32) -> Option<String> {
        let font = self.fonts.get(font)?.as_ref()?;
        let mut sizes = 1..=4;
        let character = sizes.find_map(|size| font.encoding.lookup_cid_code(code, size))?;
        let text = font.unicode.lookup_bf_string(character)?;
        Some(letter::mapped(text))
    }

    fn take(&mut self, font: &Dict<'_>) {
        let Some(name) = font.get::<Name<'_>>("BaseFont") else {
            return;
        };
        let name = match name.as_str().split_once('+') {
            Some((prefix, rest)) if prefix.len() == 6 => rest.to_owned(),
            _ => name.as_str().to_owned(),
        };
        if !self.fonts.contains_key(&name) {
            let known = self.font(font);
            self.fonts.insert(name, known);
        }
    }

    fn font(&mut self, font: &Dict<'_>) -> Option<Font> {
        let composite = font.get::<Name<'_>>("Subtype")?.as_str() == "Type0";
        if !composite || font.contains_key("ToUnicode") {
            return None;
        }
        let descendants = font.get::<Array<'_>>("DescendantFonts")?;
        let descendant = descendants.iter::<Dict<'_>>().next()?;
        let encoding = self.encoding(font)?;
        let set = descendant.get::<Dict<'_>>("CIDSystemInfo")?;
        let told = encoding.metadata().character_collection.clone();
        let family = told
            .map(|set| set.family)
            .filter(|family| *family != CidFamily::AdobeIdentity);
        let family = match family {
            Some(family) => family,
            None => CidFamily::from_registry_ordering(
                set.get::<Written<'_>>("Registry")?.as_bytes(),
                set.get::<Written<'_>>("Ordering")?.as_bytes(),
            ),
        };
        let unicode = self.map(family.ucs2_cmap()?)?;
        Some(Font { encoding, unicode })
    }

    fn encoding(&mut self, font: &Dict<'_>) -> Option<Rc<CMap>> {
        if let Some(stream) = font.get::<Stream<'_>>("Encoding") {
            let data = stream.decoded_data().ok()?;
            return CMap::parse(&data, load_embedded).map(Rc::new);
        }
        let name = font.get::<Name<'_>>("Encoding")?;
        match CMapName::from_bytes(&name) {
            CMapName::IdentityH => Some(Rc::new(CMap::identity_h())),
            CMapName::IdentityV => Some(Rc::new(CMap::identity_v())),
            name => self.map(name),
        }
    }

    /// A map that all programs know.
    fn map(&mut self, name: CMapName<'_>) -> Option<Rc<CMap>> {
        let read = || CMap::parse(load_embedded(name)?, load_embedded).map(Rc::new);
        let key = name.to_bytes().to_vec();
        self.maps.entry(key).or_insert_with(read).clone()
    }
}
