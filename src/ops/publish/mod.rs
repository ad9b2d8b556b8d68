//! Publishes a plugin: check, test, pack, show, confirm, sign, send, and fetch it back.
//!
//! What is tested, packed and signed is one value read once, so a file that changes meanwhile
//! changes nothing. Nothing leaves this machine before [`publish`].

mod error;
mod outcome;

use std::path::PathBuf;

use crate::check::{self, Options, Profile, Subject};
use crate::client::{self, ClientOptions, Known, Published, Registry};
use crate::config::{RegistryChoice, Settings, Source, Value};
use crate::error::Failure;
use crate::model::consent;
use crate::model::event::Tell;
use crate::model::question::QuestionKind;
use crate::model::release::{PluginName, ReleasePredicate};
use crate::model::{
    Answer, Ask, AskError, Digest, ExitCode, Observer, PluginSlug, Question, Stage,
};
use crate::ops::fetch_release::client_options;
use crate::ops::test::{TestOutcome, TestRequest};
use crate::ops::validate::ValidateOutcome;
use crate::ops::{key, statement, test};
use crate::package::{self, MANIFEST, Package};
use crate::project::{self, Project};
use crate::trust::{SigningKey, sign_release, verify_package};

pub(crate) use error::{CODES, no_namespace};
pub(crate) use outcome::{
    ChecksRun, PublishOutcome, PublishPlan, PublishStatus, Refusal, TestsRun,
};

/// What to publish, where, as whom.
#[derive(Debug, Clone)]
pub(crate) struct PublishRequest {
    /// The plugin's directory.
    pub dir: PathBuf,
    /// The settings, as they are for that directory.
    pub settings: Settings,
    /// Name or URL of the registry; default from the settings.
    pub registry: Option<String>,
    /// Namespace; default from the settings.
    pub namespace: Option<String>,
    /// Name of the signing key; default from the settings.
    pub key: Option<String>,
    /// Leave the tests out.
    pub no_test: bool,
    /// Do everything but sign and send. Needs no token and no network.
    pub dry_run: bool,
    /// Whether the network is switched off.
    pub offline: bool,
}

/// A release ready to be sent, or the verdict that keeps it from that.
pub(crate) enum Prepared {
    /// It may be sent.
    Ready(Box<PublishPlan>),
    /// It may not.
    Refused(Refusal),
}

/// Checks, tests and packs. Sends nothing but the question whether a registry is there.
pub(crate) async fn prepare(
    request: PublishRequest,
    ask: &dyn Ask,
    observer: &dyn Observer,
) -> Result<Prepared, Failure> {
    let project = project::read(&request.dir)?;
    let settings = &request.settings;
    let namespace = settings.namespace(request.namespace.as_deref())?;
    let namespace = namespace.ok_or_else(error::no_namespace)?.value;
    let name = PluginName { namespace, slug: project.manifest.slug.clone() };
    let signer = signer(&request, ask, observer)?;
    let (choice, options) = registry_of(&request)?;
    let registry = Registry::open(&choice, options.clone())?;
    if !request.dry_run {
        require_registry(&registry, &choice).await?;
    }

    let checked = check(&project, observer);
    let checks = ChecksRun::of(&checked);
    if !checked.report.passed {
        return Ok(Prepared::Refused(Refusal::Findings(Box::new(checked))));
    }
    let tests = if request.no_test {
        TestsRun::Skipped
    } else {
        match run_tests(&project, &request, observer).await? {
            Ok(passed) => TestsRun::Passed { tests: passed },
            Err(outcome) => return Ok(Prepared::Refused(Refusal::Tests(outcome))),
        }
    };

    observer.start(Stage::Pack, name.to_string());
    let packed = package::pack(&project.files, &project.manifest)?;
    observer.finish(Stage::Pack, format!("{} files", packed.listing.files.len()));
    let manifest = project.files.get(MANIFEST).map(Digest::of).unwrap_or(packed.content);
    Ok(Prepared::Ready(Box::new(PublishPlan {
        version: packed.listing.version.clone(),
        url: registry.plugin_address(&name),
        key: signer.as_ref().map(|key| key.public().id()),
        unpacked_size: project.files.total_bytes(),
        permissions: project.manifest.permissions.clone(),
        engine: project.manifest.engines.as_ref().map(|engines| engines.daino.to_string()),
        asks: consent::asks(&project.manifest).into_iter().map(|ask| ask.words).collect(),
        name,
        checks,
        tests,
        manifest,
        packed,
        choice,
        options,
        signer,
    })))
}

/// The key to sign with. A key of the environment goes before one that a settings file names. A dry
/// run may be without.
fn signer(
    request: &PublishRequest,
    ask: &dyn Ask,
    observer: &dyn Observer,
) -> Result<Option<SigningKey>, Failure> {
    let settings = &request.settings;
    let named: Option<Value<PluginSlug>> = settings.key(request.key.as_deref())?;
    let in_environment = settings.reads_environment()
        && std::env::var_os(key::SIGNING_KEY_VARIABLE).is_some_and(|text| !text.is_empty());
    let named = named.filter(|named| !in_environment || named.source >= Source::Environment);
    match key::signing_key(settings, named.as_ref().map(|named| named.value.as_str()), ask) {
        Ok(key) => Ok(Some(key)),
        Err(failure) if request.dry_run => {
            observer.warn(format!("publishing would stop here: {failure}"));
            Ok(None)
        }
        Err(failure) => Err(failure),
    }
}

