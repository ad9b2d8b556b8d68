//! Creates a plugin: gathers what is needed, renders a plan, writes it, makes a repository.

mod answers;
mod inputs;

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::error::{ErrorCode, Failure};
use crate::model::event::Tell;
use crate::model::{Ask, Observer, PluginSlug, PluginType, Stage};
use crate::sys::repository;
use crate::template::{self, Language};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] =
    &[&inputs::NAME, &inputs::MISSING, &inputs::VALUE, &inputs::NOT_ANSWERED, &answers::ANSWERS];

/// What is wanted, as far as it was said.
#[derive(Debug, Clone, Default)]
pub(crate) struct CreateRequest {
    /// Slug of the new plugin.
    pub slug: Option<String>,
    /// Template name.
    pub template: Option<String>,
    /// `js` or `ts`.
    pub language: Option<String>,
    /// Further values, `(key, value)`, the last of a key wins.
    pub set: Vec<(String, String)>,
    /// TOML file with answers; flags win over it.
    pub answers: Option<PathBuf>,
    /// Directory the new plugin's directory is made in.
    pub base: PathBuf,
    /// Directory of the new plugin; default `base` and the slug.
    pub dir: Option<PathBuf>,
    /// Replace files in a directory that is not empty.
    pub force: bool,
    /// Write nothing.
    pub dry_run: bool,
    /// Make a git repository.
    pub git: bool,
    /// Take defaults without asking.
    pub accept_defaults: bool,
}

/// A file of the new plugin.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CreatedFile {
    /// Path below the plugin's directory.
    pub path: String,
    /// Its size in bytes.
    pub bytes: usize,
}

/// What was created, or would be.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CreateOutcome {
    /// The plugin.
    pub slug: PluginSlug,
    /// Its template.
    pub template: PluginType,
    /// Its language.
    pub language: Language,
    /// Its directory, as it was given.
    pub directory: String,
    /// Whether nothing was written.
    pub dry_run: bool,
    /// Its files, sorted.
    pub files: Vec<CreatedFile>,
    /// Whether a git repository was made.
    pub repository: bool,
    /// The commands to run next.
    pub next: Vec<String>,
}

/// Creates a plugin.
pub(crate) fn create(
    request: CreateRequest,
    ask: &dyn Ask,
    observer: &dyn Observer,
) -> Result<CreateOutcome, Failure> {
    let wanted = inputs::gather(&request, ask)?;
    if wanted.values.slug.is_starter() {
        observer.warn(format!(
            "`{}` is the name of a plugin that comes with the host; a shop that has it will take \
             yours under another name",
            wanted.values.slug
        ));
    }
    let target = match &request.dir {
        Some(dir) => request.base.join(dir),
        None => request.base.join(wanted.values.slug.as_str()),
    };
    let plan = template::plan(wanted.template, wanted.language, &wanted.values)?;
    let mut made_repository = false;
    if !request.dry_run {
        observer.start(Stage::Create, wanted.values.slug.as_str());
        template::write(&plan, &target, request.force)?;
        if request.git {
            match repository::init(&target) {
                Ok(made) => made_repository = made,
                Err(error) => observer.warn(format!("no git repository was made: {error}")),
            }
        }
        observer.finish(Stage::Create, format!("{} files", plan.files.len()));
    }
    let directory = shown(&request.base, &target);
    let mut next: Vec<String> = Vec::new();
    if directory != "." {
        next.push(format!("cd {}", quoted(&directory)));
    }
    next.extend(["daino-pdk test --suite unit", "daino-pdk pack"].map(str::to_owned));
    Ok(CreateOutcome {
        slug: wanted.values.slug,
        template: wanted.template,
        language: wanted.language,
        directory,
        dry_run: request.dry_run,
        files: plan
            .files
            .iter()
            .map(|f| CreatedFile { path: f.path.to_string(), bytes: f.bytes.len() })
            .collect(),
        repository: made_repository,
        next,
    })
}

/// The directory as seen from where the command runs.
fn shown(base: &Path, target: &Path) -> String {
    match target.strip_prefix(base) {
        Ok(inner) if inner.as_os_str().is_empty() || inner == Path::new(".") => ".".to_owned(),
        Ok(inner) => inner.display().to_string(),
        Err(_) => target.display().to_string(),
    }
}

