//! From a template and values to a plan: every file with its bytes, nothing written yet.

use std::collections::BTreeMap;

use handlebars::{Context, Handlebars, Helper, HelperResult, Output, RenderContext, no_escape};
use include_dir::{Dir, include_dir};

use super::{Language, TemplateError};
use crate::model::{PluginSlug, PluginType, TreePath};

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// What a template is filled with.
#[derive(Debug, Clone)]
pub(crate) struct Values {
    /// The new plugin's slug.
    pub slug: PluginSlug,
    /// Everything from [`options`](fn@super::options), by key.
    pub options: BTreeMap<String, String>,
}

/// One file of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlannedFile {
    /// Path below the plugin's directory.
    pub path: TreePath,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// All files of a new plugin, by path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    /// The files, sorted.
    pub files: Vec<PlannedFile>,
}

impl Plan {
    /// Files that are there already, whole.
    pub(crate) fn of(files: &crate::model::FileSet) -> Self {
        let planned = |(path, bytes): (&TreePath, &[u8])| PlannedFile {
            path: path.clone(),
            bytes: bytes.to_vec(),
        };
        Self { files: files.iter().map(planned).collect() }
    }
}

/// Renders a template.
pub(crate) fn plan(
    kind: PluginType,
    language: Language,
    values: &Values,
) -> Result<Plan, TemplateError> {
    let engine = engine();
    let data = data(kind, language, values);
    let mut files: BTreeMap<TreePath, Vec<u8>> = BTreeMap::new();
    // Later sources win, so a template can replace what all share.
    for source in [
        "_shared".to_owned(),
        format!("_shared_{}", language.as_str()),
        format!("{}/_both", kind.as_str()),
        format!("{}/{}", kind.as_str(), language.as_str()),
    ] {
        let Some(dir) = TEMPLATES.get_dir(&source) else {
            let reason = "it is not part of the program".to_owned();
            return Err(TemplateError::Broken { path: source, reason });
        };
        for (path, bytes) in contents(dir) {
            let broken =
                |reason: String| TemplateError::Broken { path: format!("{source}/{path}"), reason };
            let (target, bytes) = match path.strip_suffix(".hbs") {
                Some(target) => {
                    let text = std::str::from_utf8(bytes).map_err(|e| broken(e.to_string()))?;
                    let text =
                        engine.render_template(text, &data).map_err(|e| broken(e.to_string()))?;
                    (target, text.into_bytes())
                }
                None => (path.as_str(), bytes.to_vec()),
            };
            let target =
                engine.render_template(target, &data).map_err(|e| broken(e.to_string()))?;
            let target = TreePath::new(&dotted(&target)).map_err(|e| broken(e.to_string()))?;
            files.insert(target, bytes);
        }
    }
    // What renders to nothing is not wanted for these values.
    files.retain(|_, bytes| !bytes.iter().all(u8::is_ascii_whitespace));
    Ok(Plan { files: files.into_iter().map(|(path, bytes)| PlannedFile { path, bytes }).collect() })
}

fn engine() -> Handlebars<'static> {
    let mut engine = Handlebars::new();
    engine.set_strict_mode(true);
    engine.register_escape_fn(no_escape);
    engine.register_helper("json", Box::new(json));
    engine
}

/// `{{json value}}`: the value as a JSON string, quotes included.
fn json(
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    let value = helper.param(0).map_or(&serde_json::Value::Null, |p| p.value());
    out.write(&value.to_string())?;
    Ok(())
}

/// Names in templates: `slug`, `prefix` (of tables), `secret` (of secrets), `lang`, `type`, and
/// every option with `-` turned to `_`.
fn data(kind: PluginType, language: Language, values: &Values) -> serde_json::Value {
    let mut data = serde_json::Map::new();
    for (key, value) in &values.options {
        data.insert(key.replace('-', "_"), value.as_str().into());
    }
    let prefix = values.slug.table_prefix();
    data.insert("slug".into(), values.slug.as_str().into());
    data.insert("secret".into(), prefix.to_uppercase().into());
    data.insert("prefix".into(), prefix.into());
    data.insert("lang".into(), language.as_str().into());
    data.insert("type".into(), kind.as_str().into());
    data.insert("typescript".into(), (language == Language::TypeScript).into());
    let is_mit = values.options.get("license").is_some_and(|l| l == "MIT");
    data.insert("mit".into(), is_mit.into());
    data.into()
}

