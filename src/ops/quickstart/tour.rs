//! The steps of the tour, in order.

use std::future::Future;
use std::time::Instant;

use serde_json::{Map, Value};
use url::Url;

use super::place::{NAMESPACE, Place, SLUG};
use super::story::Below;
use super::{NO_ROW, QuickstartRequest, StepDone, VERDICT};
use crate::error::Failure;
use crate::model::event::Tell;
use crate::model::uninstall_plan::Cleanup;
use crate::model::{Answer, Ask, AskError, ExitCode, Observer, PluginSlug, Question, Severity};
use crate::ops::agreed::Agreed;
use crate::ops::create::{self, CreateRequest};
use crate::ops::fetch_release::TrustKey;
use crate::ops::install::{
    self, Accepted, Given, InstallRequest, RegistrySource, SecretFrom, Source,
};
use crate::ops::invoke::{self, Call, InvokeRequest};
use crate::ops::key;
use crate::ops::open_shop::ShopPlace;
use crate::ops::pack::{self, PackRequest};
use crate::ops::publish::{self, Prepared, PublishRequest, Refusal};
use crate::ops::registry_serve::{self, RegistryServeRequest, RunningRegistry};
use crate::ops::registry_token::{self, TokenCreateRequest};
use crate::ops::search::{self, SearchRequest};
use crate::ops::store_init::{self, StoreInitRequest};
use crate::ops::store_query::{self, StoreQueryRequest};
use crate::ops::test::{self, TestRequest};
use crate::ops::uninstall::{self, UninstallRequest};
use crate::ops::update::RegistryFlags;
use crate::ops::validate::{self, Profile, ValidateRequest};
use crate::store::Shop;
use crate::trust::KeyId;

/// What the hook tells.
pub(super) const PAYLOAD: &str =
    r#"{"order":{"id":"ORDER-1001","total_amount":49.90,"currency":"EUR"}}"#;
/// Reads the row that the plugin makes of it.
pub(super) const ROW: &str = "SELECT order_id, amount, currency, status FROM acme_pay_payments";

/// Id and title of each step.
const STEPS: [(&str, &str); 13] = [
    ("create", "Create a payment plugin"),
    ("validate", "Check it"),
    ("test", "Run its tests in the sandbox"),
    ("pack", "Pack it"),
    ("key", "Make a signing key"),
    ("registry", "Start a registry"),
    ("publish", "Publish the signed release"),
    ("search", "Find it in the registry"),
    ("store", "Make a shop with its own database"),
    ("install", "Install the plugin from the registry"),
    ("invoke", "Fire order.payment through the sandboxed plugin"),
    ("query", "Read what it wrote"),
    ("uninstall", "Uninstall it, with a backup"),
];

/// Nobody is asked: the tour answers for itself.
struct Nobody;

impl Ask for Nobody {
    fn ask(&self, _: &Question) -> Result<Answer, AskError> {
        Err(AskError::NoTerminal)
    }
    fn is_interactive(&self) -> bool {
        false
    }
}

/// A tour on its way.
pub(super) struct Tour<'a> {
    steps: Steps<'a>,
    /// Hears of the steps; what happens in them goes below.
    teller: &'a dyn Observer,
    done: Vec<StepDone>,
    current: usize,
    registry: Option<(RunningRegistry, Url)>,
    /// Held open, so that the database runs from step to step.
    shop: Option<Shop>,
}

impl<'a> Tour<'a> {
    pub(super) fn new(
        place: &'a Place,
        request: &'a QuickstartRequest,
        teller: &'a dyn Observer,
        below: &'a Below<'a>,
    ) -> Self {
        let steps = Steps { place, request, observer: below };
        Self { steps, teller, done: Vec::new(), current: 0, registry: None, shop: None }
    }

    /// Where the tour is, in words.
    pub(super) fn standing(&self) -> String {
        let (id, _) = STEPS[self.current];
        format!("step {} of {} ({id})", self.current + 1, STEPS.len())
    }