fn registry_of(request: &PublishRequest) -> Result<(RegistryChoice, ClientOptions), Failure> {
    let choice = request.settings.registry(request.registry.as_deref())?;
    Ok((choice, client_options(&request.settings, request.offline)?))
}

/// What can be known to go wrong before the work begins.
pub(crate) async fn require_registry(
    registry: &Registry,
    choice: &RegistryChoice,
) -> Result<(), Failure> {
    if choice.token.is_none() {
        return Err(error::no_token(registry.url()));
    }
    registry.refuse_open_token()?;
    registry.check_is_registry().await?;
    Ok(())
}

/// What the checks find by the registry's own standard.
fn check(project: &Project, observer: &dyn Observer) -> ValidateOutcome {
    observer.start(Stage::Validate, project.manifest.slug.as_str());
    let options = Options { profile: Profile::Store, ..Options::default() };
    let report = check::check(&Subject { files: &project.files }, &options);
    observer.finish(Stage::Validate, format!("{} findings", report.issues.len()));
    ValidateOutcome::of(report, project.files.clone())
}

/// How many tests passed, or what the tests said against it.
async fn run_tests(
    project: &Project,
    request: &PublishRequest,
    observer: &dyn Observer,
) -> Result<Result<usize, TestOutcome>, Failure> {
    let tests = TestRequest::of(request.dir.clone(), request.offline);
    let outcome = test::test_project(project, tests, observer)
        .await
        .map_err(|failure| failure.hint("or publish without tests: `--no-test`"))?;
    Ok(if outcome.exit() == ExitCode::Done { Ok(outcome.passed()) } else { Err(outcome) })
}

/// Asks whether to publish: what is published cannot be taken back.
pub(crate) fn confirm(plan: &PublishPlan, yes: bool, ask: &dyn Ask) -> Result<(), Failure> {
    if yes {
        return Ok(());
    }
    let question = Question {
        id: "publish",
        text: format!(
            "Publish {} {} to {}? A release can be yanked, but never changed or removed.",
            plan.name, plan.version, plan.choice.url
        ),
        flag: "-y",
        kind: QuestionKind::Confirm { default: false },
    };
    match ask.ask(&question) {
        Ok(Answer::Yes(true)) => Ok(()),
        Err(AskError::NoTerminal) => Err(error::not_asked()),
        Ok(_) | Err(AskError::Closed) => Err(error::not_confirmed()),
    }
}

/// Signs, sends, and fetches the release back to see that it is there as it was signed.
pub(crate) async fn publish(
    plan: &PublishPlan,
    observer: &dyn Observer,
) -> Result<PublishOutcome, Failure> {
    let signer = plan.signer.as_ref().ok_or_else(error::no_key)?;
    let predicate = ReleasePredicate {
        name: plan.name.clone(),
        version: plan.version.clone(),
        archive: plan.packed.archive,
        content: plan.packed.content,
        size: plan.packed.bytes.len() as u64,
        manifest: plan.manifest,
        engine: plan.engine.clone(),
        signed_at: statement::now(),
    };
    observer.start(Stage::Sign, plan.name.to_string());
    let envelope = sign_release(&predicate, signer);
    observer.finish(Stage::Sign, signer.public().id().to_string());

    observer.start(Stage::Upload, format!("{} to {}", plan.name, plan.choice.url));
    let registry = Registry::open(&plan.choice, plan.options.clone())?;
    let sent = registry
        .publish(&plan.name, &plan.version, &envelope, &plan.packed.bytes)
        .await
        .map_err(|error| error::sent(error, plan))?;
    observer.finish(Stage::Upload, format!("{} bytes", plan.packed.bytes.len()));
    fetch_back(&registry, plan, signer, observer).await?;
    let status = match sent {
        Published::New => PublishStatus::Published,
        Published::Same => PublishStatus::AlreadyPublished,
    };
    Ok(PublishOutcome::of(plan, status))
}

/// Fetches what was published as a shop would, past the cache, and holds it against the signature.
async fn fetch_back(
    registry: &Registry,
    plan: &PublishPlan,
    signer: &SigningKey,
    observer: &dyn Observer,
) -> Result<(), Failure> {
    let mut known = Known::default();
    known.pins.pin(&plan.name.namespace, signer.public().id());
    let index = registry
        .index(&plan.name, &known, observer)
        .await
        .map_err(|error| error::served(&error, plan))?;
    let release =
        client::exact(&index, &plan.version).map_err(|error| error::served(&error, plan))?;
    let statement = &release.statement;
    if statement.archive != plan.packed.archive {
        return Err(error::other_content(plan, &statement.archive));
    }
    let bytes = registry
        .download(&statement.archive, statement.size, observer)
        .await
        .map_err(|error| error::served(&error, plan))?;
    observer.start(Stage::Verify, format!("{} {}", plan.name, plan.version));
    verify_package(&Package::read(&bytes)?, statement)?;
    observer.finish(Stage::Verify, format!("signed by {}", statement.key_id()));
    Ok(())
}