fn contents<'d>(dir: &'d Dir<'d>) -> Vec<(String, &'d [u8])> {
    fn visit<'d>(dir: &'d Dir<'d>, base: &std::path::Path, found: &mut Vec<(String, &'d [u8])>) {
        for file in dir.files() {
            if let Ok(path) = file.path().strip_prefix(base) {
                let parts: Vec<_> =
                    path.components().map(|c| c.as_os_str().to_string_lossy()).collect();
                found.push((parts.join("/"), file.contents()));
            }
        }
        for inner in dir.dirs() {
            visit(inner, base, found);
        }
    }
    let mut found = Vec::new();
    visit(dir, dir.path(), &mut found);
    found
}

/// `_gitignore` is `.gitignore`.
fn dotted(path: &str) -> String {
    let (parent, name) = path.rsplit_once('/').map_or(("", path), |(p, n)| (p, n));
    let name = name.strip_prefix('_').map_or(name.to_owned(), |rest| format!(".{rest}"));
    if parent.is_empty() { name } else { format!("{parent}/{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> Values {
        let options = super::super::options(PluginType::PaymentGateway)
            .chain(super::super::options(PluginType::Shipping))
            .map(|o| (o.key.to_owned(), o.default.to_owned()))
            .collect();
        Values { slug: PluginSlug::new("acme-x").unwrap(), options }
    }

    #[test]
    fn every_template_renders_in_every_language() {
        for kind in PluginType::ALL {
            for language in Language::ALL {
                let mut values = values();
                // Values are data: nothing in them is rendered or breaks JSON.
                values.options.insert("description".into(), "a \"b\" {{slug}} \\ </x>".into());
                let plan = plan(kind, language, &values).unwrap();
                let file = |name: &str| plan.files.iter().find(|f| f.path.as_str() == name);
                for name in ["manifest.json", "package.json"] {
                    let json: serde_json::Value =
                        serde_json::from_slice(&file(name).unwrap().bytes).unwrap();
                    assert_eq!(json["description"], "a \"b\" {{slug}} \\ </x>");
                }
                for name in [".gitignore", "README.md", "LICENSE", "CHANGELOG.md"] {
                    assert!(file(name).is_some(), "{kind:?} {language:?} lacks {name}");
                }
                assert!(file(&format!("index.{}", language.as_str())).is_some());
                for file in &plan.files {
                    let text = std::str::from_utf8(&file.bytes).unwrap();
                    let text = text.replace("{{slug}}", "");
                    // The conformance plan has placeholders of its own.
                    let is_plan = file.path.as_str() == "tests/conformance.json";
                    assert!(is_plan || !text.contains("{{"), "{} is not rendered", file.path);
                }
            }
        }
    }

    /// Names and test titles, which both languages share.
    fn outline(plan: &Plan, language: Language) -> Vec<String> {
        let ending = format!(".{}", language.as_str());
        let code = plan
            .files
            .iter()
            .filter(|f| f.path.as_str().ends_with(&ending) && !f.path.as_str().ends_with(".d.ts"));
        code.flat_map(|file| {
            let text = std::str::from_utf8(&file.bytes).unwrap();
            let titles = text
                .lines()
                .map(str::trim)
                .filter(|l| l.starts_with("it(") || l.starts_with("describe("));
            let name = file.path.as_str().trim_end_matches(&ending).to_owned();
            std::iter::once(name).chain(titles.map(str::to_owned)).collect::<Vec<_>>()
        })
        .collect()
    }

    #[test]
    fn both_languages_have_the_same_files_and_tests() {
        for kind in PluginType::ALL {
            let of = |language| outline(&plan(kind, language, &values()).unwrap(), language);
            let javascript = of(Language::JavaScript);
            assert!(javascript.len() > 4, "{kind:?}: {javascript:?}");
            assert_eq!(javascript, of(Language::TypeScript), "{kind:?}");
        }
    }

    #[test]
    fn an_unknown_name_is_an_error() {
        assert!(engine().render_template("{{nope}}", &serde_json::json!({})).is_err());
    }
}