    /// Stops what runs.
    pub(super) async fn close(self) {
        if let Some(shop) = self.shop {
            shop.close(self.steps.observer).await;
        }
    }

    /// What runs, and what was done.
    pub(super) fn end(self) -> Result<(RunningRegistry, Shop, Url, Vec<StepDone>), Failure> {
        let missing = || Failure::new(&NO_ROW, "the tour ended early");
        let (registry, url) = self.registry.ok_or_else(missing)?;
        Ok((registry, self.shop.ok_or_else(missing)?, url, self.done))
    }

    /// Makes every step and returns the row that the plugin wrote.
    pub(super) async fn run(&mut self) -> Result<Map<String, Value>, Failure> {
        let steps = self.steps;
        self.step(0, steps.create()).await?;
        self.step(1, steps.validate()).await?;
        self.step(2, steps.test()).await?;
        self.step(3, steps.pack()).await?;
        let key = self.step(4, steps.key()).await?;
        self.registry = Some(self.step(5, steps.serve()).await?);
        self.step(6, steps.publish()).await?;
        self.step(7, steps.search()).await?;
        self.shop = Some(self.step(8, steps.store()).await?);
        self.step(9, steps.install(key)).await?;
        self.step(10, steps.invoke()).await?;
        let row = self.step(11, steps.query()).await?;
        if !steps.request.keep {
            self.step(12, steps.uninstall()).await?;
        }
        Ok(row)
    }

    /// Makes one step and tells of it.
    async fn step<T>(
        &mut self,
        at: usize,
        work: impl Future<Output = Result<(T, Vec<String>), Failure>>,
    ) -> Result<T, Failure> {
        self.current = at;
        let (id, title) = STEPS[at];
        self.teller.note(format!("{:>2}/{} {title}", at + 1, STEPS.len()));
        let clock = Instant::now();
        let (value, story) = work.await?;
        let millis = u64::try_from(clock.elapsed().as_millis()).unwrap_or(u64::MAX);
        for line in &story {
            self.steps.observer.note(line);
        }
        self.done.push(StepDone { id, title, story, millis });
        Ok(value)
    }
}

/// What every step needs. A step is the operation of a subcommand, and what it tells.
#[derive(Clone, Copy)]
struct Steps<'a> {
    place: &'a Place,
    request: &'a QuickstartRequest,
    observer: &'a dyn Observer,
}

type Step<T> = Result<(T, Vec<String>), Failure>;