/// The text as one word of a shell.
pub(crate) fn quoted(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"/._-+@%:,=".contains(&b);
    if !text.is_empty() && !text.starts_with('-') && text.bytes().all(plain) {
        return text.to_owned();
    }
    let inside = text.replace('\'', "'\\''");
    if text.starts_with('-') { format!("'./{inside}'") } else { format!("'{inside}'") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::event::Silent;
    use crate::model::{Answer, AskError, Question};

    /// Answers from a list, in order; the end of the list is the end of the input.
    struct Script(std::sync::Mutex<Vec<Answer>>, std::sync::Mutex<Vec<&'static str>>);

    impl Ask for Script {
        fn ask(&self, question: &Question) -> Result<Answer, AskError> {
            self.1.lock().unwrap().push(question.id);
            let mut answers = self.0.lock().unwrap();
            if answers.is_empty() { Err(AskError::Closed) } else { Ok(answers.remove(0)) }
        }
        fn is_interactive(&self) -> bool {
            true
        }
    }

    fn script(answers: Vec<Answer>) -> Script {
        Script(answers.into(), Vec::new().into())
    }

    #[test]
    fn asks_for_what_is_missing_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let ask = script(vec![
            Answer::Text("Acme Ship!".into()),
            Answer::Text("acme-ship".into()),
            Answer::Chosen(1),
            Answer::Text("Ships.".into()),
            Answer::Text("Acme".into()),
        ]);
        let request = CreateRequest {
            template: Some("shipping".into()),
            base: dir.path().to_path_buf(),
            ..CreateRequest::default()
        };
        let made = create(request, &ask, &Silent).unwrap();
        assert_eq!(*ask.1.lock().unwrap(), ["slug", "slug", "lang", "description", "author"]);
        assert_eq!(made.language, Language::TypeScript);
        let text = std::fs::read_to_string(dir.path().join("acme-ship/manifest.json")).unwrap();
        assert!(text.contains("\"Ships.\"") && text.contains("\"Acme\""));
    }

    #[test]
    fn the_end_of_the_input_creates_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let request = CreateRequest {
            slug: Some("acme".into()),
            template: Some("custom".into()),
            language: Some("js".into()),
            base: dir.path().to_path_buf(),
            ..CreateRequest::default()
        };
        let failure = create(request, &script(Vec::new()), &Silent).unwrap_err();
        assert_eq!(failure.code().id, "create.not-answered");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[test]
    fn every_template_is_a_plugin_that_can_be_read() {
        for kind in PluginType::ALL {
            for language in Language::ALL {
                let dir = tempfile::tempdir().unwrap();
                let request = CreateRequest {
                    slug: Some("acme-x".into()),
                    template: Some(kind.as_str().into()),
                    language: Some(language.as_str().into()),
                    base: dir.path().to_path_buf(),
                    accept_defaults: true,
                    ..CreateRequest::default()
                };
                create(request, &script(Vec::new()), &Silent).unwrap();
                let project = crate::project::read(&dir.path().join("acme-x")).unwrap();
                let tests = project.files.paths().filter(|p| p.as_str().contains(".test."));
                for file in tests.chain([&project.entry]) {
                    crate::script::load_graph(&project.files, file).unwrap();
                }
                assert_eq!(project.manifest.kind, kind);
                for hook in kind.usual_hooks() {
                    let listens = project.manifest.hooks.keys().any(|h| h.as_str() == *hook);
                    assert!(listens, "{kind:?} does not listen to {hook}");
                }
                let code = project.files.text(project.entry.as_str()).unwrap();
                for method in kind.required_methods() {
                    assert!(code.contains(&format!("async {method}(")), "{kind:?} lacks {method}");
                }
            }
        }
    }

    /// Takes no note of what the plugin logs.
    struct Deaf;

    impl crate::sandbox::LogSink for Deaf {
        fn log(&self, _: crate::sandbox::LogLevel, _: &str) {}
    }

    #[tokio::test]
    async fn every_template_answers_in_the_sandbox() {
        use crate::sandbox::{Host, Instance, InstanceSpec, Target};
        use serde_json::{Value, json};

        let cart =
            json!({ "country": "IT", "subtotal": 0, "items": [{ "weight": 400, "quantity": 1 }] });
        let calls = [
            (
                PluginType::PaymentGateway,
                "processPayment",
                json!({}),
                "/error",
                json!("orderId is missing"),
            ),
            (
                PluginType::PaymentGateway,
                "refund",
                json!({}),
                "/error",
                json!("transactionId is missing"),
            ),
            (
                PluginType::PaymentGateway,
                "webhook",
                json!({ "rawBody": "{}", "headers": {} }),
                "/status",
                json!(401),
            ),
            (PluginType::Analytics, "track", json!({ "event": "A B" }), "/success", json!(false)),
            (PluginType::Analytics, "report", json!({}), "/success", json!(false)),
            (PluginType::Shipping, "calculateRates", cart, "/rates/0/price", json!(513)),
            (
                PluginType::Shipping,
                "createShipment",
                json!({}),
                "/error",
                json!("orderId is missing"),
            ),
        ];
        for language in Language::ALL {
            for (kind, method, input, pointer, expected) in &calls {
                let dir = tempfile::tempdir().unwrap();
                let request = CreateRequest {
                    slug: Some("acme-x".into()),
                    template: Some(kind.as_str().into()),
                    language: Some(language.as_str().into()),
                    base: dir.path().to_path_buf(),
                    accept_defaults: true,
                    ..CreateRequest::default()
                };
                create(request, &script(Vec::new()), &Silent).unwrap();
                let project = crate::project::read(&dir.path().join("acme-x")).unwrap();
                let secrets = project.manifest.secrets.iter().map(|s| (s.clone(), "x".to_owned()));
                let instance = Instance::start(InstanceSpec {
                    slug: project.manifest.slug.clone(),
                    files: project.files,
                    entry: project.entry,
                    also: Vec::new(),
                    permissions: project.manifest.permissions,
                    apis: project.manifest.apis,
                    limits: project.manifest.resource_limits,
                    host: Host {
                        config: json!({}),
                        secrets: secrets.collect(),
                        store: json!({ "currency": "EUR" }),
                        ..Host::bare(std::sync::Arc::new(Deaf))
                    },
                })
                .await
                .unwrap();
                let target = Target::Method((*method).to_owned());
                let answer = instance.call(target, vec![input.clone()]).await.unwrap().value;
                assert_eq!(
                    answer.pointer(pointer).unwrap_or(&Value::Null),
                    expected,
                    "{kind:?} {method}: {answer}"
                );
                instance.stop().await;
            }
        }
    }
}