impl Steps<'_> {
    async fn create(&self) -> Step<()> {
        let request = CreateRequest {
            slug: Some(SLUG.to_owned()),
            template: Some("payment-gateway".to_owned()),
            language: Some("ts".to_owned()),
            base: self.place.root.clone(),
            accept_defaults: true,
            ..CreateRequest::default()
        };
        let made = create::create(request, &Nobody, self.observer)?;
        Ok(((), vec![format!("{} files in {}/{SLUG}", made.files.len(), self.request.shown)]))
    }

    async fn validate(&self) -> Step<()> {
        let request = ValidateRequest {
            dir: self.place.plugin(),
            profile: Profile::Store,
            ..ValidateRequest::default()
        };
        let report = validate::validate(request, self.observer)?.report;
        if !report.passed {
            return Err(self.verdict("its checks", "validate"));
        }
        let count = |least| report.issues.iter().filter(|issue| issue.severity >= least).count();
        let found = count(Severity::Info);
        Ok(((), vec![format!("score {} of 100; {found} remarks", report.score)]))
    }

    async fn test(&self) -> Step<()> {
        let mut request = TestRequest::of(self.place.plugin(), self.request.offline);
        request.options.timeout = std::time::Duration::from_secs(60);
        let outcome = test::test(request, self.observer).await?;
        if outcome.exit() != ExitCode::Done {
            return Err(self.verdict("its tests", "test"));
        }
        let story = "each file in a sandbox and a database of its own";
        Ok(((), vec![format!("{} tests passed, {story}", outcome.passed())]))
    }

    async fn pack(&self) -> Step<()> {
        let request = PackRequest {
            dir: self.place.plugin(),
            output: None,
            output_dir: self.place.root.clone(),
            dry_run: false,
        };
        let packed = pack::pack(request, self.observer)?;
        let name = packed.output.file_name().unwrap_or_default().display().to_string();
        Ok(((), vec![format!("{name}: {} bytes", packed.size), packed.archive.to_string()]))
    }

    async fn key(&self) -> Step<KeyId> {
        let made = key::generate_in(&key::keyring_in(&self.place.config()), None, None, false)?;
        let key = made.key.ok_or_else(|| Failure::new(&NO_ROW, "no key was made"))?;
        Ok((key.id.clone(), vec![key.id.to_string()]))
    }

    async fn serve(&self) -> Step<(RunningRegistry, Url)> {
        let token = registry_token::create(TokenCreateRequest {
            data: self.place.registry(),
            namespaces: vec![NAMESPACE.to_owned()],
            expires: "7d".to_owned(),
            name: "quickstart".to_owned(),
            dry_run: false,
        })?;
        let secret = token.token.map(|token| token.secret.to_string()).unwrap_or_default();
        let request = RegistryServeRequest {
            data: self.place.registry(),
            listen: (std::net::Ipv4Addr::LOCALHOST, 0).into(),
            name: "quickstart".to_owned(),
            behind_proxy: false,
            log_requests: false,
        };
        let running = registry_serve::start(request, self.observer).await?;
        let url: Url = running
            .outcome
            .url
            .parse()
            .map_err(|_| Failure::new(&NO_ROW, "the registry has no address"))?;
        self.place.write_settings(&url, &secret)?;
        let story = format!("{url}, with a token for the namespace `{NAMESPACE}`");
        Ok(((running, url), vec![story]))
    }

    async fn publish(&self) -> Step<()> {
        let request = PublishRequest {
            dir: self.place.plugin(),
            settings: self.place.settings()?,
            registry: None,
            namespace: None,
            key: None,
            no_test: true,
            dry_run: false,
            offline: false,
        };
        let plan = match publish::prepare(request, &Nobody, self.observer).await? {
            Prepared::Ready(plan) => plan,
            Prepared::Refused(Refusal::Findings(_)) => {
                return Err(self.verdict("its checks", "validate"));
            }
            Prepared::Refused(Refusal::Tests(_)) => return Err(self.verdict("its tests", "test")),
        };
        publish::confirm(&plan, true, &Nobody)?;
        let outcome = publish::publish(&plan, self.observer).await?;
        let name = format!("{} {}", outcome.name, outcome.version);
        Ok(((), vec![format!("{name}: sent, fetched back, signature and digests hold")]))
    }

    async fn search(&self) -> Step<()> {
        let request = SearchRequest {
            query: "payment".to_owned(),
            kind: None,
            limit: 20,
            registry: None,
            settings: self.place.settings()?,
            offline: false,
        };
        let found = search::search(request, self.observer).await?.results;
        let own = found.iter().find(|hit| hit.name.slug.as_str() == SLUG);
        let hit = own.ok_or_else(|| Failure::new(&NO_ROW, "the release was not found"))?;
        Ok(((), vec![format!("`payment` finds {} {}", hit.name, hit.version)]))
    }

    async fn store(&self) -> Step<Shop> {
        let request = StoreInitRequest {
            place: self.shop(),
            name: "Quickstart shop".to_owned(),
            currency: "EUR".to_owned(),
            timezone: "UTC".to_owned(),
            sample_data: true,
            schema: None,
            service_role: None,
            dry_run: false,
        };
        let made = store_init::store_init(request, self.observer).await?;
        let shop = Shop::open(&self.shop(), self.observer).await?;
        Ok((shop, vec![format!("{}, with sample data", made.database)]))
    }

    async fn install(&self, key: KeyId) -> Step<()> {
        let spec = format!("{NAMESPACE}/{SLUG}").parse();
        let spec = spec.map_err(|_| Failure::new(&NO_ROW, "the plugin has no name"))?;
        let secrets = self.place.write_secrets()?;
        let secrets = secrets.into_iter().map(|(name, path)| (name, SecretFrom::File(path)));
        let request = InstallRequest {
            place: self.shop(),
            source: Source::Registry(Box::new(RegistrySource {
                spec,
                registry: None,
                trust: Some(TrustKey::Id(key)),
                offline: false,
                settings: self.place.settings()?,
            })),
            given: Given { secrets: secrets.collect(), ..Given::default() },
            accepted: Accepted { permissions: Agreed::All, ..Accepted::default() },
            accept_defaults: true,
            dry_run: false,
            flags: RegistryFlags {
                registry: None,
                trust: None,
                offline: false,
                settings: self.place.settings()?,
            },
        };
        let outcome = install::install(request, &|_, _| {}, &Nobody, self.observer).await?;
        let asked = outcome.plan.permissions.iter().map(|asked| format!("may {}", asked.words));
        let signed = "signature, digests and the key given hold".to_owned();
        Ok(((), std::iter::once(signed).chain(asked).collect()))
    }

    async fn invoke(&self) -> Step<()> {
        let wrong = || Failure::new(&NO_ROW, "the hook cannot be named");
        let call = Call::Hook {
            name: "order.payment".parse().map_err(|_| wrong())?,
            payload: serde_json::from_str(PAYLOAD).map_err(|_| wrong())?,
            context: None,
        };
        let request = InvokeRequest { place: self.shop(), slug: None, call, explain: false };
        let outcome = invoke::invoke(request, self.observer).await?;
        let mut story = vec![format!("payload {PAYLOAD}")];
        for answered in outcome.results {
            if let Some(failure) = answered.error {
                return Err(failure);
            }
            let (slug, calls, millis) = (answered.slug, answered.host_calls, answered.millis);
            story.push(format!(
                "{slug} answered in {millis:.0} ms; it asked the shop {calls} times"
            ));
        }
        Ok(((), story))
    }

    async fn query(&self) -> Step<Map<String, Value>> {
        let request = StoreQueryRequest { place: self.shop(), sql: ROW.to_owned(), limit: 10 };
        let mut found = store_query::store_query(request, self.observer).await?;
        let row = match found.rows.len() {
            1 => found.rows.remove(0),
            count => {
                let message = format!("the plugin wrote {count} rows instead of one");
                return Err(Failure::new(&NO_ROW, message));
            }
        };
        let text = |value: &Value| match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let cells: Vec<String> =
            row.iter().map(|(column, value)| format!("{column} = {}", text(value))).collect();
        Ok((row, vec![format!("acme_pay_payments: {}", cells.join(", "))]))
    }

    async fn uninstall(&self) -> Step<()> {
        let slug = PluginSlug::new(SLUG);
        let request = UninstallRequest {
            place: self.shop(),
            slug: slug.map_err(|_| Failure::new(&NO_ROW, "the plugin has no name"))?,
            cleanup_data: Cleanup::Remove,
            cleanup_tables: Cleanup::Remove,
            create_backup: true,
            remove_code: false,
            force: false,
            cascade: false,
            confirm: Vec::new(),
            accept_defaults: true,
            dry_run: false,
        };
        let outcome = uninstall::uninstall(request, &|_| {}, &Nobody, self.observer).await?;
        let mut story = Vec::new();
        if let Some(report) = outcome.report {
            story
                .extend(report.backup.map(|name| format!("backup {name}, read back and verified")));
            story.extend(report.removed.iter().map(|what| format!("removed {what}")));
            story.extend(report.leftovers.iter().map(|what| format!("left over: {what}")));
        }
        Ok(((), story))
    }

    fn shop(&self) -> ShopPlace {
        ShopPlace { dir: self.place.shop(), url: None, offline: self.request.offline }
    }

    /// The plugin did not pass: which command shows why.
    fn verdict(&self, what: &str, command: &str) -> Failure {
        Failure::new(&VERDICT, format!("the plugin does not pass {what}"))
            .hint(format!("see why: `daino-pdk {command} {}/{SLUG}`", self.request.shown))
    }
}
